/* The text of the pages with its lines as printed, parted by form feeds. */
#include "reports/words.h"

static void
begin (GString *text, const ReportDocument *document)
{
  (void)text;
  (void)document;
}

static void
page (GString *text, const ReportDocument *document, const RecordPage *record)
{
  (void)document;
  g_string_append (text, record->text);
}

static void
end (GString *text)
{
  (void)text;
}

const ReportFormat report_plain = { begin, page, end, "\f", false };
