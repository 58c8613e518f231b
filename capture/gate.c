#include "capture/gate.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define PDF_HEADER_BYTES 1024
#define PDF_END_BYTES 1024
#define TIFF_IFDS 64    /* steps along the chain of pages that are looked at */
#define TIFF_ENTRIES 64 /* of one page */

static uint64_t
little (const uint8_t *at, unsigned bytes)
{
  uint64_t value = 0;
  for (unsigned i = bytes; i-- > 0;)
    value = value << 8 | at[i];
  return value;
}

static uint64_t
big (const uint8_t *at, unsigned bytes)
{
  uint64_t value = 0;
  for (unsigned i = 0; i < bytes; i++)
    value = value << 8 | at[i];
  return value;
}

static bool
begins (const GateEnds *ends, const char *with, size_t length)
{
  return ends->head_bytes >= length && memcmp (ends->head, with, length) == 0;
}

/* The last @needle in the last @within bytes; NULL when there is none. */
static const uint8_t *
last_in_tail (const GateEnds *ends, const char *needle, size_t length, size_t within)
{
  size_t window = ends->tail_bytes < within ? ends->tail_bytes : within;
  const uint8_t *end = ends->tail + ends->tail_bytes, *start = end - window;
  for (const uint8_t *at = end - (window < length ? window : length); window >= length && at >= start; at--)
    if (memcmp (at, needle, length) == 0)
      return at;
  return NULL;
}

/* Where the tail ends when trailing zeros and white space, which some writers pad with, are left out. */
static size_t
trimmed (const GateEnds *ends)
{
  size_t end = ends->tail_bytes;
  while (end > 0 && (ends->tail[end - 1] == 0 || ends->tail[end - 1] == '\n' || ends->tail[end - 1] == '\r'))
    end--;
  return end;
}

/* A linearized PDF names its length at its start; its first %%EOF stands near there and says nothing. */
static uint64_t
linearized_length (const uint8_t *header, size_t bytes)
{
  char text[PDF_HEADER_BYTES + 1];
  for (size_t i = 0; i < bytes; i++)
    text[i] = header[i] != 0 ? (char)header[i] : ' ';
  text[bytes] = '\0';
  const char *dictionary = strstr (text, "/Linearized");
  const char *length = dictionary != NULL ? strstr (dictionary, "/L ") : NULL;
  return length != NULL ? strtoull (length + 3, NULL, 10) : 0;
}

static Gate
gate_pdf (const GateEnds *ends)
{
  size_t header = ends->head_bytes < PDF_HEADER_BYTES ? ends->head_bytes : PDF_HEADER_BYTES;
  uint64_t length = linearized_length (ends->head, header);
  if (length == ends->size)
    return GATE_WHOLE;
  if (length > ends->size)
    return GATE_CUT;
  return last_in_tail (ends, "%%EOF", 5, PDF_END_BYTES) != NULL ? GATE_WHOLE : GATE_CUT;
}

static Gate
gate_jpeg (const GateEnds *ends)
{
  size_t end = trimmed (ends);
  if (end >= 2 && ends->tail[end - 2] == 0xFF && ends->tail[end - 1] == 0xD9)
    return GATE_WHOLE;
  /* Telephones write further pictures or films behind the end. */
  return last_in_tail (ends, "\xFF\xD9", 2, GATE_WINDOW_BYTES) != NULL ? GATE_UNKNOWN : GATE_CUT;
}

static Gate
gate_gif (const GateEnds *ends)
{
  size_t end = trimmed (ends);
  return end >= 2 && ends->tail[end - 1] == 0x3B && ends->tail[end - 2] == 0 ? GATE_WHOLE : GATE_CUT;
}

static Gate
gate_zip (const GateEnds *ends)
{
  const uint8_t *end = last_in_tail (ends, "PK\5\6", 4, GATE_WINDOW_BYTES);
  size_t left = end != NULL ? (size_t)(ends->tail + ends->tail_bytes - end) : 0;
  return left >= 22 && left >= 22 + little (end + 20, 2) ? GATE_WHOLE : GATE_CUT;
}

