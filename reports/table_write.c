#include "base/messages.h"
#include "reports/format.h"
#include "reports/table.h"
#include <math.h>
#include <string.h>

/* --- HTML --- */

static bool
is_number (ReportType type)
{
  return type == REPORT_COUNT || type == REPORT_SHARE || type == REPORT_INTERVAL || type == REPORT_REAL
         || type == REPORT_SECONDS;
}

static void
html_quotes (const GPtrArray *quotes, GString *html)
{
  g_string_append (html, "<ul class=\"quotes\">");
  for (guint i = 0; i < quotes->len; i++)
    {
      const ReportQuote *quote = quotes->pdata[i];
      g_autofree char *before = g_strndup (quote->text, quote->from);
      g_autofree char *hit = g_strndup (quote->text + quote->from, quote->to - quote->from);
      g_string_append_printf (html, "<li><q lang=\"%s\">", quote->language);
      report_escape (html, before);
      g_string_append (html, "<mark>");
      report_escape (html, hit);
      g_string_append (html, "</mark>");
      report_escape (html, quote->text + quote->to);
      g_string_append (html, "</q> <span class=\"no\">");
      report_escape (html, quote->number);
      g_string_append (html, "</span></li>");
    }
  g_string_append (html, "</ul>");
}

/* What a person reads in a cell; NULL for quotes. Owned by the caller. */
static char *
shown (const ReportTable *table, ReportType type, const ReportCell *cell)
{
  switch (type)
    {
    case REPORT_TEXT:
    case REPORT_DOCKET:
    case REPORT_CODE:
      return g_strdup (cell->text);
    case REPORT_COUNT:
      return report_show_count (table->language, (int64_t)cell->value);
    case REPORT_SHARE:
      return report_show_share (table->language, cell->value);
    case REPORT_INTERVAL:
      return dk_message (table->language, "report.interval", "ff", cell->value, cell->high);
    case REPORT_REAL:
      return dk_message (table->language, "report.real", "f", cell->value);
    case REPORT_SECONDS:
      return report_show_seconds (table->language, cell->value);
    case REPORT_DAY:
      return report_show_day (table->language, (DkDay)cell->value);
    case REPORT_QUOTES:
      break;
    }
  return NULL;
}

static double
largest_count (const ReportTable *table)
{
  double largest = 0;
  for (guint row = 0; row < report_table_rows (table); row++)
    for (guint i = 0; i < table->columns->len; i++)
      if (((const ReportColumn *)table->columns->pdata[i])->type == REPORT_COUNT
          && g_array_index (table->marks, ReportMark, row) != REPORT_ROW_SUM)
        largest = fmax (largest, report_table_cell (table, row, i)->value);
  return largest;
}

static const char *
class_of (ReportType type)
{
  if (is_number (type))
    return "num";
  return type == REPORT_DAY || type == REPORT_DOCKET ? "whole" : "";
}

static void
html_link (const char *link, const char *text, GString *html)
{
  if (link != NULL)
    {
      g_string_append (html, "<a href=\"");
      report_escape (html, link);
      g_string_append (html, "\">");
    }
  report_escape (html, text);
  g_string_append (html, link != NULL ? "</a>" : "");
}

static void
html_cell (const ReportTable *table, guint column, const ReportCell *cell, double largest, GString *html)
{
  const ReportColumn *what = table->columns->pdata[column];
  const char *tag = column == 0 ? "th scope=\"row\"" : "td";
  GString *classes = g_string_new (class_of (what->type));
  if (cell->faint)
    g_string_append (classes, " faint");
  if (table->shaded && what->type == REPORT_COUNT && !cell->blank && cell->value > 0 && largest > 0)
    g_string_append_printf (classes, " heat%d", (int)ceil (cell->value / largest * 4));
  g_string_append_printf (html, "<%s%s%s%s", tag, classes->len > 0 ? " class=\"" : "", g_strstrip (classes->str),
                          classes->len > 0 ? "\"" : "");
  g_string_free (classes, TRUE);
  if (column > 0 && !cell->blank && report_table_is_wide (table)) /* for a row shown as a card */
    {
      g_string_append (html, " data-label=\"");
      report_escape (html, what->heading);
      g_string_append_c (html, '"');
    }
  g_string_append_c (html, '>');
  if (!cell->blank && what->type == REPORT_QUOTES)
    html_quotes (cell->quotes, html);
  else if (!cell->blank)
    {
      g_autofree char *text = shown (table, what->type, cell);
      html_link (cell->link, text, html);
    }
  g_string_append (html, column == 0 ? "</th>" : "</td>");
}

