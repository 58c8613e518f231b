#include "reports/content.h"
#include "base/messages.h"
#include "reports/format.h"
#include "reports/terms.h"
#include <math.h>
#include <string.h>

#define TERMS_MOST 12 /* a language */
#define BARS_MOST 12

static const char *const kinds[] = { "complaint", "suggestion", "thanks", "question", "other" };
#define N_KINDS G_N_ELEMENTS (kinds)

/* Documents that share a value, by kind. */
typedef struct
{
  const char *code;
  int64_t n, review, kinds[N_KINDS];
} Tally;

static int
kind_index (const char *kind)
{
  for (guint i = 0; i < N_KINDS; i++)
    if (strcmp (kinds[i], kind) == 0)
      return (int)i;
  return N_KINDS - 1;
}

static void
tally_add (GArray *tallies, const char *code, const FactDocument *document)
{
  guint i = 0;
  while (i < tallies->len && strcmp (g_array_index (tallies, Tally, i).code, code) != 0)
    i++;
  if (i == tallies->len)
    {
      Tally fresh = { .code = code };
      g_array_append_val (tallies, fresh);
    }
  Tally *tally = &g_array_index (tallies, Tally, i);
  tally->n++;
  tally->review += document->review;
  tally->kinds[kind_index (document->kind)]++;
}

static gint
compare_tallies (gconstpointer a, gconstpointer b)
{
  const Tally *x = a, *y = b;
  return x->n != y->n ? (x->n < y->n ? 1 : -1) : strcmp (x->code, y->code);
}

typedef struct
{
  int64_t n, review, unread;                   /* unread: not understood yet */
  GArray *kinds, *subjects, *tops, *languages; /* of Tally; tops: subjects of the first level */
  GStringChunk *strings;
} Counts;

static void
counts_clear (Counts *counts)
{
  g_array_unref (counts->kinds);
  g_array_unref (counts->subjects);
  g_array_unref (counts->tops);
  g_array_unref (counts->languages);
  g_string_chunk_free (counts->strings);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Counts, counts_clear)

static void
count_document (Counts *counts, const FactDocument *document)
{
  if (document->kind == NULL)
    {
      counts->unread++;
      return;
    }
  const char *subject = document->subject != NULL && *document->subject != '\0' ? document->subject : "none";
  g_auto (GStrv) parts = g_strsplit (subject, "/", 3); /* deeper ones count at the second level */
  g_autofree char *second = parts[1] != NULL ? g_strconcat (parts[0], "/", parts[1], NULL) : g_strdup (parts[0]);
  counts->n++;
  counts->review += document->review;
  tally_add (counts->kinds, document->kind, document);
  tally_add (counts->languages, document->language != NULL ? document->language : "und", document);
  tally_add (counts->tops, g_string_chunk_insert_const (counts->strings, parts[0]), document);
  tally_add (counts->subjects, g_string_chunk_insert_const (counts->strings, second), document);
}

static void
count_all (const ReportContext *context, Counts *counts)
{
  GArray **tallies[] = { &counts->kinds, &counts->subjects, &counts->tops, &counts->languages };
  for (gsize i = 0; i < G_N_ELEMENTS (tallies); i++)
    *tallies[i] = g_array_new (FALSE, FALSE, sizeof (Tally));
  counts->strings = g_string_chunk_new (1024);
  for (guint i = 0; i < context->facts->documents->len; i++)
    count_document (counts, &g_array_index (context->facts->documents, FactDocument, i));
  for (gsize i = 0; i < G_N_ELEMENTS (tallies); i++)
    g_array_sort (*tallies[i], compare_tallies);
}

/* --- kinds and languages: one table of counts with shares --- */

static void
share_cells (ReportTable *table, const Tally *tally, int64_t all)
{
  report_cell_count (table, tally->n);
  report_cell_share (table, tally->n, all);
  report_cell_interval (table, tally->n, all);
  report_cell_count (table, tally->review);
}

/* "12 · 40 %" */
static char *
bar_words (const ReportContext *context, int64_t n, int64_t all)
{
  g_autofree char *count = report_show_count (context->language, n);
  g_autofree char *share = report_show_share (context->language, (double)n / (double)all);
  return g_strdup_printf ("%s · %s", count, share);
}

