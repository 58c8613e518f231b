#include "reports/page.h"
#include "base/messages.h"
#include "reports/format.h"
#include "reports/look.h"

static void
tile_free (ReportTile *tile)
{
  g_free (tile->label);
  g_free (tile->value);
  g_free (tile->note);
  g_free (tile);
}

static void
section_free (ReportSection *section)
{
  g_free (section->heading);
  g_free (section->finding);
  g_free (section->legend);
  chart_scene_free (section->chart);
  report_table_free (section->table);
  g_free (section);
}

ReportPage *
report_page_new (const char *name, const char *language)
{
  g_autofree char *key = g_strdup_printf ("report.%s.title", name);
  ReportPage *page = g_new0 (ReportPage, 1);
  page->name = name;
  page->title = dk_message (language, key, "");
  page->tiles = g_ptr_array_new_with_free_func ((GDestroyNotify)tile_free);
  page->sections = g_ptr_array_new_with_free_func ((GDestroyNotify)section_free);
  return page;
}

void
report_page_free (ReportPage *page)
{
  if (page == NULL)
    return;
  g_free (page->title);
  g_ptr_array_unref (page->tiles);
  g_ptr_array_unref (page->sections);
  g_free (page);
}

void
report_page_tile (ReportPage *page, const ReportContext *context, const char *key, ReportTone tone, char *value,
                  char *note)
{
  ReportTile *tile = g_new0 (ReportTile, 1);
  tile->label = dk_message (context->language, key, "");
  tile->value = value;
  tile->note = note;
  tile->tone = tone;
  g_ptr_array_add (page->tiles, tile);
}

ReportSection *
report_page_section (ReportPage *page, const ReportContext *context, const char *name, const ReportKey *keys)
{
  ReportSection *section = g_new0 (ReportSection, 1);
  section->table = report_table_new (name, context->language);
  for (; keys != NULL && keys->key != NULL; keys++)
    report_table_column (section->table, keys->key, NULL, keys->type);
  g_ptr_array_add (page->sections, section);
  return section;
}

void
report_section_bars (ReportSection *section, const GArray *bars, guint most)
{
  const char *finding = section->finding != NULL ? section->finding : "";
  if (bars->len > 0)
    section->chart = chart_bars (section->table->title, finding, bars, most);
}

/* --- HTML --- */

static void G_GNUC_PRINTF (5, 6)
    element (GString *html, const char *tag, const char *class_name, const char *text, const char *id, ...)
{
  g_string_append_printf (html, "<%s", tag);
  if (class_name != NULL)
    g_string_append_printf (html, " class=\"%s\"", class_name);
  if (id != NULL)
    {
      va_list args;
      va_start (args, id);
      g_string_append (html, " id=\"");
      g_string_append_vprintf (html, id, args);
      g_string_append_c (html, '"');
      va_end (args);
    }
  g_string_append_c (html, '>');
  report_escape (html, text);
  g_string_append_printf (html, "</%s>\n", tag);
}

static void
say (GString *html, const ReportContext *context, const char *tag, const char *class_name, const char *key)
{
  g_autofree char *text = dk_message (context->language, key, "");
  element (html, tag, class_name, text, NULL);
}

/* "Received 1 Nov 2026 to 22 Nov 2026. Data as of … UTC; today is 22 Nov 2026." */
static void
basis (GString *html, const ReportContext *context)
{
  int days = context->to - context->from + 1;
  g_autofree char *text = context->facts->seq > 0
                              ? dk_message (context->language, "report.basis", "DDdtD", context->from, context->to,
                                            days, context->facts->time_us, context->today)
                              : dk_message (context->language, "report.basis_empty", "DDdD", context->from, context->to,
                                            days, context->today);
  element (html, "p", "basis", text, NULL);
}

static void
head (GString *html, const ReportContext *context, const char *title, bool overview)
{
  const char *entity = context->settings->entity;
  g_string_append_printf (html, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                          context->language);
  g_string_append (html, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                         "<meta name=\"color-scheme\" content=\"light dark\">\n");
  element (html, "title", NULL, title, NULL);
  g_string_append_printf (html, "<style>\n%s</style>\n</head>\n<body>\n<header>\n", report_look);
  if (overview)
    {
      g_autofree char *back = dk_message (context->language, "report.index.title", "");
      g_string_append (html, "<nav><a href=\"index.html\">← ");
      report_escape (html, back);
      g_string_append (html, "</a></nav>\n");
    }
  if (entity != NULL && *entity != '\0')
    element (html, "p", "firm", entity, NULL);
  element (html, "h1", NULL, title, NULL);
  basis (html, context);
  g_string_append (html, "</header>\n<main>\n");
}

static void
tail (GString *html, const ReportContext *context)
{
  g_string_append (html, "</main>\n<footer>\n");
  say (html, context, "p", NULL, "report.footer");
  if (context->facts->seq > 0)
    {
      g_autofree char *made
          = dk_message (context->language, "report.made", "ll", context->facts->seq, context->facts->config);
      element (html, "p", NULL, made, NULL);
    }
  g_string_append (html, "</footer>\n</body>\n</html>\n");
}

