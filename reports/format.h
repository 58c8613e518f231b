/* reports/format.h - numbers, times and dates as a person reads them, in the report's language. All owned by the
 * caller. */
#pragma once
#include "base/clock.h"

char *report_show_count (const char *language, int64_t count);
char *report_show_share (const char *language, double share);
/* "40 ms", "1.2 s", "3 min 20 s", "5 h 4 min", "2 d 3 h". */
char *report_show_seconds (const char *language, double seconds);
char *report_show_day (const char *language, DkDay day);
/* Appends @text (NULL: nothing) with the characters of markup escaped; control characters become blanks. */
void report_escape (GString *html, const char *text);
/* The same, with docket numbers kept whole at the ends of lines. */
void report_escape_sentence (GString *html, const char *text);
/* The sentence PREFIX.CODE where there is one, else @code itself. */
char *report_label (const char *language, const char *prefix, const char *code);
/* What is due, of a clock of this @kind: "final-payments" is a final answer, "stage2-ack" an acknowledgement. */
char *report_duty (const char *language, const char *kind);