/* NULL where the first two are as frequent. */
static char *
finding_of (const ReportContext *context, const GArray *tallies, const char *label, int64_t all)
{
  int64_t n = g_array_index (tallies, Tally, 0).n;
  if (tallies->len > 1 && g_array_index (tallies, Tally, 1).n == n)
    return NULL;
  g_autofree char *share = report_show_share (context->language, (double)n / (double)all);
  return dk_message (context->language, "report.finding.most", "slls", label, n, all, share);
}

static void
share_section (ReportPage *page, const ReportContext *context, const char *name, const char *key, const char *prefix,
               const GArray *tallies, int64_t all)
{
  const ReportKey keys[] = { { key, REPORT_CODE },          { "documents", REPORT_COUNT },
                             { "share", REPORT_SHARE },     { "share_95", REPORT_INTERVAL },
                             { "to_review", REPORT_COUNT }, { NULL, 0 } };
  ReportSection *section = report_page_section (page, context, name, keys);
  ReportTable *table = section->table;
  g_autoptr (GArray) bars = chart_bars_new ();
  table->counted = all;
  for (guint i = 0; i < tallies->len; i++)
    {
      const Tally *tally = &g_array_index (tallies, Tally, i);
      g_autofree char *label = report_label (context->language, prefix, tally->code);
      report_row (table, REPORT_ROW);
      report_cell_code (table, tally->code, label);
      share_cells (table, tally, all);
      chart_bars_add (bars, g_strdup (label), bar_words (context, tally->n, all), (double)tally->n, CHART_MAIN);
      if (i == 0)
        section->finding = finding_of (context, tallies, label, all);
    }
  report_section_bars (section, bars, BARS_MOST);
}

/* --- subjects --- */

static char *
subject_label (const ReportContext *context, const char *path)
{
  if (strcmp (path, "none") == 0)
    return dk_message (context->language, "report.subject.none", "");
  const Concept *concept = vocabulary_at (context->vocabulary, path);
  return g_strdup (concept != NULL ? vocabulary_label (context->vocabulary, concept->id, context->language) : path);
}

static void
subject_row (ReportTable *table, const ReportContext *context, const Tally *tally, int64_t all, ReportMark mark)
{
  g_autofree char *label = subject_label (context, tally->code);
  report_row (table, mark);
  report_cell_code (table, tally->code, label);
  share_cells (table, tally, all);
  report_cell_count (table, tally->kinds[0]);
}

static void
subjects_below (ReportTable *table, const ReportContext *context, const Counts *counts, const char *top)
{
  g_autofree char *prefix = g_strconcat (top, "/", NULL);
  for (guint i = 0; i < counts->subjects->len; i++)
    {
      const Tally *tally = &g_array_index (counts->subjects, Tally, i);
      if (g_str_has_prefix (tally->code, prefix))
        subject_row (table, context, tally, counts->n, REPORT_ROW_BELOW);
    }
}

static void
subjects_section (ReportPage *page, const ReportContext *context, const Counts *counts)
{
  static const ReportKey keys[] = { { "subject", REPORT_CODE },
                                    { "documents", REPORT_COUNT },
                                    { "share", REPORT_SHARE },
                                    { "share_95", REPORT_INTERVAL },
                                    { "to_review", REPORT_COUNT },
                                    { "complaints", REPORT_COUNT },
                                    { NULL, 0 } };
  ReportSection *section = report_page_section (page, context, "subjects", keys);
  ReportTable *table = section->table;
  g_autoptr (GArray) bars = chart_bars_new ();
  table->counted = counts->n;
  for (guint i = 0; i < counts->tops->len; i++)
    {
      const Tally *tally = &g_array_index (counts->tops, Tally, i);
      subject_row (table, context, tally, counts->n, REPORT_ROW);
      subjects_below (table, context, counts, tally->code);
      char *label = subject_label (context, tally->code);
      chart_bars_add (bars, label, bar_words (context, tally->n, counts->n), (double)tally->n, CHART_MAIN);
      if (i == 0)
        section->finding = finding_of (context, counts->tops, label, counts->n);
    }
  report_section_bars (section, bars, BARS_MOST);
}

