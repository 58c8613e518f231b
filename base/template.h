/* base/template.h - short texts with places to be filled in, such as "{date}[ {kind}][ - {sender:20}]".
 *
 *   {word}            the value of that word; nothing when there is none
 *   {word:20}         at most 20 characters of it, cut at the end of a word
 *   {word:upper}      in capitals; lower: in small letters; capital: the first letter a capital
 *   {word:DD.MM.YYYY} of a date: YYYY YY MM DD, and between them blanks . - _
 *   {word|unknown}    what stands there when there is no value; behind all else, {word:20:upper|unknown}
 *   [ - {word}]       vanishes with all that stands in it when a word in it has no value
 *   {{ }} [[ ]]       these characters themselves
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

#define TEMPLATE_BYTES 500 /* of the text of a template */
#define TEMPLATE_LETTER_BYTES 65536
#define TEMPLATE_LENGTH 1000 /* the largest number of characters that a place may ask for */

/* What may stand between { and }. A table of these ends with a NULL name, and outlives its templates. */
typedef struct
{
  const char *name;
  bool date;        /* its values are ISO dates */
  bool kept;        /* short, and cut last when a name is too long */
  bool tells_apart; /* two documents hardly ever have the same */
} TemplateWord;

typedef enum
{
  TEMPLATE_LETTERS_KEPT,
  TEMPLATE_LETTERS_UPPER,
  TEMPLATE_LETTERS_LOWER,
  TEMPLATE_LETTERS_CAPITAL,
} TemplateLetters;

typedef struct
{
  const TemplateWord *word;
  unsigned most; /* characters, 0: as many as there are */
  TemplateLetters letters;
  char *form;      /* of a date, NULL: ISO */
  char *otherwise; /* NULL: nothing */
  bool optional;   /* stands between [ and ] */
} TemplatePlace;

typedef struct Template Template;
/* Reads @text, with the places @words; of @refused, no character may stand outside of places. NULL, and in *@wrong a
 * sentence that names the character and what is allowed, both owned by the caller. */
Template *template_parse (const char *text, const TemplateWord *words, const char *refused, char **wrong);
/* The same for a whole letter: of several lines, up to TEMPLATE_LETTER_BYTES long, with places or without. */
Template *template_parse_letter (const char *text, const TemplateWord *words, char **wrong);
void template_free (Template *template);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Template, template_free)
const char *template_text (const Template *template); /* lent */
size_t template_own_bytes (const Template *template); /* of what stands outside of places */
unsigned template_n_places (const Template *template);
const TemplatePlace *template_place (const Template *template, unsigned place);

/* What stands at @place for @value (NULL or "": none), in its form, case and length. NULL where nothing does. Owned by
 * the caller. */
char *template_value (const Template *template, unsigned place, const char *value);
/* The text with what stands at each place, as template_value gives it. Owned by the caller. */
char *template_fill (const Template *template, char *const *values);
/* Shortens @text to @bytes, at the end of a word where that keeps half of it, never within a letter and its marks. */
void template_cut (char *text, size_t bytes);
