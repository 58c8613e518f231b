/* samples/make.c - draws the letters of samples/letters and makes of them the mail of samples/mail: scans, faxes,
 * photos, PDFs, texts. Run by make.sh with the samples folder as its only argument. Every run writes the same bytes. */
#include "samples/damage.h"
#include "samples/page.h"
#include "samples/write.h"
#include <cairo-pdf.h>
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <tiffio.h>

typedef struct Sample Sample;
struct Sample
{
  const char *file;   /* below mail/ */
  const char *letter; /* below letters/, without .txt */
  bool (*make) (const Sample *sample, char **pages, const char *path);
  SamplesStyle style;
  unsigned dpi;
  double skew;         /* clockwise, in degrees */
  int turned;          /* clockwise, 0 90 180 270: how the sheet was fed */
  int quality;         /* of JPEG and WebP */
  const char *charset; /* of a text */
};

static PIX *
scan_page (const Sample *sample, const char *page, SamplesChance *chance)
{
  PIX *pix = samples_raster (page, &sample->style, sample->dpi);
  return samples_scan (samples_skew (pix, sample->skew), 2.2, chance);
}

static PIX *
fed (PIX *pix, const Sample *sample)
{
  PIX *turned = pixRotateOrth (pix, sample->turned / 90);
  pixSetResolution (turned, pixGetXRes (pix), pixGetYRes (pix));
  pixDestroy (&pix);
  return turned;
}

static SamplesChance
chance_of (const Sample *sample)
{
  return (SamplesChance){ g_str_hash (sample->file) };
}

static bool
write_pix (PIX *pix, bool (*write) (const Sample *, PIX *, const char *), const Sample *sample, const char *path)
{
  bool written = pix != NULL && write (sample, pix, path);
  pixDestroy (&pix);
  return written;
}

static bool
write_jpeg (const Sample *sample, PIX *pix, const char *path)
{
  return pixWriteJpeg (path, pix, sample->quality, 0) == 0;
}

static bool
write_webp (const Sample *sample, PIX *pix, const char *path)
{
  return pixWriteWebP (path, pix, sample->quality, 0) == 0;
}

/* Sixteen greys, as scanners save small PNG files. */
static bool
write_png (const Sample *sample, PIX *pix, const char *path)
{
  (void)sample;
  PIX *few = pixThresholdTo4bpp (pix, 16, 1);
  pixSetResolution (few, pixGetXRes (pix), pixGetYRes (pix));
  bool written = pixWrite (path, few, IFF_PNG) == 0;
  pixDestroy (&few);
  return written;
}

/* --- recipes --- */

static bool
jpeg_scan (const Sample *sample, char **pages, const char *path)
{
  SamplesChance chance = chance_of (sample);
  return write_pix (fed (scan_page (sample, pages[0], &chance), sample), write_jpeg, sample, path);
}

static bool
png_scan (const Sample *sample, char **pages, const char *path)
{
  SamplesChance chance = chance_of (sample);
  PIX *pix = samples_raster (pages[0], &sample->style, sample->dpi);
  return write_pix (samples_scan (samples_skew (pix, sample->skew), 0, &chance), write_png, sample, path);
}

static bool
webp_scan (const Sample *sample, char **pages, const char *path)
{
  SamplesChance chance = chance_of (sample);
  return write_pix (scan_page (sample, pages[0], &chance), write_webp, sample, path);
}

/* Group 4 in strips as libtiff cuts them unless told, which is what most scanning programs write; faxes come whole. */
static bool
bilevel_scan (const Sample *sample, char **pages, const char *path)
{
  SamplesChance chance = chance_of (sample);
  const SamplesTiff strips = { .compression = COMPRESSION_CCITTFAX4, .rows = SAMPLES_DEFAULT_ROWS };
  bool written = true;
  for (char **page = pages; *page != NULL && written; page++)
    {
      PIX *pix = fed (samples_bilevel (scan_page (sample, *page, &chance), 150, 12, 30, &chance), sample);
      written = samples_write_tiff (pix, &strips, path, page == pages ? "w" : "a");
      pixDestroy (&pix);
    }
  return written;
}

static bool
thin_photocopy (const Sample *sample, char **pages, const char *path)
{
  SamplesChance chance = chance_of (sample);
  PIX *pix = samples_skew (samples_raster (pages[0], &sample->style, sample->dpi), sample->skew);
  pix = fed (samples_photocopy (pix, &chance), sample);
  bool written = pixWriteTiff (path, pix, IFF_TIFF_G4, "w") == 0;
  pixDestroy (&pix);
  return written;
}

