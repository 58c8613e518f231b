/* tests/bench/pages.c - draws the pages on which recognition is measured wherever docket is built: letters of its own,
 * damaged as a mail room gets them, with their truth.
 *
 * pages TABLE OUT: from the top of the tree. TABLE is as tests/bench/pages.tsv tells; OUT/pages/syn_LANGNO_DAMAGE.EXT,
 * OUT/truth/….txt and OUT/manifest.tsv (file, language, source, truth, notes) come of it, the same bytes every time as
 * long as fonts and libraries are the same. A turned page has the turn at the end of its name: so much clockwise puts
 * it upright. */
#include "samples/damage.h"
#include "samples/page.h"
#include "samples/write.h"
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- what happens to a page --- */

static PIX *
clean (PIX *pix, SamplesChance *chance)
{
  return samples_scan (pix, 2.2, chance);
}
static PIX *
tinted (PIX *pix, SamplesChance *chance)
{
  PIX *grey = samples_scan (pix, 2.2, chance), *colour = pixConvertTo32 (grey);
  PIX *cream = pixMultConstantColor (colour, 1, 0.98f, 0.93f);
  pixCopyResolution (cream, grey);
  pixDestroy (&grey);
  pixDestroy (&colour);
  return cream;
}
static PIX *
noisy (PIX *pix, SamplesChance *chance)
{
  return samples_scan (pix, 14, chance);
}
static PIX *
fine_fax (PIX *pix, SamplesChance *chance)
{
  return samples_fax (pix, 196, chance);
}
static PIX *
standard_fax (PIX *pix, SamplesChance *chance)
{
  return samples_fax (pix, 98, chance);
}
static PIX *
salted (PIX *pix, SamplesChance *chance)
{
  return samples_bilevel (pix, 150, 3000, 3000, chance);
}
static PIX *
blurred (PIX *pix, SamplesChance *chance)
{
  PIX *soft = pixBlockconv (pix, 3, 3);
  pixCopyResolution (soft, pix);
  pixDestroy (&pix);
  return samples_scan (soft, 2.2, chance);
}
static PIX *
faded (PIX *pix, SamplesChance *chance)
{
  return samples_scan (samples_faded (pix, 0.35), 2.2, chance);
}

typedef struct
{
  const char *name;
  unsigned dpi;
  PIX *(*make) (PIX *pix, SamplesChance *chance);
  int turned; /* clockwise: how the sheet was fed */
} Damage;

static const Damage damages[] = {
  { "clean300", 300, clean, 0 }, { "clean300gray", 300, clean, 0 }, { "colour", 200, tinted, 0 },
  { "noise", 300, noisy, 0 },    { "fax", 204, fine_fax, 0 },       { "fax98", 204, standard_fax, 0 },
  { "salt", 300, salted, 0 },    { "dark", 300, samples_dark, 0 },  { "photocopy", 300, samples_photocopy, 0 },
  { "blur", 300, blurred, 0 },   { "low", 150, clean, 0 },          { "jpegart", 200, clean, 0 },
  { "faded", 300, faded, 0 },    { "skew", 300, clean, 0 },         { "rot90", 300, clean, 270 },
  { "rot180", 300, clean, 180 }, { "rot270", 300, clean, 90 },      { "photo", 240, samples_photo, 0 },
};

/* --- the files that machines write --- */

typedef struct
{
  const char *name, *extension;
  SamplesTiff tiff; /* of one bit; otherwise: */
  l_int32 format;   /* of a grey or colour picture */
  int quality;      /* of JPEG */
  bool telephone;   /* tells no resolution; held upright, it tells the turn in Exif */
} Machine;

#define WHOLE UINT32_MAX

static const Machine machines[] = {
  { .name = "g4_whole", .extension = "tif", .tiff = { .compression = COMPRESSION_CCITTFAX4, .rows = WHOLE } },
  { .name = "g4_strips",
    .extension = "tif",
    .tiff = { .compression = COMPRESSION_CCITTFAX4, .rows = SAMPLES_DEFAULT_ROWS } },
  { .name = "g4_white_is_one",
    .extension = "tif",
    .tiff = { .compression = COMPRESSION_CCITTFAX4, .rows = WHOLE, .black_is_zero = true } },
  { .name = "g3_1d",
    .extension = "tif",
    .tiff = { .compression = COMPRESSION_CCITTFAX3, .rows = WHOLE, .low_bit_first = true } },
  { .name = "g3_2d",
    .extension = "tif",
    .tiff = { .compression = COMPRESSION_CCITTFAX3, .rows = 128, .options = GROUP3OPT_2DENCODING } },
  { .name = "jpeg", .extension = "jpg", .format = IFF_JFIF_JPEG, .quality = 78 },
  { .name = "colour_jpeg", .extension = "jpg", .format = IFF_JFIF_JPEG, .quality = 78 },
  { .name = "bad_jpeg", .extension = "jpg", .format = IFF_JFIF_JPEG, .quality = 18 },
  { .name = "png", .extension = "png", .format = IFF_PNG },
  { .name = "lzw", .extension = "tif", .format = IFF_TIFF_LZW },
  { .name = "telephone", .extension = "jpg", .format = IFF_JFIF_JPEG, .quality = 72, .telephone = true },
  { .name = "telephone_turned", .extension = "jpg", .format = IFF_JFIF_JPEG, .quality = 72, .telephone = true },
};

