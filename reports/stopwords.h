/* reports/stopwords.h - words that say nothing about what a letter is about, in the four languages. */
#pragma once
#include <stdbool.h>

/* Whether @word (lower case) is of no use alone. A word of no language that docket knows is of use. */
bool report_is_stop_word (const char *language, const char *word);
/* Whether it denies ("never", "pas"): of no use alone, but part of what is said: "never arrived". */
bool report_is_denial (const char *language, const char *word);
/* Whether @line greets ("Dear Sir") or closes ("Yours faithfully"), in any of the languages. */
bool report_is_greeting (const char *line);
bool report_is_closing (const char *line);
/* Whether @word stands before a telephone number or an address of e-mail: "Tel.", "courriel". */
bool report_is_contact (const char *word);
