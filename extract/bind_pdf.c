#include "extract/bind_pdf.h"
#include <stdint.h>
#include <zlib.h>

struct BindPdf
{
  qpdf_data qpdf;
};

/* libqpdf keeps its errors until they are read, and writes unread ones to stderr. */
static bool
check (BindPdf *pdf, GError **error)
{
  if (!qpdf_has_error (pdf->qpdf))
    return true;
  qpdf_error found = qpdf_get_error (pdf->qpdf);
  return dk_throw (error, DK_ERROR_FAILED, "write a PDF: %s", qpdf_get_error_message_detail (pdf->qpdf, found));
}

BindPdf *
extract_bind_pdf_new (GError **error)
{
  g_autoptr (BindPdf) pdf = g_new0 (BindPdf, 1);
  pdf->qpdf = qpdf_init ();
  qpdf_silence_errors (pdf->qpdf);
  qpdf_set_suppress_warnings (pdf->qpdf, QPDF_TRUE);
  qpdf_empty_pdf (pdf->qpdf);
  return check (pdf, error) ? g_steal_pointer (&pdf) : NULL;
}

void
extract_bind_pdf_free (BindPdf *pdf)
{
  if (pdf == NULL)
    return;
  if (qpdf_has_error (pdf->qpdf))
    qpdf_get_error (pdf->qpdf);
  qpdf_cleanup (&pdf->qpdf);
  g_free (pdf);
}

qpdf_oh
extract_bind_pdf_parse (BindPdf *pdf, const char *notation)
{
  return qpdf_oh_parse (pdf->qpdf, notation);
}

qpdf_oh
extract_bind_pdf_object (BindPdf *pdf, const char *notation)
{
  return qpdf_make_indirect_object (pdf->qpdf, qpdf_oh_parse (pdf->qpdf, notation));
}

void
extract_bind_pdf_set (BindPdf *pdf, qpdf_oh dict, const char *key, qpdf_oh value)
{
  qpdf_oh_replace_key (pdf->qpdf, dict, key, value);
}

qpdf_oh
extract_bind_pdf_array (BindPdf *pdf, qpdf_oh item)
{
  return qpdf_oh_wrap_in_array (pdf->qpdf, item);
}

static void
copy_keys (BindPdf *pdf, qpdf_oh to, const char *notation)
{
  qpdf_oh from = qpdf_oh_parse (pdf->qpdf, notation);
  qpdf_oh_begin_dict_key_iter (pdf->qpdf, from);
  while (qpdf_oh_dict_more_keys (pdf->qpdf))
    {
      g_autofree char *key = g_strdup (qpdf_oh_dict_next_key (pdf->qpdf));
      qpdf_oh_replace_key (pdf->qpdf, to, key, qpdf_oh_get_key (pdf->qpdf, from, key));
    }
}

qpdf_oh
extract_bind_pdf_stream (BindPdf *pdf, const char *dict, GBytes *data, const char *filter, const char *parms)
{
  gsize size;
  const unsigned char *bytes = g_bytes_get_data (data, &size);
  qpdf_oh stream = qpdf_oh_new_stream (pdf->qpdf);
  qpdf_oh coded = filter == NULL ? qpdf_oh_new_null (pdf->qpdf) : qpdf_oh_new_name (pdf->qpdf, filter);
  qpdf_oh with = parms == NULL ? qpdf_oh_new_null (pdf->qpdf) : qpdf_oh_parse (pdf->qpdf, parms);
  qpdf_oh_replace_stream_data (pdf->qpdf, stream, bytes, size, coded, with);
  copy_keys (pdf, qpdf_oh_get_dict (pdf->qpdf, stream), dict);
  return stream;
}

qpdf_oh
extract_bind_pdf_deflated (BindPdf *pdf, const char *dict, const void *data, gsize size)
{
  uLongf length = compressBound (size);
  guint8 *packed = g_malloc (length);
  int status = compress2 (packed, &length, data, size, Z_BEST_COMPRESSION);
  g_assert (status == Z_OK);
  g_autoptr (GBytes) bytes = g_bytes_new_take (packed, length);
  return extract_bind_pdf_stream (pdf, dict, bytes, "/FlateDecode", NULL);
}

void
extract_bind_pdf_add_page (BindPdf *pdf, qpdf_oh page)
{
  qpdf_add_page (pdf->qpdf, pdf->qpdf, page, QPDF_FALSE);
}

qpdf_oh
extract_bind_pdf_root (BindPdf *pdf)
{
  return qpdf_get_root (pdf->qpdf);
}

GBytes *
extract_bind_pdf_write (BindPdf *pdf, uint64_t limit, GError **error)
{
  if (!check (pdf, error))
    return NULL;
  qpdf_init_write_memory (pdf->qpdf);
  qpdf_set_deterministic_ID (pdf->qpdf, QPDF_TRUE);
  qpdf_set_object_stream_mode (pdf->qpdf, qpdf_o_disable);
  qpdf_set_stream_data_mode (pdf->qpdf, qpdf_s_preserve);
  qpdf_set_minimum_pdf_version (pdf->qpdf, "1.7");
  qpdf_set_newline_before_endstream (pdf->qpdf, QPDF_TRUE);
  qpdf_write (pdf->qpdf);
  if (!check (pdf, error))
    return NULL;
  size_t size = qpdf_get_buffer_length (pdf->qpdf);
  if (size > limit)
    {
      dk_throw (error, DK_ERROR_LIMIT, "the searchable PDF has more than %" G_GUINT64_FORMAT " bytes", limit);
      return NULL;
    }
  return g_bytes_new (qpdf_get_buffer (pdf->qpdf), size);
}
