/* What Tesseract 5 loads with each model and never uses, left out.
 *
 * It comes with a list of letters that its old engine takes for each other, and parses that text for nine tenths of the
 * time that loading a model takes. The networks, which are all that docket reads with, know nothing of it, and to tell
 * which way up a page lies (docket's only use of the old engine) no words are made. The library finds this function
 * first, since it stands in the program itself. */

/* tesseract::UnicharAmbigs::LoadUniversal (const UNICHARSET &, UNICHARSET *) */
void no_ambiguities (void *self, const void *encoder,
                     void *charset) __asm__("_ZN9tesseract13UnicharAmbigs13LoadUniversalERKNS_10UNICHARSETEPS1_");

void
no_ambiguities (void *self, const void *encoder, void *charset)
{
  (void)self;
  (void)encoder;
  (void)charset;
}
