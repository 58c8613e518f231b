/* classify/field_text.h - a document's text as the field rules see it: one ASCII byte for each letter, whatever its
 * accents and width, lines and tokens found once, and the way back to the page.
 *
 * Every rule is a scan over bytes or tokens with bounded look-around, so that hostile text costs no more than honest
 * text. */
#pragma once
#include "base/record.h"
#include "classify/context.h"

/* A slice of FieldText.plain, to exclusive. */
typedef struct
{
  uint32_t from, to;
} FieldSpan;

typedef enum
{
  FIELD_TOKEN_NUMBER, /* digits alone */
  FIELD_TOKEN_WORD,   /* letters alone */
  FIELD_TOKEN_MIXED,
} FieldTokenKind;

typedef struct
{
  uint32_t from, to;
  FieldTokenKind kind;
  uint32_t line;
} FieldToken;

typedef struct
{
  uint32_t from, to; /* without blanks at the ends and without the \n */
  uint32_t page;     /* index into pages */
  bool outer;        /* among the first three or last two pages, where senders and dates stand */
} FieldLine;

typedef struct
{
  const GPtrArray *pages; /* of RecordPage, lent */
  GString *plain; /* letters without accents, all blanks as ' ', all dashes as '-'; € is FIELD_EURO, £ FIELD_POUND */
  GArray *origin; /* of uint32_t: the code point of its page each byte of plain came from */
  GArray *lines;  /* of FieldLine */
  GArray *tokens; /* of FieldToken */
  const FieldVocabulary *words;
  bool english;   /* four digits before a word are no postcode then */
  uint8_t *taken; /* nonzero where a rule has claimed the byte of plain */
} FieldText;

#define FIELD_EURO '\x01'
#define FIELD_POUND '\x02'
#define FIELD_OTHER '\x03' /* a letter of another script */

/* Keeps a reference to nothing: @pages must outlive it. Of a long document the first and last pages are looked at. */
FieldText *field_text_new (const GPtrArray *pages);
void field_text_free (FieldText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FieldText, field_text_free)

/* Ends the line of what was appended to text->plain and origin since @from, of @page; its end came from @code_point. */
void field_text_end_line (FieldText *text, uint32_t from, uint32_t page, uint32_t code_point);
/* The words of @list in plain small letters, parted by blanks. Lent. */
const char *field_list (const FieldText *text, FieldList list);
const FieldLine *field_text_line (const FieldText *text, uint32_t index);
const FieldToken *field_text_token (const FieldText *text, uint32_t index);
/* The index of the line that holds @at. */
uint32_t field_text_line_at (const FieldText *text, uint32_t at);
/* The index of the first token that ends after @at; the number of tokens when there is none. */
uint32_t field_text_token_at (const FieldText *text, uint32_t at);
/* The letters as printed, runs of blanks as one. Owned by the caller. */
char *field_text_printed (const FieldText *text, FieldSpan span);
/* The plain bytes, lower case, for comparing. Owned by the caller. */
char *field_text_lower (const FieldText *text, FieldSpan span);
bool field_text_is_taken (const FieldText *text, FieldSpan span);
void field_text_take (FieldText *text, FieldSpan span);
/* @span without blanks and the characters of @also at its ends. */
FieldSpan field_text_trim (const FieldText *text, FieldSpan span, const char *also);
/* @utf8 as field_text_new would fold it, lower case. Owned by the caller. */
char *field_fold (const char *utf8);

/* Adds a finding to @findings: @value as is, what is printed at @span as raw and as the reason, @rule as its name. */
RecordFinding *field_found (GPtrArray *findings, const FieldText *text, const char *name, const char *value,
                            FieldSpan span, double confidence, const char *rule);
/* The same where the reason is more than what is printed: a label and its number. */
RecordFinding *field_found_because (GPtrArray *findings, const FieldText *text, const char *name, const char *value,
                                    FieldSpan span, FieldSpan reason, double confidence, const char *rule);
