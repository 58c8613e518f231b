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
#define READ_BYTES (256 * 1024)
#define ALSO_SHARE 0.2
#define ALSO_SURE 0.9
#define ALSO_LETTERS 20
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
of_other_script (gunichar letter, const ClassifyDetected *detected)
{
  static const struct
  {
    GUnicodeScript script;
    const char *code;
  } scripts[]
      = { { G_UNICODE_SCRIPT_GREEK, "el" },    { G_UNICODE_SCRIPT_HEBREW, "he" },   { G_UNICODE_SCRIPT_HANGUL, "ko" },
          { G_UNICODE_SCRIPT_HIRAGANA, "ja" }, { G_UNICODE_SCRIPT_KATAKANA, "ja" }, { G_UNICODE_SCRIPT_THAI, "th" },
          { G_UNICODE_SCRIPT_ARMENIAN, "hy" }, { G_UNICODE_SCRIPT_GEORGIAN, "ka" } };
  if (detected->reliable)
    return answer (detected->language[0], MAX (detected->share[0], 0.5));
  GUnicodeScript script = g_unichar_get_script (letter);
  for (size_t i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (scripts[i].script == script)
      return answer (scripts[i].code, 0.9);
  return answer (detected->language[0], 0.5);
}

/* The best of the table. */
static ClassifyLanguage
best_of (const double *scores)
{
  int best = 0;
  for (int i = 1; i < CLASSIFY_LANGUAGES; i++)
    if (scores[i] > scores[best])
      best = i;
  double sum = 0;
  for (int i = 0; i < CLASSIFY_LANGUAGES; i++)
    sum += exp (SLOPE * (scores[i] - scores[best]));
  return answer (classify_language_codes[best], 1 / sum);
}

/* Below, it is more honest to say nothing: a single word may be a name, and so may all that the table has not. */
static double
least_confidence (const ClassifyLanguageReading *reading)
{
  if (reading->words == 1)
    return reading->known > 0 ? 0.6 : 0.9;
  return reading->known > 0 ? UNKNOWN_BELOW : 0.5;
}

/* Whether CLD2 names one that the table has not, and enough of it. */
static bool
is_another (const ClassifyDetected *detected, guint letters)
{
  return detected->reliable && letters >= OTHER_LETTERS && detected->share[0] >= OTHER_SHARE
         && classify_language_index (detected->language[0]) < 0;
}

/* What @reading and CLD2 say together; @hints are further scores, or NULL. */
static ClassifyLanguage
decide (const ClassifyLanguageReading *reading, const ClassifyDetected *detected, const double *hints)
{
  double scores[CLASSIFY_LANGUAGES];
  guint letters = classify_language_letters (reading);
  if (reading->other_letters > letters)
    return of_other_script (reading->first_other, detected);
  if (letters == 0)
    return answer ("und", 0);
  classify_language_scores (reading, scores);
  for (int i = 0; i < CLASSIFY_LANGUAGES; i++)
    scores[i] += expected[i] + (hints == NULL ? 0 : hints[i]);
  bool another = is_another (detected, letters);
  if (another)
    scores[CLASSIFY_LANGUAGE_NONE] += OTHER_DETECTED;
  ClassifyLanguage found = best_of (scores);
  if (another && g_str_equal (found.code, "und"))
    return answer (detected->language[0], detected->share[0]);
  return found.confidence < least_confidence (reading) ? answer ("und", 0) : found;
}

static void
detect (const char *text, gsize length, guint letters, ClassifyDetected *detected)
{
  *detected = (ClassifyDetected){ .reliable = false };
  for (int i = 0; i < CLASSIFY_DETECT_MOST; i++)
    g_strlcpy (detected->language[i], "und", sizeof detected->language[i]);
  if (letters > 0)
    classify_detect (text, length, detected);
}

ClassifyLanguage
classify_language_of (const ClassifyLanguages *languages, const char *text)
{
  ClassifyLanguageReading reading = { 0 };
  ClassifyDetected detected;
  gsize length = MIN (strlen (text), READ_BYTES);
  classify_language_read (languages->table, text, length, &reading);
  guint letters = classify_language_letters (&reading);
  detect (text, length, reading.other_letters > letters || letters >= OTHER_LETTERS ? 1 : 0, &detected);
  return decide (&reading, &detected, NULL);
}

/* Letters a language, counted by paragraphs. */
typedef struct
{
  ClassifyLanguage languages[ALSO_LANGUAGES];
  guint letters[ALSO_LANGUAGES], all;
} Shares;

static void
count_paragraph (Shares *shares, const char *code, guint letters)
{
  shares->all += letters;
  for (int i = 0; i < ALSO_LANGUAGES; i++)
    {
      if (shares->letters[i] == 0)
        g_strlcpy (shares->languages[i].code, code, sizeof shares->languages[i].code);
      if (!g_str_equal (shares->languages[i].code, code))
        continue;
      shares->letters[i] += letters;
      return;
    }
}

/* Reads @text by its paragraphs, which blank lines part. */
static void
read_paragraphs (const ClassifyLanguages *languages, const char *text, ClassifyLanguageReading *reading, Shares *shares)
{
  for (const char *from = text, *to = text; *from != '\0'; from = to)
    {
      const char *gap = strstr (from, "\n\n");
      to = gap == NULL ? from + strlen (from) : gap + 2;
      ClassifyLanguageReading part = { 0 };
      ClassifyDetected detected;
      classify_language_read (languages->table, from, (gsize)(to - from), &part);
      classify_language_add (reading, &part);
      guint letters = classify_language_letters (&part) + part.other_letters;
      detect (from, (gsize)(to - from), letters >= OTHER_LETTERS || part.other_letters > 0, &detected);
      ClassifyLanguage found = decide (&part, &detected, NULL);
      bool tells = letters >= ALSO_LETTERS && found.confidence >= ALSO_SURE;
      count_paragraph (shares, tells ? found.code : "und", letters);
    }
}

static RecordFinding *
finding_of (ClassifyLanguage found, double certain, const Shares *shares)
{
  RecordFinding *finding = record_finding_new ("language", found.code, "", found.confidence);
  finding->undecided = found.confidence < certain || g_str_equal (found.code, "und");
  g_autoptr (GStrvBuilder) also = g_strv_builder_new ();
  for (int i = 0; i < ALSO_LANGUAGES && shares->letters[i] > 0; i++)
    if (shares->letters[i] >= ALSO_SHARE * shares->all && !g_str_equal (shares->languages[i].code, found.code)
        && !g_str_equal (shares->languages[i].code, "und"))
      g_strv_builder_add (also, shares->languages[i].code);
  g_strfreev (finding->also);
  finding->also = g_strv_builder_end (also);
  return finding;
}

RecordFinding *
classify_language (const ClassifyLanguages *languages, const GPtrArray *pages, const ClassifyWords *words,
                   double certain)
{
  ClassifyLanguageReading reading = { 0 };
  Shares shares = { 0 };
  double hints[CLASSIFY_LANGUAGES] = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < pages->len && text->len < READ_BYTES; i++)
    {
      const RecordPage *page = pages->pdata[i];
      int hint = classify_language_index (page->language);
      if (hint >= 0)
        hints[hint] += PAGE_HINT;
      g_string_append_printf (text, "%s\n\n", page->text);
      read_paragraphs (languages, page->text, &reading, &shares);
    }
  ClassifyDetected detected;
  detect (text->str, text->len, words->letters, &detected);
  return finding_of (decide (&reading, &detected, hints), certain, &shares);
}
