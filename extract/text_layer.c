#include "extract/text_layer.h"

enum
{
  FEW_LETTERS = 40,   /* that a stamp or a page number has, and a letter has not */
  FEW_MIDDLE = 100,   /* of them away from the edges, where stamps stand */
  ENOUGH_GLYPHS = 20, /* to miss their letters */
  ENOUGH_WORDS = 8,   /* to judge them by */
};
#define PAPER 0.05  /* of the sheet: a logo */
#define PART 0.3    /* a picture beside text */
#define WHOLE 0.7   /* a page that is a picture */
#define GOOD 0.9    /* share of words that are words, from which on a text is kept */
#define RUBBISH 0.6 /* below it, it says nothing */
#define ON_INK 0.75 /* of the words */
#define COVERED 0.6 /* of the ink that looks like letters */
#define BETTER 1.1  /* by how much what was read must be worth more than what was there */

typedef struct
{
  unsigned letters;
  unsigned middle; /* of them, away from the upper and lower edge, where stamps and page numbers stand */
} Amount;

static Amount
amount_of (const RecordPage *page)
{
  Amount amount = { 0 };
  int32_t edge = (int32_t)page->height_px / 8;
  for (guint i = 0; i < page->words->len; i++)
    {
      const RecordWord *word = &g_array_index (page->words, RecordWord, i);
      unsigned n = word->to - word->from;
      amount.letters += n;
      if (word->box.y0 > edge && word->box.y1 < (int32_t)page->height_px - edge)
        amount.middle += n;
    }
  return amount;
}

/* Whether glyphs were painted of which no letters came. */
static bool
lacks_letters (const ExtractPdfLook *look, const ExtractPlausible *plausible)
{
  unsigned painted = look->shown > 0 ? look->shown : look->hidden;
  return painted >= ENOUGH_GLYPHS && plausible->characters * 2 < painted;
}

static bool
is_bad (const ExtractPlausible *plausible)
{
  unsigned words = plausible->clean + plausible->odd + plausible->singles;
  bool rubbish = plausible->rubbish * 5 > plausible->characters;
  return rubbish || (words >= ENOUGH_WORDS && extract_plausible_share (plausible) < RUBBISH);
}

/* A few words may be names and numbers: they are not judged by their letters, if they have any. */
static bool
is_good (const ExtractPlausible *plausible)
{
  bool few = plausible->clean + plausible->odd < ENOUGH_WORDS && plausible->rubbish == 0;
  bool letters = plausible->clean > 0 || plausible->letters * 2 >= plausible->characters;
  return (few && letters) || extract_plausible_share (plausible) >= GOOD;
}

static bool
is_old (const ExtractPdfLook *look)
{
  return look->understood && look->shown == 0 && look->hidden > 0;
}

/* Text over a picture that is the page. */
static ExtractTextVerdict
judge_over_picture (const ExtractPdfLook *look, Amount amount, bool good)
{
  if (is_old (look))
    return amount.letters < FEW_LETTERS ? EXTRACT_TEXT_STAMP : good ? EXTRACT_TEXT_OLD : EXTRACT_TEXT_BAD;
  if (amount.middle < FEW_MIDDLE)
    return EXTRACT_TEXT_STAMP;
  return good && !look->understood ? EXTRACT_TEXT_OLD : EXTRACT_TEXT_DOUBT;
}

ExtractTextVerdict
extract_text_judge (const RecordPage *page, const ExtractPdfLook *look, const ExtractPlausible *plausible)
{
  Amount amount = amount_of (page);
  if (lacks_letters (look, plausible))
    return EXTRACT_TEXT_BAD;
  if (amount.letters == 0)
    return EXTRACT_TEXT_NONE;
  bool whole = look->picture_share >= WHOLE;
  if (is_bad (plausible) && !(whole && amount.middle < FEW_MIDDLE))
    return EXTRACT_TEXT_BAD;
  bool good = is_good (plausible);
  if (whole)
    return judge_over_picture (look, amount, good);
  if (look->picture_share < PAPER)
    return good ? EXTRACT_TEXT_OWN : EXTRACT_TEXT_DOUBT;
  if (amount.letters < (look->picture_share < PART ? FEW_LETTERS / 4 : FEW_LETTERS))
    return EXTRACT_TEXT_STAMP;
  return good && look->picture_share < PART ? EXTRACT_TEXT_OWN : EXTRACT_TEXT_DOUBT;
}

bool
extract_text_wants_ink (ExtractTextVerdict verdict, const ExtractPdfLook *look, const ExtractPlausible *plausible)
{
  bool picture = verdict == EXTRACT_TEXT_DOUBT && look->picture_share >= PAPER && is_good (plausible);
  return verdict == EXTRACT_TEXT_OLD || picture;
}

ExtractTextVerdict
extract_text_judge_ink (ExtractTextVerdict verdict, const RecordPage *page, PIX *pix, unsigned dpi)
{
  ExtractTextInk ink = extract_text_ink (page, pix, dpi);
  if (ink.on_ink < ON_INK)
    return EXTRACT_TEXT_BAD;
  if (verdict == EXTRACT_TEXT_OLD)
    return ink.covered >= COVERED ? EXTRACT_TEXT_OLD : EXTRACT_TEXT_DOUBT;
  return verdict == EXTRACT_TEXT_DOUBT && ink.covered >= COVERED ? EXTRACT_TEXT_OWN : verdict;
}

bool
extract_text_is_better (ExtractTextVerdict verdict, const ExtractPlausible *own, const RecordPage *read)
{
  ExtractPlausible other = extract_plausible (read->text);
  double mine = extract_plausible_worth (own), theirs = extract_plausible_worth (&other);
  if (verdict == EXTRACT_TEXT_STAMP)
    return theirs > 0 || own->letters == 0;
  return verdict == EXTRACT_TEXT_BAD ? theirs * 2 > mine : theirs > mine * BETTER;
}

const char *
extract_text_step (ExtractTextVerdict verdict, const ExtractPdfLook *look, bool kept)
{
  if (verdict == EXTRACT_TEXT_NONE)
    return "";
  if (kept)
    return is_old (look) ? "old-text" : "own-text";
  if (is_old (look))
    return "old-text-replaced";
  return verdict == EXTRACT_TEXT_STAMP || look->picture_share >= PART ? "stamp-over-picture" : "bad-text-replaced";
}