static bool
is_turned_by_exif (const Machine *machine)
{
  return strcmp (machine->name, "telephone_turned") == 0;
}

static PIX *
turned (PIX *pix, int degrees)
{
  PIX *out = pixRotateOrth (pix, degrees / 90);
  pixSetResolution (out, degrees % 180 == 0 ? pixGetXRes (pix) : pixGetYRes (pix),
                    degrees % 180 == 0 ? pixGetYRes (pix) : pixGetXRes (pix));
  pixDestroy (&pix);
  return out;
}

static bool
write_file (PIX *pix, const Machine *machine, const char *path)
{
  if (machine->telephone)
    pixSetResolution (pix, 72, 72);
  if (is_turned_by_exif (machine))
    return samples_write_turned_photo (pix, machine->quality, path);
  if (machine->format == IFF_JFIF_JPEG)
    return pixWriteJpeg (path, pix, machine->quality, 0) == 0;
  if (machine->format != 0)
    return pixWrite (path, pix, machine->format) == 0;
  return samples_write_tiff (pix, &machine->tiff, path, "w");
}

/* --- a line of the table --- */

typedef struct
{
  const char *language, *number, *damage, *file, *font, *size, *skew, *text;
} Line;

static const Damage *
damage_of (const Line *line)
{
  for (size_t i = 0; i < G_N_ELEMENTS (damages); i++)
    if (strcmp (damages[i].name, line->damage) == 0)
      return &damages[i];
  return NULL;
}

static const Machine *
machine_of (const Line *line)
{
  for (size_t i = 0; i < G_N_ELEMENTS (machines); i++)
    if (strcmp (machines[i].name, line->file) == 0)
      return &machines[i];
  return NULL;
}

/* The text of the letters that docket has, as the table names them; NULL, with a word to stderr, where one is missing.
 */
static char *
contents (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, &error))
    g_printerr ("%s\n", error->message);
  return text;
}

static char *
with_line_breaks (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\\n", -1);
  return g_strjoinv ("\n", parts);
}

/* The @no-th frame of @language, from 1: what stands above a message and below it. */
static char **
frame_of (const char *language, unsigned no)
{
  g_autofree char *all = contents ("tests/fixtures/classify/frames.tsv");
  g_auto (GStrv) lines = g_strsplit (all != NULL ? all : "", "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) field = g_strsplit (*line, "\t", -1);
      if (g_strv_length (field) == 3 && strcmp (field[0], language) == 0 && --no == 0)
        return g_steal_pointer (&field);
    }
  return NULL;
}

static char *
message_of (const char *letters, const char *id)
{
  g_autofree char *begin = g_strdup_printf ("\n%s\t", id);
  const char *at = strstr (letters, begin);
  if (at == NULL)
    return NULL;
  g_autofree char *line = g_strndup (at + 1, strcspn (at + 1, "\n"));
  const char *text = strrchr (line, '\t') + 1;
  return with_line_breaks (text);
}

