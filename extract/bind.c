#include "extract/bind.h"
#include "extract/bind_meta.h"
#include "extract/bind_overlay.h"
#include "extract/bind_picture.h"
#include "extract/bind_sheet.h"
#include "extract/bind_text.h"
#include "extract/extract.h"
#include "extract/media.h"
#include "extract/refuse.h"
#include <string.h>

#define POINTS_PER_INCH 72.0
#define LONG_SIDE_PT 842.0  /* of a page whose size nobody knows: A4 */
#define MOST_POINTS 14400.0 /* what PDF allows a page */
#define LEAST_POINTS 3.0
#define PIECE_BYTES (1u << 20) /* of the PDF in one record */

static BindSheet
sheet_of (const RecordPage *page, const BindPicture *picture)
{
  BindSheet sheet = { .turn = page->rotation, .stretch = 1 };
  double width = page->width_px, height = page->height_px;
  if ((width <= 0 || height <= 0) && picture != NULL) /* nobody looked at it: believe the file */
    {
      sheet.turn = picture->turn;
      width = sheet.turn % 180 == 0 ? picture->width_px : picture->height_px;
      height = sheet.turn % 180 == 0 ? picture->height_px : picture->width_px;
    }
  if (width <= 0 || height <= 0)
    width = 595, height = LONG_SIDE_PT;
  double longest = MAX (width, height), shortest = MIN (width, height);
  double scale = page->dpi > 0 ? POINTS_PER_INCH / page->dpi : LONG_SIDE_PT / longest;
  scale = MIN (MAX (scale, LEAST_POINTS / shortest), MOST_POINTS / longest);
  sheet.points_per_px = scale;
  sheet.width_pt = width * scale;
  sheet.height_pt = height * scale;
  return sheet;
}

static bool
lies_on_its_side (const BindSheet *sheet)
{
  return sheet->turn % 180 != 0;
}

/* Points of the page as it is stored. */
static double
stored_width (const BindSheet *sheet)
{
  return lies_on_its_side (sheet) ? sheet->height_pt : sheet->width_pt;
}

static double
stored_height (const BindSheet *sheet)
{
  return lies_on_its_side (sheet) ? sheet->width_pt : sheet->height_pt;
}

static void
append_numbers (GString *to, const double *values, unsigned n)
{
  for (unsigned i = 0; i < n; i++)
    {
      extract_bind_number (to, values[i], 3);
      g_string_append_c (to, ' ');
    }
}

static char *
content (const BindSheet *sheet, const BindPicture *picture, const char *text)
{
  double width = stored_width (sheet), height = stored_height (sheet);
  GString *all = g_string_new (NULL);
  if (picture != NULL)
    {
      bool mirrored = picture->mirrored;
      g_string_append (all, "q ");
      append_numbers (all, (const double[]){ mirrored ? -width : width, 0, 0, height, mirrored ? width : 0, 0 }, 6);
      g_string_append (all, "cm /P Do Q\n");
    }
  if (*text != '\0')
    {
      extract_bind_sheet_append_matrix (all, sheet);
      g_string_append (all, text);
    }
  return g_string_free (all, FALSE);
}

/* The work on one document. */
typedef struct
{
  BindPdf *pdf;
  BindFont *font;
  GPtrArray *resources; /* of the pages' resource dictionaries, by handle: the font is only known at the end */
  uint64_t bytes;       /* of pictures so far */
  unsigned shown;       /* pages with a picture */
  bool coloured;        /* one of them may have other colours than grey */
} Binding;

static void
add_page (Binding *binding, const RecordPage *page, const BindPicture *picture)
{
  BindSheet sheet = sheet_of (page, picture);
  g_autofree char *text = extract_bind_text (page, "/F", binding->font);
  g_autofree char *operators = content (&sheet, picture, text);
  g_autoptr (GString) dict = g_string_new ("<< /Type /Page /MediaBox [ 0 0 ");
  append_numbers (dict, (const double[]){ stored_width (&sheet), stored_height (&sheet) }, 2);
  g_string_append_printf (dict, "] /Rotate %d >>", sheet.turn);
  qpdf_oh object = extract_bind_pdf_object (binding->pdf, dict->str);
  qpdf_oh resources = extract_bind_pdf_parse (binding->pdf, "<< /XObject << >> /Font << >> >>");
  if (picture != NULL)
    {
      qpdf_oh pictures = extract_bind_pdf_parse (binding->pdf, "<< >>");
      extract_bind_pdf_set (binding->pdf, pictures, "/P", extract_bind_picture_object (picture, binding->pdf));
      extract_bind_pdf_set (binding->pdf, resources, "/XObject", pictures);
      binding->shown++;
      binding->coloured |= g_strcmp0 (picture->colour, "/DeviceGray") != 0;
    }
  g_ptr_array_add (binding->resources, GUINT_TO_POINTER (resources));
  extract_bind_pdf_set (binding->pdf, object, "/Resources", resources);
  extract_bind_pdf_set (binding->pdf, object, "/Contents",
                        extract_bind_pdf_deflated (binding->pdf, "<< >>", operators, strlen (operators)));
  extract_bind_pdf_add_page (binding->pdf, object);
}

