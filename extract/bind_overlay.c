/* The words go into a content stream of their own, before those of the page: there the coordinates are still those of
 * the page, whatever its own content does to them, and nothing of it has to be wrapped or understood. Where the page
 * has invisible text already, an earlier reading of the same picture, that is taken out, or search and copy would find
 * everything twice; a word that the page has as text otherwise is not laid again. */
#include "extract/bind_overlay.h"
#include "extract/bind_faxes.h"
#include "extract/bind_hidden.h"
#include "extract/bind_sheet.h"
#include "extract/bind_signed.h"
#include "extract/bind_text.h"
#include "extract/bind_twice.h"
#include "extract/pdf.h"
#include <math.h>
#include <string.h>

enum
{
  MEMORY_SHARE = 4, /* libqpdf writes into memory that grows by doubling, with the file beside it */
};

/* A page's fonts and what ours is called there. */
typedef struct
{
  qpdf_oh fonts;
  char *name;
} FontPlace;

typedef struct
{
  GBytes *file;
  const Limits *limits;
  BindPdf *pdf;
  qpdf_data qpdf;
  ExtractPdf *reader; /* of the same file, once it was wanted */
  BindFont *font;
  GArray *places; /* of FontPlace: the font is only known at the end */
  bool tagged;    /* what is not part of the structure has to say so */
} Overlay;

static bool
has_words (const RecordPage *page)
{
  return page->origin == RECORD_ORIGIN_RECOGNISED && page->words->len > 0 && page->width_px > 0 && page->height_px > 0;
}

static bool
any_has_words (const GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    if (has_words (g_ptr_array_index (pages, i)))
      return true;
  return false;
}

/* --- the page's box --- */

static bool
read_box (Overlay *overlay, qpdf_oh page, const char *key, double box[4])
{
  qpdf_data qpdf = overlay->qpdf;
  qpdf_oh array = extract_bind_pdf_inherited (overlay->pdf, page, key);
  double n[4];
  if (!qpdf_oh_is_array (qpdf, array) || qpdf_oh_get_array_n_items (qpdf, array) != 4)
    return false;
  for (int i = 0; i < 4; i++)
    if (!qpdf_oh_get_value_as_number (qpdf, qpdf_oh_get_array_item (qpdf, array, i), &n[i]) || !isfinite (n[i]))
      return false;
  box[0] = MIN (n[0], n[2]), box[1] = MIN (n[1], n[3]);
  box[2] = MAX (n[0], n[2]), box[3] = MAX (n[1], n[3]);
  return box[2] - box[0] > 0 && box[3] - box[1] > 0;
}

/* What is shown and was read: the crop box, as far as it lies in the media box. */
static void
shown_box (Overlay *overlay, qpdf_oh page, double box[4])
{
  static const double letter[4] = { 0, 0, 612, 792 };
  double media[4], crop[4];
  if (!read_box (overlay, page, "/MediaBox", media))
    memcpy (media, letter, sizeof media);
  if (!read_box (overlay, page, "/CropBox", crop))
    memcpy (crop, media, sizeof crop);
  for (int i = 0; i < 4; i++)
    box[i] = CLAMP (crop[i], media[i % 2], media[i % 2 + 2]);
  if (box[2] <= box[0] || box[3] <= box[1])
    memcpy (box, media, sizeof media);
}

static bool
turn_of (Overlay *overlay, qpdf_oh page, int *turn)
{
  qpdf_oh value = extract_bind_pdf_inherited (overlay->pdf, page, "/Rotate");
  double degrees = 0;
  if (!qpdf_oh_is_null (overlay->qpdf, value) && !qpdf_oh_get_value_as_number (overlay->qpdf, value, &degrees))
    return false;
  if (!(fabs (degrees) <= 3600) || fmod (degrees, 90) != 0)
    return false;
  *turn = ((int)degrees % 360 + 360) % 360;
  return true;
}

/* --- its resources and contents --- */

/* A dictionary of the page's own under @key of @resources, so that other pages do not see what is changed in it. */
static qpdf_oh
own_entry (Overlay *overlay, qpdf_oh resources, const char *key)
{
  qpdf_oh own = extract_bind_pdf_copy (overlay->pdf, qpdf_oh_get_key (overlay->qpdf, resources, key));
  extract_bind_pdf_set (overlay->pdf, resources, key, own);
  return own;
}

