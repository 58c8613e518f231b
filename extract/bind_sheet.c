#include "extract/bind_sheet.h"
#include <string.h>

void
extract_bind_number (GString *to, double value, int digits)
{
  char format[] = "%.0f", text[G_ASCII_DTOSTR_BUF_SIZE];
  format[2] = (char)('0' + digits);
  g_ascii_formatd (text, sizeof text, format, value);
  if (strchr (text, '.') != NULL)
    {
      char *end = text + strlen (text);
      while (end[-1] == '0')
        *--end = '\0';
      if (end[-1] == '.')
        end[-1] = '\0';
    }
  g_string_append (to, strcmp (text, "-0") == 0 ? "0" : text);
}

static void
append_cm (GString *to, const double matrix[6])
{
  for (int i = 0; i < 6; i++)
    {
      extract_bind_number (to, matrix[i], 6);
      g_string_append_c (to, ' ');
    }
  g_string_append (to, "cm\n");
}

void
extract_bind_sheet_append_matrix (GString *to, const BindSheet *sheet)
{
  double along = sheet->points_per_px, across = along * sheet->stretch;
  double x = sheet->left_pt, y = sheet->bottom_pt, width = sheet->width_pt, height = sheet->height_pt;
  switch (sheet->turn)
    {
    case 90:
      append_cm (to, (const double[]){ 0, along, -across, 0, x + height, y });
      return;
    case 180:
      append_cm (to, (const double[]){ -along, 0, 0, -across, x + width, y + height });
      return;
    case 270:
      append_cm (to, (const double[]){ 0, -along, across, 0, x, y + width });
      return;
    default:
      append_cm (to, (const double[]){ along, 0, 0, across, x, y });
    }
}

BindSheet
extract_bind_sheet_in (const double box[4], int turn, const RecordPage *page)
{
  double width = box[2] - box[0], height = box[3] - box[1];
  bool side = turn % 180 != 0;
  BindSheet sheet = { .left_pt = box[0], .bottom_pt = box[1], .turn = turn, .stretch = 1 };
  sheet.width_pt = side ? height : width;
  sheet.height_pt = side ? width : height;
  sheet.points_per_px = sheet.width_pt / MAX (page->width_px, 1);
  sheet.stretch = sheet.height_pt / MAX (page->height_px, 1) / sheet.points_per_px;
  return sheet;
}
