/* tests/unit/extract_squares.h - a picture of six by four squares, of which no two corners are alike, on PDF pages. */
#pragma once
#include "extract/pdf.h"
#include "tests/unit/extract_pdf.h"
#include "tests/unit/fixture.h"
#include <zlib.h>

static const Limits limits = LIMITS_DEFAULT;

enum
{
  SQUARE = 50,
  WIDTH = 6 * SQUARE,
  HEIGHT = 4 * SQUARE,
};
/* Of a page of 144 by 96 points, on which the picture has 150 dpi. */
#define BOX "/MediaBox[0 0 144 96]"
#define PAINT "q 144 0 0 96 0 0 cm /I1 Do Q"

static const char *const squares[4] = { "#....#", "##....", "......", "#....." };

/* Black squares as the pixels of a page. */
static inline PIX *
picture (void)
{
  PIX *pix = pixCreate (WIDTH, HEIGHT, 1);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (squares[y / SQUARE][x / SQUARE] == '#')
        pixSetPixel (pix, x, y, 1);
  return pix;
}

static inline SomeStream
stream_of (const char *keys, GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  return (SomeStream){ keys, data, size };
}

/* Samples of @bits in @channels, black as all zero; each row behind a filter number with @filtered. */
static inline GBytes *
samples (unsigned bits, unsigned channels, bool inverted, bool filtered)
{
  g_autoptr (PIX) pix = picture ();
  GByteArray *bytes = g_byte_array_new ();
  for (int y = 0; y < HEIGHT; y++)
    {
      guint8 filter = 0, byte = 0;
      unsigned filled = 0;
      if (filtered)
        g_byte_array_append (bytes, &filter, 1);
      for (int i = 0; i < WIDTH * (int)channels; i++)
        {
          l_uint32 black = 0;
          pixGetPixel (pix, i / (int)channels, y, &black);
          for (unsigned bit = 0; bit < bits; bit++)
            {
              byte = (guint8)(byte << 1 | (black == inverted));
              if (++filled % 8 == 0)
                g_byte_array_append (bytes, &byte, 1);
            }
        }
      for (; filled % 8 != 0; filled++)
        {
          byte = (guint8)(byte << 1);
          if (filled % 8 == 7)
            g_byte_array_append (bytes, &byte, 1);
        }
    }
  return g_byte_array_free_to_bytes (bytes);
}

static inline GBytes *
flated (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  uLongf length = compressBound (size);
  guint8 *packed = g_malloc (length);
  g_assert_cmpint (compress (packed, &length, data, size), ==, Z_OK);
  return g_bytes_new_take (packed, length);
}

static inline char *
picture_keys (const char *more)
{
  return g_strdup_printf ("/Type/XObject/Subtype/Image/Width %d/Height %d%s", WIDTH, HEIGHT, more);
}

/* The one-bit, uncompressed picture. */
#define PLAIN "/ColorSpace/DeviceGray/BitsPerComponent 1"

typedef struct
{
  PIX *pix; /* two levels, black is 1 */
  unsigned dpi;
  bool as_stored;
} Seen;

static inline Seen
seen (GBytes *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ExtractPdf) pdf = extract_pdf_open (file, &limits, &error);
  g_assert_no_error (error);
  Seen result = { 0 };
  g_autoptr (PIX) pix = extract_pdf_pixels (pdf, 1, &limits, &result.dpi, &result.as_stored, &error);
  g_assert_no_error (error);
  result.pix = pixGetDepth (pix) == 1 ? pixClone (pix) : pixThresholdToBinary (pix, 128);
  return result;
}

/* Black and white at the middle of each square of a page of that many, as in @expected, rows parted by blanks. */
static inline void
assert_squares (PIX *pix, const char *expected)
{
  g_auto (GStrv) rows = g_strsplit (expected, " ", 0);
  int down = (int)g_strv_length (rows), across = (int)strlen (rows[0]);
  g_autoptr (GString) found = g_string_new (NULL);
  for (int y = 0; y < down; y++)
    {
      g_string_append (found, y > 0 ? " " : "");
      for (int x = 0; x < across; x++)
        {
          l_uint32 black = 0;
          pixGetPixel (pix, (2 * x + 1) * pixGetWidth (pix) / (2 * across),
                       (2 * y + 1) * pixGetHeight (pix) / (2 * down), &black);
          g_string_append_c (found, black ? '#' : '.');
        }
    }
  g_assert_cmpstr (found->str, ==, expected);
}

#define UPRIGHT "#....# ##.... ...... #....."

/* What a page with the picture in @bytes under @keys shows, and whether as it is stored. */
static inline void
assert_picture (const char *keys, GBytes *bytes, bool as_stored)
{
  g_autofree char *all = picture_keys (keys);
  SomeStream stream = stream_of (all, bytes);
  g_autoptr (GBytes) file = some_pdf (BOX, PAINT, NULL, &stream, 1);
  Seen page = seen (file);
  g_test_message ("%s", keys);
  g_assert_cmpint (page.as_stored, ==, as_stored);
  if (as_stored)
    {
      g_assert_cmpint (pixGetWidth (page.pix), ==, WIDTH);
      g_assert_cmpuint (page.dpi, ==, 150);
    }
  assert_squares (page.pix, UPRIGHT);
  pixDestroy (&page.pix);
}

/* The plain picture painted by @content on a page with @keys. */
static inline Seen
plain_picture_on (const char *keys, const char *content)
{
  g_autoptr (GBytes) bytes = samples (1, 1, false, false);
  g_autofree char *all = picture_keys (PLAIN);
  SomeStream stream = stream_of (all, bytes);
  g_autoptr (GBytes) file = some_pdf (keys, content, NULL, &stream, 1);
  return seen (file);
}

static inline void
assert_painted (const char *keys, const char *content, bool as_stored, const char *expected)
{
  Seen page = plain_picture_on (keys, content);
  g_test_message ("%s %s", keys, content);
  g_assert_cmpint (page.as_stored, ==, as_stored);
  assert_squares (page.pix, expected);
  pixDestroy (&page.pix);
}

/* The main of a test program. */
static inline int
pdf_tests (int argc, char **argv, void (*add_tests) (void))
{
  g_test_init (&argc, &argv, NULL);
  setMsgSeverity (L_SEVERITY_NONE);
  g_autoptr (GError) error = NULL;
  if (!extract_pdf_warm_up (&error))
    g_error ("%s", error->message);
  add_tests ();
  return g_test_run ();
}