static char *
framed (const Line *line, char **words)
{
  g_autofree char *path = g_strdup_printf ("conf/letters/%s-full.tsv", line->language), *letters = contents (path);
  g_auto (GStrv) frame = frame_of (line->language, (unsigned)strtoul (words[0], NULL, 10));
  if (letters == NULL || frame == NULL)
    return NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *above = with_line_breaks (frame[1]), *below = with_line_breaks (frame[2]);
  g_string_append (text, above);
  for (char **id = words + 1; *id != NULL; id++)
    {
      g_autofree char *message = message_of (letters, *id);
      if (message == NULL)
        {
          g_printerr ("%s has no letter %s\n", path, *id);
          return NULL;
        }
      g_string_append_printf (text, "%s%s", id != words + 1 ? "\n\n" : "", message);
    }
  g_string_append (text, below);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
text_of (const Line *line)
{
  g_auto (GStrv) words = g_strsplit (line->text, " ", -1);
  if (strcmp (words[0], "letter") != 0)
    return framed (line, words);
  g_autofree char *path = g_strdup_printf ("samples/letters/%s.txt", words[1]);
  return contents (path);
}

/* --- a page --- */

static PIX *
damaged (const Line *line, const SamplesStyle *style, const char *text, const char *stem)
{
  const Damage *damage = damage_of (line);
  const Machine *machine = machine_of (line);
  SamplesChance chance = { g_str_hash (stem) };
  PIX *pix = samples_raster (text, style, damage->dpi);
  if (pix == NULL)
    return NULL;
  double skew = g_ascii_strtod (line->skew, NULL);
  if (skew != 0)
    pix = samples_skew (pix, skew);
  pix = damage->make (pix, &chance);
  if (machine->tiff.compression != 0 && pixGetDepth (pix) == 8)
    pix = samples_bilevel (pix, 150, 3, 10, &chance);
  return turned (pix, is_turned_by_exif (machine) ? 270 : damage->turned);
}

/* As fax machines print it at the top edge of what they send. */
static char *
heading_of (const Line *line)
{
  return g_str_has_prefix (line->damage, "fax") ? g_strdup_printf ("%s/11/2026 10:%s   FAX 600 %s 0519   P. 01/01",
                                                                   line->number, line->number, line->number)
                                                : NULL;
}

static const char *
model_of (const char *language)
{
  static const char *const models[][2] = { { "en", "eng" }, { "fr", "fra" }, { "es", "spa" }, { "hu", "hun" } };
  for (size_t i = 0; i < G_N_ELEMENTS (models); i++)
    if (strcmp (models[i][0], language) == 0)
      return models[i][1];
  return NULL;
}

static bool
write_truth (const char *out, const char *stem, const char *heading, const char *text)
{
  g_autofree char *path = g_strdup_printf ("%s/truth/%s.txt", out, stem);
  g_autofree char *truth = heading != NULL ? g_strdup_printf ("%s\n%s", heading, text) : g_strdup (text);
  return g_file_set_contents (path, truth, -1, NULL);
}

static bool
make_page (const Line *line, const char *out, FILE *manifest)
{
  const Machine *machine = machine_of (line);
  g_autofree char *text = text_of (line), *heading = heading_of (line);
  if (text == NULL || machine == NULL || damage_of (line) == NULL || model_of (line->language) == NULL)
    return false;
  g_autofree char *stem = g_strdup_printf ("syn_%s%s_%s%s", line->language, line->number, line->damage,
                                           is_turned_by_exif (machine) ? "_rot90" : "");
  g_autofree char *file = g_strdup_printf ("pages/%s.%s", stem, machine->extension);
  g_autofree char *path = g_build_filename (out, file, NULL);
  const SamplesStyle style = { .font = line->font, .size_pt = g_ascii_strtod (line->size, NULL), .heading = heading };
  PIX *pix = damaged (line, &style, text, stem);
  bool made = pix != NULL && write_file (pix, machine, path) && write_truth (out, stem, heading, text);
  pixDestroy (&pix);
  fprintf (manifest, "%s\t%s\tdocket's own\ttruth/%s.txt\t%s;%udpi;font %s;%s\n", file, model_of (line->language), stem,
           line->damage, damage_of (line)->dpi, line->font, line->file);
  return made;
}

static bool
make_pages (const char *table, const char *out, FILE *manifest)
{
  g_autofree char *all = contents (table);
  if (all == NULL)
    return false;
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);
  fputs ("file\tlanguage\tsource\ttruth\tnotes\n", manifest);
  for (char **at = lines; *at != NULL; at++)
    {
      g_auto (GStrv) field = g_strsplit (*at, "\t", -1);
      if (**at == '#' || g_strv_length (field) != 8 || strcmp (field[0], "language") == 0)
        continue;
      const Line line = { field[0], field[1], field[2], field[3], field[4], field[5], field[6], field[7] };
      if (!make_page (&line, out, manifest))
        {
          g_printerr ("page %s%s was not made\n", line.language, line.number);
          return false;
        }
    }
  return true;
}

int
main (int argc, char **argv)
{
  if (argc != 3)
    {
      g_printerr ("usage: pages TABLE OUT\n");
      return 64;
    }
  g_autofree char *pages = g_build_filename (argv[2], "pages", NULL),
                  *truth = g_build_filename (argv[2], "truth", NULL);
  g_autofree char *list = g_build_filename (argv[2], "manifest.tsv", NULL);
  if (g_mkdir_with_parents (pages, 0777) != 0 || g_mkdir_with_parents (truth, 0777) != 0)
    return 1;
  FILE *manifest = fopen (list, "w");
  if (manifest == NULL)
    return 1;
  bool made = make_pages (argv[1], argv[2], manifest);
  return fclose (manifest) == 0 && made ? 0 : 1;
}
