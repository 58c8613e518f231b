/* reports/page.h - a page of a report: tiles with the figures that matter first, then sections of a finding, a chart
 * and a table; written as one HTML file that needs nothing else. */
#pragma once
#include "base/config.h"
#include "base/vocabulary.h"
#include "reports/chart.h"
#include "reports/table.h"
#include "store/facts.h"

/* What all pages are made from. */
typedef struct
{
  Store *store;
  const Settings *settings;
  const Vocabulary *vocabulary;
  const Config *config; /* the one in force, NULL: none */
  const char *language;
  DkDay from, to, today; /* the period, both included; today is a day of the firm's zone */
  const StoreFacts *facts;
  bool in_store; /* the pages go to a folder of the store's reports/, so that ../../filed/ is there */
} ReportContext;

typedef enum
{
  REPORT_TILE_PLAIN,
  REPORT_TILE_CARE,  /* somebody should look */
  REPORT_TILE_ALARM, /* it is late */
} ReportTone;

typedef struct
{
  char *label, *value, *note; /* note may be NULL */
  ReportTone tone;
} ReportTile;
typedef struct
{
  char *heading;     /* of a part of the page that begins here, or NULL */
  char *finding;     /* one sentence, or NULL */
  ChartScene *chart; /* or NULL */
  char *legend;      /* what its colours mean, or NULL */
  ReportTable *table;
} ReportSection;
typedef struct
{
  const char *name;
  char *title;
  GPtrArray *tiles, *sections;
} ReportPage;
/* Its title is the sentence report.NAME.title. */
ReportPage *report_page_new (const char *name, const char *language);
void report_page_free (ReportPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReportPage, report_page_free)
/* The label is the sentence @key; takes over @value and @note. */
void report_page_tile (ReportPage *page, const ReportContext *context, const char *key, ReportTone tone, char *value,
                       char *note);
/* Begins a section with the table @name of the columns @keys (NULL: none yet). Lent, to be given rows, and a heading,
 * finding and chart. */
ReportSection *report_page_section (ReportPage *page, const ReportContext *context, const char *name,
                                    const ReportKey *keys);
/* Draws @bars over the table, the first @most of them; nothing where there are none. */
void report_section_bars (ReportSection *section, const GArray *bars, guint most);

/* The whole HTML file; with @overview it links to index.html. Owned by the caller. */
char *report_page_html (const ReportPage *page, const ReportContext *context, bool overview);
/* index.html: what stands first on each of @pages, and links to them and all their tables. */
char *report_index_html (const GPtrArray *pages, const ReportContext *context);
