/* Any text as training letters: a line that is none is named by its number, the others are letters of known kinds. */
#include "classify/letters.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_text (seeds, "# remark\nid\tkind\talso\tsubject\ttrade\ttone\ttext\n"
                         "en-1\tthanks\tquestion\tservice/staff\tshop\tshort\thard,unseen\tFine\\npears\\t.\n");
  fuzz_seed_text (seeds, "a\t-\t-\tdelivery\t-\t-\t-\tIt came.\n");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (ClassifyLetters) letters = classify_letters_new ();
  bool good = classify_letters_add (letters, bytes, true, &error);
  fuzz_told (good, error);
  for (guint i = 0; i < letters->letters->len; i++)
    {
      const ClassifyLetter *letter = &g_array_index (letters->letters, ClassifyLetter, i);
      g_assert_nonnull (letter->group);
      g_assert_true (g_utf8_validate (letter->text, -1, NULL));
    }
  return 0;
}
