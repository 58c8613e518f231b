#include "extract/pdf_content.h"
#include "extract/pdf_token.h"
#include <string.h>

enum
{
  MOST_BYTES = 8 << 20,    /* of a page's operators, those of its forms with them */
  MOST_OPERATORS = 500000, /* the same */
  MOST_PICTURES = 2000,
  MOST_STATES = 256,
  MOST_FORMS = 8, /* within each other */
  OPERANDS = 8,
  COST = 100, /* of an object, in operators */
};

void
extract_pdf_content_free (ExtractPdfContent *content)
{
  if (content == NULL)
    return;
  g_array_unref (content->pictures);
  g_free (content);
}

/* What q saves and Q brings back. */
typedef struct
{
  ExtractMatrix matrix;
  ExtractArea clip;
  int text_mode;
  unsigned glyph_bytes;
  bool odd;   /* transparent, or clipped by more than a rectangle */
  bool black; /* what is filled */
} State;

typedef struct
{
  qpdf_data qpdf;
  ExtractPdfContent *content;
  ExtractArea visible;
  gsize bytes, operators; /* still allowed */
  unsigned depth;
} Walk;

/* One stream of operators with its resources. */
typedef struct
{
  Walk *walk;
  qpdf_oh resources;
  GArray *states;
  State now;
  double numbers[OPERANDS];
  unsigned n_numbers;
  char name[64];
  gsize text_bytes; /* of the strings before an operator */
  unsigned pieces;  /* of the path */
  unsigned points;  /* of pieces other than rectangles */
  ExtractArea box;  /* of the last rectangle */
  bool clips;       /* the path clips when it ends */
  char font[64];    /* whose glyph_bytes are known */
} Stream;

/* --- pictures --- */

static bool
is_stencil_or_plain (qpdf_data qpdf, qpdf_oh dict)
{
  return !extract_qpdf_has (qpdf, dict, "/SMask") && !extract_qpdf_has (qpdf, dict, "/Mask")
         && extract_qpdf_entry (qpdf, dict, "/SMaskInData", 0) == 0 && !extract_qpdf_has (qpdf, dict, "/OC");
}

/* What was painted before under a picture that covers the page is not to be seen. */
static void
hide_what_is_below (ExtractPdfContent *content)
{
  content->hidden += content->shown;
  content->shown = content->marks = 0;
  g_array_set_size (content->pictures, 0);
}

static void
paint_picture (Stream *stream, qpdf_oh object, qpdf_oh dict)
{
  Walk *walk = stream->walk;
  ExtractPdfContent *content = walk->content;
  ExtractArea area = extract_matrix_area (stream->now.matrix, (ExtractArea){ 0, 0, 1, 1 });
  ExtractArea seen = extract_area_meet (area, walk->visible);
  if (extract_area_is_empty (seen) || extract_area_is_empty (extract_area_meet (seen, stream->now.clip)))
    return;
  double width = extract_qpdf_entry (walk->qpdf, dict, "/Width", 0);
  double height = extract_qpdf_entry (walk->qpdf, dict, "/Height", 0);
  bool stencil = extract_qpdf_flag (walk->qpdf, dict, "/ImageMask", false);
  bool plain = is_stencil_or_plain (walk->qpdf, dict) && (!stencil || stream->now.black);
  bool sized = width >= 1 && height >= 1 && width <= G_MAXINT32 && height <= G_MAXINT32;
  ExtractPdfPicture picture
      = { .stream = object,
          .matrix = stream->now.matrix,
          .width_px = sized ? (unsigned)width : 0,
          .height_px = sized ? (unsigned)height : 0,
          .stencil = stencil,
          .opaque = plain && !stencil && !stream->now.odd,
          .whole = sized && plain && !stream->now.odd && extract_area_holds (stream->now.clip, seen) };
  if (picture.opaque && picture.whole && extract_matrix_is_straight (picture.matrix)
      && extract_area_holds (area, walk->visible))
    hide_what_is_below (content);
  if (content->pictures->len < MOST_PICTURES)
    g_array_append_val (content->pictures, picture);
  else
    content->understood = false;
}

/* --- forms --- */

static void follow (Walk *walk, qpdf_oh resources, GBytes *operators, State state);

static ExtractMatrix
matrix_of (qpdf_data qpdf, qpdf_oh array)
{
  double n[6];
  if (!extract_qpdf_numbers (qpdf, array, n, 6))
    return (ExtractMatrix){ 1, 0, 0, 1, 0, 0 };
  return (ExtractMatrix){ n[0], n[1], n[2], n[3], n[4], n[5] };
}

