/* cmd/docket_commands.h - what `docket NAME` runs: arguments from NAME on, answer the exit status. */
#pragma once

int docket_deadline (int argc, char **argv);
