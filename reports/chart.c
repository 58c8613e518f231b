#include "reports/chart.h"
#include "reports/format.h"
#include <math.h>

#define BAR_STEP_PX 42.0
#define BAR_HEIGHT_PX 14.0
#define COLUMNS_HEIGHT_PX 170.0
#define COLUMNS_TOP_PX 22.0
#define COLUMNS_FOOT_PX 24.0
#define LABEL_CHARACTERS 34 /* what fits beside a value on a page of 320 pixels */

void
chart_scene_free (ChartScene *scene)
{
  if (scene == NULL)
    return;
  g_free (scene->title);
  g_free (scene->description);
  g_array_unref (scene->marks);
  g_free (scene);
}

static void
mark_clear (ChartMark *mark)
{
  g_free (mark->text);
}

static ChartScene *
scene_new (const char *title, const char *description, double height_px)
{
  ChartScene *scene = g_new0 (ChartScene, 1);
  scene->title = g_strdup (title);
  scene->description = g_strdup (description);
  scene->height_px = height_px;
  scene->marks = g_array_new (FALSE, TRUE, sizeof (ChartMark));
  g_array_set_clear_func (scene->marks, (GDestroyNotify)mark_clear);
  return scene;
}

static void
add_rect (ChartScene *scene, ChartRole role, double x, double width, double y_px, double height_px, const char *text)
{
  ChartMark mark = { CHART_RECT, role, x, width, y_px, height_px, CHART_START, g_strdup (text) };
  g_array_append_val (scene->marks, mark);
}

static void
add_text (ChartScene *scene, ChartRole role, double x, double y_px, ChartAnchor anchor, char *text)
{
  ChartMark mark = { CHART_TEXT, role, x, 0, y_px, 0, anchor, text };
  g_array_append_val (scene->marks, mark);
}

static void
add_line (ChartScene *scene, double y_px)
{
  ChartMark mark = { CHART_STROKE, CHART_LINE, 0, 1, y_px, 0, CHART_START, NULL };
  g_array_append_val (scene->marks, mark);
}

/* --- bars --- */

static void
bar_clear (ChartBar *bar)
{
  g_free (bar->label);
  g_free (bar->shown);
}

GArray *
chart_bars_new (void)
{
  GArray *bars = g_array_new (FALSE, TRUE, sizeof (ChartBar));
  g_array_set_clear_func (bars, (GDestroyNotify)bar_clear);
  return bars;
}

void
chart_bars_add (GArray *bars, char *label, char *shown, double value, ChartRole role)
{
  ChartBar bar = { label, shown, value, role };
  g_array_append_val (bars, bar);
}

static char *
fitted (const char *label)
{
  if (g_utf8_strlen (label, -1) <= LABEL_CHARACTERS)
    return g_strdup (label);
  g_autofree char *cut = g_utf8_substring (label, 0, LABEL_CHARACTERS - 1);
  return g_strconcat (g_strchomp (cut), "…", NULL);
}

/* Each bar has its words above it, so that long ones need no column of their own. */
ChartScene *
chart_bars (const char *title, const char *description, const GArray *bars, unsigned most)
{
  guint n = MIN (bars->len, most);
  double largest = 0;
  for (guint i = 0; i < n; i++)
    largest = fmax (largest, g_array_index (bars, ChartBar, i).value);
  ChartScene *scene = scene_new (title, description, n * BAR_STEP_PX + 2);
  for (guint i = 0; i < n; i++)
    {
      const ChartBar *bar = &g_array_index (bars, ChartBar, i);
      double y = i * BAR_STEP_PX;
      g_autofree char *words = g_strdup_printf ("%s: %s", bar->label, bar->shown);
      add_text (scene, CHART_LABEL, 0, y + 14, CHART_START, fitted (bar->label));
      add_text (scene, CHART_VALUE, 1, y + 14, CHART_END, g_strdup (bar->shown));
      add_rect (scene, CHART_LINE, 0, 1, y + 20, BAR_HEIGHT_PX, NULL);
      if (bar->value > 0)
        add_rect (scene, bar->role, 0, fmax (0.004, bar->value / largest), y + 20, BAR_HEIGHT_PX, words);
    }
  return scene;
}

/* --- columns --- */

static void
column_clear (ChartColumn *column)
{
  g_free (column->label);
  g_free (column->shown);
}

GArray *
chart_columns_new (void)
{
  GArray *columns = g_array_new (FALSE, TRUE, sizeof (ChartColumn));
  g_array_set_clear_func (columns, (GDestroyNotify)column_clear);
  return columns;
}

void
chart_columns_add (GArray *columns, char *label, char *shown, double part, double whole)
{
  ChartColumn column = { label, shown, part, whole };
  g_array_append_val (columns, column);
}