static void
clip_to (State *state, ExtractArea box)
{
  state->odd = state->odd || !extract_matrix_is_straight (state->matrix);
  state->clip = extract_area_meet (state->clip, extract_matrix_area (state->matrix, box));
}

static GBytes *
take_operators (Walk *walk, qpdf_oh stream)
{
  GBytes *bytes = extract_qpdf_unpacked (walk->qpdf, stream, walk->bytes);
  if (bytes != NULL)
    walk->bytes -= g_bytes_get_size (bytes);
  else
    walk->content->understood = false;
  return bytes;
}

static void
paint_form (Stream *stream, qpdf_oh object, qpdf_oh dict)
{
  Walk *walk = stream->walk;
  double box[4];
  State state = stream->now;
  if (walk->depth >= MOST_FORMS || extract_qpdf_has (walk->qpdf, dict, "/OC"))
    {
      walk->content->understood = false;
      return;
    }
  state.matrix = extract_matrix (matrix_of (walk->qpdf, qpdf_oh_get_key (walk->qpdf, dict, "/Matrix")), state.matrix);
  if (extract_qpdf_numbers (walk->qpdf, qpdf_oh_get_key (walk->qpdf, dict, "/BBox"), box, 4))
    clip_to (&state,
             (ExtractArea){ MIN (box[0], box[2]), MIN (box[1], box[3]), MAX (box[0], box[2]), MAX (box[1], box[3]) });
  g_autoptr (GBytes) operators = take_operators (walk, object);
  if (operators == NULL)
    return;
  bool own = extract_qpdf_has (walk->qpdf, dict, "/Resources");
  walk->depth++;
  follow (walk, own ? qpdf_oh_get_key (walk->qpdf, dict, "/Resources") : stream->resources, operators, state);
  walk->depth--;
}

static qpdf_oh
resource (const Stream *stream, const char *kind, const char *name)
{
  qpdf_data qpdf = stream->walk->qpdf;
  return qpdf_oh_get_key_if_dict (qpdf, qpdf_oh_get_key_if_dict (qpdf, stream->resources, kind), name);
}

static void
paint_object (Stream *stream)
{
  qpdf_data qpdf = stream->walk->qpdf;
  qpdf_oh object = resource (stream, "/XObject", stream->name);
  stream->walk->operators -= MIN (stream->walk->operators, COST);
  if (!qpdf_oh_is_stream (qpdf, object))
    return;
  qpdf_oh dict = qpdf_oh_get_dict (qpdf, object);
  if (extract_qpdf_is (qpdf, dict, "/Subtype", "/Image"))
    paint_picture (stream, object, dict);
  else if (extract_qpdf_is (qpdf, dict, "/Subtype", "/Form"))
    paint_form (stream, object, dict);
}

/* --- states --- */

static void
set_graphics (Stream *stream)
{
  qpdf_data qpdf = stream->walk->qpdf;
  qpdf_oh state = resource (stream, "/ExtGState", stream->name);
  bool clear = extract_qpdf_entry (qpdf, state, "/ca", 1) < 1 || extract_qpdf_entry (qpdf, state, "/CA", 1) < 1;
  bool masked = extract_qpdf_has (qpdf, state, "/SMask") && !extract_qpdf_is (qpdf, state, "/SMask", "/None");
  bool blended = extract_qpdf_has (qpdf, state, "/BM") && !extract_qpdf_is (qpdf, state, "/BM", "/Normal")
                 && !extract_qpdf_is (qpdf, state, "/BM", "/Compatible");
  stream->now.odd = stream->now.odd || clear || masked || blended;
}

static bool
may_be_bars (qpdf_data qpdf, qpdf_oh font)
{
  qpdf_oh base = qpdf_oh_get_key_if_dict (qpdf, font, "/BaseFont");
  if (!qpdf_oh_is_name (qpdf, base))
    return true; /* Type 3: anything */
  g_autofree char *name = g_ascii_strdown (qpdf_oh_get_name (qpdf, base), -1);
  static const char *const marks[] = { "bar", "code", "ean", "upc", "3of9", "39", "128", "idautomation" };
  for (size_t i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strstr (name, marks[i]) != NULL)
      return true;
  return false;
}

static void
set_font (Stream *stream)
{
  if (strcmp (stream->font, stream->name) == 0)
    return;
  qpdf_data qpdf = stream->walk->qpdf;
  qpdf_oh font = resource (stream, "/Font", stream->name);
  g_strlcpy (stream->font, stream->name, sizeof stream->font);
  stream->now.glyph_bytes = extract_qpdf_is (qpdf, font, "/Subtype", "/Type0") ? 2 : 1;
  stream->walk->content->bars = stream->walk->content->bars || may_be_bars (qpdf, font);
}

