/* A row is told by how its changes between white and black lie to those of the row above: exactly below or up to three
 * pixels aside, or passed over, or by the lengths of two runs. libtiff codes the same, and bit by bit: it takes four
 * times as long. */
#include "extract/bind_fax.h"
#include "extract/changes.h"
#include <stdint.h>

enum
{
  NEAR = 3, /* pixels aside */
  /* Where the codes of runs stand: of 0 to 63 pixels one by one, then of multiples of 64. */
  SHORT_RUNS = 64,
  LONGEST_RUN = 2560,
  CODES = SHORT_RUNS + LONGEST_RUN / 64,
  MOST_BITS = 13, /* of a code */
  ENDS = 4,       /* ends of the row that stand behind its changes, so that each has some behind it */
};

typedef struct
{
  uint8_t bits, code;
} Code;

/* By colour: white, black. */
static const Code runs[2][CODES] = {
  { { 8, 0x35 },  { 6, 0x07 },  { 4, 0x07 },  { 4, 0x08 },  { 4, 0x0B },  { 4, 0x0C },  { 4, 0x0E },  { 4, 0x0F },
    { 5, 0x13 },  { 5, 0x14 },  { 5, 0x07 },  { 5, 0x08 },  { 6, 0x08 },  { 6, 0x03 },  { 6, 0x34 },  { 6, 0x35 },
    { 6, 0x2A },  { 6, 0x2B },  { 7, 0x27 },  { 7, 0x0C },  { 7, 0x08 },  { 7, 0x17 },  { 7, 0x03 },  { 7, 0x04 },
    { 7, 0x28 },  { 7, 0x2B },  { 7, 0x13 },  { 7, 0x24 },  { 7, 0x18 },  { 8, 0x02 },  { 8, 0x03 },  { 8, 0x1A },
    { 8, 0x1B },  { 8, 0x12 },  { 8, 0x13 },  { 8, 0x14 },  { 8, 0x15 },  { 8, 0x16 },  { 8, 0x17 },  { 8, 0x28 },
    { 8, 0x29 },  { 8, 0x2A },  { 8, 0x2B },  { 8, 0x2C },  { 8, 0x2D },  { 8, 0x04 },  { 8, 0x05 },  { 8, 0x0A },
    { 8, 0x0B },  { 8, 0x52 },  { 8, 0x53 },  { 8, 0x54 },  { 8, 0x55 },  { 8, 0x24 },  { 8, 0x25 },  { 8, 0x58 },
    { 8, 0x59 },  { 8, 0x5A },  { 8, 0x5B },  { 8, 0x4A },  { 8, 0x4B },  { 8, 0x32 },  { 8, 0x33 },  { 8, 0x34 },
    { 5, 0x1B },  { 5, 0x12 },  { 6, 0x17 },  { 7, 0x37 },  { 8, 0x36 },  { 8, 0x37 },  { 8, 0x64 },  { 8, 0x65 },
    { 8, 0x68 },  { 8, 0x67 },  { 9, 0xCC },  { 9, 0xCD },  { 9, 0xD2 },  { 9, 0xD3 },  { 9, 0xD4 },  { 9, 0xD5 },
    { 9, 0xD6 },  { 9, 0xD7 },  { 9, 0xD8 },  { 9, 0xD9 },  { 9, 0xDA },  { 9, 0xDB },  { 9, 0x98 },  { 9, 0x99 },
    { 9, 0x9A },  { 6, 0x18 },  { 9, 0x9B },  { 11, 0x08 }, { 11, 0x0C }, { 11, 0x0D }, { 12, 0x12 }, { 12, 0x13 },
    { 12, 0x14 }, { 12, 0x15 }, { 12, 0x16 }, { 12, 0x17 }, { 12, 0x1C }, { 12, 0x1D }, { 12, 0x1E }, { 12, 0x1F } },
  { { 10, 0x37 }, { 3, 0x02 },  { 2, 0x03 },  { 2, 0x02 },  { 3, 0x03 },  { 4, 0x03 },  { 4, 0x02 },  { 5, 0x03 },
    { 6, 0x05 },  { 6, 0x04 },  { 7, 0x04 },  { 7, 0x05 },  { 7, 0x07 },  { 8, 0x04 },  { 8, 0x07 },  { 9, 0x18 },
    { 10, 0x17 }, { 10, 0x18 }, { 10, 0x08 }, { 11, 0x67 }, { 11, 0x68 }, { 11, 0x6C }, { 11, 0x37 }, { 11, 0x28 },
    { 11, 0x17 }, { 11, 0x18 }, { 12, 0xCA }, { 12, 0xCB }, { 12, 0xCC }, { 12, 0xCD }, { 12, 0x68 }, { 12, 0x69 },
    { 12, 0x6A }, { 12, 0x6B }, { 12, 0xD2 }, { 12, 0xD3 }, { 12, 0xD4 }, { 12, 0xD5 }, { 12, 0xD6 }, { 12, 0xD7 },
    { 12, 0x6C }, { 12, 0x6D }, { 12, 0xDA }, { 12, 0xDB }, { 12, 0x54 }, { 12, 0x55 }, { 12, 0x56 }, { 12, 0x57 },
    { 12, 0x64 }, { 12, 0x65 }, { 12, 0x52 }, { 12, 0x53 }, { 12, 0x24 }, { 12, 0x37 }, { 12, 0x38 }, { 12, 0x27 },
    { 12, 0x28 }, { 12, 0x58 }, { 12, 0x59 }, { 12, 0x2B }, { 12, 0x2C }, { 12, 0x5A }, { 12, 0x66 }, { 12, 0x67 },
    { 10, 0x0F }, { 12, 0xC8 }, { 12, 0xC9 }, { 12, 0x5B }, { 12, 0x33 }, { 12, 0x34 }, { 12, 0x35 }, { 13, 0x6C },
    { 13, 0x6D }, { 13, 0x4A }, { 13, 0x4B }, { 13, 0x4C }, { 13, 0x4D }, { 13, 0x72 }, { 13, 0x73 }, { 13, 0x74 },
    { 13, 0x75 }, { 13, 0x76 }, { 13, 0x77 }, { 13, 0x52 }, { 13, 0x53 }, { 13, 0x54 }, { 13, 0x55 }, { 13, 0x5A },
    { 13, 0x5B }, { 13, 0x64 }, { 13, 0x65 }, { 11, 0x08 }, { 11, 0x0C }, { 11, 0x0D }, { 12, 0x12 }, { 12, 0x13 },
    { 12, 0x14 }, { 12, 0x15 }, { 12, 0x16 }, { 12, 0x17 }, { 12, 0x1C }, { 12, 0x1D }, { 12, 0x1E }, { 12, 0x1F } },
};
static const Code pass = { 4, 1 }, horizontal = { 3, 1 };
/* By how far the change lies to the left of that above, from -NEAR. */
static const Code vertical[2 * NEAR + 1] = { { 7, 3 }, { 6, 3 }, { 3, 3 }, { 1, 1 }, { 3, 2 }, { 6, 2 }, { 7, 2 } };
static const Code end_of_line = { 12, 1 };