static void
add_axis (ChartScene *scene, const GArray *columns, const char *top)
{
  double foot = COLUMNS_HEIGHT_PX - COLUMNS_FOOT_PX, label_y = COLUMNS_HEIGHT_PX - 6;
  guint n = columns->len;
  add_line (scene, COLUMNS_TOP_PX);
  add_line (scene, foot);
  add_text (scene, CHART_LABEL, 0, COLUMNS_TOP_PX - 7, CHART_START, g_strdup (top));
  if (n == 0)
    return;
  add_text (scene, CHART_LABEL, n == 1 ? 0.5 : 0, label_y, n == 1 ? CHART_MIDDLE : CHART_START,
            g_strdup (g_array_index (columns, ChartColumn, 0).label));
  if (n > 1)
    add_text (scene, CHART_LABEL, 1, label_y, CHART_END, g_strdup (g_array_index (columns, ChartColumn, n - 1).label));
  if (n > 4)
    add_text (scene, CHART_LABEL, (n / 2 + 0.5) / n, label_y, CHART_MIDDLE,
              g_strdup (g_array_index (columns, ChartColumn, n / 2).label));
}

ChartScene *
chart_columns (const char *title, const char *description, const GArray *columns, const char *top)
{
  double largest = 0, plane = COLUMNS_HEIGHT_PX - COLUMNS_TOP_PX - COLUMNS_FOOT_PX, step = 1.0 / MAX (1, columns->len);
  ChartScene *scene = scene_new (title, description, COLUMNS_HEIGHT_PX);
  for (guint i = 0; i < columns->len; i++)
    largest = fmax (largest, g_array_index (columns, ChartColumn, i).whole);
  add_axis (scene, columns, top);
  for (guint i = 0; i < columns->len && largest > 0; i++)
    {
      const ChartColumn *column = &g_array_index (columns, ChartColumn, i);
      double width = fmin (step * 0.72, 0.06), x = step * (i + 0.5) - width / 2,
             foot = COLUMNS_HEIGHT_PX - COLUMNS_FOOT_PX;
      double part = column->part / largest * plane, rest = (column->whole - column->part) / largest * plane;
      if (part > 0)
        add_rect (scene, CHART_MAIN, x, width, foot - part, part, column->shown);
      if (rest > 0)
        add_rect (scene, CHART_REST, x, width, foot - part - rest, rest, column->shown);
    }
  return scene;
}

/* --- SVG --- */

static const char *const roles[] = { "main", "rest", "alert", "line", "label", "value" };
static const char *const anchors[] = { "start", "middle", "end" };

static char *
number (double value, char *text, const char *format)
{
  return g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, format, value);
}

static void
svg_mark (const ChartMark *mark, GString *svg)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE], width[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE],
      height[G_ASCII_DTOSTR_BUF_SIZE];
  number (mark->x * 100, x, "%.2f");
  number (mark->width * 100, width, "%.2f");
  number (mark->y_px, y, "%.1f");
  number (mark->height_px, height, "%.1f");
  switch (mark->shape)
    {
    case CHART_RECT:
      g_string_append_printf (svg, "<rect class=\"%s\" x=\"%s%%\" y=\"%s\" width=\"%s%%\" height=\"%s\">",
                              roles[mark->role], x, y, width, height);
      if (mark->text != NULL)
        {
          g_string_append (svg, "<title>");
          report_escape (svg, mark->text);
          g_string_append (svg, "</title>");
        }
      g_string_append (svg, "</rect>");
      break;
    case CHART_STROKE:
      g_string_append_printf (svg, "<line class=\"%s\" x1=\"0\" x2=\"100%%\" y1=\"%s\" y2=\"%s\"></line>",
                              roles[mark->role], y, y);
      break;
    case CHART_TEXT:
      g_string_append_printf (svg, "<text class=\"%s\" x=\"%s%%\" y=\"%s\" text-anchor=\"%s\">", roles[mark->role], x,
                              y, anchors[mark->anchor]);
      report_escape (svg, mark->text);
      g_string_append (svg, "</text>");
      break;
    }
}

void
chart_svg (const ChartScene *scene, const char *id, GString *svg)
{
  g_string_append_printf (svg,
                          "<svg role=\"img\" aria-labelledby=\"%s-title %s-desc\" width=\"100%%\" height=\"%d\">"
                          "<title id=\"%s-title\">",
                          id, id, (int)ceil (scene->height_px), id);
  report_escape (svg, scene->title);
  g_string_append_printf (svg, "</title><desc id=\"%s-desc\">", id);
  report_escape (svg, scene->description);
  g_string_append (svg, "</desc>");
  for (guint i = 0; i < scene->marks->len; i++)
    svg_mark (&g_array_index (scene->marks, ChartMark, i), svg);
  g_string_append (svg, "</svg>\n");
}
