#include "classify/language.h"
#include "classify/detect.h"
#include "classify/language_text.h"
#include <math.h>
#include <string.h>

/* All numbers were set on lines that are no part of docket. */
#define SLOPE 0.5           /* of the soft-max: the groups of a word are not independent */
#define PAGE_HINT 1.0       /* what the page's own language says */
#define OTHER_LETTERS 60    /* from here on CLD2 may name a language that the table has not; below, it is often wrong */
#define OTHER_SHARE 0.7     /* of the text that must be in it */
#define OTHER_DETECTED 10.0 /* what it says then against all languages of the table */
#define UNKNOWN_BELOW 0.3
#define UNKNOWN_ALONE_BELOW 0.6
#define READ_BYTES (256 * 1024)
#define PIECE_BYTES 60 /* a printed line is enough to tell */
#define ALSO_SHARE 0.2
#define ALSO_SURE 0.9
#define ALSO_LETTERS 25
#define ALSO_LANGUAGES 16

/* How often letters come in them, as logarithms, in the order of the table. */
static const double expected[CLASSIFY_LANGUAGES] = { 0.5, 0.5, 0.5, 0.5, 0, 0, 0, -2, -2, -2, -4, -3, -3, -4 };

struct ClassifyLanguages
{
  ClassifyLanguageTable *table;
};

static void
learn_labels (ClassifyLanguages *languages, const Vocabulary *vocabulary)
{
  static const char *const schemes[] = { "kind", "subject", "sign" };
  for (size_t s = 0; s < G_N_ELEMENTS (schemes); s++)
    {
      const GPtrArray *concepts = vocabulary_concepts (vocabulary, schemes[s]);
      for (guint i = 0; i < concepts->len; i++)
        {
          const GArray *labels = ((const Concept *)concepts->pdata[i])->labels;
          for (guint j = 0; j < labels->len; j++)
            {
              const Label *label = &g_array_index (labels, Label, j);
              int language = classify_language_index (label->language);
              if (language >= 0)
                classify_language_learn (languages->table, label->text, language);
            }
        }
    }
}

ClassifyLanguages *
classify_languages_new (const Vocabulary *vocabulary)
{
  ClassifyLanguages *languages = g_new0 (ClassifyLanguages, 1);
  languages->table = classify_language_table_new ();
  learn_labels (languages, vocabulary);
  return languages;
}

void
classify_languages_free (ClassifyLanguages *languages)
{
  if (languages == NULL)
    return;
  classify_language_table_free (languages->table);
  g_free (languages);
}

static ClassifyLanguage
answer (const char *code, double confidence)
{
  ClassifyLanguage found = { .confidence = g_str_equal (code, "und") ? 0 : confidence };
  g_strlcpy (found.code, code, sizeof found.code);
  return found;
}

