/* Specks that stand alone: dust, which the engine would read as points and signs. */
#include "extract/survey.h"

enum
{
  /* Heights of a small letter within which a point belongs to a letter or to other points. */
  FAR_ACROSS = 2,
  FAR_UP = 1,
  MOST_POINTS = 3000, /* more are the grain of a picture */
};

/* Whether another of the pieces reaches into @around piece @i. */
static bool
has_company (const ExtractLines *lines, guint i, RecordBox around)
{
  for (guint j = 0; j < lines->n_pieces; j++)
    {
      const RecordBox *box = &lines->pieces[j].box;
      if (j != i && box->x0 < around.x1 && box->x1 > around.x0 && box->y0 < around.y1 && box->y1 > around.y0)
        return true;
    }
  return false;
}

BOXA *
extract_survey_specks (ExtractSurvey *survey, int turn)
{
  const ExtractLines *lines = extract_survey_lines (survey, turn);
  int height = (int)lines->x_height, point = height / 2 + 1, factor = survey->factor, looked_at = 0;
  if (height < 4)
    return NULL;
  BOXA *specks = boxaCreate (0);
  for (guint i = 0; specks != NULL && i < lines->n_pieces && looked_at < MOST_POINTS; i++)
    {
      RecordBox at = lines->pieces[i].box;
      if (at.x1 - at.x0 > point || at.y1 - at.y0 > point)
        continue;
      looked_at++;
      RecordBox around = { at.x0 - FAR_ACROSS * height, at.y0 - FAR_UP * height, at.x1 + FAR_ACROSS * height,
                           at.y1 + FAR_UP * height };
      if (!has_company (lines, i, around))
        boxaAddBox (specks,
                    boxCreate ((at.x0 - 1) * factor, (at.y0 - 1) * factor, (at.x1 - at.x0 + 2) * factor,
                               (at.y1 - at.y0 + 2) * factor),
                    L_INSERT);
    }
  return specks;
}
