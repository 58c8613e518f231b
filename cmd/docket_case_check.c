/* What is typed for a case, looked at before anything is done: words and options that the act does not take, codes and
 * texts that are none. */
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

/* What the word behind the case says, where there must be one. */
static const struct
{
  const char *act, *says;
} seconds[] = {
  { "ask", "info_requested or offer_made" },
  { "outcome", "upheld partly rejected goodwill or none" },
  { "cause", "a subject of the vocabulary, such as billing/wrong-amount" },
  { "close", "resolved withdrawn no_reply out_of_scope spam or repeat_no_new_facts" },
  { "join", "the number of the case that it belongs to" },
  { "merge", "the number of the case that goes on" },
  { "clock", "a duty of the packs, such as final-payments" },
  { "attachment", "its number, as show lists it" },
};

/* What is missing behind @act and @n words. Static. */
static const char *
missing_word (const char *act, int n)
{
  for (gsize i = 0; n > 0 && i < G_N_ELEMENTS (seconds); i++)
    if (strcmp (seconds[i].act, act) == 0)
      return seconds[i].says;
  return "the number of the case";
}

bool
case_check_words (const char *act, int n, GError **error)
{
  g_autoptr (GString) acts = g_string_new ("open");
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strcmp (words[i].act, act) != 0)
        g_string_append_printf (acts, " %s", words[i].act);
      else if (n > words[i].most)
        return dk_throw (error, DK_ERROR_USAGE, "%s: that is a word too many; see docket case --help", act);
      else if (n < words[i].least)
        return dk_throw (error, DK_ERROR_USAGE, "%s: a word is missing: %s", act, missing_word (act, n));
      else
        return true;
    }
  g_autofree char *plain = command_plain (act);
  return dk_throw (error, DK_ERROR_USAGE, "“%s” is nothing that is done in a case; there are %s", plain, acts->str);
}

bool
case_check_options (const char *act, const CaseOption *options, gsize n, GError **error)
{
  g_autofree char *word = g_strdup_printf (" %s ", act);
  for (gsize i = 0; i < n; i++)
    if (options[i].given && strstr (options[i].acts, word) == NULL)
      return dk_throw (error, DK_ERROR_USAGE, "--%s is not for %s; it is for%.*s", options[i].name, act,
                       (int)strlen (options[i].acts) - 1, options[i].acts);
  return true;
}

bool
case_check_channel (const char *channel, GError **error)
{
  if (channel == NULL || g_strv_contains (settings_channels, channel))
    return true;
  g_autofree char *plain = command_plain (channel), *all = g_strjoinv (" ", (char **)(uintptr_t)settings_channels);
  return dk_throw (error, DK_ERROR_USAGE, "--channel %.80s: the channels are %s", plain, all);
}

bool
case_check_text (const char *option, const char *text, GError **error)
{
  if (text == NULL)
    return true;
  if (!g_utf8_validate (text, -1, NULL))
    return dk_throw (error, DK_ERROR_USAGE, "--%s: the text is not UTF-8", option);
  if (strspn (text, " \t\r\n") == strlen (text))
    return dk_throw (error, DK_ERROR_USAGE, "--%s: there is nothing in it; leave it out, or write something", option);
  return strlen (text) <= CASE_TEXT_BYTES
         || dk_throw (error, DK_ERROR_USAGE, "--%s: a text has at most %d bytes; attach a longer one as a file", option,
                      CASE_TEXT_BYTES);
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
    return dk_throw (error, DK_ERROR_USAGE, "a subject is written with those above it: %s", path);
  return dk_throw (error, DK_ERROR_USAGE,
                   "the vocabulary has no subject “%.80s”; docket vocab list shows those there are", plain);
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
    return dk_throw (error, DK_ERROR_USAGE,
                     "a pointer needs an address in the other system such as https://crm.example/77 or crm:77: at most "
                     "%d bytes without blanks",
                     POINTER_BYTES);
  return label == NULL || (strlen (label) <= POINTER_BYTES && g_utf8_validate (label, -1, NULL))
         || dk_throw (error, DK_ERROR_USAGE, "--label has at most %d bytes of UTF-8", POINTER_BYTES);
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
    return dk_throw (error, DK_ERROR_USAGE, "--text: the text on the standard input is not UTF-8");
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
  return *day != DK_DAY_NONE
         || dk_throw (error, DK_ERROR_USAGE, "%s %s: a date is written as 2026-11-23", option, text);
}
