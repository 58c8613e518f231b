/* pipeline/stages.h - the words for stages that others print. */
#pragma once

/* The stage word of INTERFACES that document.stage @key stands for ("bind" is read); @key itself where it is none. */
const char *pipeline_stage_name (const char *key);
