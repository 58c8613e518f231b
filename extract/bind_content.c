#include "extract/bind_content.h"
#include "extract/pdf_token.h"
#include <string.h>

enum
{
  MOST_SAVED = 10000, /* q without Q */
};

typedef enum
{
  KEEP,
  LEAVE_OUT,
  GIVE_UP,
} Verdict;

typedef struct
{
  PdfTokens tokens;
  const guint8 *copied; /* up to here the bytes were kept or left out */
  PdfToken operand;     /* the last before the operator */
  int mode;
  GArray *saved; /* of int: modes, by q */
  bool adrift;   /* text was left out, and the next would begin at its end */
  BindContentDraws draws;
  gpointer data;
  BindContent *result;
} Stripper;

static bool
is_one_of (const char *operator, const char * const * words)
{
  for (; *words != NULL; words++)
    if (strcmp (operator, * words) == 0)
      return true;
  return false;
}

static bool
save_mode (Stripper *it)
{
  g_array_append_val (it->saved, it->mode);
  return it->saved->len < MOST_SAVED;
}

static void
restore_mode (Stripper *it)
{
  if (it->saved->len == 0)
    return;
  it->mode = g_array_index (it->saved, int, it->saved->len - 1);
  g_array_set_size (it->saved, it->saved->len - 1);
}

/* Tj TJ ' " */
static Verdict
show (Stripper *it, const char *operator)
{
  bool spaces = strcmp (operator, "\"") == 0, moves = spaces || strcmp (operator, "'") == 0;
  if (it->mode != EXTRACT_BIND_INVISIBLE)
    {
      bool lost = it->adrift && !moves;
      it->adrift = false;
      it->result->paints = it->result->shows_text = true;
      return lost ? GIVE_UP : KEEP;
    }
  if (spaces) /* sets the spacing of what follows, too */
    return GIVE_UP;
  if (moves)
    g_byte_array_append (it->result->rest, (const guint8 *)"\nT*", 3);
  it->adrift = true;
  return LEAVE_OUT;
}

static Verdict
draw (Stripper *it)
{
  if (it->operand.kind != PDF_TOKEN_NAME)
    return GIVE_UP;
  if (!it->draws (it->operand.text, it->mode, it->data))
    return LEAVE_OUT;
  it->result->paints = true;
  return KEEP;
}

static Verdict
set_mode (Stripper *it)
{
  if (it->operand.kind != PDF_TOKEN_NUMBER || it->operand.number < 0 || it->operand.number > 7)
    return GIVE_UP;
  it->mode = (int)it->operand.number;
  return KEEP;
}

static Verdict
judge (Stripper *it, const char *operator)
{
  static const char *const shows[] = { "Tj", "TJ", "'", "\"", NULL };
  static const char *const places[] = { "Td", "TD", "Tm", "T*", "BT", NULL };
  static const char *const paints[] = { "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "ID", NULL };
  if (is_one_of (operator, shows))
    return show (it, operator);
  if (strcmp (operator, "Do") == 0)
    return draw (it);
  if (strcmp (operator, "Tr") == 0)
    return set_mode (it);
  if (strcmp (operator, "q") == 0)
    return save_mode (it) ? KEEP : GIVE_UP;
  if (strcmp (operator, "Q") == 0)
    restore_mode (it);
  if (strcmp (operator, "ID") == 0)
    extract_pdf_token_skip_picture (&it->tokens);
  it->adrift &= !is_one_of (operator, places);
  it->result->paints |= is_one_of (operator, paints);
  return KEEP;
}

/* Up to where the reader stands. */
static void
copy (Stripper *it)
{
  g_byte_array_append (it->result->rest, it->copied, (guint)(it->tokens.at - it->copied));
  it->copied = it->tokens.at;
}

static bool
strip (Stripper *it)
{
  for (;;)
    {
      PdfToken token;
      extract_pdf_token (&it->tokens, &token);
      if (token.kind == PDF_TOKEN_END)
        break;
      if (token.kind != PDF_TOKEN_OPERATOR)
        {
          it->operand = token;
          continue;
        }
      Verdict verdict = judge (it, token.text);
      if (verdict == GIVE_UP)
        return false;
      if (verdict == KEEP)
        copy (it);
      else
        it->result->removed++;
      it->copied = it->tokens.at;
      it->operand.kind = PDF_TOKEN_END;
    }
  copy (it);
  return true;
}

bool
extract_bind_content_strip (const guint8 *content, gsize size, int mode, BindContentDraws draws, gpointer data,
                            BindContent *result)
{
  *result = (BindContent){ .rest = g_byte_array_new () };
  g_autoptr (GArray) saved = g_array_new (FALSE, FALSE, sizeof (int));
  Stripper it = { .tokens = { content, content + size }, .copied = content, .mode = mode, .saved = saved };
  it.draws = draws;
  it.data = data;
  it.result = result;
  return size < G_MAXINT && strip (&it);
}
