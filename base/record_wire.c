#include "base/record_wire.h"

GBytes *
record_wire_bytes (GVariant *value)
{
  g_autoptr (GVariant) native = g_variant_ref_sink (value);
  g_autoptr (GVariant) little = G_BYTE_ORDER == G_BIG_ENDIAN ? g_variant_byteswap (native) : g_variant_ref (native);
  return g_variant_get_data_as_bytes (little);
}

GVariant *
record_wire_load (GBytes *payload, const char *type, const char *what, GError **error)
{
  /* g_variant_new_from_bytes copies when the bytes are not aligned for the type. */
  g_autoptr (GVariant) little = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), payload, FALSE));
  if (!g_variant_is_normal_form (little))
    {
      dk_throw (error, DK_ERROR_INVALID, "%s record: not a value in normal form", what);
      return NULL;
    }
  return G_BYTE_ORDER == G_BIG_ENDIAN ? g_variant_byteswap (little) : g_steal_pointer (&little);
}

GVariant *
record_wire_text (const char *text)
{
  if (text == NULL)
    return g_variant_new_string ("");
  return g_utf8_validate (text, -1, NULL) ? g_variant_new_string (text)
                                          : g_variant_new_take_string (g_utf8_make_valid (text, -1));
}

GVariant *
record_wire_warnings (const GArray *warnings)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(yu)"));
  for (guint i = 0; warnings != NULL && i < warnings->len; i++)
    {
      const RecordWarning *warning = &g_array_index (warnings, RecordWarning, i);
      g_variant_builder_add (&builder, "(yu)", (guchar)warning->code, (guint32)warning->page);
    }
  return g_variant_builder_end (&builder);
}

bool
record_wire_read_warnings (GVariant *value, const Limits *limits, GArray *warnings, GError **error)
{
  gsize count = g_variant_n_children (value);
  /* Every code at every page, and at the whole document, is all there is to say. */
  if (count > ((gsize)limits->pages + 1) * RECORD_CODE_NEEDS_PASSWORD)
    return dk_throw (error, DK_ERROR_LIMIT, "a record with %" G_GSIZE_FORMAT " warnings", count);
  for (gsize i = 0; i < count; i++)
    {
      guchar code;
      guint32 page;
      g_variant_get_child (value, i, "(yu)", &code, &page);
      if (record_code_name (code) == NULL || page > limits->pages)
        return dk_throw (error, DK_ERROR_INVALID, "a warning of code %u on page %u", code, page);
      g_array_append_val (warnings, ((RecordWarning){ .code = code, .page = page }));
    }
  return true;
}

bool
record_wire_box_fits (const RecordBox *box, uint32_t width_px, uint32_t height_px)
{
  return box->x0 >= 0 && box->y0 >= 0 && box->x0 <= box->x1 && box->y0 <= box->y1 && (uint32_t)box->x1 <= width_px
         && (uint32_t)box->y1 <= height_px;
}
