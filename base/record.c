#include "base/record.h"
#include "base/record_wire.h"
#include <string.h>

#define FACTS_TYPE "(subba(yu))"
#define MEDIA_TYPE_BYTES 127

void
record_header_write (uint8_t *header, RecordType type, uint32_t length)
{
  guint32 length_le = GUINT32_TO_LE (length);
  guint16 rest[] = { GUINT16_TO_LE ((guint16)type), GUINT16_TO_LE (RECORD_VERSION) };
  memcpy (header, &length_le, sizeof length_le);
  memcpy (header + sizeof length_le, rest, sizeof rest);
}

GBytes *
record_frame (RecordType type, GBytes *payload)
{
  gsize size;
  const void *data = g_bytes_get_data (payload, &size);
  g_assert (size <= UINT32_MAX - RECORD_HEADER_BYTES);
  GByteArray *frame = g_byte_array_sized_new ((guint)size + RECORD_HEADER_BYTES);
  g_byte_array_set_size (frame, RECORD_HEADER_BYTES);
  record_header_write (frame->data, type, (guint32)size);
  if (size > 0)
    g_byte_array_append (frame, data, (guint)size);
  return g_byte_array_free_to_bytes (frame);
}

bool
record_header (const uint8_t *header, uint64_t limit, RecordType *type, uint32_t *length, GError **error)
{
  guint32 size;
  guint16 kind, version;
  memcpy (&size, header, sizeof size);
  memcpy (&kind, header + 4, sizeof kind);
  memcpy (&version, header + 6, sizeof version);
  size = GUINT32_FROM_LE (size);
  kind = GUINT16_FROM_LE (kind);
  version = GUINT16_FROM_LE (version);
  if (kind < RECORD_FACTS || kind > RECORD_COST)
    return dk_throw (error, DK_ERROR_INVALID, "a record of unknown type %u", kind);
  if (version != RECORD_VERSION)
    return dk_throw (error, DK_ERROR_INVALID, "a record of version %u", version);
  if (size > limit)
    return dk_throw (error, DK_ERROR_LIMIT, "a record of %u bytes, where %" G_GUINT64_FORMAT " are allowed", size,
                     limit);
  *type = kind;
  *length = size;
  return true;
}

RecordFacts *
record_facts_new (const char *media_type, unsigned pages)
{
  RecordFacts *facts = g_new0 (RecordFacts, 1);
  facts->media_type = g_strdup (media_type);
  facts->pages = pages;
  facts->paged = true;
  facts->warnings = g_array_new (FALSE, FALSE, sizeof (RecordWarning));
  return facts;
}

void
record_facts_free (RecordFacts *facts)
{
  if (facts == NULL)
    return;
  g_free (facts->media_type);
  g_array_unref (facts->warnings);
  g_free (facts);
}

GBytes *
record_facts_encode (const RecordFacts *facts)
{
  return record_wire_bytes (g_variant_new ("(@subb@a(yu))", record_wire_text (facts->media_type), facts->pages,
                                           (gboolean)facts->paged, (gboolean)facts->picture,
                                           record_wire_warnings (facts->warnings)));
}

/* One slash between two names of lower-case letters, digits and the marks that RFC 6838 allows. */
static bool
is_media_type (const char *text)
{
  static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789!#$&-^_.+";
  size_t type = strspn (text, allowed);
  if (type == 0 || text[type] != '/')
    return false;
  size_t subtype = strspn (text + type + 1, allowed);
  return subtype > 0 && text[type + 1 + subtype] == '\0' && type + subtype < MEDIA_TYPE_BYTES;
}

RecordFacts *
record_facts_decode (GBytes *payload, const Limits *limits, GError **error)
{
  g_autoptr (GVariant) value = record_wire_load (payload, FACTS_TYPE, "facts", error);
  if (value == NULL)
    return NULL;
  const char *media_type;
  guint32 pages;
  gboolean paged, picture;
  g_autoptr (GVariant) warnings = NULL;
  g_variant_get (value, "(&subb@a(yu))", &media_type, &pages, &paged, &picture, &warnings);
  if (!is_media_type (media_type) || pages == 0)
    {
      dk_throw (error, DK_ERROR_INVALID, "facts record: not a media type, or no page");
      return NULL;
    }
  if (pages > limits->pages)
    {
      dk_throw (error, DK_ERROR_LIMIT, "facts record: %u pages, where %u are allowed", pages, limits->pages);
      return NULL;
    }
  g_autoptr (RecordFacts) facts = record_facts_new (media_type, pages);
  facts->paged = paged;
  facts->picture = picture;
  return record_wire_read_warnings (warnings, limits, facts->warnings, error) ? g_steal_pointer (&facts) : NULL;
}

GBytes *
record_refusal_encode (RecordCode code)
{
  return record_wire_bytes (g_variant_new_byte ((guchar)code));
}

bool
record_refusal_decode (GBytes *payload, RecordCode *code, GError **error)
{
  g_autoptr (GVariant) value = record_wire_load (payload, "y", "refusal", error);
  if (value == NULL)
    return false;
  if (record_code_name (g_variant_get_byte (value)) == NULL)
    return dk_throw (error, DK_ERROR_INVALID, "refusal record: unknown code %u", g_variant_get_byte (value));
  *code = g_variant_get_byte (value);
  return true;
}

GBytes *
record_cost_encode (const RecordCost *cost)
{
  return record_wire_bytes (g_variant_new ("(tt)", cost->engine_us, cost->models_us));
}

bool
record_cost_decode (GBytes *payload, RecordCost *cost, GError **error)
{
  g_autoptr (GVariant) value = record_wire_load (payload, "(tt)", "cost", error);
  if (value != NULL)
    g_variant_get (value, "(tt)", &cost->engine_us, &cost->models_us);
  return value != NULL;
}
