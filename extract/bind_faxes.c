#include "extract/bind_faxes.h"
#include "extract/bind_deflate.h"
#include "extract/pdf_object.h"

/* Alone, or the one item of an array. */
static bool
is_fax_alone (qpdf_data qpdf, qpdf_oh filter)
{
  bool array = qpdf_oh_is_array (qpdf, filter);
  if (array && qpdf_oh_get_array_n_items (qpdf, filter) != 1)
    return false;
  return qpdf_oh_is_name_and_equals (qpdf, array ? qpdf_oh_get_array_item (qpdf, filter, 0) : filter,
                                     "/CCITTFaxDecode");
}

static void
pack (BindPdf *pdf, qpdf_oh picture)
{
  qpdf_data qpdf = extract_bind_pdf_data (pdf);
  qpdf_oh dict = qpdf_oh_get_dict (qpdf, picture), parms = qpdf_oh_get_key (qpdf, dict, "/DecodeParms");
  if (!is_fax_alone (qpdf, qpdf_oh_get_key (qpdf, dict, "/Filter")))
    return;
  g_autoptr (GBytes) fax = extract_qpdf_raw (qpdf, picture);
  if (fax == NULL && qpdf_has_error (qpdf))
    qpdf_get_error (qpdf); /* the picture stays as it is */
  g_autoptr (GBytes) packed
      = fax != NULL ? extract_bind_deflate_again (g_bytes_get_data (fax, NULL), g_bytes_get_size (fax)) : NULL;
  if (packed == NULL)
    return;
  if (qpdf_oh_is_array (qpdf, parms))
    parms = qpdf_oh_get_array_item (qpdf, parms, 0);
  qpdf_oh both = extract_bind_pdf_parse (pdf, "[ null ]");
  qpdf_oh_append_item (qpdf, both, parms);
  gsize size;
  const unsigned char *bytes = g_bytes_get_data (packed, &size);
  qpdf_oh_replace_stream_data (qpdf, picture, bytes, size,
                               extract_bind_pdf_parse (pdf, "[ /FlateDecode /CCITTFaxDecode ]"), both);
}

void
extract_bind_faxes_pack (BindPdf *pdf, qpdf_oh resources)
{
  qpdf_data qpdf = extract_bind_pdf_data (pdf);
  qpdf_oh objects = qpdf_oh_get_key (qpdf, resources, "/XObject");
  if (!qpdf_oh_is_dictionary (qpdf, objects))
    return;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  qpdf_oh_begin_dict_key_iter (qpdf, objects);
  while (qpdf_oh_dict_more_keys (qpdf))
    g_ptr_array_add (names, g_strdup (qpdf_oh_dict_next_key (qpdf)));
  for (guint i = 0; i < names->len; i++)
    {
      qpdf_oh object = qpdf_oh_get_key (qpdf, objects, g_ptr_array_index (names, i));
      if (qpdf_oh_is_stream (qpdf, object))
        pack (pdf, object);
    }
}
