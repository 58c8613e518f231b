/* cases/names.h - whether two names may be of one person or company: the only place that compares names. */
#pragma once

typedef enum
{
  NAMES_DIFFER, /* no word in common */
  NAMES_TOUCH,  /* some, but each has one that the other lacks: a family, a firm, chance */
  NAMES_PART,   /* all of the shorter one, but that is one word, or one with initials of nothing */
  NAMES_LIKE,   /* they would agree, were a letter or two not misread */
  NAMES_AGREE,  /* all words of the shorter one, two or more, an initial for one of them; or the same */
} NamesFit;
/* Compares two names, as written or as normalised (cases/point.h). Titles, legal forms of companies, and words such as
 * "de la" and "von" count for nothing; order, case and accents do not matter. */
NamesFit names_compare (const char *a, const char *b);