static void
html_row (const ReportTable *table, guint row, double largest, GString *html)
{
  static const char *const classes[] = { "", " class=\"sum\"", " class=\"below\"", " class=\"late\"" };
  g_string_append_printf (html, "<tr%s>", classes[g_array_index (table->marks, ReportMark, row)]);
  for (guint i = 0; i < table->columns->len; i++)
    html_cell (table, i, report_table_cell (table, row, i), table->shaded ? largest : 0, html);
  g_string_append (html, "</tr>\n");
}

void
report_table_html (const ReportTable *table, GString *html)
{
  double largest = largest_count (table);
  g_string_append (html, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
  report_escape (html, table->title);
  g_string_append_printf (html, "\"><table%s><thead><tr>", report_table_is_wide (table) ? " class=\"wide\"" : "");
  for (guint i = 0; i < table->columns->len; i++)
    {
      const ReportColumn *column = table->columns->pdata[i];
      g_string_append_printf (html, "<th scope=\"col\"%s>", is_number (column->type) ? " class=\"num\"" : "");
      report_escape (html, column->heading);
      g_string_append (html, "</th>");
    }
  g_string_append (html, "</tr></thead>\n<tbody>\n");
  for (guint row = 0; row < report_table_rows (table); row++)
    html_row (table, row, largest, html);
  g_string_append (html, "</tbody></table></div>\n");
}

/* --- CSV --- */

static void
csv_field (GString *csv, const char *text, bool is_text)
{
  bool formula = is_text && text[0] != '\0' && strchr ("=+-@\t\r", text[0]) != NULL;
  bool quoted = formula || strpbrk (text, ",\"\r\n") != NULL;
  g_string_append (csv, quoted ? "\"" : "");
  g_string_append (csv, formula ? "'" : "");
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append (csv, quoted ? "\"" : "");
}

static void
csv_number (GString *csv, const char *format, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append (csv, g_ascii_formatd (text, sizeof text, format, value));
}

static void
csv_quotes (GString *csv, const GPtrArray *quotes)
{
  g_autoptr (GString) all = g_string_new (NULL);
  for (guint i = 0; i < quotes->len; i++)
    {
      const ReportQuote *quote = quotes->pdata[i];
      g_string_append_printf (all, "%s%s: %s", i > 0 ? "\n" : "", quote->number, quote->text);
    }
  csv_field (csv, all->str, true);
}

static void
csv_cell (GString *csv, ReportType type, const ReportCell *cell)
{
  g_autofree char *day = NULL;
  switch (cell->blank ? REPORT_TEXT : type)
    {
    case REPORT_TEXT:
    case REPORT_DOCKET:
      csv_field (csv, cell->blank ? "" : cell->text, true);
      break;
    case REPORT_CODE:
      csv_field (csv, cell->code, true);
      g_string_append_c (csv, ',');
      csv_field (csv, cell->text, true);
      break;
    case REPORT_COUNT:
      csv_number (csv, "%.0f", cell->value);
      break;
    case REPORT_INTERVAL:
      csv_number (csv, "%.4f", cell->value);
      g_string_append_c (csv, ',');
      csv_number (csv, "%.4f", cell->high);
      break;
    case REPORT_SHARE:
      csv_number (csv, "%.4f", cell->value);
      break;
    case REPORT_REAL:
    case REPORT_SECONDS:
      csv_number (csv, "%.3f", cell->value);
      break;
    case REPORT_DAY:
      day = dk_day_format ((DkDay)cell->value);
      csv_field (csv, day, false);
      break;
    case REPORT_QUOTES:
      csv_quotes (csv, cell->quotes);
      break;
    }
  if (cell->blank && (type == REPORT_CODE || type == REPORT_INTERVAL))
    g_string_append_c (csv, ',');
}

char *
report_table_csv (const ReportTable *table)
{
  GString *csv = g_string_new (NULL);
  for (guint i = 0; i < table->columns->len; i++)
    {
      const ReportColumn *column = table->columns->pdata[i];
      g_string_append (csv, i > 0 ? "," : "");
      if (column->type == REPORT_INTERVAL)
        g_string_append_printf (csv, "%s_low,%s_high", column->key, column->key);
      else if (column->type == REPORT_CODE)
        g_string_append_printf (csv, "%s,%s_label", column->key, column->key);
      else
        g_string_append (csv, column->key);
    }
  g_string_append (csv, "\r\n");
  for (guint row = 0; row < report_table_rows (table); row++)
    for (guint i = 0; i < table->columns->len; i++)
      {
        const ReportColumn *column = table->columns->pdata[i];
        csv_cell (csv, column->type, report_table_cell (table, row, i));
        g_string_append (csv, i + 1 < table->columns->len ? "," : "\r\n");
      }
  return g_string_free (csv, FALSE);
}

/* --- JSON --- */

static json_t *
json_rounded (double value, double digits)
{
  return json_real (round (value * digits) / digits);
}

static json_t *
json_quotes (const GPtrArray *quotes)
{
  json_t *list = json_array ();
  for (guint i = 0; i < quotes->len; i++)
    {
      const ReportQuote *quote = quotes->pdata[i];
      json_array_append_new (list, json_pack ("{s:s, s:s, s:s}", "number", quote->number, "language", quote->language,
                                              "text", quote->text));
    }
  return list;
}

static json_t *
json_value (ReportType type, const ReportCell *cell)
{
  g_autofree char *day = type == REPORT_DAY ? dk_day_format ((DkDay)cell->value) : NULL;
  switch (type)
    {
    case REPORT_TEXT:
    case REPORT_DOCKET:
      return dk_json_text (cell->text);
    case REPORT_CODE:
      return dk_json_text (cell->code);
    case REPORT_COUNT:
      return json_integer ((json_int_t)cell->value);
    case REPORT_SHARE:
    case REPORT_INTERVAL:
      return json_rounded (cell->value, 1e4);
    case REPORT_REAL:
    case REPORT_SECONDS:
      return json_rounded (cell->value, 1e3);
    case REPORT_DAY:
      return dk_json_text (day);
    case REPORT_QUOTES:
      return json_quotes (cell->quotes);
    }
  return json_null ();
}

static void
json_cell (json_t *row, const ReportColumn *column, const ReportCell *cell)
{
  json_t *value = cell->blank ? json_null () : json_value (column->type, cell);
  g_autofree char *low = g_strconcat (column->key, "_low", NULL);
  g_autofree char *high = g_strconcat (column->key, "_high", NULL);
  g_autofree char *label = g_strconcat (column->key, "_label", NULL);
  json_object_set_new (row, column->type == REPORT_INTERVAL ? low : column->key, value);
  if (column->type == REPORT_INTERVAL)
    json_object_set_new (row, high, cell->blank ? json_null () : json_rounded (cell->high, 1e4));
  if (column->type == REPORT_CODE)
    json_object_set_new (row, label, dk_json_text (cell->text));
}

json_t *
report_table_json (const ReportTable *table)
{
  static const char *const types[]
      = { "text", "code", "count", "share", "interval", "real", "seconds", "date", "quotes", "docket_number" };
  g_autoptr (json_t) columns = json_array ();
  g_autoptr (json_t) rows = json_array ();
  for (guint i = 0; i < table->columns->len; i++)
    {
      const ReportColumn *column = table->columns->pdata[i];
      json_array_append_new (columns, json_pack ("{s:s, s:s, s:s}", "key", column->key, "heading", column->heading,
                                                 "type", types[column->type]));
    }
  for (guint row = 0; row < report_table_rows (table); row++)
    {
      json_t *object = json_object ();
      for (guint i = 0; i < table->columns->len; i++)
        json_cell (object, table->columns->pdata[i], report_table_cell (table, row, i));
      json_array_append_new (rows, object);
    }
  json_t *object = json_pack ("{s:s, s:s, s:s, s:O, s:O}", "table", table->name, "title", table->title, "definition",
                              table->definition, "columns", columns, "rows", rows);
  json_object_set_new (object, "n", table->counted >= 0 ? json_integer (table->counted) : json_null ());
  return object;
}
