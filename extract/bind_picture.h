/* extract/bind_picture.h - a page of a picture file, coded the way a PDF carries it. */
#pragma once
#include "base/limits.h"
#include "extract/bind_pdf.h"

typedef struct
{
  unsigned width_px, height_px; /* as stored, before any turn */
  int turn;                     /* clockwise degrees that make it as upright as the file itself says: 0 90 180 270 */
  bool mirrored;                /* left and right are swapped, before the turn */
  char *colour;                 /* PDF notation of a colour space: "/DeviceGray"; NULL: four inks */
  bool inverted;                /* samples mean the opposite: 0 is full ink */
  unsigned bits;                /* of one sample */
  const char *filter;           /* "/DCTDecode" */
  char *parms;                  /* of the filter, or NULL */
  GBytes *data;
} BindPicture;
void extract_bind_picture_free (BindPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BindPicture, extract_bind_picture_free)
/* Page @page_no (from 1) of @file: the very bytes where PDF can carry them, else coded anew without loss. Owned by the
 * caller. Fails with a fault: LIMIT before more pixels than @limits allow are decoded, DAMAGED for a page that cannot
 * be decoded. */
BindPicture *extract_bind_picture (GBytes *file, const char *media_type, unsigned page_no, const Limits *limits,
                                   GError **error);
/* The image object. */
qpdf_oh extract_bind_picture_object (const BindPicture *picture, BindPdf *pdf);
