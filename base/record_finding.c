/* The payload of a finding is the GVariant
 *   (s name, s value, s raw, d confidence, b undecided, as also, a(uuu(iiii)ss) evidence)
 * with the members in the order and meaning of RecordFinding and RecordEvidence. */
#include "base/record_wire.h"
#include <math.h>
#include <string.h>

#define FINDING_TYPE "(sssdbasa(uuu(iiii)ss))"
#define NAME_BYTES 64
#define RULE_BYTES 256

static void
evidence_free (gpointer data)
{
  RecordEvidence *evidence = data;
  g_free (evidence->text);
  g_free (evidence->rule);
  g_free (evidence);
}

RecordFinding *
record_finding_new (const char *name, const char *value, const char *raw, double confidence)
{
  RecordFinding *finding = g_new0 (RecordFinding, 1);
  finding->name = g_strdup (name);
  finding->value = g_strdup (value);
  finding->raw = g_strdup (raw != NULL ? raw : "");
  finding->confidence = confidence;
  finding->also = g_new0 (char *, 1);
  finding->evidence = g_ptr_array_new_with_free_func (evidence_free);
  return finding;
}

void
record_finding_free (RecordFinding *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->name);
  g_free (finding->value);
  g_free (finding->raw);
  g_strfreev (finding->also);
  g_clear_pointer (&finding->evidence, g_ptr_array_unref);
  g_free (finding);
}

/* The text between two code points, as far as there is any. */
static char *
slice (const char *text, uint32_t from, uint32_t to)
{
  uint32_t end = (uint32_t)g_utf8_strlen (text, -1);
  to = MIN (to, end);
  return from < to ? g_utf8_substring (text, from, to) : g_strdup ("");
}

void
record_finding_because (RecordFinding *finding, const RecordPage *page, uint32_t from, uint32_t to, const char *rule)
{
  RecordEvidence *evidence = g_new0 (RecordEvidence, 1);
  evidence->page = page->no;
  evidence->from = from;
  evidence->to = to;
  evidence->text = slice (page->text, from, to);
  evidence->rule = g_strdup (rule);
  record_page_box (page, from, to, &evidence->box); /* stays all 0 where no word is */
  g_ptr_array_add (finding->evidence, evidence);
}

static GVariant *
evidence_variant (const RecordFinding *finding)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(uuu(iiii)ss)"));
  for (guint i = 0; i < finding->evidence->len; i++)
    {
      const RecordEvidence *e = finding->evidence->pdata[i];
      g_variant_builder_add (&builder, "(uuu(iiii)@s@s)", e->page, e->from, e->to, e->box.x0, e->box.y0, e->box.x1,
                             e->box.y1, record_wire_text (e->text), record_wire_text (e->rule));
    }
  return g_variant_builder_end (&builder);
}

GBytes *
record_finding_encode (const RecordFinding *finding)
{
  GVariantBuilder also;
  g_variant_builder_init (&also, G_VARIANT_TYPE ("as"));
  for (char **value = finding->also; value != NULL && *value != NULL; value++)
    g_variant_builder_add_value (&also, record_wire_text (*value));
  return record_wire_bytes (g_variant_new ("(@s@s@sdb@as@a(uuu(iiii)ss))", record_wire_text (finding->name),
                                           record_wire_text (finding->value), record_wire_text (finding->raw),
                                           finding->confidence, (gboolean)finding->undecided,
                                           g_variant_builder_end (&also), evidence_variant (finding)));
}

static bool
is_name (const char *text)
{
  size_t length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_");
  return length > 0 && length <= NAME_BYTES && text[length] == '\0';
}

static bool
read_evidence (RecordFinding *finding, GVariant *array, const Limits *limits, GError **error)
{
  gsize count = g_variant_n_children (array);
  if (count > limits->decisions)
    return dk_throw (error, DK_ERROR_LIMIT, "finding record: %" G_GSIZE_FORMAT " reasons", count);
  for (gsize i = 0; i < count; i++)
    {
      RecordEvidence *e = g_new0 (RecordEvidence, 1);
      g_ptr_array_add (finding->evidence, e);
      g_variant_get_child (array, i, "(uuu(iiii)ss)", &e->page, &e->from, &e->to, &e->box.x0, &e->box.y0, &e->box.x1,
                           &e->box.y1, &e->text, &e->rule);
      if (e->page == 0 || e->page > limits->pages || e->from > e->to || e->to > limits->text_bytes
          || !record_wire_box_fits (&e->box, RECORD_WIRE_MAX_PX, RECORD_WIRE_MAX_PX))
        return dk_throw (error, DK_ERROR_INVALID, "finding record: reason %" G_GSIZE_FORMAT " is out of any page", i);
      if (*e->rule == '\0' || strlen (e->rule) > RULE_BYTES)
        return dk_throw (error, DK_ERROR_INVALID, "finding record: reason %" G_GSIZE_FORMAT " names no rule", i);
    }
  return true;
}

RecordFinding *
record_finding_decode (GBytes *payload, const Limits *limits, GError **error)
{
  if (g_bytes_get_size (payload) > limits->text_bytes)
    {
      dk_throw (error, DK_ERROR_LIMIT, "finding record: %" G_GSIZE_FORMAT " bytes", g_bytes_get_size (payload));
      return NULL;
    }
  g_autoptr (GVariant) value = record_wire_load (payload, FINDING_TYPE, "finding", error);
  if (value == NULL)
    return NULL;
  const char *name, *text, *raw;
  double confidence;
  gboolean undecided;
  g_autoptr (GVariant) also = NULL;
  g_autoptr (GVariant) evidence = NULL;
  g_variant_get (value, "(&s&s&sdb@as@a(uuu(iiii)ss))", &name, &text, &raw, &confidence, &undecided, &also, &evidence);
  if (!is_name (name) || !isfinite (confidence) || confidence < 0 || confidence > 1)
    dk_throw (error, DK_ERROR_INVALID, "finding record: a name or confidence that cannot be");
  else if (g_variant_n_children (also) > limits->decisions)
    dk_throw (error, DK_ERROR_LIMIT, "finding record: %" G_GSIZE_FORMAT " further values", g_variant_n_children (also));
  else
    {
      g_autoptr (RecordFinding) finding = record_finding_new (name, text, raw, confidence);
      finding->undecided = undecided;
      g_strfreev (finding->also);
      finding->also = g_variant_dup_strv (also, NULL);
      return read_evidence (finding, evidence, limits, error) ? g_steal_pointer (&finding) : NULL;
    }
  return NULL;
}
