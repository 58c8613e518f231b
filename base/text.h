/* base/text.h - folding of text by ICU: what reads the same to a person compares the same. */
#pragma once
#include <glib.h>
#include <stdint.h>

/* @text in NFKC, case-folded, without accents and soft hyphens, Latin letters in ASCII (Œ oe, ß ss, ő o), for comparing
 * and searching. The result keeps the order of the code points. Owned by the caller. */
char *dk_fold (const char *text);
/* The same, and in *@origin (owned by the caller, of guint32, one for each code point of the result) the code point of
 * @text it came from, so that a match can be led back to the page. */
char *dk_fold_mapped (const char *text, GArray **origin);
/* @text in NFC. Owned by the caller. */
char *dk_nfc (const char *text);
/* @text without accents, other letters transliterated to ASCII, case kept: for file names. Owned by the caller. */
char *dk_ascii (const char *text);
/* The byte offset of code point @index of @text; that of its end when it is shorter. */
size_t dk_offset (const char *text, uint32_t index);
/* The folded words of a label of the vocabulary; a word "*" and a * at the end of a word are kept. NULL-terminated,
 * owned by the caller. */
char **dk_label_words (const char *text);
