#include "base/json.h"
#include "cases/number.h"
#include "cmd/command.h"
#include "cmd/say.h"
#include "store/case.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LABEL_COLUMNS 23

static char *
text_v (const char *language, const char *key, const char *types, va_list args)
{
  g_autofree char *full = g_strconcat ("cli.", key, NULL);
  return dk_message_v (language, full, types, args);
}

char *
say_text (const char *language, const char *key, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  char *text = text_v (language, key, types, args);
  va_end (args);
  return text;
}

void
say (const char *language, const char *key, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  g_autofree char *text = text_v (language, key, types, args);
  va_end (args);
  puts (text);
}

void
say_count (const char *language, const char *key, int64_t count)
{
  g_autofree char *words = say_text (language, key, "l", count);
  printf ("%8" G_GINT64_FORMAT " %s\n", count, words);
}

char *
say_column (const char *text, glong columns)
{
  g_autofree char *plain = command_plain (text != NULL ? text : "");
  glong length = g_utf8_strlen (plain, -1);
  g_autofree char *cut = length > columns ? g_utf8_substring (plain, 0, columns - 1) : NULL;
  if (cut != NULL)
    return g_strconcat (cut, "…", NULL);
  g_autofree char *blanks = g_strnfill ((gsize)(columns - length), ' ');
  return g_strconcat (plain, blanks, NULL);
}

void
say_pair (const char *language, const char *label, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_autofree char *word = strchr (label, '.') != NULL ? dk_message (language, label, "") : g_strdup (label);
  g_autofree char *plain = command_plain (value);
  glong blanks = LABEL_COLUMNS - g_utf8_strlen (word, -1);
  printf ("%s%*s %s\n", word, (int)MAX (blanks, 0), "", plain);
}

static const Vocabulary *subjects;

void
say_subjects_by (const Vocabulary *vocabulary)
{
  subjects = vocabulary;
}

char *
say_value (const char *language, const char *name, const char *value)
{
  if (strcmp (name, "kind") == 0 || strcmp (name, "urgency") == 0)
    return report_label (language, name, value);
  if (g_str_has_suffix (name, "language"))
    return report_label (language, "report.language", value);
  const Concept *subject = subjects != NULL && strcmp (name, "subject") == 0 ? vocabulary_at (subjects, value) : NULL;
  if (subject != NULL)
    return g_strdup_printf ("%s (%s)", vocabulary_label (subjects, subject->id, language), value);
  return g_strdup (value);
}

char *
say_field_label (const char *name)
{
  return strcmp (name, "deadline") == 0 ? g_strdup ("cli.label.asks") : g_strconcat ("field.", name, NULL);
}

void
say_warnings (const char *language, const json_t *object)
{
  size_t i;
  const json_t *warning;
  json_array_foreach (json_object_get (object, "warnings"), i, warning)
  {
    g_autofree char *sentence = report_label (language, "reason", dk_json_string (warning, "code", ""));
    int64_t page = dk_json_int (warning, "page", 0);
    g_autofree char *text = page > 0 ? say_text (language, "warning.page", "ls", page, sentence)
                                     : say_text (language, "warning.all", "s", sentence);
    say_pair (language, "cli.label.warning", text);
  }
}

void
say_deadlines (const char *language, const json_t *object)
{
  size_t i;
  const json_t *deadline;
  json_array_foreach (json_object_get (object, "deadlines"), i, deadline)
  {
    const char *due = dk_json_string (deadline, "due", NULL), *work_by = dk_json_string (deadline, "work_by", NULL);
    g_autofree char *state = report_label (language, "report.state", dk_json_string (deadline, "state", ""));
    g_autofree char *word = report_duty (language, dk_json_string (deadline, "kind", ""));
    const char *policy = dk_json_string (deadline, "policy", "");
    g_autofree char *text = due != NULL ? say_text (language, "due.known", "sssss", due,
                                                    work_by != NULL ? work_by : due, word, policy, state)
                                        : say_text (language, "due.unknown", "ss", word, policy);
    say_pair (language, "cli.label.answer_due", text);
  }
}

