#include "extract/pdf_token.h"
#include <string.h>

static bool
is_space (guint8 c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool
is_delimiter (guint8 c)
{
  return c != '\0' && strchr ("()<>[]{}/%", c) != NULL;
}

static void
skip_space (PdfTokens *tokens)
{
  while (tokens->at < tokens->end)
    {
      if (*tokens->at == '%')
        while (tokens->at < tokens->end && *tokens->at != '\n' && *tokens->at != '\r')
          tokens->at++;
      else if (is_space (*tokens->at))
        tokens->at++;
      else
        return;
    }
}

static void
take_string (PdfTokens *tokens, PdfToken *token)
{
  int depth = 1;
  token->kind = PDF_TOKEN_STRING;
  for (tokens->at++; tokens->at < tokens->end; tokens->at++)
    {
      guint8 c = *tokens->at;
      if (c == '\\' && tokens->at + 1 < tokens->end)
        {
          tokens->at++;
          for (int i = 0; i < 2 && tokens->at + 1 < tokens->end && g_ascii_isdigit (*tokens->at)
                          && g_ascii_isdigit (tokens->at[1]);
               i++)
            tokens->at++;
        }
      else if (c == '(')
        depth++;
      else if (c == ')' && --depth == 0)
        {
          tokens->at++;
          return;
        }
      token->bytes++;
    }
}

static void
take_hex (PdfTokens *tokens, PdfToken *token)
{
  gsize digits = 0;
  token->kind = PDF_TOKEN_STRING;
  for (tokens->at++; tokens->at < tokens->end && *tokens->at != '>'; tokens->at++)
    digits += g_ascii_isxdigit (*tokens->at);
  tokens->at += tokens->at < tokens->end;
  token->bytes = (digits + 1) / 2;
}

/* Digits, a point and signs; programs write stranger numbers, of which what makes sense is taken. */
static bool
take_number (const guint8 *from, gsize length, double *number)
{
  double value = 0, unit = 1;
  bool point = false, digits = false, negative = false;
  for (gsize i = 0; i < length; i++)
    {
      if (from[i] == '-' && i == 0)
        negative = true;
      else if (from[i] == '.' && !point)
        point = true;
      else if (g_ascii_isdigit (from[i]))
        {
          digits = true;
          value = value * 10 + (from[i] - '0');
          unit *= point ? 10 : 1;
        }
      else if (!(from[i] == '+' && i == 0) && from[i] != '-')
        return false;
    }
  *number = (negative ? -value : value) / unit;
  return digits || point;
}

static void
take_word (PdfTokens *tokens, PdfToken *token)
{
  const guint8 *from = tokens->at++;
  while (tokens->at < tokens->end && !is_space (*tokens->at) && !is_delimiter (*tokens->at))
    tokens->at++;
  gsize length = (gsize)(tokens->at - from);
  token->kind = *from == '/'                                                ? PDF_TOKEN_NAME
                : length < 40 && take_number (from, length, &token->number) ? PDF_TOKEN_NUMBER
                                                                            : PDF_TOKEN_OPERATOR;
  gsize kept = MIN (length, sizeof token->text - 1);
  memcpy (token->text, from, kept);
  token->text[kept] = '\0';
}

void
extract_pdf_token (PdfTokens *tokens, PdfToken *token)
{
  *token = (PdfToken){ .kind = PDF_TOKEN_END };
  skip_space (tokens);
  if (tokens->at >= tokens->end)
    return;
  guint8 c = *tokens->at, next = tokens->at + 1 < tokens->end ? tokens->at[1] : 0;
  if (c == '(')
    take_string (tokens, token);
  else if (c == '<' && next != '<')
    take_hex (tokens, token);
  else if (c == '/' || !is_delimiter (c))
    take_word (tokens, token);
  else
    {
      token->kind = PDF_TOKEN_OTHER;
      token->text[0] = (char)c;
      tokens->at += (c == '<' || c == '>') && next == c ? 2 : 1;
    }
}

void
extract_pdf_token_skip_picture (PdfTokens *tokens)
{
  for (; tokens->at + 3 < tokens->end; tokens->at++)
    if (is_space (tokens->at[0]) && tokens->at[1] == 'E' && tokens->at[2] == 'I' && is_space (tokens->at[3]))
      {
        tokens->at += 3;
        return;
      }
  tokens->at = tokens->end;
}
