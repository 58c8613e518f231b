#include "extract/bind_jpeg.h"
#include <stdint.h>
#include <string.h>

static unsigned
get16 (const uint8_t *at)
{
  return (unsigned)(at[0] << 8 | at[1]);
}

static bool
is_frame (unsigned marker)
{
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* @frame: precision, height, width, number of components. */
static void
read_frame (const uint8_t *frame, gsize size, unsigned marker, BindJpeg *jpeg)
{
  if (size < 6)
    return;
  jpeg->height_px = get16 (frame + 1);
  jpeg->width_px = get16 (frame + 3);
  jpeg->components = frame[5];
  jpeg->carried
      = marker <= 0xC2 && frame[0] == 8 && (jpeg->components == 1 || jpeg->components == 3 || jpeg->components == 4);
  jpeg->plain_rgb = jpeg->components == 3 && size >= 15 && frame[6] == 'R' && frame[9] == 'G' && frame[12] == 'B';
}

bool
extract_bind_jpeg (GBytes *bytes, BindJpeg *jpeg)
{
  gsize size;
  const uint8_t *data = g_bytes_get_data (bytes, &size);
  bool jfif = false;
  *jpeg = (BindJpeg){ 0 };
  if (size < 4 || data[0] != 0xFF || data[1] != 0xD8)
    return false;
  for (gsize at = 2; at + 4 <= size && data[at] == 0xFF;)
    {
      unsigned marker = data[at + 1], length = get16 (data + at + 2);
      if (marker == 0xFF) /* a fill byte */
        {
          at++;
          continue;
        }
      if (marker == 0xDA || length < 2 || length > size - at - 2)
        break;
      if (is_frame (marker))
        read_frame (data + at + 4, length - 2, marker, jpeg);
      jfif |= marker == 0xE0 && length >= 7 && memcmp (data + at + 4, "JFIF", 5) == 0;
      jpeg->adobe |= marker == 0xEE && length >= 14 && memcmp (data + at + 4, "Adobe", 5) == 0;
      at += 2 + length;
    }
  jpeg->plain_rgb &= !jfif && !jpeg->adobe;
  return jpeg->width_px > 0 && jpeg->height_px > 0;
}
