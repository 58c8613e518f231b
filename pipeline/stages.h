/* pipeline/stages.h - the words for stages that others use. */
#pragma once

/* Where a document begins again whose values a person corrected: it is named anew. */
#define PIPELINE_STAGE_NAMING "file"
/* Where one begins again that would be understood otherwise now. */
#define PIPELINE_STAGE_UNDERSTANDING "understand"
/* The stage word of INTERFACES that document.stage @key stands for ("bind" is read); @key itself where it is none. */
const char *pipeline_stage_name (const char *key);
