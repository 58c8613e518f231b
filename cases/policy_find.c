/* cases/policy_find.c - which duties there are for a name, a version, a document. */
#include "base/messages.h"
#include "cases/policy_internal.h"
#include <string.h>

bool
policies_has_pack (const Policies *policies, const char *pack)
{
  for (guint i = 0; i < policies->duties->len; i++)
    if (strcmp (((const PolicyDuty *)g_ptr_array_index (policies->duties, i))->policy.pack, pack) == 0)
      return true;
  return false;
}

static bool
is_called (const Policy *policy, const char *name)
{
  size_t pack = strlen (policy->pack);
  return strncmp (name, policy->pack, pack) == 0 && name[pack] == '/' && strcmp (name + pack + 1, policy->kind) == 0;
}

/* Says what there is instead of @name: the dates of the duty, the kinds of the pack, or the packs. */
static void
throw_not_found (const Policies *policies, const char *name, GError **error)
{
  g_autofree char *pack = g_strndup (name, strcspn (name, "/"));
  bool has_pack = policies_has_pack (policies, pack);
  g_autoptr (GString) dates = g_string_new (NULL);
  g_autoptr (GString) others = g_string_new (NULL);
  const char *last = "";
  for (guint i = 0; i < policies->duties->len; i++)
    {
      const PolicyDuty *duty = g_ptr_array_index (policies->duties, i);
      const char *other = has_pack ? duty->policy.kind : duty->policy.pack;
      g_autofree char *from = dk_day_format (duty->from);
      if (is_called (&duty->policy, name))
        g_string_append_printf (dates, " %s", from);
      if ((!has_pack || strcmp (duty->policy.pack, pack) == 0) && strcmp (last, other) != 0)
        g_string_append_printf (others, " %s", last = other);
    }
  if (dates->len > 0)
    dk_refuse (error, DK_ERROR_NOT_FOUND, "policy_dates", "ss", name, g_strchug (dates->str));
  else if (has_pack)
    dk_refuse (error, DK_ERROR_NOT_FOUND, "no_policy", "sss", name, pack, g_strchug (others->str));
  else
    dk_refuse (error, DK_ERROR_NOT_FOUND, "no_pack", "ss", pack, others->len > 0 ? g_strchug (others->str) : "none");
}

const Policy *
policies_find (const Policies *policies, const char *name, DkDay day, GError **error)
{
  for (guint i = 0; i < policies->duties->len; i++)
    {
      const PolicyDuty *duty = g_ptr_array_index (policies->duties, i);
      if (is_called (&duty->policy, name) && duty->from <= day && day <= duty->to)
        return &duty->policy;
    }
  throw_not_found (policies, name, error);
  return NULL;
}

const Policy *
policies_by_version (const Policies *policies, const char *version)
{
  for (guint i = 0; i < policies->duties->len; i++)
    {
      const PolicyDuty *duty = g_ptr_array_index (policies->duties, i);
      if (strcmp (duty->policy.version, version) == 0)
        return &duty->policy;
    }
  return NULL;
}

/* Whether @subject is one of @subjects or lies below one. */
bool
policy_has_subject (char *const *subjects, const char *subject)
{
  for (char *const *each = subjects; *each != NULL; each++)
    {
      size_t length = strlen (*each);
      if (strncmp (subject, *each, length) == 0 && (subject[length] == '\0' || subject[length] == '/'))
        return true;
    }
  return false;
}

static bool
is_in_country (const Policy *policy, const char *country)
{
  for (char *const *each = policy->countries; *each != NULL; each++)
    {
      size_t length = strlen (*each);
      if (strncmp (country, *each, length) == 0 && (country[length] == '\0' || country[length] == '-'))
        return true;
    }
  return false;
}

static bool
is_of_firm (const Policy *policy, const char *pack, const char *country)
{
  return strcmp (policy->pack, pack) == 0 || is_in_country (policy, country);
}

static bool
is_for (const Policy *policy, const PolicyQuestion *question)
{
  bool kind = *policy->kinds == NULL;
  for (char *const *each = policy->kinds; *each != NULL; each++)
    kind |= g_strv_contains (question->kinds, *each);
  return kind && (*policy->subjects == NULL || policy_has_subject (policy->subjects, question->subject))
         && is_of_firm (policy, question->pack, question->country);
}

GPtrArray *
policies_of_firm (const Policies *policies, const char *pack, const char *country, DkDay day)
{
  GPtrArray *found = g_ptr_array_new ();
  for (guint i = 0; i < policies->duties->len; i++)
    {
      PolicyDuty *duty = g_ptr_array_index (policies->duties, i);
      if (duty->from <= day && day <= duty->to && is_of_firm (&duty->policy, pack, country))
        g_ptr_array_add (found, &duty->policy);
    }
  return found;
}

GPtrArray *
policies_for (const Policies *policies, const PolicyQuestion *question)
{
  GPtrArray *found = g_ptr_array_new ();
  for (guint i = 0; i < policies->duties->len; i++)
    {
      PolicyDuty *duty = g_ptr_array_index (policies->duties, i);
      if (duty->from <= question->received && question->received <= duty->to && is_for (&duty->policy, question))
        g_ptr_array_add (found, &duty->policy);
    }
  return found;
}

const char *
policy_calendar (const Policy *policy, const char *own)
{
  if (policy->calendar == NULL || own == NULL)
    return policy->calendar != NULL ? policy->calendar : own;
  size_t length = strlen (policy->calendar);
  return strncmp (own, policy->calendar, length) == 0 && own[length] == '-' ? own : policy->calendar;
}
