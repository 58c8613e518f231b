/* reports/table.h - a table of a report: what its columns are, its rows, and the same as HTML, CSV and JSON.
 *
 * A column has a stable English key, for scripts, and a heading for people. A number that is not known is blank, never
 * zero. Under each table stand its definition and how many things it counts, so that every number can be explained. */
#pragma once
#include "base/clock.h"
#include "base/json.h"

typedef enum
{
  REPORT_TEXT,
  REPORT_CODE,     /* a code for scripts (key) with a label for people (key_label) */
  REPORT_COUNT,    /* integer */
  REPORT_SHARE,    /* 0 to 1 */
  REPORT_INTERVAL, /* two shares: key_low and key_high */
  REPORT_REAL,
  REPORT_SECONDS,
  REPORT_DAY,
  REPORT_QUOTES, /* of ReportQuote */
  REPORT_DOCKET, /* a docket number */
} ReportType;

/* A few words around a hit, with the docket number of the letter they stand in. */
typedef struct
{
  char *number, *text, *language;
  gsize from, to; /* bytes of @text that were looked for */
} ReportQuote;
void report_quote_free (ReportQuote *quote);

typedef enum
{
  REPORT_ROW,
  REPORT_ROW_SUM,
  REPORT_ROW_BELOW, /* part of the row above it */
  REPORT_ROW_LATE,
} ReportMark;

/* What a column is before it has its heading; a list of them ends with one without a key. */
typedef struct
{
  const char *key;
  ReportType type;
} ReportKey;
typedef struct
{
  char *key, *heading;
  ReportType type;
} ReportColumn;

typedef struct
{
  bool blank, faint;        /* faint: of too few to lean on */
  char *code, *text, *link; /* link: where the text leads, or NULL */
  double value, high;
  GPtrArray *quotes;
} ReportCell;

typedef struct
{
  char *name, *title, *definition; /* name: of its files, "received" */
  const char *language;
  int64_t counted;    /* how many things it counts; -1: makes no sense here */
  bool shaded;        /* counts are shaded by their size */
  GPtrArray *columns; /* of ReportColumn */
  GPtrArray *cells;   /* of ReportCell, row by row */
  GArray *marks;      /* of ReportMark, one for each row */
} ReportTable;
/* Title and definition are the sentences report.NAME.title and report.NAME.definition (@name with _ for -). */
ReportTable *report_table_new (const char *name, const char *language);
void report_table_free (ReportTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReportTable, report_table_free)
/* @heading NULL: the sentence report.column.KEY. */
void report_table_column (ReportTable *table, const char *key, const char *heading, ReportType type);
/* Whether it needs the width of the page for itself. */
bool report_table_is_wide (const ReportTable *table);
unsigned report_table_rows (const ReportTable *table);
const ReportCell *report_table_cell (const ReportTable *table, unsigned row, unsigned column);

/* Begins a row, whose cells follow in the order of the columns. */
void report_row (ReportTable *table, ReportMark mark);
void report_cell_blank (ReportTable *table);
void report_cell_text (ReportTable *table, const char *text);
/* NULL is blank. Takes over @link, a percent-encoded relative address or NULL. */
void report_cell_docket (ReportTable *table, const char *number, char *link);
void report_cell_code (ReportTable *table, const char *code, const char *label);
/* With the sentence PREFIX.CODE, or @code itself, as its label. */
void report_cell_labelled (ReportTable *table, const char *prefix, const char *code);
void report_cell_count (ReportTable *table, int64_t count);
/* Blank when @whole is 0, faint below 20. */
void report_cell_share (ReportTable *table, int64_t part, int64_t whole);
/* The Wilson interval of that share, 95 %. */
void report_cell_interval (ReportTable *table, int64_t part, int64_t whole);
/* NAN is blank. */
void report_cell_real (ReportTable *table, double value);
void report_cell_seconds (ReportTable *table, double seconds);
/* DK_DAY_NONE is blank. */
void report_cell_day (ReportTable *table, DkDay day);
/* Takes over @quotes, of ReportQuote. */
void report_cell_quotes (ReportTable *table, GPtrArray *quotes);

/* The <table> alone, and its definition as a paragraph. */
void report_table_html (const ReportTable *table, GString *html);
/* RFC 4180 in UTF-8; the first record has the keys. A field that a spreadsheet would take for a formula begins with '.
 * Owned by the caller. */
char *report_table_csv (const ReportTable *table);
/* {"table","title","definition","n","columns":[{"key","heading","type"}],"rows":[{key: value}]}; blanks are null. */
json_t *report_table_json (const ReportTable *table);
