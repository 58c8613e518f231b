/* extract/flatten.h - a sheet that was photographed at an angle, made one that was seen from straight above. */
#pragma once
#include "base/record.h"
#include "extract/survey.h"

typedef struct
{
  PIX *pix;                  /* the sheet, upright if the survey knew how it lies */
  int turn;                  /* clockwise, of the photo before it was flattened */
  int photo_w, photo_h;      /* of the photo, turned so */
  double across[3], down[3]; /* from (x, y, 1) of pix to the photo, turned so: across and down, both divided by … */
  double depth[3];           /* … this */
} ExtractFlat;
void extract_flat_free (ExtractFlat *flat);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExtractFlat, extract_flat_free)

/* Flattens @photo where lines of letters run together, or the edges of a sheet on a dark desk do, or both are more
 * crooked than can be levelled otherwise. NULL where they do not, where it is not clear, and for pages of one bit: what
 * made them has flattened what it could. Owned by the caller. */
ExtractFlat *extract_flatten (PIX *photo, ExtractSurvey *survey);
/* The smallest box round the place of @box, which lies on the flat sheet turned clockwise by @turn, on the photo turned
 * by flat->turn and @turn; *@climb is the angle of what was level there, in degrees counter-clockwise. */
RecordBox extract_flat_back (const ExtractFlat *flat, RecordBox box, int turn, double *climb);
