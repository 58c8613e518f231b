#include "extract/bind.h"
#include "extract/bind_meta.h"
#include "extract/bind_picture.h"
#include "extract/bind_text.h"
#include "extract/extract.h"
#include "extract/refuse.h"
#include <string.h>

#define POINTS_PER_INCH 72.0
#define LONG_SIDE_PT 842.0  /* of a page whose size nobody knows: A4 */
#define MOST_POINTS 14400.0 /* what PDF allows a page */
#define LEAST_POINTS 3.0
#define PIECE_BYTES (1u << 20) /* of the PDF in one record */

/* Where things lie: sizes of the upright page, and how the stored picture has to be turned to become upright. */
typedef struct
{
  double width_pt, height_pt;
  double points_per_px; /* of the record's boxes */
  int turn;
} Sheet;

static Sheet
sheet_of (const RecordPage *page, const BindPicture *picture)
{
  Sheet sheet = { .turn = page->rotation };
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
lies_on_its_side (const Sheet *sheet)
{
  return sheet->turn % 180 != 0;
}

/* A number as PDF writes it, whatever the locale; the four buffers serve one format call. */
static const char *
number (double value)
{
  static char buffers[4][G_ASCII_DTOSTR_BUF_SIZE];
  static unsigned next;
  char *buffer = buffers[next++ % G_N_ELEMENTS (buffers)];
  return g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.3f", value);
}

/* The matrix from the upright page (points, origin bottom left) to the page as it is stored, before /Rotate. */
static char *
upright_matrix (const Sheet *sheet)
{
  switch (sheet->turn)
    {
    case 90:
      return g_strdup_printf ("0 1 -1 0 %s 0 cm\n", number (sheet->height_pt));
    case 180:
      return g_strdup_printf ("-1 0 0 -1 %s %s cm\n", number (sheet->width_pt), number (sheet->height_pt));
    case 270:
      return g_strdup_printf ("0 -1 1 0 0 %s cm\n", number (sheet->width_pt));
    default:
      return g_strdup ("");
    }
}

static char *
content (const Sheet *sheet, const BindPicture *picture, const char *text)
{
  double width = lies_on_its_side (sheet) ? sheet->height_pt : sheet->width_pt;
  double height = lies_on_its_side (sheet) ? sheet->width_pt : sheet->height_pt;
  GString *all = g_string_new (NULL);
  if (picture != NULL && picture->mirrored)
    g_string_append_printf (all, "q -%s 0 0 %s %s 0 cm /Picture Do Q\n", number (width), number (height),
                            number (width));
  else if (picture != NULL)
    g_string_append_printf (all, "q %s 0 0 %s 0 0 cm /Picture Do Q\n", number (width), number (height));
  if (*text != '\0')
    {
      g_autofree char *matrix = upright_matrix (sheet);
      g_string_append_printf (all, "q\n%s%sQ\n", matrix, text);
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
} Binding;

static void
add_page (Binding *binding, const RecordPage *page, const BindPicture *picture)
{
  Sheet sheet = sheet_of (page, picture);
  g_autofree char *text = extract_bind_text (page, sheet.points_per_px, binding->font);
  g_autofree char *operators = content (&sheet, picture, text);
  bool side = lies_on_its_side (&sheet);
  g_autofree char *dict = g_strdup_printf ("<< /Type /Page /MediaBox [ 0 0 %s %s ] /Rotate %d >>",
                                           number (side ? sheet.height_pt : sheet.width_pt),
                                           number (side ? sheet.width_pt : sheet.height_pt), sheet.turn);
  qpdf_oh object = extract_bind_pdf_object (binding->pdf, dict);
  qpdf_oh resources = extract_bind_pdf_parse (binding->pdf, "<< /XObject << >> /Font << >> >>");
  if (picture != NULL)
    {
      qpdf_oh pictures = extract_bind_pdf_parse (binding->pdf, "<< >>");
      extract_bind_pdf_set (binding->pdf, pictures, "/Picture", extract_bind_picture_object (picture, binding->pdf));
      extract_bind_pdf_set (binding->pdf, resources, "/XObject", pictures);
      binding->shown++;
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
  g_autoptr (BindFont) font = extract_bind_font_new ();
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
  extract_bind_meta (pdf, language_of (pages));
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
  const char *media_type = serve_text (request, "media_type", "application/octet-stream");
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
