#include "extract/pdf_object.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum
{
  MOST_PARENTS = 32,
  /* Of a stream with other filters than Flate, which libqpdf unpacks without a bound of its own. */
  MOST_PACKED = 1 << 16,
};

qpdf_data
extract_qpdf_open (GBytes *file)
{
  gsize size;
  const char *bytes = g_bytes_get_data (file, &size);
  qpdf_data qpdf = qpdf_init ();
  qpdf_silence_errors (qpdf);
  qpdf_set_suppress_warnings (qpdf, QPDF_TRUE);
  if ((qpdf_read_memory (qpdf, "PDF", bytes, size, NULL) & QPDF_ERRORS) == 0)
    return qpdf;
  extract_qpdf_close (qpdf);
  return NULL;
}

void
extract_qpdf_close (qpdf_data qpdf)
{
  if (qpdf == NULL)
    return;
  if (qpdf_has_error (qpdf)) /* unread ones go to stderr */
    qpdf_get_error (qpdf);
  qpdf_cleanup (&qpdf);
}

qpdf_oh
extract_qpdf_page (qpdf_data qpdf, unsigned page_no, unsigned pages)
{
  int counted = qpdf_get_num_pages (qpdf);
  if (counted < 0 || (unsigned)counted != pages || page_no < 1 || page_no > pages)
    return 0;
  qpdf_oh page = qpdf_get_page_n (qpdf, page_no - 1);
  return qpdf_oh_is_dictionary (qpdf, page) ? page : 0;
}

qpdf_oh
extract_qpdf_inherited (qpdf_data qpdf, qpdf_oh page, const char *key)
{
  for (int i = 0; i < MOST_PARENTS && qpdf_oh_is_dictionary (qpdf, page); i++)
    {
      if (extract_qpdf_has (qpdf, page, key))
        return qpdf_oh_get_key (qpdf, page, key);
      page = qpdf_oh_get_key (qpdf, page, "/Parent");
    }
  return qpdf_oh_new_null (qpdf);
}

double
extract_qpdf_number (qpdf_data qpdf, qpdf_oh object, double otherwise)
{
  return qpdf_oh_is_number (qpdf, object) ? qpdf_oh_get_numeric_value (qpdf, object) : otherwise;
}

double
extract_qpdf_entry (qpdf_data qpdf, qpdf_oh dict, const char *key, double otherwise)
{
  return extract_qpdf_number (qpdf, qpdf_oh_get_key_if_dict (qpdf, dict, key), otherwise);
}

bool
extract_qpdf_flag (qpdf_data qpdf, qpdf_oh dict, const char *key, bool otherwise)
{
  qpdf_oh flag = qpdf_oh_get_key_if_dict (qpdf, dict, key);
  return qpdf_oh_is_bool (qpdf, flag) ? qpdf_oh_get_bool_value (qpdf, flag) : otherwise;
}

bool
extract_qpdf_name_is (qpdf_data qpdf, qpdf_oh object, const char *name)
{
  return qpdf_oh_is_name (qpdf, object) && strcmp (qpdf_oh_get_name (qpdf, object), name) == 0;
}

bool
extract_qpdf_is (qpdf_data qpdf, qpdf_oh dict, const char *key, const char *name)
{
  return extract_qpdf_name_is (qpdf, qpdf_oh_get_key_if_dict (qpdf, dict, key), name);
}

bool
extract_qpdf_has (qpdf_data qpdf, qpdf_oh dict, const char *key)
{
  return !qpdf_oh_is_null (qpdf, qpdf_oh_get_key_if_dict (qpdf, dict, key));
}

bool
extract_qpdf_numbers (qpdf_data qpdf, qpdf_oh array, double *numbers, int n)
{
  if (!qpdf_oh_is_array (qpdf, array) || qpdf_oh_get_array_n_items (qpdf, array) != n)
    return false;
  for (int i = 0; i < n; i++)
    {
      qpdf_oh item = qpdf_oh_get_array_item (qpdf, array, i);
      if (!qpdf_oh_is_number (qpdf, item))
        return false;
      numbers[i] = qpdf_oh_get_numeric_value (qpdf, item);
    }
  return true;
}

/* --- streams --- */

static GBytes *
stream_data (qpdf_data qpdf, qpdf_oh stream, enum qpdf_stream_decode_level_e level)
{
  unsigned char *bytes = NULL;
  size_t size = 0;
  QPDF_BOOL filtered = QPDF_FALSE;
  QPDF_ERROR_CODE status = qpdf_oh_get_stream_data (qpdf, stream, level, &filtered, &bytes, &size);
  if ((status & QPDF_ERRORS) == 0 && bytes != NULL && (level == qpdf_dl_none || filtered))
    return g_bytes_new_with_free_func (bytes, size, free, bytes);
  free (bytes);
  return NULL;
}

GBytes *
extract_qpdf_raw (qpdf_data qpdf, qpdf_oh stream)
{
  return qpdf_oh_is_stream (qpdf, stream) ? stream_data (qpdf, stream, qpdf_dl_none) : NULL;
}

GBytes *
extract_qpdf_inflate (GBytes *packed, gsize most)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (packed, &size);
  z_stream z = { .next_in = (Bytef *)bytes, .avail_in = (uInt)MIN (size, G_MAXINT32) };
  if (inflateInit (&z) != Z_OK)
    return NULL;
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 piece[1 << 14];
  int status = Z_OK;
  while (status == Z_OK && all->len <= most)
    {
      z.next_out = piece;
      z.avail_out = sizeof piece;
      status = inflate (&z, Z_NO_FLUSH);
      g_byte_array_append (all, piece, (guint)(sizeof piece - z.avail_out));
    }
  inflateEnd (&z);
  return all->len <= most ? g_byte_array_free_to_bytes (g_steal_pointer (&all)) : NULL;
}

/* The one filter of a stream without parameters; a null object when there is none, 0 when it is less simple. */
static qpdf_oh
only_filter (qpdf_data qpdf, qpdf_oh dict)
{
  qpdf_oh filter = qpdf_oh_get_key (qpdf, dict, "/Filter");
  if (extract_qpdf_has (qpdf, dict, "/DecodeParms"))
    return 0;
  if (!qpdf_oh_is_array (qpdf, filter))
    return filter;
  int n = qpdf_oh_get_array_n_items (qpdf, filter);
  return n == 0 ? qpdf_oh_new_null (qpdf) : n == 1 ? qpdf_oh_get_array_item (qpdf, filter, 0) : 0;
}

GBytes *
extract_qpdf_unpacked (qpdf_data qpdf, qpdf_oh stream, gsize most)
{
  g_autoptr (GBytes) raw = extract_qpdf_raw (qpdf, stream);
  if (raw == NULL)
    return NULL;
  qpdf_oh filter = only_filter (qpdf, qpdf_oh_get_dict (qpdf, stream));
  if (filter != 0 && extract_qpdf_name_is (qpdf, filter, "/FlateDecode"))
    return extract_qpdf_inflate (raw, most);
  bool plain = filter != 0 && qpdf_oh_is_null (qpdf, filter);
  if (plain)
    return g_bytes_get_size (raw) <= most ? g_steal_pointer (&raw) : NULL;
  if (g_bytes_get_size (raw) > MOST_PACKED)
    return NULL;
  g_autoptr (GBytes) unpacked = stream_data (qpdf, stream, qpdf_dl_generalized);
  return unpacked != NULL && g_bytes_get_size (unpacked) <= most ? g_steal_pointer (&unpacked) : NULL;
}
