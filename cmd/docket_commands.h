/* cmd/docket_commands.h - what `docket NAME` runs: each takes the arguments from NAME on and returns the exit status.
 */
#pragma once

int docket_deadline (int argc, char **argv);
