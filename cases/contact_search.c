#include "base/messages.h"
#include "cases/contact.h"
#include "cases/point.h"
#include <string.h>

#define IDENTIFIERS 4 /* the first of contact_types lead to one file */

static void
add_ids (GArray *all, const GArray *some, unsigned limit)
{
  for (guint i = 0; i < some->len && all->len < limit; i++)
    {
      bool known = false;
      int64_t id = g_array_index (some, int64_t, i);
      for (guint k = 0; k < all->len && !known; k++)
        known = g_array_index (all, int64_t, k) == id;
      if (!known)
        g_array_append_val (all, id);
    }
}

/* Files that a whole point leads to. */
static bool
add_exact (Store *store, const Settings *settings, const char *text, unsigned limit, GArray *all, GError **error)
{
  for (int i = 0; i < IDENTIFIERS; i++)
    {
      g_autoptr (StorePoint) point = contact_point (settings, contact_types[i], text);
      if (point == NULL)
        continue;
      g_autoptr (GArray) some = store_contacts_with (store, point->type, point->normalised, limit, NULL, error);
      if (some == NULL)
        return false;
      add_ids (all, some, limit);
    }
  return true;
}

/* The number of "#7" or "7"; 0 when it is none. */
static int64_t
id_of (const char *text)
{
  guint64 id = 0;
  const char *digits = text[0] == '#' ? text + 1 : text;
  return g_ascii_string_to_unsigned (digits, 10, 1, G_MAXINT64, &id, NULL) ? (int64_t)id : 0;
}

bool
contact_find (Store *store, const Settings *settings, const char *text, int64_t *root, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (int64_t));
  if (text[0] != '#' && !add_exact (store, settings, text, 2, found, error))
    return false;
  if (found->len > 1)
    return dk_refuse (error, DK_ERROR_USAGE, "many_contacts", "s", text);
  if (found->len == 0 && id_of (text) == 0)
    return dk_refuse (error, DK_ERROR_NOT_FOUND, "no_contact_has", "s", text);
  g_autoptr (StoreContact) contact
      = store_contact_load (store, found->len > 0 ? g_array_index (found, int64_t, 0) : id_of (text), error);
  if (contact == NULL)
    return false;
  *root = contact->root;
  return true;
}

GArray *
contact_search (Store *store, const Settings *settings, const char *text, unsigned limit, GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (int64_t));
  if (!add_exact (store, settings, text, limit, all, error))
    return NULL;
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autoptr (GArray) named = store_contacts_named (store, text, limit, error);
  g_autoptr (GArray) mailing
      = named != NULL ? store_contacts_beginning (store, STORE_POINT_EMAIL, lower, limit, error) : NULL;
  if (mailing == NULL)
    return NULL;
  add_ids (all, named, limit);
  add_ids (all, mailing, limit);
  return g_steal_pointer (&all);
}