void
say_evidence (const char *language, const json_t *evidence)
{
  const json_t *box = json_object_get (evidence, "box");
  int64_t page = dk_json_int (evidence, "page", 0);
  const char *rule = dk_json_string (evidence, "rule", "");
  g_autofree char *text = g_strdup (dk_json_string (evidence, "text", ""));
  g_autofree char *words = command_plain (g_strdelimit (text, "\n\r\t\f", ' '));
  if (json_integer_value (json_array_get (box, 2)) > 0)
    {
      g_autofree char *place = g_strdup_printf ("%d %d %d %d", (int)json_integer_value (json_array_get (box, 0)),
                                                (int)json_integer_value (json_array_get (box, 1)),
                                                (int)json_integer_value (json_array_get (box, 2)),
                                                (int)json_integer_value (json_array_get (box, 3)));
      say (language, "why.box", "ssls", words, rule, page, place);
      return;
    }
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, dk_json_int (evidence, "from", 0));
  g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, dk_json_int (evidence, "to", 0));
  say (language, "why.characters", "sslss", words, rule, page, from, to);
}

char *
say_duration (const char *language, int64_t seconds)
{
  return seconds < 1 ? dk_message (language, "report.time.s", "f", 0.0)
                     : report_show_seconds (language, (double)seconds);
}

/* Why there is no document, or no case, @text: a number that was misread or lacks its check digits is told so. Owned by
 * the caller. */
static char *
no_such (const char *language, bool a_case, const char *text)
{
  static const char shape[] = "^([A-Za-z]{1,8})-?([0-9]{4})-?([0-9]{6})(-?[0-9]{2})?$";
  g_autofree char *number = g_strndup (text, strcspn (text, "/"));
  g_autoptr (GRegex) regex = g_regex_new (shape, 0, 0, NULL);
  g_autoptr (GMatchInfo) parts = NULL;
  if (text[0] == '#' || number_parse (number, NULL) || !g_regex_match (regex, number, 0, &parts))
    return a_case ? dk_message (language, "refuse.no_case", "s", text)
                  : say_text (language, text[0] == '#' ? "no_id" : "no_number", "s", text);
  if (g_match_info_get_match_count (parts) > 4)
    return say_text (language, "misread_number", "s", text);
  g_autofree char *prefix = g_match_info_fetch (parts, 1), *year = g_match_info_fetch (parts, 2);
  g_autofree char *serial = g_match_info_fetch (parts, 3), *large = g_ascii_strup (prefix, -1);
  g_autofree char *whole = number_format (large, atoi (year), g_ascii_strtoll (serial, NULL, 10));
  return say_text (language, a_case ? "short_case" : "short_number", "ss", text, whole);
}

/* Why there is no document @text; a case may have no letter, as a second stage that was asked for by telephone. Owned
 * by the caller. */
static char *
no_letter (const char *language, Store *store, const char *text)
{
  g_autoptr (StoreCase) the_case = strchr (text, '/') == NULL ? store_case_find (store, text, false, NULL) : NULL;
  return the_case != NULL ? say_text (language, "no_letter", "s", the_case->number) : no_such (language, false, text);
}

StoreDocument *
say_find_document (const char *language, Store *store, const char *text, GError **error)
{
  g_autoptr (GError) failed = NULL;
  StoreDocument *document = store_document_find (store, text, &failed);
  if (document != NULL)
    return document;
  if (g_error_matches (failed, DK_ERROR, DK_ERROR_NOT_FOUND))
    {
      g_autofree char *sentence = no_letter (language, store, text);
      dk_throw (error, DK_ERROR_NOT_FOUND, "%s", sentence);
      return NULL;
    }
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

StoreCase *
say_find_case (const char *language, Store *store, const char *text, bool as_merged, GError **error)
{
  g_autoptr (GError) failed = NULL;
  StoreCase *the_case = store_case_find (store, text, as_merged, &failed);
  if (g_error_matches (failed, DK_ERROR, DK_ERROR_NOT_FOUND))
    {
      g_autofree char *sentence = no_such (language, true, text);
      dk_throw (error, DK_ERROR_NOT_FOUND, "%s", sentence);
    }
  else if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return the_case;
}

char *
say_find_store (const char *language, const char *given, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *path = store_find (given, &failed);
  if (path != NULL)
    return g_steal_pointer (&path);
  const char *named = store_named (given);
  g_autofree char *plain = command_plain (named != NULL ? named : "");
  g_autofree char *sentence
      = named != NULL ? say_text (language, "not_a_store", "s", plain) : say_text (language, "no_store", "");
  dk_throw (error, failed->code, "%s", sentence);
  return NULL;
}