static bool
fax (const Sample *sample, char **pages, const char *path)
{
  SamplesChance chance = chance_of (sample);
  PIX *pix = samples_fax (samples_skew (samples_raster (pages[0], &sample->style, 204), sample->skew), 196, &chance);
  bool written = pixWriteTiff (path, pix, IFF_TIFF_G4, "w") == 0;
  pixDestroy (&pix);
  return written;
}

static bool
photo (const Sample *sample, char **pages, const char *path)
{
  SamplesChance chance = chance_of (sample);
  PIX *pix = samples_photo (samples_raster (pages[0], &sample->style, sample->dpi), &chance);
  pixSetResolution (pix, 72, 72);
  pix = fed (pix, sample);
  bool written = sample->turned != 0 ? samples_write_turned_photo (pix, sample->quality, path)
                                     : pixWriteJpeg (path, pix, sample->quality, 0) == 0;
  pixDestroy (&pix);
  return written;
}

/* The scan of @page as a JPEG that cairo puts into the PDF as it is. */
static void
draw_scanned_page (cairo_t *cairo, const Sample *sample, const char *page)
{
  SamplesChance chance = chance_of (sample);
  PIX *pix = scan_page (sample, page, &chance);
  l_uint8 *jpeg;
  size_t size;
  l_int32 width, height;
  pixGetDimensions (pix, &width, &height, NULL);
  pixWriteMemJpeg (&jpeg, &size, pix, sample->quality, 0);
  pixDestroy (&pix);
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_surface_set_mime_data (picture, CAIRO_MIME_TYPE_JPEG, jpeg, size, free, jpeg);
  cairo_save (cairo);
  cairo_scale (cairo, SAMPLES_WIDTH_PT / width, SAMPLES_HEIGHT_PT / height);
  cairo_set_source_surface (cairo, picture, 0, 0);
  cairo_paint (cairo);
  cairo_restore (cairo);
  cairo_surface_destroy (picture);
}

/* The first page is born digital; further ones are scans. */
static bool
pdf (const Sample *sample, char **pages, const char *path)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, SAMPLES_WIDTH_PT, SAMPLES_HEIGHT_PT);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "2026-11-01T09:00:00Z");
  cairo_t *cairo = cairo_create (surface);
  for (char **page = pages; *page != NULL; page++)
    {
      if (page == pages)
        samples_draw (cairo, *page, &sample->style);
      else
        draw_scanned_page (cairo, sample, *page);
      cairo_show_page (cairo);
    }
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  bool written = cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (surface);
  return written;
}

/* Line ends as Windows writes them where the character set is its own. */
static bool
text (const Sample *sample, char **pages, const char *path)
{
  g_auto (GStrv) lines = g_strsplit (pages[0], "\n", -1);
  g_autofree char *joined = g_strjoinv (sample->charset != NULL ? "\r\n" : "\n", lines);
  g_autoptr (GError) error = NULL;
  gsize size = strlen (joined);
  g_autofree char *coded = sample->charset == NULL
                               ? g_strdup (joined)
                               : g_convert (joined, -1, sample->charset, "UTF-8", NULL, &size, &error);
  return coded != NULL && g_file_set_contents (path, coded, (gssize)size, &error);
}