/* A file that names its own length at @told. */
static Gate
gate_told (const GateEnds *ends, uint64_t told)
{
  return told > ends->size ? GATE_CUT : told == ends->size ? GATE_WHOLE : GATE_UNKNOWN;
}

static bool
read_pnm_number (const GateEnds *ends, size_t *at, uint64_t *number)
{
  for (; *at < ends->head_bytes; ++*at)
    if (ends->head[*at] == '#')
      while (*at + 1 < ends->head_bytes && ends->head[*at] != '\n')
        ++*at;
    else if (strchr (" \t\r\n", ends->head[*at]) == NULL || ends->head[*at] == 0)
      break;
  size_t start = *at;
  for (*number = 0; *at < ends->head_bytes && *at < start + 7 && ends->head[*at] >= '0' && ends->head[*at] <= '9';
       ++*at)
    *number = *number * 10 + (uint64_t)(ends->head[*at] - '0');
  return *at > start;
}

/* P4, P5, P6: the header says how many bytes follow. */
static Gate
gate_pnm (const GateEnds *ends)
{
  size_t at = 2;
  uint64_t width, height, maximum = 1;
  char type = (char)ends->head[1];
  if (!read_pnm_number (ends, &at, &width) || !read_pnm_number (ends, &at, &height)
      || (type != '4' && !read_pnm_number (ends, &at, &maximum)))
    return GATE_UNKNOWN;
  uint64_t row = type == '4' ? (width + 7) / 8 : width * (type == '6' ? 3 : 1) * (maximum > 255 ? 2 : 1);
  return gate_told (ends, at + 1 + row * height);
}

/* --- TIFF: the chain of pages may lie anywhere; what the two windows show must be inside the file --- */

typedef struct
{
  const GateEnds *ends;
  bool is_big_endian, is_big_tiff;
} Tiff;

/* @bytes bytes at @offset, NULL when neither window shows them. */
static const uint8_t *
visible (const GateEnds *ends, uint64_t offset, size_t bytes)
{
  uint64_t tail_from = ends->size - ends->tail_bytes;
  if (offset < ends->head_bytes && ends->head_bytes - offset >= bytes)
    return ends->head + offset;
  if (offset >= tail_from && offset < ends->size && ends->size - offset >= bytes)
    return ends->tail + (offset - tail_from);
  return NULL;
}

static uint64_t
number (const Tiff *tiff, const uint8_t *at, unsigned bytes)
{
  return tiff->is_big_endian ? big (at, bytes) : little (at, bytes);
}

/* The last value of an entry with offsets or lengths of strips or tiles; false when it is not visible. */
static bool
last_value (const Tiff *tiff, const uint8_t *entry, uint64_t *value)
{
  unsigned type = (unsigned)number (tiff, entry + 2, 2);
  unsigned width = type == 3 ? 2 : type == 4 ? 4 : type == 16 ? 8 : 0;
  unsigned field = tiff->is_big_tiff ? 8 : 4;
  uint64_t count = number (tiff, entry + 4, field);
  const uint8_t *values = entry + 4 + field;
  if (width == 0 || count == 0 || count > UINT32_MAX)
    return false;
  if (count * width > field)
    values = visible (tiff->ends, number (tiff, values, field) + (count - 1) * width, width);
  else
    values += (count - 1) * width;
  if (values == NULL)
    return false;
  *value = number (tiff, values, width);
  return true;
}

