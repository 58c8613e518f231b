#include "classify/boxes.h"
#include <string.h>

#define LABEL_MOST 100     /* bytes of what stands beside a box */
#define LABEL_READ_MOST 50 /* … of one that was read as letters */
#define READ_LEAST 3       /* boxes of a group of which all were read as letters */

/* What boxes look like as text: those of the first two are nothing else, the others are letters that engines read, and
 * empty where they stand alone. */
static const char *const ticked[]
    = { "☒",   "☑",   "⊠",   "✓",      "✔",      "✗",      "✘",      "🗹",   "🗷",  "◉",
        "⦿",   "[x]", "[X]", "(x)",    "(X)",    "[ x ]",  "[ X ]",  "( x )",  "( X )", "[✓]",
        "[✔]", "[*]", "(*)", "\uf0fe", "\uf0fd", "\uf052", "\uf053", "\uf078", NULL };
static const char *const empty[]
    = { "☐",    "□",   "▢",   "◻",  "○",    "◯",   "❏",      "❑",      "❒",      "[ ]", "[]",
        "[  ]", "[_]", "( )", "()", "(  )", "(_)", "\uf0a8", "\uf06f", "\uf0a3", NULL };
static const char *const ticked_read[]
    = { "X", "x", "&", "XX", "[X", "X]", "[x", "x]", "EX]", "IX]", "KX]", "[&]", NULL };
static const char *const empty_read[] = { "O",  "o",  "0",  "U",  "UU", "D",   "Ul", "Ol",  "L]", "Ll]", "l]", "I]",
                                          "1]", "C]", "CJ", "LJ", "[J", "[UU", "[l", "[ll", "[1", "[I",  "[L", NULL };

typedef struct
{
  const char *from, *to;        /* the mark */
  const char *label, *labelled; /* what stands beside it, from and to */
  bool ticked, read;            /* read: the mark is letters */
} Box;

/* Lines of boxes one below the other. */
typedef struct
{
  GArray *boxes; /* of Box */
  GArray *lines; /* of guint: the first box of each line */
  bool behind;   /* the boxes stand behind their labels */
} Group;
/* Code points of a page. */
typedef struct
{
  uint32_t from, to;
} Span;

static bool
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

static const char *
skip_blanks (const char *at, const char *end)
{
  while (at < end && is_blank (*at))
    at++;
  return at;
}

/* How long the longest of @marks is that begins at @at; 0 where none does. */
static size_t
mark_at (const char *const *marks, const char *at, const char *end)
{
  size_t longest = 0;
  for (; *marks != NULL; marks++)
    {
      size_t n = strlen (*marks);
      if (n > longest && n <= (size_t)(end - at) && memcmp (at, *marks, n) == 0)
        longest = n;
    }
  return longest;
}

/* Whether a box begins at @at, the begin of a word; one that is letters is a whole word. */
static bool
box_at (const char *at, const char *end, Box *box)
{
  size_t is_ticked = mark_at (ticked, at, end), is_empty = mark_at (empty, at, end);
  *box = (Box){ .from = at, .to = at + MAX (is_ticked, is_empty), .ticked = is_ticked > 0 };
  if (box->to > at)
    return true;
  size_t n = 0;
  while (at + n < end && !is_blank (at[n]))
    n++;
  is_ticked = mark_at (ticked_read, at, at + n);
  is_empty = mark_at (empty_read, at, at + n);
  *box = (Box){ .from = at, .to = at + n, .ticked = is_ticked == n, .read = true };
  return n > 0 && (is_ticked == n || is_empty == n);
}

/* Adds the boxes of the line @from to @end, without their labels, to @boxes; those that were read as letters only where
 * there are no others. */
static void
find_boxes (const char *from, const char *end, bool read, GArray *boxes)
{
  guint first = boxes->len;
  for (const char *at = skip_blanks (from, end); at < end; at = skip_blanks (at, end))
    {
      Box box;
      if (box_at (at, end, &box) && box.read == read)
        {
          g_array_append_val (boxes, box);
          at = box.to;
          continue;
        }
      while (at < end && !is_blank (*at))
        at++;
    }
  if (boxes->len == first && !read)
    find_boxes (from, end, true, boxes);
}

static bool
has_label (const Box *box)
{
  size_t n = (size_t)(box->labelled - box->label);
  return n > 0 && n <= (box->read ? LABEL_READ_MOST : LABEL_MOST);
}

/* Gives each of @boxes, of the line @from to @end, its label: what stands behind it where the line begins with a box or
 * with a question and a colon, what stands before it (*@behind) where the line ends with a box. *@asks: there is such a
 * question. False where a box has none, or it cannot be told. */