static void
save_state (Stream *stream)
{
  if (stream->states->len < MOST_STATES)
    g_array_append_val (stream->states, stream->now);
  else
    stream->walk->content->understood = false;
}

static void
restore_state (Stream *stream)
{
  if (stream->states->len == 0)
    return;
  stream->now = g_array_index (stream->states, State, stream->states->len - 1);
  g_array_set_size (stream->states, stream->states->len - 1);
  stream->font[0] = '\0';
}

/* --- drawing --- */

static void
show_text (Stream *stream)
{
  unsigned glyphs = (unsigned)MIN (stream->text_bytes / MAX (stream->now.glyph_bytes, 1), 1 << 20);
  bool hidden = stream->now.text_mode == 3;
  *(hidden ? &stream->walk->content->hidden : &stream->walk->content->shown) += glyphs;
}

static void
end_path (Stream *stream, bool paints)
{
  if (paints)
    stream->walk->content->marks += MAX (stream->pieces, 1);
  if (stream->clips && stream->pieces == 1 && stream->points == 0)
    clip_to (&stream->now, stream->box);
  else if (stream->clips)
    stream->now.odd = true;
  stream->clips = false;
  stream->pieces = stream->points = 0;
}

static void
add_rectangle (Stream *stream)
{
  const double *n = stream->numbers;
  if (stream->n_numbers < 4)
    return;
  stream->pieces++;
  stream->box = (ExtractArea){ MIN (n[0], n[0] + n[2]), MIN (n[1], n[1] + n[3]), MAX (n[0], n[0] + n[2]),
                               MAX (n[1], n[1] + n[3]) };
}

static bool
is_one_of (const char *word, const char *const *words)
{
  for (; *words != NULL; words++)
    if (strcmp (word, *words) == 0)
      return true;
  return false;
}

static void
set_colour (Stream *stream, const char *word)
{
  const double *n = stream->numbers;
  bool dark = true;
  for (unsigned i = 0; i < stream->n_numbers; i++)
    dark = dark && n[i] == (stream->n_numbers == 4 && i == 3 ? 1 : 0);
  stream->now.black = dark && (strcmp (word, "cs") != 0) && stream->n_numbers > 0;
}

static bool
draw (Stream *stream, const char *word)
{
  static const char *const paints[] = { "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", NULL };
  static const char *const points[] = { "l", "c", "v", "y", NULL };
  static const char *const colours[] = { "g", "rg", "k", "sc", "scn", "cs", NULL };
  if (is_one_of (word, paints))
    end_path (stream, true);
  else if (strcmp (word, "n") == 0)
    end_path (stream, false);
  else if (strcmp (word, "re") == 0)
    add_rectangle (stream);
  else if (strcmp (word, "m") == 0)
    stream->pieces++, stream->points++;
  else if (is_one_of (word, points))
    stream->points++;
  else if (strcmp (word, "W") == 0 || strcmp (word, "W*") == 0)
    stream->clips = true;
  else if (is_one_of (word, colours))
    set_colour (stream, word);
  else
    return false;
  return true;
}

static void
set_matrix (Stream *stream)
{
  const double *n = stream->numbers;
  if (stream->n_numbers == 6)
    stream->now.matrix = extract_matrix ((ExtractMatrix){ n[0], n[1], n[2], n[3], n[4], n[5] }, stream->now.matrix);
}

static void
obey (Stream *stream, const char *word, PdfTokens *tokens)
{
  static const char *const shows[] = { "Tj", "TJ", "'", "\"", NULL };
  ExtractPdfContent *content = stream->walk->content;
  if (strcmp (word, "q") == 0)
    save_state (stream);
  else if (strcmp (word, "Q") == 0)
    restore_state (stream);
  else if (strcmp (word, "cm") == 0)
    set_matrix (stream);
  else if (is_one_of (word, shows))
    show_text (stream);
  else if (strcmp (word, "Tf") == 0)
    set_font (stream);
  else if (strcmp (word, "Tr") == 0 && stream->n_numbers > 0)
    stream->now.text_mode = (int)CLAMP (stream->numbers[0], 0, 7);
  else if (strcmp (word, "Do") == 0)
    paint_object (stream);
  else if (strcmp (word, "gs") == 0)
    set_graphics (stream);
  else if (strcmp (word, "sh") == 0)
    content->marks++;
  else if (strcmp (word, "BDC") == 0 && strcmp (stream->name, "/OC") == 0)
    content->understood = false; /* may be switched off */
  else if (strcmp (word, "ID") == 0)
    {
      content->marks += 8; /* as many as a small picture may have bars */
      extract_pdf_token_skip_picture (tokens);
    }
  else
    draw (stream, word);
}

