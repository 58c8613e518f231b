#include "extract/bind_pdf.h"
#include "base/deflate.h"
#include <stdint.h>

enum
{
  MOST_ANCESTORS = 64, /* of a page; damaged files have rings */
};

struct BindPdf
{
  int users; /* whoever holds it, and the file that was written, whose bytes lie in libqpdf */
  qpdf_data qpdf;
  GBytes *file; /* that was opened, or NULL */
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

static BindPdf *
begin (void)
{
  BindPdf *pdf = g_new0 (BindPdf, 1);
  pdf->users = 1;
  pdf->qpdf = qpdf_init ();
  qpdf_silence_errors (pdf->qpdf);
  qpdf_set_suppress_warnings (pdf->qpdf, QPDF_TRUE);
  return pdf;
}

BindPdf *
extract_bind_pdf_new (GError **error)
{
  g_autoptr (BindPdf) pdf = begin ();
  qpdf_empty_pdf (pdf->qpdf);
  return check (pdf, error) ? g_steal_pointer (&pdf) : NULL;
}

BindPdf *
extract_bind_pdf_open (GBytes *file, GError **error)
{
  g_autoptr (BindPdf) pdf = begin ();
  gsize size;
  const char *bytes = g_bytes_get_data (file, &size);
  pdf->file = g_bytes_ref (file);
  qpdf_read_memory (pdf->qpdf, "file", bytes, size, "");
  return check (pdf, error) ? g_steal_pointer (&pdf) : NULL;
}

void
extract_bind_pdf_free (BindPdf *pdf)
{
  if (pdf == NULL || --pdf->users > 0)
    return;
  if (qpdf_has_error (pdf->qpdf))
    qpdf_get_error (pdf->qpdf);
  qpdf_cleanup (&pdf->qpdf);
  g_clear_pointer (&pdf->file, g_bytes_unref);
  g_free (pdf);
}

qpdf_data
extract_bind_pdf_data (BindPdf *pdf)
{
  return pdf->qpdf;
}

bool
extract_bind_pdf_was_mended (BindPdf *pdf)
{
  bool mended = false;
  while (qpdf_more_warnings (pdf->qpdf))
    {
      qpdf_next_warning (pdf->qpdf);
      mended = true;
    }
  return mended;
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

void
extract_bind_pdf_merge (BindPdf *pdf, qpdf_oh to, qpdf_oh from)
{
  qpdf_oh_begin_dict_key_iter (pdf->qpdf, from);
  while (qpdf_oh_dict_more_keys (pdf->qpdf))
    {
      g_autofree char *key = g_strdup (qpdf_oh_dict_next_key (pdf->qpdf));
      qpdf_oh_replace_key (pdf->qpdf, to, key, qpdf_oh_get_key (pdf->qpdf, from, key));
    }
}

qpdf_oh
extract_bind_pdf_copy (BindPdf *pdf, qpdf_oh dict)
{
  qpdf_oh copy = qpdf_oh_new_dictionary (pdf->qpdf);
  if (qpdf_oh_is_dictionary (pdf->qpdf, dict))
    extract_bind_pdf_merge (pdf, copy, dict);
  return copy;
}

qpdf_oh
extract_bind_pdf_inherited (BindPdf *pdf, qpdf_oh page, const char *key)
{
  for (int i = 0; i < MOST_ANCESTORS && qpdf_oh_is_dictionary (pdf->qpdf, page); i++)
    {
      if (qpdf_oh_has_key (pdf->qpdf, page, key))
        return qpdf_oh_get_key (pdf->qpdf, page, key);
      page = qpdf_oh_get_key (pdf->qpdf, page, "/Parent");
    }
  return qpdf_oh_new_null (pdf->qpdf);
}

qpdf_oh
extract_bind_pdf_stream (BindPdf *pdf, const char *dict, GBytes *data, const char *filter, const char *parms)
{
  gsize size;
  const unsigned char *bytes = g_bytes_get_data (data, &size);
  qpdf_oh stream = qpdf_oh_new_stream (pdf->qpdf);
  qpdf_oh coded = filter == NULL ? qpdf_oh_new_null (pdf->qpdf) : qpdf_oh_parse (pdf->qpdf, filter);
  qpdf_oh with = parms == NULL ? qpdf_oh_new_null (pdf->qpdf) : qpdf_oh_parse (pdf->qpdf, parms);
  qpdf_oh_replace_stream_data (pdf->qpdf, stream, bytes, size, coded, with);
  extract_bind_pdf_merge (pdf, qpdf_oh_get_dict (pdf->qpdf, stream), qpdf_oh_parse (pdf->qpdf, dict));
  return stream;
}

qpdf_oh
extract_bind_pdf_deflated (BindPdf *pdf, const char *dict, const void *data, gsize size)
{
  g_autoptr (GBytes) bytes = dk_deflate (data, size, DK_DEFLATE_SMALLEST);
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

static void
let_go (gpointer pdf)
{
  extract_bind_pdf_free (pdf);
}

/* Dictionaries are packed together in a new file, and in one that came so. libqpdf packs them with whatever else is not
 * packed yet, but for metadata. */
static void
set_packing (BindPdf *pdf)
{
  qpdf_oh kind = qpdf_oh_get_key (pdf->qpdf, qpdf_get_trailer (pdf->qpdf), "/Type");
  bool packed = pdf->file == NULL || qpdf_oh_is_name_and_equals (pdf->qpdf, kind, "/XRef");
  qpdf_set_object_stream_mode (pdf->qpdf, pdf->file != NULL ? qpdf_o_preserve : qpdf_o_generate);
  qpdf_set_decode_level (pdf->qpdf, qpdf_dl_none);
  qpdf_set_compress_streams (pdf->qpdf, packed);
  if (pdf->file == NULL)
    qpdf_set_minimum_pdf_version (pdf->qpdf, "1.7");
}

GBytes *
extract_bind_pdf_write (BindPdf *pdf, uint64_t limit, GError **error)
{
  if (!check (pdf, error))
    return NULL;
  qpdf_init_write_memory (pdf->qpdf);
  qpdf_set_deterministic_ID (pdf->qpdf, QPDF_TRUE);
  qpdf_set_newline_before_endstream (pdf->qpdf, QPDF_TRUE);
  set_packing (pdf);
  qpdf_write (pdf->qpdf);
  if (!check (pdf, error))
    return NULL;
  size_t size = qpdf_get_buffer_length (pdf->qpdf);
  if (size > limit)
    {
      dk_throw (error, DK_ERROR_LIMIT, "the searchable PDF has more than %" G_GUINT64_FORMAT " bytes", limit);
      return NULL;
    }
  pdf->users++;
  return g_bytes_new_with_free_func (qpdf_get_buffer (pdf->qpdf), size, let_go, pdf);
}
