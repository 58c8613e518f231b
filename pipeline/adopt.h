/* pipeline/adopt.h - the configuration in force follows its files. Private to pipeline/. */
#pragma once
#include "pipeline/state.h"

/* Reads the files; valid, they are in force from now on. Invalid ones leave what was in force, at the start the last
 * valid version. Fails where there is none. */
bool pipeline_adopt_config (Pipeline *pipeline, GError **error);
/* Looks at the files now and then. Changed ones are in force once what is under way has ended under the old version:
 * until then config_waits is set and nothing may be leased. */
bool pipeline_follow_config (Pipeline *pipeline, GError **error);
/* Whether another program has made a later version the one in force. */
bool pipeline_config_is_newer (Pipeline *pipeline, bool *newer, GError **error);
