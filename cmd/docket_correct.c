/* What people know better of a letter: the form that each value must have. */
#include "base/limits.h"
#include "base/messages.h"
#include "base/vocabulary.h"
#include "cmd/command.h"
#include "cmd/correct.h"
#include "cmd/values.h"
#include "pipeline/stages.h"
#include "store/decision.h"
#include <string.h>

static bool
is_correct_date (const char *value)
{
  return dk_day_parse (value) != DK_DAY_NONE;
}

/* An account number without blanks whose check digits are right: ISO 7064 MOD 97-10 of it, turned round, is 1. */
static bool
is_iban (const char *value)
{
  gsize length = strlen (value);
  unsigned rest = 0;
  if (length < 15 || length > 34 || strspn (value, G_CSET_A_2_Z G_CSET_DIGITS) != length || !g_ascii_isupper (value[0])
      || !g_ascii_isupper (value[1]) || !g_ascii_isdigit (value[2]) || !g_ascii_isdigit (value[3]))
    return false;
  for (gsize i = 0; i < length; i++)
    {
      char c = value[(i + 4) % length];
      rest
          = g_ascii_isdigit (c) ? (rest * 10 + (unsigned)(c - '0')) % 97 : (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
    }
  return rest == 1;
}

/* Whether @folder lies below the folder of filed letters as it is written: no root, no way up. */
static bool
is_folder (const char *folder)
{
  g_auto (GStrv) parts = g_strsplit (folder, "/", -1);
  bool good = *folder != '/';
  for (char **part = parts; *part != NULL; part++)
    good &= strcmp (*part, "..") != 0 && strcmp (*part, ".") != 0;
  return good;
}

#define LONGEST_TOLD 80 /* characters of what is refused */

/* Refuses @option, as it was typed, which needs @form, a word of the message set_form. */
static bool
refuse_form (const char *option, const char *form, GError **error)
{
  g_autofree char *plain = command_plain (option);
  bool cut = g_utf8_strlen (plain, -1) > LONGEST_TOLD;
  g_autofree char *told = cut ? g_utf8_substring (plain, 0, LONGEST_TOLD) : g_strdup (plain);
  return dk_refuse (error, DK_ERROR_USAGE, "set_form", "ss", told, form);
}

static bool
is_date_field (const char *name)
{
  return strcmp (name, "letter_date") == 0 || strcmp (name, "deadline") == 0;
}

/* What the field @name looks like in its one proper form; NULL when @value does, or it has none. */
static const char *
form_missed (const char *name, const char *value)
{
  static const struct
  {
    const char *name, *form;
  } forms[] = {
    { "amount", "^[0-9]+([.][0-9]+)? [A-Z]{3}$" },
    { "email", "^[^@[:space:]]+@[^@[:space:]]+$" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (name, forms[i].name) == 0 && !g_regex_match_simple (forms[i].form, value, G_REGEX_DOLLAR_ENDONLY, 0))
      return forms[i].name;
  if (is_date_field (name) && !is_correct_date (value))
    return "date";
  return strcmp (name, "iban") == 0 && !is_iban (value) ? "iban" : NULL;
}

/* Whether the name or folder @value of @option, where "" takes back what a person said, can be one. */
static bool
check_place (const char *name, const char *value, const char *option, GError **error)
{
  bool is_name = strcmp (name, "name") == 0;
  if (is_name && strchr (value, '/') != NULL)
    return refuse_form (option, "slash", error);
  if (!is_name && !is_folder (value))
    return refuse_form (option, "folder", error);
  return strlen (value) <= LIMITS_FILED_NAME_BYTES
         || dk_refuse (error, DK_ERROR_USAGE, "set_long", "sl", name, (int64_t)LIMITS_FILED_NAME_BYTES);
}

static bool
check_value (const Config *config, const char *name, const char *value, GError **error)
{
  static const char *const free_names[]
      = { "language",    "urgency",  "sender",     "address",      "email",  "phone", "letter_date",
          "customer_no", "order_no", "invoice_no", "reference_no", "amount", "iban",  "deadline",
          "name",        "folder",   NULL };
  g_autoptr (Vocabulary) vocabulary = vocabulary_load (config, error);
  if (vocabulary == NULL)
    return false;
  bool is_kind = strcmp (name, "kind") == 0, is_subject = strcmp (name, "subject") == 0;
  if (!is_kind && !is_subject && !g_strv_contains (free_names, name))
    {
      g_autofree char *fields = g_strjoinv (" ", (char **)(uintptr_t)free_names);
      return dk_refuse (error, DK_ERROR_USAGE, "set_name", "ss", name, fields);
    }
  if (strcmp (name, "urgency") == 0 && strcmp (value, "none") == 0)
    return true;
  g_autofree char *pair = g_strdup_printf ("--set %s=%s", name, value);
  if ((is_kind || is_subject || strcmp (name, "urgency") == 0)
      && !values_check_concept (vocabulary, name, value, pair, error))
    return false;
  if (strcmp (name, "name") == 0 || strcmp (name, "folder") == 0)
    return check_place (name, value, pair, error);
  if (*value == '\0' && strcmp (name, "language") != 0) /* there is none in the letter */
    return true;
  if (strcmp (name, "language") == 0 && !values_check_language (value, pair, error))
    return false;
  const char *form = form_missed (name, value);
  g_autofree char *plain = command_plain (value);
  if (form != NULL || strcmp (plain, value) != 0)
    return refuse_form (pair, form != NULL ? form : "line", error);
  return strlen (value) <= LIMITS_VALUE_BYTES
         || dk_refuse (error, DK_ERROR_USAGE, "set_long", "sl", name, (int64_t)LIMITS_VALUE_BYTES);
}

/* @value as it is kept: an account number is often typed in groups. Owned by the caller. */
static char *
proper (const char *name, const char *value)
{
  if (strcmp (name, "iban") != 0)
    return g_strdup (value);
  GString *joined = g_string_new (NULL);
  for (const char *c = value; *c != '\0'; c++)
    if (*c != ' ')
      g_string_append_c (joined, g_ascii_toupper (*c));
  return g_string_free (joined, FALSE);
}

bool
correct_value (const Config *config, StoreTransaction *transaction, int64_t document, const char *pair, GError **error)
{
  const char *equals = strchr (pair, '=');
  if (equals == NULL)
    {
      g_autofree char *option = g_strdup_printf ("--set %s", pair);
      return refuse_form (option, "pair", error);
    }
  g_autofree char *name = g_strndup (pair, (gsize)(equals - pair));
  g_autofree char *value = proper (name, equals + 1);
  return check_value (config, name, value, error)
         && store_decision_correct (transaction, document, name, value, PIPELINE_STAGE_NAMING, error);
}