static bool
bind_page (Binding *binding, GBytes *file, const char *media_type, const RecordPage *page, const Limits *limits,
           GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (BindPicture) picture = extract_bind_picture (file, media_type, page->no, limits, &fault);
  if (picture == NULL && extract_fault_code (fault) == RECORD_CODE_NONE)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return false;
    }
  if (picture != NULL)
    binding->bytes += g_bytes_get_size (picture->data);
  if (binding->bytes > limits->output_bytes)
    return extract_refuse (error, RECORD_CODE_LIMIT, "a searchable PDF of more than %" G_GUINT64_FORMAT " bytes",
                           limits->output_bytes);
  add_page (binding, page, picture);
  return true;
}

static void
add_font (Binding *binding)
{
  qpdf_oh font = extract_bind_font_object (binding->font, binding->pdf);
  for (guint i = 0; i < binding->resources->len; i++)
    {
      qpdf_oh fonts = extract_bind_pdf_parse (binding->pdf, "<< >>");
      extract_bind_pdf_set (binding->pdf, fonts, "/F", font);
      extract_bind_pdf_set (binding->pdf, GPOINTER_TO_UINT (g_ptr_array_index (binding->resources, i)), "/Font", fonts);
    }
}

static const char *
language_of (const GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    {
      const RecordPage *page = g_ptr_array_index (pages, i);
      if (strlen (page->language) == 2 && g_ascii_isalpha (page->language[0]) && g_ascii_isalpha (page->language[1]))
        return page->language;
    }
  return NULL;
}

GBytes *
extract_bind_pdf (GBytes *file, const char *media_type, const GPtrArray *pages, const Limits *limits, GError **error)
{
  g_autoptr (BindPdf) pdf = extract_bind_pdf_new (error);
  if (pdf == NULL)
    return NULL;
  g_autoptr (BindFont) font = extract_bind_font_new (pages);
  g_autoptr (GPtrArray) resources = g_ptr_array_new ();
  Binding binding = { .pdf = pdf, .font = font, .resources = resources };
  for (guint i = 0; i < pages->len; i++)
    if (!bind_page (&binding, file, media_type, g_ptr_array_index (pages, i), limits, error))
      return NULL;
  if (binding.shown == 0)
    {
      extract_refuse (error, RECORD_CODE_DAMAGED, "none of %u pages can be shown", pages->len);
      return NULL;
    }
  add_font (&binding);
  extract_bind_meta (pdf, language_of (pages), !binding.coloured);
  return extract_bind_pdf_write (pdf, limits->output_bytes, error);
}

/* --- the worker's side --- */

static bool
emit_pieces (ServeOut *out, GBytes *bytes, GError **error)
{
  gsize size = g_bytes_get_size (bytes);
  for (gsize at = 0; at < size; at += PIECE_BYTES)
    {
      g_autoptr (GBytes) piece = g_bytes_new_from_bytes (bytes, at, MIN (PIECE_BYTES, size - at));
      if (!serve_emit (out, RECORD_BYTES, piece, error))
        return false;
    }
  return true;
}

bool
extract_bind (const ServeRequest *request, ServeOut *out, GError **error)
{
  g_autoptr (GBytes) file = serve_input (request, 0, error);
  if (file == NULL)
    return false;
  g_autoptr (GPtrArray) pages = serve_pages (request, 1, error);
  if (pages == NULL)
    return false;
  const char *media_type = serve_media_type (request);
  if (extract_media_is_pdf (media_type))
    {
      g_autoptr (GBytes) overlaid = extract_bind_overlay (file, pages, &request->limits);
      return overlaid == NULL || emit_pieces (out, overlaid, error);
    }
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) bound = extract_bind_pdf (file, media_type, pages, &request->limits, &failure);
  if (bound != NULL)
    return emit_pieces (out, bound, error);
  RecordCode code = extract_fault_code (failure);
  if (code == RECORD_CODE_NONE)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return false;
    }
  g_autoptr (GBytes) refusal = record_refusal_encode (code);
  return serve_emit (out, RECORD_REFUSAL, refusal, error);
}
