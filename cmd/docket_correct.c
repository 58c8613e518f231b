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

/* What the field @name looks like in its one proper form; true for one without. */
static bool
check_form (const char *name, const char *value, GError **error)
{
  static const struct
  {
    const char *name, *form, *allowed;
  } forms[] = {
    { "amount", "^[0-9]+([.][0-9]+)? [A-Z]{3}$", "an amount such as 214.60 GBP" },
    { "email", "^[^@[:space:]]+@[^@[:space:]]+$", "an address such as name@example.org" },
  };
  g_autofree char *plain = command_plain (value);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (name, forms[i].name) == 0 && !g_regex_match_simple (forms[i].form, value, G_REGEX_DOLLAR_ENDONLY, 0))
      return dk_throw (error, DK_ERROR_USAGE, "--set %s=%s: %s is needed", name, plain, forms[i].allowed);
  g_autofree char *pair = g_strdup_printf ("--set %s=%.80s", name, plain);
  if (strcmp (name, "language") == 0 && !values_check_language (value, pair, error))
    return false;
  if (strcmp (name, "iban") == 0 && !is_iban (value))
    return dk_throw (error, DK_ERROR_USAGE, "--set %s=%s: an IBAN without blanks and with a right check sum is needed",
                     name, plain);
  if (strcmp (plain, value) != 0)
    return dk_throw (error, DK_ERROR_USAGE, "--set %s=%.80s: a value on one line is needed", name, plain);
  if (strlen (value) > LIMITS_VALUE_BYTES)
    return dk_throw (error, DK_ERROR_USAGE, "--set %s=%.80s…: at most %d bytes are allowed", name, plain,
                     LIMITS_VALUE_BYTES);
  return true;
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
  if ((strcmp (name, "letter_date") == 0 || strcmp (name, "deadline") == 0) && !is_correct_date (value))
    return dk_throw (error, DK_ERROR_USAGE, "--set %s=%s: a date such as 2026-11-23 is needed", name, value);
  bool is_name = strcmp (name, "name") == 0, is_place = is_name || strcmp (name, "folder") == 0;
  if (*value == '\0' && !is_place) /* a name or folder is withdrawn: the template gives it again */
    return dk_throw (error, DK_ERROR_USAGE, "--set %s: a value is needed", name);
  if (is_name && strchr (value, '/') != NULL)
    return dk_throw (error, DK_ERROR_USAGE, "--set name=%s: a name has no /; --set folder=… says where it lies", value);
  if (is_place && !is_name && !is_folder (value))
    return dk_throw (error, DK_ERROR_USAGE,
                     "--set folder=%.200s: a folder below filed/ is needed, such as 2026/Complaints; neither / at its "
                     "beginning nor . or .. in it",
                     value);
  if (is_place && strlen (value) > LIMITS_FILED_NAME_BYTES)
    return dk_throw (error, DK_ERROR_USAGE, "--set %s: at most %d bytes are allowed", name, LIMITS_FILED_NAME_BYTES);
  return check_form (name, value, error);
}

bool
correct_value (const Config *config, StoreTransaction *transaction, int64_t document, const char *pair, GError **error)
{
  const char *equals = strchr (pair, '=');
  if (equals == NULL)
    return dk_throw (error, DK_ERROR_USAGE, "--set %s: NAME=VALUE is needed, such as kind=complaint", pair);
  g_autofree char *name = g_strndup (pair, (gsize)(equals - pair));
  return check_value (config, name, equals + 1, error)
         && store_decision_correct (transaction, document, name, equals + 1, PIPELINE_STAGE_NAMING, error);
}
