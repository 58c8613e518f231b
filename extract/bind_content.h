/* extract/bind_content.h - the operators of a page without the text that cannot be seen. */
#pragma once
#include <glib.h>
#include <stdbool.h>

#define EXTRACT_BIND_INVISIBLE 3 /* the text rendering mode that draws nothing */

/* Whether the external object @name ("/Im1") draws anything when text is shown in @mode; if not, the operator that
 * calls it is left out too. */
typedef bool (*BindContentDraws) (const char *name, int mode, gpointer data);

typedef struct
{
  GByteArray *rest; /* the operators that are left; owned by the caller, also after a failure */
  unsigned removed; /* operators left out */
  bool paints;      /* whether any of the rest leaves something to be seen */
  bool shows_text;  /* and text is among it */
} BindContent;

/* Copies the operators at @content without those that show text in the invisible mode; @mode is the one they begin
 * with. False when they cannot be followed to their end, or when text that can be seen would move. */
bool extract_bind_content_strip (const guint8 *content, gsize size, int mode, BindContentDraws draws, gpointer data,
                                 BindContent *result);