typedef struct
{
  GByteArray *bytes;
  uint64_t pending; /* bits that do not make a byte yet */
  unsigned n;
} Writer;

static void
put (Writer *writer, Code code)
{
  writer->pending = writer->pending << code.bits | code.code;
  writer->n += code.bits;
  if (writer->n < 32)
    return;
  writer->n -= 32;
  guint32 whole = GUINT32_TO_BE ((guint32)(writer->pending >> writer->n));
  g_byte_array_append (writer->bytes, (const guint8 *)&whole, sizeof whole);
}

static void
put_run (Writer *writer, uint32_t length, unsigned colour)
{
  for (; length >= LONGEST_RUN + SHORT_RUNS; length -= LONGEST_RUN)
    put (writer, runs[colour][CODES - 1]);
  if (length >= SHORT_RUNS)
    put (writer, runs[colour][SHORT_RUNS + length / 64 - 1]);
  put (writer, runs[colour][length % 64]);
}

/* @row and @above are changes, with ENDS behind them. */
static void
put_row (Writer *writer, const uint32_t *row, const uint32_t *above, uint32_t width)
{
  int64_t at = -1;       /* all before it is told */
  unsigned i = 0, j = 0; /* the next change, and that of the same kind above that lies behind @at */
  while (at < (int64_t)width)
    {
      int64_t aside = (int64_t)above[j] - row[i];
      if (above[j + 1] < row[i])
        {
          put (writer, pass);
          at = above[j + 1];
        }
      else if (aside >= -NEAR && aside <= NEAR)
        {
          put (writer, vertical[aside + NEAR]);
          at = row[i++];
          j = j > 0 ? j - 1 : 1;
        }
      else
        {
          put (writer, horizontal);
          put_run (writer, row[i] - (uint32_t)MAX (at, 0), i % 2);
          put_run (writer, row[i + 1] - row[i], 1 - i % 2);
          at = row[i + 1];
          i += 2;
        }
      while (above[j] <= at && above[j] < width)
        j += 2;
    }
}

static void
read_row (PIX *pix, l_int32 y, uint32_t *changes)
{
  uint32_t width = (uint32_t)pixGetWidth (pix);
  unsigned n = extract_changes (pixGetData (pix) + (size_t)y * (size_t)pixGetWpl (pix), width, changes);
  for (unsigned i = 0; i < ENDS; i++)
    changes[n + i] = width;
}

GBytes *
extract_bind_fax (PIX *pix)
{
  uint32_t width = (uint32_t)pixGetWidth (pix);
  Writer writer = { .bytes = g_byte_array_new () };
  g_autofree uint32_t *row = g_new (uint32_t, width + 1 + ENDS), *above = g_new (uint32_t, width + 1 + ENDS);
  for (unsigned i = 0; i < ENDS; i++)
    above[i] = width;
  for (l_int32 y = 0; y < pixGetHeight (pix); y++)
    {
      read_row (pix, y, row);
      put_row (&writer, row, above, width);
      uint32_t *swap = above;
      above = row;
      row = swap;
    }
  put (&writer, end_of_line);
  put (&writer, end_of_line);
  for (; writer.n > 0; writer.n -= MIN (writer.n, 8))
    {
      guint8 byte = (guint8)(writer.n >= 8 ? writer.pending >> (writer.n - 8) : writer.pending << (8 - writer.n));
      g_byte_array_append (writer.bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (writer.bytes);
}
