/* extract/pdf_token.h - the words of a PDF content stream. */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef enum
{
  PDF_TOKEN_END,
  PDF_TOKEN_NUMBER,
  PDF_TOKEN_NAME,
  PDF_TOKEN_STRING,
  PDF_TOKEN_OPERATOR,
  PDF_TOKEN_OTHER, /* brackets */
} PdfTokenKind;

typedef struct
{
  PdfTokenKind kind;
  double number;
  char text[64]; /* of a name, with its slash, and of an operator; cut if longer */
  gsize bytes;   /* that a string stands for */
} PdfToken;

typedef struct
{
  const guint8 *at, *end;
} PdfTokens;

/* The next word, PDF_TOKEN_END after the last. Anything can be read: what makes no sense is an operator or a number. */
void extract_pdf_token (PdfTokens *tokens, PdfToken *token);
/* Goes over the data of a picture within the stream, from behind its ID to behind its EI. */
void extract_pdf_token_skip_picture (PdfTokens *tokens);
