/* extract/resolution.h - how many pixels an inch of paper has, where files do not tell or do not tell the truth. */
#pragma once
#include "extract/cleanup.h"
#include <stdbool.h>

typedef struct
{
  unsigned x, y;
} ExtractResolution;

/* The resolution of a picture of that many pixels whose file says @told (0: nothing). What it says is believed when
 * the sheet would be one that people have, and 72 and 96, which programs say that do not know, only when no usual sheet
 * at a usual resolution has as many pixels. Else the sheet is guessed by its shape: a fax of @bilevel lines, A4,
 * Letter, Legal, a till slip, and what is none of them is a photo of a page. Between 50 and 1200. */
ExtractResolution extract_resolution (ExtractResolution told, unsigned width_px, unsigned height_px, bool bilevel);
/* @pix, which has @dpi, made as dense one way as the other: a fax line may be half as many dots high as wide, and one
 * number must do for both. NULL when memory is short. Owned by the caller. */
PIX *extract_resolution_square (PIX *pix, ExtractResolution *dpi);
