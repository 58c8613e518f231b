/* cases/letter.h - letters that go out: the texts of templates/, with places for what is known of a case, and blocks,
 * which are parts that a law asks for. docket-templates(5) tells administrators about them. */
#pragma once
#include "base/config.h"
#include "base/template.h"
#include "base/vocabulary.h"
#include "cases/status.h"
#include "store/case.h"

/* The words of a letter that are no blocks, in this order. */
typedef enum
{
  LETTER_NUMBER,
  LETTER_CUSTOMER,
  LETTER_SUBJECT,
  LETTER_RECEIVED, /* dates are written in words, as the language of the letter does */
  LETTER_ENTERED,
  LETTER_TODAY,
  LETTER_DEADLINE, /* the earliest legal one, not over, of an answer that is still owed */
  LETTER_PROMISE,  /* the day that a holding letter names */
  LETTER_TOLD,     /* when we wrote last */
  LETTER_OWNER,
  LETTER_FIRM,
  LETTER_OUTSIDE_BODY,
  LETTER_TEXT, /* what the writer says in their own words */
  LETTER_WORDS,
} LetterWord;

extern const TemplateWord letter_words[LETTER_WORDS + 1];

/* What a letter says in one language. */
typedef struct
{
  const char *language;     /* a literal */
  Template *subject, *body; /* subject NULL: of a block */
  const YamlNode *place;
} LetterText;

typedef struct
{
  const char *name; /* as the file is called */
  const YamlNode *place;
  CaseAct act;
  const char *reason; /* of the act, or "" */
  char **outcomes;    /* of the cases that it is for; none: any */
  DkDay from, to;     /* days on which it may be sent */
  GArray *texts;      /* of LetterText */
} LetterForm;

/* One wording of a block: for a law, a country, or where there is no other. */
typedef struct
{
  char **packs, **countries;
  char **outcomes; /* that need it under this law, beside those of the block */
  DkDay from, to;
  GArray *texts; /* of LetterText */
  const YamlNode *place;
} LetterWording;

typedef struct
{
  const char *name;
  const YamlNode *place;
  char **outcomes;   /* a final answer to a case with one of these needs it */
  const char *after; /* a holding letter that names a day after the end of this clock needs it; NULL: none does */
  GPtrArray *wordings;
} LetterBlock;

/* Words that lead nowhere any more: an address that was closed, a law that was repealed. */
typedef struct
{
  char **words;
  DkDay since;
} LetterGone;

typedef struct Letters Letters;
/* All of templates/. Fails with CONFIG: unknown keys and placeholders, what no act takes, a name that is no file's.
 * Owned by the caller; needs @config no more. */
Letters *letters_load (const Config *config, GError **error);
void letters_free (Letters *letters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Letters, letters_free)
/* Of LetterForm, of LetterBlock. Lent. */
const GPtrArray *letters_all (const Letters *letters);
const GPtrArray *letters_blocks (const Letters *letters);
/* Of LetterGone. Lent. */
const GPtrArray *letters_gone (const Letters *letters);
/* Fails with USAGE and says which there are. Lent. */
const LetterForm *letters_find (const Letters *letters, const char *name, GError **error);
const LetterBlock *letters_block (const Letters *letters, const char *name); /* NULL: none */
/* What people call the letter or block at @place, in @language, else in English; "" where nobody said. Lent. */
const char *letter_title (const YamlNode *place, const char *language);
/* The one in @language; NULL: none. Lent. */
const LetterText *letter_text (const GArray *texts, const char *language);
/* Whether @text has a place for the block @name. */
bool letter_has_block (const LetterText *text, const char *name);
/* The wordings of @block on @day for the @packs of a case, in a firm of @country: those for a pack; where there is none
 * those for the country, else those for neither. Of LetterWording, owned by the caller (the array alone). */
GPtrArray *letter_wordings (const LetterBlock *block, char *const *packs, const char *country, DkDay day);
/* Whether a final answer with @outcome needs @one, a wording of @block. */
bool letter_wording_is_needed (const LetterBlock *block, const LetterWording *one, const char *outcome);

/* What is to be written. Lends everything. */
typedef struct
{
  const Settings *settings;
  const Vocabulary *vocabulary;
  const char *name;     /* of the letter */
  CaseAct act;          /* that it is to be; CASE_ACTS: any, only to look at it */
  const char *reason;   /* of the act, or "" */
  const char *language; /* NULL: that of the case */
  const char *text;     /* NULL: nothing */
  DkDay until;          /* 0: no day */
  const char *owner;    /* who signs it; "" nobody */
} LetterOrder;
typedef struct
{
  char *language, *text; /* the subject in its first line */
  char *blocks;          /* that are in it, with blanks between */
} LetterWritten;
void letter_written_clear (LetterWritten *written);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LetterWritten, letter_written_clear)
/* Writes the letter for @the_case. Fails with USAGE: there is none of that name, in that language, for that act or
 * outcome, on this day; it lacks a block that the outcome needs; a place in it has no value. */
bool letter_write (Store *store, const Letters *letters, const StoreCase *the_case, const LetterOrder *order,
                   LetterWritten *written, GError **error);
/* Whether the final answer that was sent in @the_case has the blocks that its outcome needs, where it was written from
 * a template. Fails with USAGE and names what it lacks. */
bool letter_may_close (Store *store, const Letters *letters, const StoreCase *the_case, const Settings *settings,
                       GError **error);
