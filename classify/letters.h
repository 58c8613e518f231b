/* classify/letters.h - the letters that a model is made of: texts, and what a person says they are. */
#pragma once
#include "base/record.h"

typedef struct
{
  const char *id;
  const char *kind;    /* NULL where only the subject is known */
  const char *subject; /* a path of the vocabulary; NULL where only the kind is known */
  const char *group;   /* what must not tell the kind, such as the trade: held out together. "" where there is none */
  const char *text;
  bool corrected;  /* by the company's own people, and not one of those that are shipped */
  bool hard;       /* shipped, and written so that its kind or subject is not named: no measure of ordinary mail */
  bool on_subject; /* it teaches subjects: corrected, or shipped as a letter that is mainly about one */
  bool page;       /* shipped, and no message to anybody: it teaches what such pages are, and no kind */
  bool unseen;     /* so is it, and the vocabulary's words were chosen without it: it tells what they are worth */
} ClassifyLetter;

typedef struct
{
  GArray *letters; /* of ClassifyLetter */
  GArray *frames;  /* of ClassifyLetter: what may stand round one, see classify_letters_framed */
  GStringChunk *strings;
} ClassifyLetters;

ClassifyLetters *classify_letters_new (void);
void classify_letters_free (ClassifyLetters *letters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyLetters, classify_letters_free)
/* @text as a document of one page without boxes, ended by a line end. Of RecordPage, owned by the caller. */
GPtrArray *classify_letter_pages (const char *text);
/* Adds the lines of @bytes: id, kind, further kinds, subject, trade, tone, use and text, parted by tabs; "-" is none or
 * unknown, and in the text \n, \t and \\ stand for what they are in C. The id of a shipped letter begins with its
 * language. Uses, parted by commas: "hard", "subject" for on_subject, "page", and "unseen"; "frame" alone, and shipped,
 * is no letter but what may stand round one, in place of "{message}". Lines that begin with # or with "id" and a tab
 * are passed over. Fails with INVALID, which names the line. */
bool classify_letters_add (ClassifyLetters *letters, GBytes *bytes, bool corrected, GError **error);
/* The text of @letter, a shipped one of a single line, in one of the frames of its language by @seed: with sender,
 * date, greeting and ending, for learning what does not depend on them. The text itself of others, and where there is
 * no frame. Owned by the caller. */
char *classify_letters_framed (const ClassifyLetters *letters, const ClassifyLetter *letter, guint32 seed);