static bool
label_boxes (GArray *boxes, const char *from, const char *end, bool *asks, bool *behind)
{
  const char *lead = skip_blanks (from, end), *title = g_array_index (boxes, Box, 0).from;
  while (title > lead && is_blank (title[-1]))
    title--;
  bool begins = title == lead || title[-1] == ':';
  *behind = skip_blanks (g_array_index (boxes, Box, boxes->len - 1).to, end) == end;
  if (begins == *behind)
    return false;
  const char *colon = g_strrstr_len (lead, title - lead, ":"), *before = colon != NULL ? colon + 1 : lead;
  *asks = colon != NULL;
  for (guint i = 0; i < boxes->len; i++)
    {
      Box *box = &g_array_index (boxes, Box, i);
      bool last = i + 1 == boxes->len;
      box->label = skip_blanks (begins ? box->to : before, end);
      box->labelled = *behind ? box->from : last ? end : g_array_index (boxes, Box, i + 1).from;
      before = box->to;
      if (!has_label (box))
        return false;
    }
  return true;
}

/* --- groups --- */

/* Adds to @empty those of the boxes from @first to @end that are left empty, if exactly one is ticked. */
static bool
note_empty (const GArray *boxes, guint first, guint end, GArray *left)
{
  guint chosen = 0, read = 0;
  for (guint i = first; i < end; i++)
    {
      chosen += g_array_index (boxes, Box, i).ticked;
      read += g_array_index (boxes, Box, i).read;
    }
  if (chosen != 1 || end - first < (read == end - first ? READ_LEAST : 2))
    return false;
  for (guint i = first; i < end; i++)
    if (!g_array_index (boxes, Box, i).ticked)
      g_array_append_val (left, g_array_index (boxes, Box, i));
  return true;
}

/* The lines of @group, which ends here, are one question where they have one tick in all, else each line is one. */
static void
end_group (Group *group, GArray *left)
{
  bool one = note_empty (group->boxes, 0, group->boxes->len, left);
  for (guint l = 0; !one && l < group->lines->len; l++)
    {
      bool last = l + 1 == group->lines->len;
      note_empty (group->boxes, g_array_index (group->lines, guint, l),
                  last ? group->boxes->len : g_array_index (group->lines, guint, l + 1), left);
    }
  g_array_set_size (group->boxes, 0);
  g_array_set_size (group->lines, 0);
}

/* Adds the line @from to @end to @group, which a line without boxes, or of other ones, ends. */
static void
add_line (Group *group, const char *from, const char *end, GArray *left)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  bool asks = false, behind = false;
  find_boxes (from, end, false, boxes);
  bool fits = boxes->len > 0 && label_boxes (boxes, from, end, &asks, &behind);
  if (!fits || asks || behind != group->behind)
    end_group (group, left);
  if (!fits)
    return;
  group->behind = behind;
  g_array_append_val (group->lines, group->boxes->len);
  g_array_append_vals (group->boxes, boxes->data, boxes->len);
}

/* The boxes in @text that were left empty where another was ticked, with what stands beside them. Of Span, owned by the
 * caller. */
static GArray *
left_empty (const char *text)
{
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (Box));
  Group group = { g_array_new (FALSE, FALSE, sizeof (Box)), g_array_new (FALSE, FALSE, sizeof (guint)), false };
  for (const char *line = text; *line != '\0';)
    {
      size_t n = strcspn (line, "\n");
      add_line (&group, line, line + n, left);
      line += n + (line[n] == '\n');
    }
  end_group (&group, left);
  g_array_unref (group.boxes);
  g_array_unref (group.lines);
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));
  uint32_t index = 0;
  for (guint i = 0; i < left->len; i++)
    {
      const Box *box = &g_array_index (left, Box, i);
      const char *first = MIN (box->from, box->label), *last = MAX (box->to, box->labelled);
      index += (uint32_t)g_utf8_strlen (text, first - text);
      Span span = { index, index + (uint32_t)g_utf8_strlen (first, last - first) };
      g_array_append_val (spans, span);
      text = first;
    }
  return spans;
}

/* --- words --- */

ClassifyWords *
classify_boxes_chosen (const ClassifyWords *words)
{
  g_autoptr (ClassifyWords) chosen = classify_words_part_new (words);
  g_autoptr (GArray) spans = NULL;
  guint page = G_MAXUINT, next = 0;
  for (guint i = 0; i < words->words->len; i++)
    {
      const ClassifyWord *word = &g_array_index (words->words, ClassifyWord, i);
      if (word->page != page)
        {
          page = word->page;
          next = 0;
          g_clear_pointer (&spans, g_array_unref);
          spans = left_empty (((const RecordPage *)words->pages->pdata[page])->text);
        }
      while (next < spans->len && g_array_index (spans, Span, next).to <= word->from)
        next++;
      if (next == spans->len || g_array_index (spans, Span, next).from > word->from)
        classify_words_take (chosen, words, i);
    }
  return chosen->words->len < words->words->len ? g_steal_pointer (&chosen) : NULL;
}
