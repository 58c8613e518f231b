/* cmd/docket_commands.h - what `docket NAME` runs: arguments from NAME on, answer the exit status. */
#pragma once

int docket_deadline (int argc, char **argv);
int docket_init (int argc, char **argv);
int docket_up (int argc, char **argv);
int docket_ingest (int argc, char **argv);
int docket_try (int argc, char **argv);
int docket_status (int argc, char **argv);
int docket_search (int argc, char **argv);
int docket_show (int argc, char **argv);
int docket_why (int argc, char **argv);
int docket_case (int argc, char **argv);
int docket_template (int argc, char **argv);
int docket_diff (int argc, char **argv);
int docket_review (int argc, char **argv);
int docket_train (int argc, char **argv);
int docket_verify (int argc, char **argv);
int docket_balance (int argc, char **argv);
int docket_replay (int argc, char **argv);
int docket_vocab (int argc, char **argv);
int docket_report (int argc, char **argv);
int docket_reindex (int argc, char **argv);
int docket_rebuild (int argc, char **argv);
int docket_list (int argc, char **argv);
int docket_contact (int argc, char **argv);
int docket_user (int argc, char **argv);
int docket_case (int argc, char **argv);
int docket_names (int argc, char **argv);
int docket_export (int argc, char **argv);
