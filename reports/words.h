/* reports/words.h - page records as text, and in the formats of libraries and archives: hOCR 1.2 and ALTO 4.4. A format
 * writes a document page by page, so that one page is in memory at a time. Equal records give equal bytes. */
#pragma once
#include "base/record.h"

typedef struct
{
  const char *name;     /* of the file, as it came */
  const char *number;   /* how docket knows it: "D-2026-000001-42/1" or "#7" */
  const char *language; /* ISO 639-1 of the document, or NULL */
  unsigned pages;       /* that will be written */
} ReportDocument;

typedef struct
{
  void (*begin) (GString *xml, const ReportDocument *document);
  void (*page) (GString *xml, const ReportDocument *document, const RecordPage *page);
  void (*end) (GString *xml);
  const char *between; /* two pages */
  bool boxed;          /* it tells where the words stand */
} ReportFormat;
extern const ReportFormat report_plain, report_hocr, report_alto;
