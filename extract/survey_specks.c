/* Specks that stand alone: dust, which the engine would read as points and signs. */
#include "base/record.h"
#include "extract/survey.h"

enum
{
  /* Heights of a small letter within which a point belongs to a letter or to other points. */
  FAR_ACROSS = 2,
  FAR_UP = 1,
  MOST_POINTS = 3000, /* more are the grain of a picture */
};

/* The boxes of @pieces, owned by the caller. */
static RecordBox *
boxes_of (BOXA *pieces)
{
  l_int32 n = boxaGetCount (pieces);
  RecordBox *boxes = g_new (RecordBox, (gsize)MAX (n, 1));
  for (l_int32 i = 0; i < n; i++)
    {
      l_int32 x = 0, y = 0, w = 0, h = 0;
      boxaGetBoxGeometry (pieces, i, &x, &y, &w, &h);
      boxes[i] = (RecordBox){ x, y, x + w, y + h };
    }
  return boxes;
}

/* Whether another of @n pieces reaches into @around piece @i. */
static bool
has_company (const RecordBox *pieces, l_int32 n, l_int32 i, RecordBox around)
{
  for (l_int32 j = 0; j < n; j++)
    if (j != i && pieces[j].x0 < around.x1 && pieces[j].x1 > around.x0 && pieces[j].y0 < around.y1
        && pieces[j].y1 > around.y0)
      return true;
  return false;
}

BOXA *
extract_survey_specks (ExtractSurvey *survey, int turn)
{
  const ExtractLines *lines = extract_survey_lines (survey, turn);
  int height = (int)lines->x_height, point = height / 2 + 1, factor = survey->factor, looked_at = 0;
  l_int32 n = boxaGetCount (lines->pieces);
  if (height < 4)
    return NULL;
  g_autofree RecordBox *pieces = boxes_of (lines->pieces);
  BOXA *specks = boxaCreate (0);
  for (l_int32 i = 0; specks != NULL && i < n && looked_at < MOST_POINTS; i++)
    {
      RecordBox at = pieces[i];
      if (at.x1 - at.x0 > point || at.y1 - at.y0 > point)
        continue;
      looked_at++;
      RecordBox around = { at.x0 - FAR_ACROSS * height, at.y0 - FAR_UP * height, at.x1 + FAR_ACROSS * height,
                           at.y1 + FAR_UP * height };
      if (!has_company (pieces, n, i, around))
        boxaAddBox (specks,
                    boxCreate ((at.x0 - 1) * factor, (at.y0 - 1) * factor, (at.x1 - at.x0 + 2) * factor,
                               (at.y1 - at.y0 + 2) * factor),
                    L_INSERT);
    }
  return specks;
}