/* BDC has two names, of which the first counts. */
static void
take_operand (Stream *stream, const PdfToken *token)
{
  if (token->kind == PDF_TOKEN_NUMBER && stream->n_numbers < OPERANDS)
    stream->numbers[stream->n_numbers++] = token->number;
  else if (token->kind == PDF_TOKEN_NAME && stream->name[0] == '\0')
    g_strlcpy (stream->name, token->text, sizeof stream->name);
  else if (token->kind == PDF_TOKEN_STRING)
    stream->text_bytes += token->bytes;
}

static void
follow (Walk *walk, qpdf_oh resources, GBytes *operators, State state)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (operators, &size);
  PdfTokens tokens = { bytes, bytes + size };
  Stream stream = { .walk = walk, .resources = resources, .now = state };
  stream.states = g_array_new (FALSE, FALSE, sizeof (State));
  PdfToken token;
  for (extract_pdf_token (&tokens, &token); token.kind != PDF_TOKEN_END; extract_pdf_token (&tokens, &token))
    {
      if (token.kind != PDF_TOKEN_OPERATOR)
        {
          take_operand (&stream, &token);
          continue;
        }
      if (walk->operators == 0)
        {
          walk->content->understood = false;
          break;
        }
      walk->operators--;
      obey (&stream, token.text, &tokens);
      stream.n_numbers = 0;
      stream.name[0] = '\0';
      stream.text_bytes = 0;
    }
  g_array_unref (stream.states);
}

/* --- the page --- */

/* Poppler draws some that have no appearance of their own, too. */
static bool
can_be_seen (qpdf_data qpdf, qpdf_oh annotation)
{
  int flags = (int)extract_qpdf_entry (qpdf, annotation, "/F", 0);
  bool link = extract_qpdf_is (qpdf, annotation, "/Subtype", "/Link") && !extract_qpdf_has (qpdf, annotation, "/AP");
  return (flags & (2 | 32)) == 0 && !link && !extract_qpdf_is (qpdf, annotation, "/Subtype", "/Popup");
}

static void
count_annotations (Walk *walk, qpdf_oh page)
{
  qpdf_oh annotations = qpdf_oh_get_key (walk->qpdf, page, "/Annots");
  int n = qpdf_oh_is_array (walk->qpdf, annotations) ? qpdf_oh_get_array_n_items (walk->qpdf, annotations) : 0;
  for (int i = 0; i < MIN (n, 1000); i++)
    walk->content->marks += can_be_seen (walk->qpdf, qpdf_oh_get_array_item (walk->qpdf, annotations, i)) ? 8 : 0;
}

/* The streams of a page are one, with a blank between. */
static GBytes *
operators_of (Walk *walk, qpdf_oh page)
{
  qpdf_oh contents = qpdf_oh_get_key (walk->qpdf, page, "/Contents");
  if (!qpdf_oh_is_array (walk->qpdf, contents))
    return qpdf_oh_is_stream (walk->qpdf, contents) ? take_operators (walk, contents) : g_bytes_new (NULL, 0);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  int n = qpdf_oh_get_array_n_items (walk->qpdf, contents);
  for (int i = 0; i < n && walk->content->understood; i++)
    {
      g_autoptr (GBytes) one = take_operators (walk, qpdf_oh_get_array_item (walk->qpdf, contents, i));
      if (one == NULL)
        continue;
      g_byte_array_append (all, g_bytes_get_data (one, NULL), (guint)g_bytes_get_size (one));
      g_byte_array_append (all, (const guint8 *)"\n", 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

ExtractPdfContent *
extract_pdf_content (qpdf_data qpdf, qpdf_oh page, ExtractArea visible)
{
  ExtractPdfContent *content = g_new0 (ExtractPdfContent, 1);
  content->understood = true;
  content->pictures = g_array_new (FALSE, FALSE, sizeof (ExtractPdfPicture));
  Walk walk
      = { .qpdf = qpdf, .content = content, .visible = visible, .bytes = MOST_BYTES, .operators = MOST_OPERATORS };
  g_autoptr (GBytes) operators = operators_of (&walk, page);
  State state = { .matrix = { 1, 0, 0, 1, 0, 0 }, .clip = { -1e9, -1e9, 1e9, 1e9 }, .glyph_bytes = 1, .black = true };
  if (operators != NULL)
    follow (&walk, extract_qpdf_inherited (qpdf, page, "/Resources"), operators, state);
  count_annotations (&walk, page);
  return content;
}