static void
matrix_section (ReportPage *page, const ReportContext *context, const Counts *counts)
{
  static const ReportKey keys[] = { { "subject", REPORT_CODE }, { NULL, 0 } };
  ReportTable *table = report_page_section (page, context, "kinds-subjects", keys)->table;
  table->shaded = true;
  table->counted = counts->n;
  for (guint k = 0; k < N_KINDS; k++)
    {
      g_autofree char *label = report_label (context->language, "kind", kinds[k]);
      report_table_column (table, kinds[k], label, REPORT_COUNT);
    }
  for (guint i = 0; i < counts->tops->len; i++)
    {
      const Tally *tally = &g_array_index (counts->tops, Tally, i);
      g_autofree char *label = subject_label (context, tally->code);
      report_row (table, REPORT_ROW);
      report_cell_code (table, tally->code, label);
      for (guint k = 0; k < N_KINDS; k++)
        report_cell_count (table, tally->kinds[k]);
    }
}

/* --- words --- */

static bool
term_row (ReportTable *table, const ReportContext *context, const ReportTerm *term, bool compared, GError **error)
{
  GPtrArray *quotes = report_term_quotes (context, term, error);
  if (quotes == NULL)
    return false;
  report_row (table, REPORT_ROW);
  report_cell_text (table, term->text);
  report_cell_labelled (table, "report.language", term->language);
  report_cell_count (table, term->with);
  report_cell_share (table, term->with, term->all);
  if (compared)
    {
      report_cell_real (table, isnan (term->rest) ? NAN : term->rest * 100);
      report_cell_real (table, term->keyness);
    }
  report_cell_quotes (table, quotes);
  return true;
}

/* Whether some language has enough other letters. */
static bool
are_compared (const ReportTerms *terms)
{
  for (guint i = 0; i < terms->terms->len; i++)
    if (!isnan (((const ReportTerm *)terms->terms->pdata[i])->keyness))
      return true;
  return false;
}

static bool
terms_section (ReportPage *page, const ReportContext *context, GError **error)
{
  g_autoptr (ReportTerms) terms = report_terms (context, kinds[0], TERMS_MOST, error);
  if (terms == NULL)
    return false;
  bool compared = are_compared (terms);
  static const ReportKey keys[] = { { "term", REPORT_TEXT },
                                    { "language", REPORT_CODE },
                                    { "letters", REPORT_COUNT },
                                    { "share", REPORT_SHARE },
                                    { NULL, 0 } };
  ReportSection *section = report_page_section (page, context, "terms", keys);
  ReportTable *table = section->table;
  if (compared)
    {
      report_table_column (table, "rest_percent", NULL, REPORT_REAL);
      report_table_column (table, "keyness", NULL, REPORT_REAL);
    }
  report_table_column (table, "quotes", NULL, REPORT_QUOTES);
  table->counted = terms->letters;
  section->heading = dk_message (context->language, "report.part.words", "");
  for (guint i = 0; i < terms->terms->len; i++)
    if (!term_row (table, context, terms->terms->pdata[i], compared, error))
      return false;
  return true;
}

static void
content_tiles (ReportPage *page, const ReportContext *context, const Counts *counts)
{
  const char *language = context->language;
  int64_t complaints = 0;
  for (guint i = 0; i < counts->kinds->len; i++)
    if (strcmp (g_array_index (counts->kinds, Tally, i).code, kinds[0]) == 0)
      complaints = g_array_index (counts->kinds, Tally, i).n;
  char *share = counts->n > 0 ? report_show_share (language, (double)complaints / (double)counts->n) : NULL;
  report_page_tile (page, context, "report.tile.understood", REPORT_TILE_PLAIN, report_show_count (language, counts->n),
                    NULL);
  report_page_tile (page, context, "report.tile.complaints", REPORT_TILE_PLAIN,
                    report_show_count (language, complaints), share);
  report_page_tile (page, context, "report.tile.unsure", counts->review > 0 ? REPORT_TILE_CARE : REPORT_TILE_PLAIN,
                    report_show_count (language, counts->review), NULL);
  report_page_tile (page, context, "report.tile.unread", REPORT_TILE_PLAIN,
                    report_show_count (language, counts->unread), NULL);
}

ReportPage *
report_content (const ReportContext *context, GError **error)
{
  g_auto (Counts) counts = { 0 };
  g_autoptr (ReportPage) page = report_page_new ("content", context->language);
  count_all (context, &counts);
  content_tiles (page, context, &counts);
  share_section (page, context, "kinds", "kind", "kind", counts.kinds, counts.n);
  subjects_section (page, context, &counts);
  matrix_section (page, context, &counts);
  share_section (page, context, "languages", "language", "report.language", counts.languages, counts.n);
  return terms_section (page, context, error) ? g_steal_pointer (&page) : NULL;
}