static void
tiles (GString *html, const ReportPage *page, guint most)
{
  static const char *const tones[] = { "tile", "tile care", "tile alarm" };
  static const char *const signs[] = { "", "● ", "▲ " };
  g_string_append (html, "<dl class=\"tiles\">\n");
  for (guint i = 0; i < page->tiles->len && i < most; i++)
    {
      const ReportTile *tile = page->tiles->pdata[i];
      g_autofree char *label = g_strconcat (signs[tile->tone], tile->label, NULL);
      g_string_append_printf (html, "<div class=\"%s\">", tones[tile->tone]);
      element (html, "dt", NULL, label, NULL);
      element (html, "dd", NULL, tile->value, NULL);
      if (tile->note != NULL)
        element (html, "dd", "note", tile->note, NULL);
      g_string_append (html, "</div>\n");
    }
  g_string_append (html, "</dl>\n");
}

static void
links (GString *html, const ReportPage *page, const ReportTable *table)
{
  g_string_append_printf (html,
                          "<a href=\"data/%s-%s.csv\" download>CSV</a> <a href=\"data/%s-%s.json\" "
                          "download>JSON</a>",
                          page->name, table->name, page->name, table->name);
}

static void
definition (GString *html, const ReportPage *page, const ReportContext *context, const ReportTable *table)
{
  g_string_append (html, "<p class=\"definition\">");
  report_escape (html, table->definition);
  if (table->counted >= 0)
    {
      g_autofree char *counted = dk_message (context->language, "report.counted", "l", table->counted);
      g_string_append_c (html, ' ');
      report_escape (html, counted);
    }
  g_string_append_c (html, ' ');
  links (html, page, table);
  g_string_append (html, "</p>\n");
}

static void
figure (GString *html, const ReportPage *page, const ReportSection *section)
{
  g_autofree char *id = g_strdup_printf ("%s-%s", page->name, section->table->name);
  g_string_append (html, "<figure>\n");
  chart_svg (section->chart, id, html);
  if (section->legend != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (section->legend, "|", 2);
      g_string_append (html, "<figcaption><span class=\"key main\"></span>");
      report_escape (html, parts[0]);
      g_string_append (html, parts[1] != NULL ? " <span class=\"key rest\"></span>" : "");
      report_escape (html, parts[1]);
      g_string_append (html, "</figcaption>\n");
    }
  g_string_append (html, "</figure>\n");
}

static void
section_html (GString *html, const ReportPage *page, const ReportContext *context, const ReportSection *section)
{
  const ReportTable *table = section->table;
  bool trend = section->legend != NULL;
  if (section->heading != NULL)
    element (html, "h2", NULL, section->heading, NULL);
  g_string_append_printf (html, "<section class=\"%s\" aria-labelledby=\"h-%s\">\n",
                          section->chart != NULL && !report_table_is_wide (table) ? "pair" : "whole", table->name);
  element (html, "h3", NULL, table->title, "h-%s", table->name);
  if (section->finding != NULL)
    {
      g_string_append (html, "<p class=\"finding\">");
      report_escape_sentence (html, section->finding);
      g_string_append (html, "</p>\n");
    }
  if (section->chart != NULL)
    figure (html, page, section);
  g_string_append (html, "<div class=\"facts\">\n");
  if (trend)
    {
      g_string_append (html, "<details>");
      say (html, context, "summary", NULL, "report.numbers");
    }
  if (report_table_rows (table) > 0)
    report_table_html (table, html);
  else
    say (html, context, "p", "nothing", "report.nothing");
  g_string_append (html, trend ? "</details>\n" : "");
  definition (html, page, context, table);
  g_string_append (html, "</div>\n</section>\n");
}

char *
report_page_html (const ReportPage *page, const ReportContext *context, bool overview)
{
  GString *html = g_string_new (NULL);
  head (html, context, page->title, overview);
  tiles (html, page, G_MAXUINT);
  for (guint i = 0; i < page->sections->len; i++)
    section_html (html, page, context, page->sections->pdata[i]);
  tail (html, context);
  return g_string_free (html, FALSE);
}

static void
index_entry (GString *html, const ReportPage *page, const ReportContext *context)
{
  g_autofree char *lead = g_strdup_printf ("report.%s.lead", page->name);
  g_string_append_printf (html, "<section class=\"whole\"><h2><a href=\"%s.html\">", page->name);
  report_escape (html, page->title);
  g_string_append (html, " →</a></h2>\n");
  say (html, context, "p", "finding", lead);
  tiles (html, page, G_MAXUINT);
  g_string_append (html, "<details>");
  say (html, context, "summary", NULL, "report.tables");
  g_string_append (html, "<ul class=\"files\">\n");
  for (guint i = 0; i < page->sections->len; i++)
    {
      const ReportTable *table = ((const ReportSection *)page->sections->pdata[i])->table;
      g_string_append_printf (html, "<li><a href=\"%s.html#h-%s\">", page->name, table->name);
      report_escape (html, table->title);
      g_string_append (html, "</a> ");
      links (html, page, table);
      g_string_append (html, "</li>\n");
    }
  g_string_append (html, "</ul></details></section>\n");
}

char *
report_index_html (const GPtrArray *pages, const ReportContext *context)
{
  GString *html = g_string_new (NULL);
  g_autofree char *title = dk_message (context->language, "report.index.title", "");
  head (html, context, title, false);
  for (guint i = 0; i < pages->len; i++)
    index_entry (html, pages->pdata[i], context);
  tail (html, context);
  return g_string_free (html, FALSE);
}
