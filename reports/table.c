#include "reports/table.h"
#include "base/messages.h"
#include "reports/format.h"
#include "reports/measure.h"
#include <math.h>
#include <string.h>

#define FAINT_BELOW 20
#define NARROW_COLUMNS_MAX 3 /* what fits beside a chart */

void
report_quote_free (ReportQuote *quote)
{
  g_free (quote->number);
  g_free (quote->text);
  g_free (quote->language);
  g_free (quote);
}

static void
column_free (ReportColumn *column)
{
  g_free (column->key);
  g_free (column->heading);
  g_free (column);
}

static void
cell_free (ReportCell *cell)
{
  g_free (cell->code);
  g_free (cell->text);
  g_free (cell->link);
  g_clear_pointer (&cell->quotes, g_ptr_array_unref);
  g_free (cell);
}

ReportTable *
report_table_new (const char *name, const char *language)
{
  g_autofree char *key = g_strdelimit (g_strdup (name), "-", '_');
  g_autofree char *title = g_strdup_printf ("report.%s.title", key);
  g_autofree char *definition = g_strdup_printf ("report.%s.definition", key);
  ReportTable *table = g_new0 (ReportTable, 1);
  table->name = g_strdup (name);
  table->language = language;
  table->title = dk_message (language, title, "");
  table->definition = dk_message (language, definition, "");
  table->counted = -1;
  table->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)column_free);
  table->cells = g_ptr_array_new_with_free_func ((GDestroyNotify)cell_free);
  table->marks = g_array_new (FALSE, FALSE, sizeof (ReportMark));
  return table;
}

void
report_table_free (ReportTable *table)
{
  if (table == NULL)
    return;
  g_free (table->name);
  g_free (table->title);
  g_free (table->definition);
  g_ptr_array_unref (table->columns);
  g_ptr_array_unref (table->cells);
  g_array_unref (table->marks);
  g_free (table);
}

void
report_table_column (ReportTable *table, const char *key, const char *heading, ReportType type)
{
  g_autofree char *sentence = g_strconcat ("report.column.", key, NULL);
  ReportColumn *column = g_new0 (ReportColumn, 1);
  column->key = g_strdup (key);
  column->heading = heading != NULL ? g_strdup (heading) : dk_message (table->language, sentence, "");
  column->type = type;
  g_ptr_array_add (table->columns, column);
}

bool
report_table_is_wide (const ReportTable *table)
{
  return table->columns->len > NARROW_COLUMNS_MAX;
}

unsigned
report_table_rows (const ReportTable *table)
{
  return table->marks->len;
}

const ReportCell *
report_table_cell (const ReportTable *table, unsigned row, unsigned column)
{
  return table->cells->pdata[row * table->columns->len + column];
}

/* --- rows --- */

void
report_row (ReportTable *table, ReportMark mark)
{
  g_assert (table->cells->len == table->marks->len * table->columns->len);
  g_array_append_val (table->marks, mark);
}

static ReportCell *
next_cell (ReportTable *table, ReportType type)
{
  guint column = table->cells->len - (table->marks->len - 1) * table->columns->len;
  g_assert (column < table->columns->len);
  g_assert (((const ReportColumn *)table->columns->pdata[column])->type == type);
  ReportCell *cell = g_new0 (ReportCell, 1);
  g_ptr_array_add (table->cells, cell);
  return cell;
}

void
report_cell_blank (ReportTable *table)
{
  ReportCell *cell = g_new0 (ReportCell, 1);
  cell->blank = true;
  g_ptr_array_add (table->cells, cell);
}

void
report_cell_text (ReportTable *table, const char *text)
{
  ReportCell *cell = next_cell (table, REPORT_TEXT);
  cell->blank = text == NULL || *text == '\0';
  cell->text = g_strdup (text);
}

void
report_cell_docket (ReportTable *table, const char *number, char *link)
{
  ReportCell *cell = next_cell (table, REPORT_DOCKET);
  cell->blank = number == NULL;
  cell->text = g_strdup (number);
  cell->link = link;
}

void
report_cell_code (ReportTable *table, const char *code, const char *label)
{
  ReportCell *cell = next_cell (table, REPORT_CODE);
  cell->code = g_strdup (code);
  cell->text = g_strdup (label);
}

void
report_cell_labelled (ReportTable *table, const char *prefix, const char *code)
{
  g_autofree char *label = report_label (table->language, prefix, code);
  report_cell_code (table, code, label);
}

void
report_cell_count (ReportTable *table, int64_t count)
{
  next_cell (table, REPORT_COUNT)->value = (double)count;
}

void
report_cell_share (ReportTable *table, int64_t part, int64_t whole)
{
  ReportCell *cell = next_cell (table, REPORT_SHARE);
  cell->blank = whole <= 0;
  cell->faint = whole < FAINT_BELOW;
  cell->value = whole > 0 ? (double)part / (double)whole : 0;
}

void
report_cell_interval (ReportTable *table, int64_t part, int64_t whole)
{
  ReportCell *cell = next_cell (table, REPORT_INTERVAL);
  cell->blank = whole <= 0;
  cell->faint = whole < FAINT_BELOW;
  if (!cell->blank)
    report_wilson (part, whole, &cell->value, &cell->high);
}

void
report_cell_real (ReportTable *table, double value)
{
  ReportCell *cell = next_cell (table, REPORT_REAL);
  cell->blank = isnan (value);
  cell->value = value;
}

void
report_cell_seconds (ReportTable *table, double seconds)
{
  ReportCell *cell = next_cell (table, REPORT_SECONDS);
  cell->blank = isnan (seconds);
  cell->value = seconds;
}

void
report_cell_day (ReportTable *table, DkDay day)
{
  ReportCell *cell = next_cell (table, REPORT_DAY);
  cell->blank = day == DK_DAY_NONE;
  cell->value = day;
}

void
report_cell_quotes (ReportTable *table, GPtrArray *quotes)
{
  ReportCell *cell = next_cell (table, REPORT_QUOTES);
  cell->blank = quotes->len == 0;
  cell->quotes = quotes;
}
