/* What is typed for a case, looked at before anything is done: words and options that the act does not take, codes and
 * texts that are none. */
#include "base/messages.h"
#include "base/vocabulary.h"
#include "cmd/docket_case.h"
#include <stdio.h>
#include <string.h>

#define POINTER_BYTES 2000

/* Words that follow each act, the case among them. */
static const struct
{
  const char *act;
  int least, most;
} words[] = {
  { "list", 0, 0 },     { "alerts", 0, 0 },     { "show", 1, 1 },     { "work", 1, 2 },       { "note", 1, 1 },
  { "hear", 1, 1 },     { "ask", 2, 2 },        { "tell", 1, 1 },     { "hold", 1, 1 },       { "final", 1, 1 },
  { "remind", 1, 1 },   { "outcome", 2, 2 },    { "cause", 2, 2 },    { "close", 2, 2 },      { "reopen", 1, 1 },
  { "transfer", 1, 1 }, { "alert", 1, 1 },      { "link", 1, 2 },     { "join", 2, 2 },       { "split", 1, 1 },
  { "merge", 2, 2 },    { "unmerge", 1, 1 },    { "escalate", 1, 1 }, { "unescalate", 1, 1 }, { "refer", 1, 1 },
  { "clock", 2, 2 },    { "attachment", 2, 2 }, { "received", 1, 1 }, { "auto", 1, 2 },       { "letter", 1, 2 },
};

/* Options without which an act cannot be. */
static const struct
{
  const char *act, *option;
} needed[] = {
  { "transfer", "to" }, { "transfer", "text" }, { "refer", "to" },
  { "received", "on" }, { "received", "text" }, { "attachment", "out" },
};

bool
case_check_words (const char *act, char *const *given, int n, GError **error)
{
  g_autoptr (GString) acts = g_string_new ("open");
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strcmp (words[i].act, act) == 0)
        return command_check_words ("case", act, given, n, words[i].least, words[i].most, error);
      g_string_append_printf (acts, " %s", words[i].act);
    }
  g_autofree char *plain = command_plain (act);
  return dk_refuse (error, DK_ERROR_USAGE, "no_act", "ss", plain, acts->str);
}

bool
case_check_needed (const char *act, const CaseOption *options, gsize n, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    for (gsize k = 0; strcmp (needed[i].act, act) == 0 && k < n; k++)
      if (strcmp (options[k].name, needed[i].option) == 0 && !options[k].given)
        {
          g_autofree char *option = g_strconcat ("--", needed[i].option, NULL);
          return command_lacks ("case", act, option, error);
        }
  return true;
}

bool
case_check_options (const char *act, const CaseOption *options, gsize n, GError **error)
{
  g_autofree char *word = g_strdup_printf (" %s ", act);
  for (gsize i = 0; i < n; i++)
    if (options[i].given && strstr (options[i].acts, word) == NULL)
      {
        g_autofree char *acts = g_strstrip (g_strdup (options[i].acts));
        return dk_refuse (error, DK_ERROR_USAGE, "not_for", "sss", options[i].name, act, acts);
      }
  return true;
}

bool
case_check_channel (const char *channel, GError **error)
{
  if (channel == NULL || g_strv_contains (settings_channels, channel))
    return true;
  g_autofree char *plain = command_plain (channel), *all = g_strjoinv (" ", (char **)(uintptr_t)settings_channels);
  return dk_refuse (error, DK_ERROR_USAGE, "channel", "ss", plain, all);
}

bool
case_check_text (const char *option, const char *text, GError **error)
{
  if (text == NULL)
    return true;
  if (!g_utf8_validate (text, -1, NULL))
    return dk_refuse (error, DK_ERROR_USAGE, "text_utf8", "s", option);
  if (strspn (text, " \t\r\n") == strlen (text))
    return dk_refuse (error, DK_ERROR_USAGE, "text_empty", "s", option);
  return strlen (text) <= CASE_TEXT_BYTES
         || dk_refuse (error, DK_ERROR_USAGE, "text_long", "sd", option, CASE_TEXT_BYTES);
}

bool
case_check_cause (const Config *config, const char *subject, GError **error)
{
  g_autoptr (Vocabulary) vocabulary = vocabulary_load (config, error);
  if (vocabulary == NULL)
    return false;
  const Concept *concept = vocabulary_at (vocabulary, subject), *last = vocabulary_concept (vocabulary, subject);
  if (concept != NULL && strcmp (concept->scheme, "subject") == 0)
    return true;
  g_autofree char *plain = command_plain (subject);
  g_autofree char *path = last != NULL ? vocabulary_path (vocabulary, last->id) : NULL;
  if (path != NULL && strcmp (last->scheme, "subject") == 0)
    return dk_refuse (error, DK_ERROR_USAGE, "subject_path", "s", path);
  return dk_refuse (error, DK_ERROR_USAGE, "no_subject", "s", plain);
}

bool
case_check_pointer (const char *uri, const char *label, GError **error)
{
  const char *scheme = g_uri_peek_scheme (uri);
  bool good = scheme != NULL && uri[strlen (scheme) + 1] != '\0' && strlen (uri) <= POINTER_BYTES
              && g_utf8_validate (uri, -1, NULL);
  for (const char *at = uri; good && *at != '\0'; at = g_utf8_next_char (at))
    good = g_unichar_isgraph (g_utf8_get_char (at));
  if (!good)
    return dk_refuse (error, DK_ERROR_USAGE, "pointer", "d", POINTER_BYTES);
  return label == NULL || (strlen (label) <= POINTER_BYTES && g_utf8_validate (label, -1, NULL))
         || dk_refuse (error, DK_ERROR_USAGE, "label_long", "d", POINTER_BYTES);
}

bool
case_read_text (char **text, GError **error)
{
  if (g_strcmp0 (*text, "-") != 0)
    return case_check_text ("text", *text, error);
  g_autoptr (GString) all = g_string_new (NULL);
  char piece[4096];
  size_t n;
  while (all->len <= CASE_TEXT_BYTES && (n = fread (piece, 1, sizeof piece, stdin)) > 0)
    g_string_append_len (all, piece, (gssize)n);
  if (strlen (all->str) != all->len)
    return dk_refuse (error, DK_ERROR_USAGE, "stdin_utf8", "");
  g_free (*text);
  *text = g_string_free (g_steal_pointer (&all), FALSE);
  return case_check_text ("text", *text, error);
}

bool
case_find_day (const char *option, const char *text, DkDay *day, GError **error)
{
  if (text == NULL)
    return true;
  *day = dk_day_parse (text);
  return *day != DK_DAY_NONE || dk_refuse (error, DK_ERROR_USAGE, "date", "ss", option, text);
}