/* A script that one language alone writes names it; others CLD2 must know. */
static ClassifyLanguage
of_other_script (gunichar letter, const char *text, gsize length)
{
  ClassifyDetected detected;
  static const struct
  {
    GUnicodeScript script;
    const char *code;
  } scripts[]
      = { { G_UNICODE_SCRIPT_GREEK, "el" },    { G_UNICODE_SCRIPT_HEBREW, "he" },   { G_UNICODE_SCRIPT_HANGUL, "ko" },
          { G_UNICODE_SCRIPT_HIRAGANA, "ja" }, { G_UNICODE_SCRIPT_KATAKANA, "ja" }, { G_UNICODE_SCRIPT_THAI, "th" },
          { G_UNICODE_SCRIPT_ARMENIAN, "hy" }, { G_UNICODE_SCRIPT_GEORGIAN, "ka" } };
  classify_detect (text, length, &detected);
  if (detected.reliable)
    return answer (detected.language[0], MAX (detected.share[0], 0.5));
  GUnicodeScript script = g_unichar_get_script (letter);
  for (size_t i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (scripts[i].script == script)
      return answer (scripts[i].code, 0.9);
  return answer (detected.language[0], 0.5);
}

static int
best_of (const double *scores)
{
  int best = 0;
  for (int i = 1; i < CLASSIFY_LANGUAGES; i++)
    if (scores[i] > scores[best])
      best = i;
  return best;
}

static ClassifyLanguage
of_scores (const double *scores)
{
  int best = best_of (scores);
  double sum = 0;
  for (int i = 0; i < CLASSIFY_LANGUAGES; i++)
    sum += exp (SLOPE * (scores[i] - scores[best]));
  return answer (classify_language_codes[best], 1 / sum);
}

/* Asks CLD2 for a language that the table has not, where it could be one; returns whether it is. */
static bool
is_another (const char *text, gsize length, guint letters, double *scores, ClassifyDetected *detected)
{
  double *none = &scores[CLASSIFY_LANGUAGE_NONE];
  if (letters < OTHER_LETTERS || scores[best_of (scores)] > *none + OTHER_DETECTED)
    return false;
  classify_detect (text, length, detected);
  bool another
      = detected->reliable && detected->share[0] >= OTHER_SHARE && classify_language_index (detected->language[0]) < 0;
  *none += another ? OTHER_DETECTED : 0;
  return another && best_of (scores) == CLASSIFY_LANGUAGE_NONE;
}

/* What @reading, which is of @text, says; @hints are further scores, or NULL. */
static ClassifyLanguage
decide (const ClassifyLanguageReading *reading, const char *text, gsize length, const double *hints)
{
  double scores[CLASSIFY_LANGUAGES];
  ClassifyDetected detected;
  guint letters = classify_language_letters (reading);
  if (reading->other_letters > letters)
    return of_other_script (reading->first_other, text, length);
  if (letters == 0)
    return answer ("und", 0);
  classify_language_scores (reading, scores);
  for (int i = 0; i < CLASSIFY_LANGUAGES; i++)
    scores[i] += expected[i] + (hints == NULL ? 0 : hints[i]);
  if (is_another (text, length, letters, scores, &detected))
    return answer (detected.language[0], detected.share[0]);
  ClassifyLanguage found = of_scores (scores);
  /* A single word may well be a name. */
  bool unknown = found.confidence < (reading->words == 1 ? UNKNOWN_ALONE_BELOW : UNKNOWN_BELOW);
  return unknown ? answer ("und", 0) : found;
}

/* The bytes of @text, of a longer one at most @most, whole code points. */
static gsize
start_of (const char *text, gsize most)
{
  gsize length = strnlen (text, most);
  while (length > 0 && ((guchar)text[length] & 0xc0) == 0x80)
    length--;
  return length;
}

ClassifyLanguage
classify_language_of (const ClassifyLanguages *languages, const char *text)
{
  ClassifyLanguageReading reading = { 0 };
  gsize length = start_of (text, READ_BYTES);
  classify_language_read (languages->table, text, length, &reading);
  return decide (&reading, text, length, NULL);
}

/* Letters a language, counted by pieces of the text. */
typedef struct
{
  char languages[ALSO_LANGUAGES][4];
  guint letters[ALSO_LANGUAGES], all;
} Shares;

static void
count_piece (Shares *shares, const char *code, guint letters)
{
  shares->all += letters;
  for (int i = 0; i < ALSO_LANGUAGES; i++)
    {
      if (shares->letters[i] == 0)
        g_strlcpy (shares->languages[i], code, sizeof shares->languages[i]);
      if (!g_str_equal (shares->languages[i], code))
        continue;
      shares->letters[i] += letters;
      return;
    }
}

/* The length of the piece that begins @text: a paragraph, or whole lines of one that are enough to tell. */
static gsize
piece_of (const char *text, gsize length)
{
  for (gsize at = 0; at + 1 < length; at++)
    if (text[at] == '\n' && (text[at + 1] == '\n' || at >= PIECE_BYTES))
      return at + 1;
  return length;
}

static void
read_pieces (const ClassifyLanguages *languages, const char *text, gsize length, ClassifyLanguageReading *reading,
             Shares *shares)
{
  for (gsize from = 0, bytes = 0; from < length; from += bytes)
    {
      bytes = piece_of (text + from, length - from);
      ClassifyLanguageReading part = { 0 };
      classify_language_read (languages->table, text + from, bytes, &part);
      classify_language_add (reading, &part);
      guint letters = classify_language_letters (&part) + part.other_letters;
      ClassifyLanguage found = decide (&part, text + from, bytes, NULL);
      bool tells = letters >= ALSO_LETTERS && found.confidence >= ALSO_SURE;
      count_piece (shares, tells ? found.code : "und", letters);
    }
}

static guint
letters_in (const Shares *shares, const char *code)
{
  for (int i = 0; i < ALSO_LANGUAGES; i++)
    if (shares->letters[i] > 0 && g_str_equal (shares->languages[i], code))
      return shares->letters[i];
  return 0;
}

static RecordFinding *
finding_of (ClassifyLanguage found, double certain, const Shares *shares)
{
  guint main_letters = letters_in (shares, found.code);
  double confidence = found.confidence;
  g_autoptr (GStrvBuilder) also = g_strv_builder_new ();
  for (int i = 0; i < ALSO_LANGUAGES && shares->letters[i] > 0; i++)
    if (shares->letters[i] >= ALSO_SHARE * shares->all && !g_str_equal (shares->languages[i], found.code)
        && !g_str_equal (shares->languages[i], "und"))
      {
        g_strv_builder_add (also, shares->languages[i]);
        /* Of two that have as much of it, neither is the document's own. */
        confidence = MIN (confidence, (double)main_letters / (main_letters + shares->letters[i]));
      }
  RecordFinding *finding = record_finding_new ("language", found.code, "", confidence);
  finding->undecided = confidence < certain || g_str_equal (found.code, "und");
  g_strfreev (finding->also);
  finding->also = g_strv_builder_end (also);
  return finding;
}

RecordFinding *
classify_language (const ClassifyLanguages *languages, const GPtrArray *pages, double certain)
{
  ClassifyLanguageReading reading = { 0 };
  Shares shares = { 0 };
  double hints[CLASSIFY_LANGUAGES] = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < pages->len && text->len < READ_BYTES; i++)
    {
      const RecordPage *page = pages->pdata[i];
      int hint = classify_language_index (page->language);
      gsize length = start_of (page->text, READ_BYTES - text->len);
      if (hint >= 0)
        hints[hint] += PAGE_HINT;
      read_pieces (languages, page->text, length, &reading, &shares);
      g_string_append_len (text, page->text, (gssize)length);
      g_string_append (text, "\n\n");
    }
  return finding_of (decide (&reading, text->str, text->len, hints), certain, &shares);
}