static const Sample samples[] = {
  { .file = "scan0007.tif",
    .letter = "en-complaint-boiler",
    .make = bilevel_scan,
    .style = { .font = "Nimbus Roman", .size_pt = 12.5 },
    .dpi = 300,
    .skew = 1.6 },
  { .file = "scan0012.jpg",
    .letter = "en-complaint-bookcase",
    .make = jpeg_scan,
    .style = { .font = "Nimbus Sans", .size_pt = 11, .barcode = "AF-558120" },
    .dpi = 200,
    .skew = -1.1,
    .quality = 42 },
  { .file = "Suggestion route 46.pdf",
    .letter = "en-suggestion-timetable",
    .make = pdf,
    .style = { .font = "DejaVu Sans", .size_pt = 10.5 } },
  { .file = "IMG_20261112_0931.jpg",
    .letter = "en-thanks-spectacles",
    .make = photo,
    .style = { .font = "P052", .size_pt = 13 },
    .dpi = 165,
    .quality = 45 },
  { .file = "trekking question.txt", .letter = "en-question-patagonia", .make = text },
  { .file = "change of address.tif",
    .letter = "en-other-address",
    .make = thin_photocopy,
    .style = { .font = "Nimbus Mono PS", .size_pt = 11.5 },
    .dpi = 300,
    .skew = 0.7 },
  { .file = "Réclamation Lefèvre.jpg",
    .letter = "fr-reclamation-fibre",
    .make = jpeg_scan,
    .style = { .font = "Nimbus Roman", .size_pt = 11.5 },
    .dpi = 200,
    .skew = 2.1,
    .quality = 42 },
  { .file = "suggestion piscine.txt", .letter = "fr-suggestion-piscine", .make = text },
  { .file = "scan0021.png",
    .letter = "fr-merci-garage",
    .make = png_scan,
    .style = { .font = "C059", .size_pt = 12 },
    .dpi = 150,
    .skew = -0.8 },
  { .file = "fax_20261104_1022.tif",
    .letter = "fr-question-lavelinge",
    .make = fax,
    .style = { .font = "Nimbus Sans",
               .size_pt = 12,
               .heading = "04/11/2026 10:22   02 61 91 30 58   K. BENHADDOU   P. 01/01" },
    .skew = 0.5 },
  { .file = "Résiliation Marchand.pdf",
    .letter = "fr-autre-resiliation",
    .make = pdf,
    .style = { .font = "DejaVu Serif", .size_pt = 10 },
    .dpi = 200,
    .skew = 1.3,
    .quality = 42 },
  { .file = "Reclamación Martínez.pdf",
    .letter = "es-reclamacion-frigorifico",
    .make = pdf,
    .style = { .font = "Nimbus Roman", .size_pt = 12 } },
  { .file = "sugerencia gimnasio.txt", .letter = "es-sugerencia-gimnasio", .make = text, .charset = "WINDOWS-1252" },
  { .file = "gracias hotel.webp",
    .letter = "es-gracias-hotel",
    .make = webp_scan,
    .style = { .font = "P052", .size_pt = 12.5 },
    .dpi = 170,
    .skew = 0.9,
    .quality = 40 },
  { .file = "scan0033.jpg",
    .letter = "es-consulta-potencia",
    .make = jpeg_scan,
    .style = { .font = "Nimbus Sans", .size_pt = 11.5 },
    .dpi = 200,
    .skew = 0.6,
    .turned = 90,
    .quality = 42 },
  { .file = "fax_20261016_1705.tif",
    .letter = "es-otros-domiciliacion",
    .make = fax,
    .style
    = { .font = "Nimbus Roman", .size_pt = 13, .heading = "16-10-2026 17:05   COMUNIDAD TILOS   600000519   PAG. 1" },
    .skew = -0.6 },
  { .file = "szkennelt_0004.tif",
    .letter = "hu-panasz-konyhabutor",
    .make = bilevel_scan,
    .style = { .font = "Nimbus Roman", .size_pt = 12 },
    .dpi = 300,
    .skew = -1.2 },
  { .file = "javaslat.txt", .letter = "hu-javaslat-hirlevel", .make = text, .charset = "WINDOWS-1250" },
  { .file = "IMG_20261109_174502.jpg",
    .letter = "hu-koszonet-kerekpar",
    .make = photo,
    .style = { .font = "DejaVu Serif", .size_pt = 12 },
    .dpi = 165,
    .turned = 270,
    .quality = 45 },
  { .file = "scan0040.tif",
    .letter = "hu-kerdes-mosogatogep",
    .make = bilevel_scan,
    .style = { .font = "DejaVu Sans", .size_pt = 10.5 },
    .dpi = 300,
    .skew = 0.9,
    .turned = 180 },
  { .file = "mérőállás.pdf",
    .letter = "hu-egyeb-meroallas",
    .make = pdf,
    .style = { .font = "DejaVu Serif", .size_pt = 10.5 } },
};

static bool
make (const Sample *sample, const char *folder)
{
  g_autofree char *letter = g_strdup_printf ("%s/letters/%s.txt", folder, sample->letter);
  g_autofree char *path = g_build_filename (folder, "mail", sample->file, NULL);
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  if (!g_file_get_contents (letter, &words, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return false;
    }
  g_auto (GStrv) pages = g_strsplit (words, "\f\n", -1);
  bool made = sample->make (sample, pages, path);
  if (!made)
    g_printerr ("%s was not made\n", path);
  return made;
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    {
      g_printerr ("usage: make-samples FOLDER\n");
      return 64;
    }
  bool made = true;
  for (gsize i = 0; i < G_N_ELEMENTS (samples) && made; i++)
    made = make (&samples[i], argv[1]);
  return made ? 0 : 1;
}
