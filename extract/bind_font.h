/* extract/bind_font.h - the font of the invisible text: it draws nothing and stands for every character. */
#pragma once
#include "base/record.h"
#include "extract/bind_pdf.h"

/* In ems. Every glyph is half an em wide and reaches from the base line to the ascent. The ascent is below 1 as in
 * printed fonts, so that readers who measure gaps in ems find blanks and lines where they are. */
#define EXTRACT_BIND_FONT_ADVANCE 0.5
#define EXTRACT_BIND_FONT_ASCENT 0.8

typedef struct BindFont BindFont;
/* For the words of @pages (of RecordPage), and no others. */
BindFont *extract_bind_font_new (const GPtrArray *pages);
void extract_bind_font_free (BindFont *font);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BindFont, extract_bind_font_free)
/* The code that stands for @character, 0 for one that PDF cannot carry as text (controls, byte order marks,
 * more than 2048 different ones beyond 16 bits). */
guint16 extract_bind_font_code (BindFont *font, gunichar character);
/* How many hexadecimal digits its codes have: 2 or 4. */
int extract_bind_font_digits (const BindFont *font);
/* The font dictionary for all codes given out so far. */
qpdf_oh extract_bind_font_object (const BindFont *font, BindPdf *pdf);
/* The font program: a TrueType file of two empty glyphs. Owned by the caller. */
GBytes *extract_bind_font_file (void);
