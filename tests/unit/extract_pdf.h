/* tests/unit/extract_pdf.h - PDF files of one page, made in memory for tests of what is read from them. */
#pragma once
#include "base/record.h"
#include <glib.h>
#include <stdarg.h>
#include <string.h>

typedef struct
{
  const char *keys; /* of the stream's dictionary */
  const void *data;
  gsize size;
} SomeStream;

typedef struct
{
  GByteArray *bytes;
  guint offsets[32];
  guint objects;
} SomePdf;

static inline void G_GNUC_PRINTF (2, 3) some_pdf_put (SomePdf *pdf, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_byte_array_append (pdf->bytes, (const guint8 *)text, (guint)strlen (text));
}

static inline void
some_pdf_object (SomePdf *pdf, const char *body)
{
  pdf->offsets[++pdf->objects] = pdf->bytes->len;
  some_pdf_put (pdf, "%u 0 obj\n%s\nendobj\n", pdf->objects, body);
}

static inline void
some_pdf_stream (SomePdf *pdf, const SomeStream *stream)
{
  pdf->offsets[++pdf->objects] = pdf->bytes->len;
  some_pdf_put (pdf, "%u 0 obj\n<<%s/Length %zu>>\nstream\n", pdf->objects, stream->keys, stream->size);
  g_byte_array_append (pdf->bytes, stream->data, (guint)stream->size);
  some_pdf_put (pdf, "\nendstream\nendobj\n");
}

static inline GBytes *
some_pdf_end (SomePdf *pdf)
{
  guint table = pdf->bytes->len;
  some_pdf_put (pdf, "xref\n0 %u\n0000000000 65535 f \n", pdf->objects + 1);
  for (guint i = 1; i <= pdf->objects; i++)
    some_pdf_put (pdf, "%010u 00000 n \n", pdf->offsets[i]);
  some_pdf_put (pdf, "trailer\n<</Root 1 0 R/Size %u>>\nstartxref\n%u\n%%%%EOF\n", pdf->objects + 1, table);
  return g_byte_array_free_to_bytes (pdf->bytes);
}

/* A page with @keys (its boxes and turn) that paints @content. Fonts are F1 (Helvetica) and F2 (object 6, for tests to
 * give); @streams are objects 7 on, pictures I1 to I4 or forms. */
static inline GBytes *
some_pdf (const char *keys, const char *content, const char *font, const SomeStream *streams, unsigned n)
{
  SomePdf pdf = { .bytes = g_byte_array_new () };
  some_pdf_put (&pdf, "%%PDF-1.5\n");
  some_pdf_object (&pdf, "<</Type/Catalog/Pages 2 0 R>>");
  some_pdf_object (&pdf, "<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F1 5 0 R/F2 6 0 R>>/XObject<</I1 7 0 R"
                         "/I2 8 0 R/I3 9 0 R/I4 10 0 R>>/ExtGState<</G1<</ca 0.5>>>>>>>>");
  g_autofree char *page = g_strdup_printf ("<</Type/Page/Parent 2 0 R/Contents 4 0 R%s>>", keys);
  some_pdf_object (&pdf, page);
  some_pdf_stream (&pdf, &(SomeStream){ "", content, strlen (content) });
  some_pdf_object (&pdf, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
  some_pdf_object (&pdf, font != NULL ? font : "null");
  for (unsigned i = 0; i < n; i++)
    some_pdf_stream (&pdf, &streams[i]);
  return some_pdf_end (&pdf);
}
