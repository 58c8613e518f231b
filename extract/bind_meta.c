#include "extract/bind_meta.h"
#include <string.h>

/* As short as PDF/A-2 lets it be. */
static const char xmp[] = "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
                          "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                          "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                          "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                          " pdfaid:part=\"2\" pdfaid:conformance=\"B\"/>"
                          "</rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>";

/* --- an ICC profile of version 4: one tone curve, and three primaries where there are colours --- */

static void
put32 (GByteArray *to, guint32 value)
{
  g_byte_array_append (to, (const guint8[]){ value >> 24, (guint8)(value >> 16), (guint8)(value >> 8), (guint8)value },
                       4);
}

static void
put_tag (GByteArray *to, const char *tag)
{
  g_byte_array_append (to, (const guint8 *)tag, 4);
}

/* A signed number of 16 bits before and 16 after the point. */
static void
put_fixed (GByteArray *to, double value)
{
  put32 (to, (guint32)(gint32)(value * 65536 + (value < 0 ? -0.5 : 0.5)));
}

static void
put_fixeds (GByteArray *to, const char *type, const double *values, gsize n)
{
  put_tag (to, type);
  put32 (to, 0);
  for (gsize i = 0; i < n; i++)
    put_fixed (to, values[i]);
}

/* One English string in UTF-16, as a multiLocalizedUnicode. */
static void
put_words (GByteArray *to, const char *ascii)
{
  gsize length = strlen (ascii);
  put_tag (to, "mluc");
  put32 (to, 0);
  put32 (to, 1);
  put32 (to, 12);
  put_tag (to, "enUS");
  put32 (to, (guint32)(2 * length));
  put32 (to, 28);
  for (gsize i = 0; i < length; i++)
    g_byte_array_append (to, (const guint8[]){ 0, (guint8)ascii[i] }, 2);
  if (length % 2 == 1)
    g_byte_array_append (to, (const guint8[]){ 0, 0 }, 2);
}

static void
put_curve (GByteArray *to)
{
  static const double srgb[] = { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 };
  put_tag (to, "para");
  put32 (to, 0);
  put32 (to, 3u << 16); /* the function with a straight part near black */
  for (gsize i = 0; i < G_N_ELEMENTS (srgb); i++)
    put_fixed (to, srgb[i]);
}

typedef struct
{
  const char *tag, *words, *type;
  const double *values;
  gsize n;
} Element;

/* sRGB adapted to the D50 white of profiles, by Bradford's matrix. All tone curves are the one that comes last. */
static const double white[] = { 0.9642, 1, 0.8249 }, red[] = { 0.43607, 0.22249, 0.01392 };
static const double green[] = { 0.38515, 0.71687, 0.09708 }, blue[] = { 0.14307, 0.06061, 0.71410 };
static const double adaptation[]
    = { 1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168 };
static const Element colours[] = {
  { "desc", "sRGB CC0", NULL, NULL, 0 },   { "cprt", "sRGB CC0", NULL, NULL, 0 }, { "wtpt", NULL, "XYZ ", white, 3 },
  { "chad", NULL, "sf32", adaptation, 9 }, { "rXYZ", NULL, "XYZ ", red, 3 },      { "gXYZ", NULL, "XYZ ", green, 3 },
  { "bXYZ", NULL, "XYZ ", blue, 3 },       { "rTRC", NULL, NULL, NULL, 0 },       { "gTRC", NULL, NULL, NULL, 0 },
  { "bTRC", NULL, NULL, NULL, 0 },
};
static const Element greys[] = {
  { "desc", "grey CC0", NULL, NULL, 0 },
  { "cprt", "grey CC0", NULL, NULL, 0 },
  { "wtpt", NULL, "XYZ ", white, 3 },
  { "kTRC", NULL, NULL, NULL, 0 },
};

static void
put_header (GByteArray *to, guint32 size, bool grey)
{
  put32 (to, size);
  put32 (to, 0);
  put32 (to, 0x04200000);
  put_tag (to, "mntr");
  put_tag (to, grey ? "GRAY" : "RGB ");
  put_tag (to, "XYZ ");
  put32 (to, 2026u << 16 | 1); /* the profile's own date, 2026-01-01 */
  put32 (to, 1u << 16);
  put32 (to, 0);
  put_tag (to, "acsp");
  for (int i = 0; i < 7; i++) /* platform, flags, maker, model, attributes, intent */
    put32 (to, 0);
  put_fixed (to, 0.9642);
  put_fixed (to, 1);
  put_fixed (to, 0.8249);
  for (int i = 0; i < 12; i++) /* creator, id, reserved */
    put32 (to, 0);
}

static void
put_element (GByteArray *body, const Element *element)
{
  if (element->words != NULL)
    put_words (body, element->words);
  else if (element->values != NULL)
    put_fixeds (body, element->type, element->values, element->n);
  else
    put_curve (body);
}

/* The name serves as copyright, too, and one curve for all colours. */
static bool
is_same (const Element *a, const Element *b)
{
  return g_strcmp0 (a->words, b->words) == 0 && a->values == b->values;
}

static GByteArray *
make_profile (bool grey)
{
  const Element *elements = grey ? greys : colours;
  gsize n = grey ? G_N_ELEMENTS (greys) : G_N_ELEMENTS (colours);
  guint32 start = 128 + 4 + 12 * (guint32)n;
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GByteArray) list = g_byte_array_new ();
  guint from = 0;
  for (gsize i = 0; i < n; i++)
    {
      bool again = i > 0 && is_same (&elements[i], &elements[i - 1]);
      from = again ? from : body->len;
      if (!again)
        put_element (body, &elements[i]);
      put_tag (list, elements[i].tag);
      put32 (list, start + from);
      put32 (list, body->len - from);
    }
  GByteArray *profile = g_byte_array_new ();
  put_header (profile, start + body->len, grey);
  put32 (profile, (guint32)n);
  g_byte_array_append (profile, list->data, list->len);
  g_byte_array_append (profile, body->data, body->len);
  return profile;
}

void
extract_bind_meta (BindPdf *pdf, const char *language, bool grey)
{
  qpdf_oh root = extract_bind_pdf_root (pdf);
  g_autoptr (GBytes) packet = g_bytes_new_static (xmp, sizeof xmp - 1);
  extract_bind_pdf_set (pdf, root, "/Metadata",
                        extract_bind_pdf_stream (pdf, "<< /Type /Metadata /Subtype /XML >>", packet, NULL, NULL));
  g_autoptr (GByteArray) profile = make_profile (grey);
  qpdf_oh intent = extract_bind_pdf_object (
      pdf, grey ? "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (grey) /Info (grey) >>"
                : "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB) >>");
  extract_bind_pdf_set (
      pdf, intent, "/DestOutputProfile",
      extract_bind_pdf_deflated (pdf, grey ? "<< /N 1 >>" : "<< /N 3 >>", profile->data, profile->len));
  extract_bind_pdf_set (pdf, root, "/OutputIntents", extract_bind_pdf_array (pdf, intent));
  if (language == NULL)
    return;
  g_autofree char *text = g_strdup_printf ("(%s)", language);
  extract_bind_pdf_set (pdf, root, "/Lang", extract_bind_pdf_parse (pdf, text));
}
