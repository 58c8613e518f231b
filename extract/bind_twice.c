#include "extract/bind_twice.h"

static char *
next_text (const RecordWord *word, const char **at, uint32_t *passed)
{
  const char *from = g_utf8_offset_to_pointer (*at, word->from - *passed);
  const char *to = g_utf8_offset_to_pointer (from, word->to - word->from);
  *at = to;
  *passed = word->to;
  return g_strndup (from, (gsize)(to - from));
}

/* The boxes of each word of @own, by the word. */
static GHashTable *
boxes_of (const RecordPage *own)
{
  GHashTable *boxes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  const char *at = own->text;
  uint32_t passed = 0;
  for (guint i = 0; i < own->words->len; i++)
    {
      const RecordWord *word = &g_array_index (own->words, RecordWord, i);
      char *text = next_text (word, &at, &passed);
      GArray *places = g_hash_table_lookup (boxes, text);
      if (places == NULL)
        {
          places = g_array_new (FALSE, FALSE, sizeof (RecordBox));
          g_hash_table_insert (boxes, g_strdup (text), places);
        }
      g_array_append_val (places, word->box);
      g_free (text);
    }
  return boxes;
}

/* Whether the middle of the word lies in one of @places, which are measured on @own. */
static bool
lies_in (const RecordPage *page, const RecordBox *box, const RecordPage *own, const GArray *places)
{
  double x = (box->x0 + box->x1) / 2.0 * own->width_px / page->width_px;
  double y = (box->y0 + box->y1) / 2.0 * own->height_px / page->height_px;
  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      const RecordBox *place = &g_array_index (places, RecordBox, i);
      if (x >= place->x0 && x < place->x1 && y >= place->y0 && y < place->y1)
        return true;
    }
  return false;
}

GArray *
extract_bind_twice_without (const RecordPage *page, const RecordPage *own)
{
  g_autoptr (GHashTable) boxes = boxes_of (own);
  GArray *rest = g_array_new (FALSE, FALSE, sizeof (RecordWord));
  const char *at = page->text;
  uint32_t passed = 0;
  uint8_t begins = 0; /* what the words left out since the last one kept began */
  for (guint i = 0; i < page->words->len; i++)
    {
      RecordWord word = g_array_index (page->words, RecordWord, i);
      g_autofree char *text = next_text (&word, &at, &passed);
      begins |= word.begins;
      if (lies_in (page, &word.box, own, g_hash_table_lookup (boxes, text)))
        continue;
      word.begins = begins;
      begins = 0;
      g_array_append_val (rest, word);
    }
  return rest;
}
