/* A sender's name as it stands in full elsewhere in the letter. */
#include "classify/field_party.h"
#include "classify/field_sender.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_FULL 5 /* words */

/* Whether @full has each word of @brief or, where that is an initial, a word that begins with it. */
static bool
spells_out (const char *brief, const char *full)
{
  g_auto (GStrv) words = g_strsplit_set (brief, " .-", -1);
  g_autofree char *padded = g_strdup_printf (" %s ", full);
  g_strdelimit (padded, "-", ' ');
  bool initial = false, whole = false;
  for (char **word = words; *word != NULL; word++)
    {
      if (**word == '\0' || (word > words && strcmp (word[-1], "m") == 0 && strcmp (*word, "a") == 0)) /* M.ª */
        continue;
      bool one = (*word)[1] == '\0';
      g_autofree char *wanted = g_strdup_printf (one ? " %s" : " %s ", *word);
      const char *hit = strstr (padded, wanted);
      if (hit == NULL || (one && hit[2] == ' '))
        return false;
      initial |= one;
      whole |= !one;
    }
  return initial && whole;
}

/* "Antonio Vega" gives way to "Antonio Vega Molina" of the same letter. */
static void
prefer_listed (const FieldText *text, GArray *senders)
{
  for (guint i = 1; i < senders->len; i++)
    {
      FieldSender *best = &g_array_index (senders, FieldSender, 0), *other = &g_array_index (senders, FieldSender, i);
      g_autofree char *short_printed = field_text_printed (text, best->span);
      g_autofree char *long_printed = field_text_printed (text, other->span);
      g_autofree char *short_name = field_fold (short_printed), *long_name = field_fold (long_printed);
      if (other->confidence >= 0.5 && spells_out (short_name, long_name))
        {
          best->span = other->span;
          continue;
        }
      if (other->confidence < 0.5 || strlen (long_name) > strlen (short_name) + 24
          || !g_str_has_prefix (long_name, short_name) || long_name[strlen (short_name)] != ' ')
        continue;
      best->span = other->span;
    }
}

/* Whether token @i continues the name that ends with the token before it. */
static bool
goes_on (const FieldText *text, uint32_t i)
{
  const FieldToken *token = field_text_token (text, i), *before = token - 1;
  return token->line == before->line && token->from == before->to + 1
         && strchr (" -'", text->plain->str[before->to]) != NULL && field_is_capital (text, token);
}

/* "C. Vasseur" stands as "Clotilde Vasseur" in another line, of the writer's or nobody's. */
static FieldSpan
in_full (const FieldWork *work, const FieldSender *best)
{
  const FieldText *text = work->text;
  g_autofree char *printed = field_text_printed (text, best->span);
  g_autofree char *brief = field_fold (printed);
  uint32_t first = field_text_token_at (text, best->span.from), last = field_text_token_at (text, best->span.to);
  bool initial = false;
  for (uint32_t i = first; i < last; i++)
    initial |= field_text_token (text, i)->to - field_text_token (text, i)->from == 1;
  for (uint32_t i = 0; initial && i < text->tokens->len; i++)
    {
      if (!field_is_capital (text, field_text_token (text, i))
          || field_is_others (work, field_text_token (text, i)->line))
        continue;
      for (uint32_t n = 1; n < LONGEST_FULL && i + n < text->tokens->len && goes_on (text, i + n); n++)
        {
          FieldSpan span = { field_text_token (text, i)->from, field_text_token (text, i + n)->to };
          g_autofree char *full = field_text_lower (text, span);
          if (spells_out (brief, full) && field_is_name (text, span))
            return field_without_title (text, span);
        }
    }
  return best->span;
}

static bool
same_words (const FieldText *text, FieldSpan a, FieldSpan b)
{
  g_autofree char *one = field_text_lower (text, a), *two = field_text_lower (text, b);
  return strcmp (one, two) == 0;
}

void
field_sender_prefer_fuller (const FieldWork *work, GArray *senders)
{
  prefer_listed (work->text, senders);
  if (senders->len == 0)
    return;
  FieldSpan brief = g_array_index (senders, FieldSender, 0).span;
  FieldSpan full = in_full (work, &g_array_index (senders, FieldSender, 0));
  for (guint i = 0; i < senders->len; i++)
    if (same_words (work->text, g_array_index (senders, FieldSender, i).span, brief))
      g_array_index (senders, FieldSender, i).span = full;
}