static bool
last_strip_is_inside (const Tiff *tiff, const uint8_t *entries, size_t count, unsigned entry_bytes)
{
  uint64_t offset = 0, length = 0;
  bool has_offset = false, has_length = false;
  for (size_t i = 0; i < count && i < TIFF_ENTRIES; i++)
    {
      const uint8_t *entry = entries + i * entry_bytes;
      unsigned tag = (unsigned)number (tiff, entry, 2);
      if (tag == 273 || tag == 324)
        has_offset = last_value (tiff, entry, &offset);
      else if (tag == 279 || tag == 325)
        has_length = last_value (tiff, entry, &length);
    }
  return !has_offset || !has_length || (offset <= tiff->ends->size && length <= tiff->ends->size - offset);
}

static Gate
gate_tiff (const GateEnds *ends)
{
  Tiff tiff = { .ends = ends, .is_big_endian = ends->head[0] == 'M' };
  tiff.is_big_tiff = number (&tiff, ends->head + 2, 2) == 43;
  unsigned field = tiff.is_big_tiff ? 8 : 4, entry_bytes = tiff.is_big_tiff ? 20 : 12,
           counter = tiff.is_big_tiff ? 8 : 2;
  if (ends->head_bytes < 16)
    return GATE_CUT;
  uint64_t ifd = number (&tiff, ends->head + (tiff.is_big_tiff ? 8 : 4), field);
  if (ifd == 0)
    return GATE_CUT; /* written first, filled in last */
  for (int i = 0; i < TIFF_IFDS && ifd != 0; i++)
    {
      if (ifd >= ends->size)
        return GATE_CUT;
      const uint8_t *start = visible (ends, ifd, counter);
      uint64_t count = start != NULL ? number (&tiff, start, counter) : 0;
      if (start == NULL || count > UINT16_MAX)
        return GATE_GROWING;
      size_t bytes = counter + (size_t)count * entry_bytes + field;
      if (bytes > ends->size - ifd)
        return GATE_CUT;
      start = visible (ends, ifd, bytes);
      if (start == NULL)
        return GATE_GROWING;
      if (!last_strip_is_inside (&tiff, start + counter, (size_t)count, entry_bytes))
        return GATE_CUT;
      ifd = number (&tiff, start + bytes - field, field);
    }
  return GATE_GROWING;
}

static bool
is_pdf (const GateEnds *ends)
{
  size_t header = ends->head_bytes < PDF_HEADER_BYTES ? ends->head_bytes : PDF_HEADER_BYTES;
  for (size_t i = 0; i + 5 <= header; i++)
    if (memcmp (ends->head + i, "%PDF-", 5) == 0)
      return true;
  return false;
}

Gate
capture_gate (const GateEnds *ends)
{
  if (ends->size == 0)
    return GATE_CUT;
  if (is_pdf (ends))
    return gate_pdf (ends);
  if (begins (ends, "\xFF\xD8\xFF", 3))
    return gate_jpeg (ends);
  if (begins (ends, "\x89PNG\r\n\x1a\n", 8))
    return last_in_tail (ends, "IEND\xAE\x42\x60\x82", 8, GATE_WINDOW_BYTES) != NULL ? GATE_WHOLE : GATE_CUT;
  if (begins (ends, "GIF8", 4))
    return gate_gif (ends);
  if (begins (ends, "II*\0", 4) || begins (ends, "MM\0*", 4) || begins (ends, "II+\0", 4) || begins (ends, "MM\0+", 4))
    return gate_tiff (ends);
  if (begins (ends, "RIFF", 4) && ends->head_bytes >= 12)
    return gate_told (ends, little (ends->head + 4, 4) + 8);
  if (begins (ends, "BM", 2) && ends->head_bytes >= 18 && little (ends->head + 6, 4) == 0)
    return gate_told (ends, little (ends->head + 2, 4));
  if (begins (ends, "PK\3\4", 4))
    return gate_zip (ends);
  bool is_pnm = begins (ends, "P4", 2) || begins (ends, "P5", 2) || begins (ends, "P6", 2);
  if (is_pnm && ends->head_bytes > 2 && (ends->head[2] == '\n' || ends->head[2] == ' '))
    return gate_pnm (ends);
  return GATE_UNKNOWN;
}
