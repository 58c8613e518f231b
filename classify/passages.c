#include "classify/passages.h"
#include "base/text.h"
#include <string.h>

#define SURE 0.8            /* of a passage's language, from where it is named */
#define LETTERS_LEAST 40    /* a shorter paragraph may be a name or an address */
#define PARAGRAPH_MOST 2000 /* code points of a paragraph that are shown */
#define LINES_SHOWN 2       /* as reasons for the language of a document … */
#define LINES_TRIED 60      /* … among the first of each page … */
#define PAGES_SHOWN 3       /* … of the first pages */
#define LINE_LEAST 12       /* code points of such a line */
#define WORDS_SHOWN 60      /* code points at the beginning of a page that stand for it */

static void
add (GPtrArray *findings, const char *name, const ClassifyLanguage *found, const RecordPage *page, glong from, glong to)
{
  RecordFinding *finding = record_finding_new (name, found->code, "", found->confidence);
  record_finding_because (finding, page, (uint32_t)from, (uint32_t)to, "language");
  g_ptr_array_add (findings, finding);
}

static bool
is_named (const ClassifyLanguage *found)
{
  return found->confidence >= SURE && !g_str_equal (found->code, "und");
}

/* The first blank line in @text, or its end. */
static const char *
paragraph_end (const char *text)
{
  for (const char *line = text; *line != '\0'; line++)
    if (*line == '\n' && line[1 + strspn (line + 1, " \t\r")] == '\n')
      return line;
  return text + strlen (text);
}

static void
add_paragraphs (const ClassifyLanguages *languages, const RecordPage *page, const char *language, GPtrArray *findings,
                guint most)
{
  for (const char *at = page->text; *at != '\0' && findings->len < most;)
    {
      const char *end = paragraph_end (at);
      g_autofree char *text = g_strndup (at, (gsize)(end - at));
      glong from = g_utf8_pointer_to_offset (page->text, at), length = g_utf8_strlen (text, -1);
      ClassifyLanguage found = { .code = "und" };
      if (length >= LETTERS_LEAST)
        found = classify_language_of (languages, text);
      if (is_named (&found) && !g_str_equal (found.code, language))
        add (findings, "paragraph_language", &found, page, from, from + MIN (length, PARAGRAPH_MOST));
      at = end + strspn (end, " \t\r\n");
    }
}

void
classify_passages (const ClassifyLanguages *languages, const GPtrArray *pages, const char *language,
                   GPtrArray *findings)
{
  guint most = findings->len + CLASSIFY_PASSAGES_MAX;
  for (guint i = 0; i < pages->len && findings->len < most; i++)
    {
      const RecordPage *page = pages->pdata[i];
      ClassifyLanguage found = classify_language_of (languages, page->text);
      if (is_named (&found) && !g_str_equal (found.code, page->language))
        add (findings, "page_language", &found, page, 0, MIN (g_utf8_strlen (page->text, -1), WORDS_SHOWN));
      add_paragraphs (languages, page, language, findings, most);
    }
}

/* Shows lines of @page until @finding has LINES_SHOWN of them. */
static void
show_lines (const ClassifyLanguages *languages, const RecordPage *page, RecordFinding *finding)
{
  guint lines = 0;
  glong from = 0;
  for (const char *at = page->text; *at != '\0' && finding->evidence->len < LINES_SHOWN && lines < LINES_TRIED; lines++)
    {
      gsize length = strcspn (at, "\n");
      g_autofree char *line = g_strndup (at, length);
      glong points = g_utf8_strlen (line, -1);
      ClassifyLanguage found = { .code = "und" };
      if (points >= LINE_LEAST)
        found = classify_language_of (languages, line);
      if (is_named (&found) && g_str_equal (found.code, finding->value))
        record_finding_because (finding, page, (uint32_t)from, (uint32_t)(from + MIN (points, WORDS_SHOWN)),
                                "language");
      from += points + 1;
      at += length + (at[length] == '\n' ? 1 : 0);
    }
}

void
classify_passages_show (const ClassifyLanguages *languages, const GPtrArray *pages, RecordFinding *finding)
{
  for (guint i = 0; i < MIN (pages->len, PAGES_SHOWN); i++)
    show_lines (languages, pages->pdata[i], finding);
}
