/* reports/terms.h - the words and pairs of words that letters of one kind use most, against the other letters. */
#pragma once
#include "reports/page.h"

#define REPORT_TERM_LETTERS 6 /* of which at most three are quoted */
typedef struct
{
  char *text;                           /* "never arrived" */
  const char *language;                 /* letters are compared within one language only */
  int64_t with, all;                    /* letters of the kind that use it; letters of the kind */
  double rest;                          /* share of the other letters that use it, NAN where there are too few */
  double keyness;                       /* G2 against the other letters, likewise */
  int64_t letters[REPORT_TERM_LETTERS]; /* documents, 0 where there are no more */
} ReportTerm;

typedef struct
{
  GPtrArray *terms; /* of ReportTerm, language by language, the commonest first */
  int64_t letters;  /* of the kind, without copies of nearly the same words */
} ReportTerms;
void report_terms_free (ReportTerms *terms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReportTerms, report_terms_free)
/* The commonest of the letters of @kind in the period, at most @most a language. Fails when a page record cannot be
 * read. Owned by the caller. */
ReportTerms *report_terms (const ReportContext *context, const char *kind, unsigned most, GError **error);
/* Short quotes around @term, none twice, none of them a mere address, of ReportQuote, owned by the caller. */
GPtrArray *report_term_quotes (const ReportContext *context, const ReportTerm *term, GError **error);
