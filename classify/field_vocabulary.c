#include "classify/field_vocabulary.h"
#include "classify/field_text.h"

GPtrArray *
field_vocabulary_words (const Vocabulary *vocabulary, const char *id)
{
  GPtrArray *words = g_ptr_array_new ();
  const Concept *concept = vocabulary != NULL ? vocabulary_concept (vocabulary, id) : NULL;
  for (guint i = 0; concept != NULL && i < concept->labels->len; i++)
    {
      const Label *label = &g_array_index (concept->labels, Label, i);
      if (label->type == LABEL_CUE)
        g_ptr_array_add (words, (gpointer)label->text);
    }
  return words;
}

char *
field_vocabulary_list (const Vocabulary *vocabulary, const char *id)
{
  g_autoptr (GPtrArray) words = field_vocabulary_words (vocabulary, id);
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < words->len; i++)
    {
      g_autofree char *plain = field_fold (words->pdata[i]);
      g_string_append_printf (list, "%s%s", i > 0 ? " " : "", plain);
    }
  return g_string_free (list, FALSE);
}
