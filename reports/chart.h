/* reports/chart.h - charts as scenes: rectangles, lines and texts on a plane whose width is 1 and whose height is
 * pixels, so that a chart fits any width without its letters shrinking. Colours are roles; the back end says what they
 * look like. Each chart stands beside the table with its numbers. */
#pragma once
#include <glib.h>

typedef enum
{
  CHART_MAIN,  /* what matters */
  CHART_REST,  /* context */
  CHART_ALERT, /* what needs somebody */
  CHART_LINE,  /* axes */
  CHART_LABEL,
  CHART_VALUE,
} ChartRole;
typedef enum
{
  CHART_START,
  CHART_MIDDLE,
  CHART_END,
} ChartAnchor;
typedef enum
{
  CHART_RECT,
  CHART_STROKE,
  CHART_TEXT,
} ChartShape;
typedef struct
{
  ChartShape shape;
  ChartRole role;
  double x, width;        /* parts of the plane's width */
  double y_px, height_px; /* y of a text is its base line */
  ChartAnchor anchor;
  char *text; /* of a text; of a rectangle what it shows, or NULL */
} ChartMark;
typedef struct
{
  double height_px;
  char *title, *description;
  GArray *marks; /* of ChartMark */
} ChartScene;
void chart_scene_free (ChartScene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChartScene, chart_scene_free)

typedef struct
{
  char *label, *shown; /* its name; its value in words */
  double value;        /* 0 or more */
  ChartRole role;
} ChartBar;
/* A GArray of ChartBar that frees what it holds. */
GArray *chart_bars_new (void);
/* Takes over @label and @shown. */
void chart_bars_add (GArray *bars, char *label, char *shown, double value, ChartRole role);
/* Horizontal bars in the given order, at most @most of them. Owned by the caller. */
ChartScene *chart_bars (const char *title, const char *description, const GArray *bars, unsigned most);

typedef struct
{
  char *label;        /* below the axis */
  char *shown;        /* what the column says, in words */
  double part, whole; /* the part, at the bottom, is CHART_MAIN */
} ChartColumn;
GArray *chart_columns_new (void);
/* Takes over @label and @shown. */
void chart_columns_add (GArray *columns, char *label, char *shown, double part, double whole);
/* Columns over time, with labels at both ends and in the middle; @top says what the highest is. Owned by the caller. */
ChartScene *chart_columns (const char *title, const char *description, const GArray *columns, const char *top);

/* Appends @scene as <svg>; @id is unique on the page. */
void chart_svg (const ChartScene *scene, const char *id, GString *svg);
