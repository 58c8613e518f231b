#include "extract/bind_content.h"
#include <stdlib.h>
#include <string.h>

enum
{
  MOST_SAVED = 10000, /* q without Q */
  PLAIN_BEHIND = 12,  /* bytes behind EI that show that it ends a picture and is not part of it */
};

typedef enum
{
  TOKEN_END,
  TOKEN_OPERAND,
  TOKEN_OPERATOR,
  TOKEN_BROKEN,
} TokenKind;

typedef struct
{
  TokenKind kind;
  gsize from, to;
} Token;

typedef enum
{
  KEEP,
  LEAVE_OUT,
  GIVE_UP,
} Verdict;

typedef struct
{
  const guint8 *bytes;
  gsize size, at;
  gsize copied;  /* up to here the bytes were kept or left out */
  Token operand; /* the last before the operator */
  int mode;
  GArray *saved; /* of int: modes, by q */
  bool adrift;   /* text was left out, and the next would begin at its end */
  BindContentDraws draws;
  gpointer data;
  BindContent *result;
} Stripper;

/* --- tokens --- */

static bool
is_blank (guint8 c)
{
  return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

static bool
is_regular (guint8 c)
{
  return !is_blank (c) && strchr ("()<>[]{}/%", c) == NULL;
}

static void
skip_blanks (Stripper *it)
{
  for (; it->at < it->size; it->at++)
    {
      if (it->bytes[it->at] == '%')
        while (it->at + 1 < it->size && it->bytes[it->at + 1] != '\n' && it->bytes[it->at + 1] != '\r')
          it->at++;
      else if (!is_blank (it->bytes[it->at]))
        return;
    }
}

static bool
skip_string (Stripper *it)
{
  unsigned depth = 0;
  for (; it->at < it->size; it->at++)
    {
      guint8 c = it->bytes[it->at];
      if (c == '\\')
        it->at++;
      else if (c == '(')
        depth++;
      else if (c == ')' && --depth == 0)
        {
          it->at++;
          return true;
        }
    }
  return false;
}

static bool
skip_hexadecimal (Stripper *it)
{
  const guint8 *end = memchr (it->bytes + it->at, '>', it->size - it->at);
  it->at = end != NULL ? (gsize)(end - it->bytes) + 1 : it->size;
  return end != NULL;
}

static void
skip_regular (Stripper *it)
{
  while (it->at < it->size && is_regular (it->bytes[it->at]))
    it->at++;
}

static bool
is_word (const Stripper *it, const Token *token, const char *word)
{
  gsize length = token->to - token->from;
  return strlen (word) == length && memcmp (it->bytes + token->from, word, length) == 0;
}

static bool
is_one_of (const Stripper *it, const Token *token, const char *const *words)
{
  for (; *words != NULL; words++)
    if (is_word (it, token, *words))
      return true;
  return false;
}

static Token
next_token (Stripper *it)
{
  static const char *const values[] = { "true", "false", "null", NULL };
  skip_blanks (it);
  Token token = { .kind = TOKEN_OPERAND, .from = it->at };
  bool whole = true;
  guint8 c = it->at < it->size ? it->bytes[it->at] : 0;
  bool twice = it->at + 1 < it->size && it->bytes[it->at + 1] == c;
  if (it->at >= it->size)
    return (Token){ TOKEN_END, it->size, it->size };
  if (c == '(')
    whole = skip_string (it);
  else if (c == ')')
    whole = false;
  else if (c == '<' && !twice)
    whole = skip_hexadecimal (it);
  else if (c == '/')
    it->at++, skip_regular (it);
  else if (!is_regular (c))
    it->at += c == '<' || (c == '>' && twice) ? 2 : 1;
  else
    skip_regular (it);
  it->at = MIN (it->at, it->size);
  token.to = it->at;
  if (is_regular (c) && !g_ascii_isdigit (c) && strchr ("+-.", c) == NULL && !is_one_of (it, &token, values))
    token.kind = TOKEN_OPERATOR;
  if (!whole)
    token.kind = TOKEN_BROKEN;
  return token;
}

/* --- pictures inside the content --- */

static bool
ends_picture (const Stripper *it, gsize at)
{
  if (!is_blank (it->bytes[at - 1]) || it->bytes[at] != 'E' || it->bytes[at + 1] != 'I')
    return false;
  for (gsize i = at + 2; i < MIN (it->size, at + 2 + PLAIN_BEHIND); i++)
    if (!is_blank (it->bytes[i]) && (i == at + 2 || !g_ascii_isprint (it->bytes[i])))
      return false;
  return true;
}

/* Goes behind the EI of the picture whose ID was just read. */
static bool
skip_picture (Stripper *it)
{
  for (gsize at = it->at + 1; at + 2 <= it->size; at++)
    if (ends_picture (it, at))
      {
        it->at = at + 2;
        return true;
      }
  return false;
}

/* --- operators --- */

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
show (Stripper *it, const Token *operator)
{
  bool moves = is_word (it, operator, "'") || is_word (it, operator, "\"");
  if (it->mode != EXTRACT_BIND_INVISIBLE)
    {
      bool lost = it->adrift && !moves;
      it->adrift = false;
      it->result->paints = true;
      return lost ? GIVE_UP : KEEP;
    }
  if (is_word (it, operator, "\"")) /* sets the spacing too */
    return GIVE_UP;
  if (moves)
    g_byte_array_append (it->result->rest, (const guint8 *)"\nT*", 3);
  it->adrift = true;
  return LEAVE_OUT;
}

static Verdict
draw (Stripper *it)
{
  const Token *name = &it->operand;
  if (name->to == name->from || it->bytes[name->from] != '/')
    return GIVE_UP;
  g_autofree char *text = g_strndup ((const char *)it->bytes + name->from, name->to - name->from);
  if (!it->draws (text, it->mode, it->data))
    return LEAVE_OUT;
  it->result->paints = true;
  return KEEP;
}

static Verdict
set_mode (Stripper *it)
{
  char number[8] = "";
  gsize length = it->operand.to - it->operand.from;
  if (length == 0 || length >= sizeof number)
    return GIVE_UP;
  memcpy (number, it->bytes + it->operand.from, length);
  it->mode = atoi (number);
  return KEEP;
}

static Verdict
judge (Stripper *it, const Token *operator)
{
  static const char *const shows[] = { "Tj", "TJ", "'", "\"", NULL };
  static const char *const places[] = { "Td", "TD", "Tm", "T*", "BT", NULL };
  static const char *const paints[] = { "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", NULL };
  if (is_one_of (it, operator, shows))
    return show (it, operator);
  if (is_one_of (it, operator, places))
    it->adrift = false;
  else if (is_one_of (it, operator, paints))
    it->result->paints = true;
  else if (is_word (it, operator, "Tr"))
    return set_mode (it);
  else if (is_word (it, operator, "Do"))
    return draw (it);
  else if (is_word (it, operator, "q"))
    return save_mode (it) ? KEEP : GIVE_UP;
  else if (is_word (it, operator, "Q"))
    restore_mode (it);
  else if (is_word (it, operator, "ID"))
    {
      it->result->paints = true;
      return skip_picture (it) ? KEEP : GIVE_UP;
    }
  return KEEP;
}

/* Up to where the reader stands. */
static void
copy (Stripper *it)
{
  g_byte_array_append (it->result->rest, it->bytes + it->copied, (guint)(it->at - it->copied));
  it->copied = it->at;
}

static bool
strip (Stripper *it)
{
  for (;;)
    {
      Token token = next_token (it);
      if (token.kind == TOKEN_BROKEN)
        return false;
      if (token.kind == TOKEN_END)
        break;
      if (token.kind == TOKEN_OPERAND)
        {
          it->operand = token;
          continue;
        }
      Verdict verdict = judge (it, &token);
      if (verdict == GIVE_UP)
        return false;
      if (verdict == KEEP)
        copy (it);
      else
        it->result->removed++;
      it->copied = it->at;
      it->operand = (Token){ .kind = TOKEN_END };
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
  Stripper it = { .bytes = content, .size = size, .mode = mode, .saved = saved, .draws = draws, .data = data };
  it.result = result;
  return size < G_MAXINT && strip (&it);
}
