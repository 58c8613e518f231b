/* Leptonica reads JPEG too, through a stream and byte by byte, which takes half as long again. */
#include "extract/jpeg.h"
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>

#include <jpeglib.h>

enum
{
  PER_INCH = 1, /* units of density */
  PER_CENTIMETRE = 2,
};

typedef struct
{
  struct jpeg_error_mgr base; /* first, so that libjpeg's pointer to it is one to all */
  jmp_buf failed;
  struct jpeg_decompress_struct jpeg;
  PIX *pix;
} Decoding;

static void
fail (j_common_ptr jpeg)
{
  longjmp (((Decoding *)jpeg->err)->failed, 1);
}

static void
say_nothing (j_common_ptr jpeg)
{
  (void)jpeg;
}

static void
set_resolution (Decoding *self)
{
  double scale = self->jpeg.density_unit == PER_INCH ? 1 : self->jpeg.density_unit == PER_CENTIMETRE ? 2.54 : 0;
  if (scale > 0)
    pixSetResolution (self->pix, (l_int32)(self->jpeg.X_density * scale + 0.5),
                      (l_int32)(self->jpeg.Y_density * scale + 0.5));
}

/* Rows are decoded in place, and then brought from the order of bytes to that of Leptonica's words. */
static void
read_rows (Decoding *self)
{
  size_t words = (size_t)pixGetWpl (self->pix);
  while (self->jpeg.output_scanline < self->jpeg.output_height)
    {
      uint32_t *line = pixGetData (self->pix) + self->jpeg.output_scanline * words;
      JSAMPROW row = (JSAMPROW)line;
      line[words - 1] = 0;
      jpeg_read_scanlines (&self->jpeg, &row, 1);
      for (size_t i = 0; i < words; i++)
        line[i] = GUINT32_FROM_BE (line[i]);
    }
}

static void
decode (Decoding *self, const uint8_t *bytes, size_t size)
{
  jpeg_create_decompress (&self->jpeg);
  jpeg_mem_src (&self->jpeg, bytes, size);
  jpeg_read_header (&self->jpeg, TRUE);
  self->jpeg.out_color_space = JCS_GRAYSCALE;
  jpeg_start_decompress (&self->jpeg);
  self->pix = pixCreateNoInit ((l_int32)self->jpeg.output_width, (l_int32)self->jpeg.output_height, 8);
  if (self->pix == NULL)
    return;
  pixSetInputFormat (self->pix, IFF_JFIF_JPEG);
  set_resolution (self);
  read_rows (self);
}

PIX *
extract_jpeg_grey (GBytes *file, bool *cut)
{
  size_t size;
  const uint8_t *bytes = g_bytes_get_data (file, &size);
  g_autofree Decoding *self = g_new0 (Decoding, 1);
  self->jpeg.err = jpeg_std_error (&self->base);
  self->base.error_exit = fail;
  self->base.output_message = say_nothing;
  if (setjmp (self->failed) == 0)
    decode (self, bytes, size);
  else
    pixDestroy (&self->pix);
  *cut = self->base.num_warnings > 0;
  jpeg_destroy_decompress (&self->jpeg);
  return self->pix;
}