static char *
free_font_name (Overlay *overlay, qpdf_oh fonts)
{
  char *name = g_strdup ("/Docket");
  for (int i = 2; qpdf_oh_has_key (overlay->qpdf, fonts, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("/Docket%d", i);
    }
  return name;
}

/* One stream, or several behind each other. */
static void
set_contents (Overlay *overlay, qpdf_oh page, qpdf_oh ours, qpdf_oh rest)
{
  qpdf_data qpdf = overlay->qpdf;
  qpdf_oh all = qpdf_oh_new_array (qpdf);
  qpdf_oh_append_item (qpdf, all, ours);
  if (qpdf_oh_is_stream (qpdf, rest))
    qpdf_oh_append_item (qpdf, all, rest);
  for (int i = 0; qpdf_oh_is_array (qpdf, rest) && i < qpdf_oh_get_array_n_items (qpdf, rest); i++)
    qpdf_oh_append_item (qpdf, all, qpdf_oh_get_array_item (qpdf, rest, i));
  extract_bind_pdf_set (overlay->pdf, page, "/Contents", all);
}

/* The words of @page that its PDF does not have as text, seen or not. Owned by the caller. */
static GArray *
words_to_lay (Overlay *overlay, const RecordPage *page, bool has_text)
{
  g_autoptr (RecordPage) own = record_page_new (page->no);
  unsigned lost;
  if (!has_text || page->rotation != 0)
    return g_array_ref (page->words);
  if (overlay->reader == NULL)
    overlay->reader = extract_pdf_open (overlay->file, overlay->limits, NULL);
  if (overlay->reader == NULL || !extract_pdf_text (overlay->reader, overlay->limits, own, &lost, NULL))
    return g_array_ref (page->words);
  return extract_bind_twice_without (page, own);
}

static qpdf_oh
text_stream (Overlay *overlay, const BindSheet *sheet, const RecordPage *page, const char *font_name, bool has_text)
{
  g_autoptr (GString) all = g_string_new (overlay->tagged ? "/Artifact BMC\nq\n" : "q\n");
  g_autoptr (GArray) words = words_to_lay (overlay, page, has_text);
  RecordPage laid = *page;
  laid.words = words;
  g_autofree char *text = extract_bind_text (&laid, font_name, overlay->font);
  extract_bind_sheet_append_matrix (all, sheet);
  g_string_append_printf (all, "%sQ\n%s", text, overlay->tagged ? "EMC\n" : "");
  return extract_bind_pdf_deflated (overlay->pdf, "<< >>", all->str, all->len);
}

static bool
lay_words (Overlay *overlay, qpdf_oh object, const RecordPage *page)
{
  int turn;
  double box[4];
  if (!qpdf_oh_is_dictionary (overlay->qpdf, object) || !turn_of (overlay, object, &turn))
    return false;
  shown_box (overlay, object, box);
  int upright = (turn + page->rotation) % 360;
  BindSheet sheet = extract_bind_sheet_in (box, upright, page);
  qpdf_oh resources
      = extract_bind_pdf_copy (overlay->pdf, extract_bind_pdf_inherited (overlay->pdf, object, "/Resources"));
  extract_bind_pdf_set (overlay->pdf, object, "/Resources", resources);
  bool has_text;
  qpdf_oh rest = extract_bind_hidden_strip (overlay->pdf, object, resources, &has_text);
  FontPlace place = { .fonts = own_entry (overlay, resources, "/Font") };
  place.name = free_font_name (overlay, place.fonts);
  g_array_append_val (overlay->places, place);
  set_contents (overlay, object, text_stream (overlay, &sheet, page, place.name, has_text), rest);
  extract_bind_faxes_pack (overlay->pdf, resources);
  if (page->rotation != 0)
    extract_bind_pdf_set (overlay->pdf, object, "/Rotate", qpdf_oh_new_integer (overlay->qpdf, upright));
  return true;
}

/* --- the whole file --- */

static void
clear_place (gpointer place)
{
  g_free (((FontPlace *)place)->name);
}

static void
add_font (Overlay *overlay)
{
  qpdf_oh font = extract_bind_font_object (overlay->font, overlay->pdf);
  for (guint i = 0; i < overlay->places->len; i++)
    {
      const FontPlace *place = &g_array_index (overlay->places, FontPlace, i);
      extract_bind_pdf_set (overlay->pdf, place->fonts, place->name, font);
    }
}

static bool
is_tagged (BindPdf *pdf)
{
  qpdf_data qpdf = extract_bind_pdf_data (pdf);
  qpdf_oh info = qpdf_oh_get_key (qpdf, extract_bind_pdf_root (pdf), "/MarkInfo");
  QPDF_BOOL marked = QPDF_FALSE;
  return qpdf_oh_is_dictionary (qpdf, info)
         && qpdf_oh_get_value_as_bool (qpdf, qpdf_oh_get_key (qpdf, info, "/Marked"), &marked) && marked;
}

static bool
lay_all (GBytes *file, BindPdf *pdf, const GPtrArray *pages, const Limits *limits)
{
  g_autoptr (BindFont) font = extract_bind_font_new (pages);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (FontPlace));
  g_array_set_clear_func (places, clear_place);
  Overlay overlay = { .file = file, .limits = limits, .pdf = pdf, .font = font, .places = places };
  overlay.qpdf = extract_bind_pdf_data (pdf);
  overlay.tagged = is_tagged (pdf);
  bool laid = false;
  for (guint i = 0; i < pages->len; i++)
    {
      const RecordPage *page = g_ptr_array_index (pages, i);
      if (has_words (page) && page->no >= 1 && page->no <= pages->len)
        laid |= lay_words (&overlay, qpdf_get_page_n (overlay.qpdf, page->no - 1), page);
    }
  extract_pdf_free (overlay.reader);
  if (laid)
    add_font (&overlay);
  return laid;
}

static bool
has_pages (BindPdf *pdf, unsigned n)
{
  return qpdf_get_num_pages (extract_bind_pdf_data (pdf)) == (int)n;
}

/* What was mended on the way in must be whole on the way out. */
static bool
is_whole (GBytes *written, unsigned n)
{
  g_autoptr (BindPdf) again = extract_bind_pdf_open (written, NULL);
  return again != NULL && has_pages (again, n) && !extract_bind_pdf_was_mended (again);
}

GBytes *
extract_bind_overlay (GBytes *file, const GPtrArray *pages, const Limits *limits)
{
  if (!any_has_words (pages) || g_bytes_get_size (file) > limits->memory_bytes / MEMORY_SHARE)
    return NULL;
  g_autoptr (BindPdf) pdf = extract_bind_pdf_open (file, NULL);
  if (pdf == NULL || qpdf_is_encrypted (extract_bind_pdf_data (pdf)) || !has_pages (pdf, pages->len)
      || extract_bind_signed (pdf) || !lay_all (file, pdf, pages, limits))
    return NULL;
  g_autoptr (GBytes) written = extract_bind_pdf_write (pdf, limits->output_bytes, NULL);
  return written != NULL && is_whole (written, pages->len) ? g_steal_pointer (&written) : NULL;
}
