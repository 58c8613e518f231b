#include "cases/contact_leads.h"
#include "cases/point.h"
#include <string.h>

#define JOINS 0.85  /* from this score on a letter is of that contact */
#define NOISE 0.50  /* what a letter that has its contact proposes nevertheless */
#define PROPOSALS 3 /* of one letter */

/* The country that the address shows; "" where it shows none. */
static const char *
country_of_address (const Clues *clues)
{
  const StorePoint *address = clues->clues[CLUE_ADDRESS].point;
  return address != NULL ? point_country (address->raw, clues->language) : "";
}

static const char *
country_of (const Clues *clues)
{
  static const char *const known[] = { "+34", "ES", "+33", "FR", "+36", "HU", "+44", "GB" };
  const StorePoint *phone = clues->clues[CLUE_PHONE].point;
  const char *country = country_of_address (clues);
  for (gsize i = 0; *country == '\0' && phone != NULL && i < G_N_ELEMENTS (known); i += 2)
    if (g_str_has_prefix (phone->normalised, known[i]))
      return known[i + 1];
  return country;
}

/* Of the address, by the country that it shows. */
static const char *
region_of (const Clues *clues)
{
  const StorePoint *address = clues->clues[CLUE_ADDRESS].point;
  return address != NULL ? point_region (address->raw, country_of_address (clues)) : "";
}

static bool
make_contact (StoreTransaction *transaction, const StoreDocument *document, const Clues *clues, int64_t *id,
              GError **error)
{
  const StorePoint *name = clues->clues[CLUE_NAME].point;
  g_autoptr (GPtrArray) points = g_ptr_array_new ();
  bool shared = false;
  for (int i = 0; i < CLUES; i++)
    {
      StorePoint *point = clues->clues[i].point;
      g_autoptr (GArray) others = point != NULL ? store_contacts_with (store_of (transaction), point->type,
                                                                       point->normalised, 1, &shared, error)
                                                : NULL;
      if (point != NULL && others == NULL)
        return false;
      /* What another file has is proposed, not taken from it. */
      if (point != NULL && (i >= CLUE_NAME || (others->len == 0 && clues->clues[i].sure)))
        g_ptr_array_add (points, point);
    }
  const StorePoint *customer = clues->clues[CLUE_CUSTOMER].point;
  StoreContact contact
      = { .kind = (char *)(uintptr_t)(name != NULL && point_is_company (name->raw) ? "company" : "person"),
          .name = name != NULL ? name->raw : NULL,
          .language = document->language != NULL ? document->language : (char *)(uintptr_t) "",
          .country = (char *)(uintptr_t)country_of (clues),
          .region = (char *)(uintptr_t)region_of (clues),
          .lifecycle
          = (char *)(uintptr_t)(customer != NULL && clues->clues[CLUE_CUSTOMER].sure ? "client" : "prospect") };
  if (!store_contact_make (transaction, &contact, points, error))
    return false;
  *id = contact.id;
  return true;
}

/* Gives *@field the @value where there is one. */
static bool
fill (char **field, const char *value)
{
  if (value == NULL || *value == '\0')
    return false;
  g_free (*field);
  *field = g_strdup (value);
  return true;
}

/* What the file did not know of the person before. */
static bool
fill_gaps (StoreTransaction *transaction, const Clues *clues, int64_t root, bool client, GError **error)
{
  const StorePoint *name = clues->clues[CLUE_NAME].point;
  g_autoptr (StoreContact) contact = store_contact_load (store_of (transaction), root, error);
  if (contact == NULL)
    return false;
  bool changed = contact->name == NULL && name != NULL && fill (&contact->name, name->raw);
  changed |= *contact->country == '\0' && fill (&contact->country, country_of (clues));
  bool there = strcmp (contact->country, country_of_address (clues)) == 0;
  changed |= *contact->region == '\0' && there && fill (&contact->region, region_of (clues));
  changed |= client && strcmp (contact->lifecycle, "prospect") == 0 && fill (&contact->lifecycle, "client");
  return !changed || store_contact_set (transaction, contact, error);
}

/* What nobody else has and the file has not yet. */
static bool
add_points (StoreTransaction *transaction, const Clues *clues, int64_t root, GError **error)
{
  Store *store = store_of (transaction);
  bool client = false;
  g_autoptr (GPtrArray) known = store_contact_points (store, root, error);
  for (int i = 0; known != NULL && i < CLUES; i++)
    {
      StorePoint *point = clues->clues[i].point;
      if (point == NULL || !clues->clues[i].sure || contact_has_point (known, point))
        continue;
      g_autoptr (GArray) others = store_contacts_with (store, point->type, point->normalised, 1, NULL, error);
      if (others == NULL)
        return false;
      bool is_free = i >= CLUE_NAME || others->len == 0;
      if (is_free && !store_contact_add_point (transaction, root, point, error))
        return false;
      client |= is_free && i == CLUE_CUSTOMER;
    }
  return known != NULL && fill_gaps (transaction, clues, root, client, error);
}

static bool
propose (StoreTransaction *transaction, const GArray *leads, int64_t own, bool joined, int64_t case_id, GError **error)
{
  unsigned n = 0;
  for (guint i = 0; i < leads->len && n < PROPOSALS; i++)
    {
      const Lead *lead = &g_array_index (leads, Lead, i);
      bool two = joined && lead->score >= JOINS; /* the letter leads to both */
      if (lead->root == own || (joined && lead->score < NOISE))
        continue;
      if (!store_contact_propose (transaction, own, lead->root, two ? 0.80 : lead->score,
                                  two ? "two_files" : lead->reason, case_id, error))
        return false;
      n++;
    }
  return true;
}

/* A further letter of a case that has a contact: what it says is added where the name fits. */
static bool
note_further (StoreTransaction *transaction, const Clues *clues, int64_t contact, GError **error)
{
  NamesFit names;
  bool known;
  g_autoptr (StoreContact) now = store_contact_load (store_of (transaction), contact, error);
  if (now == NULL || !contact_compare_names (store_of (transaction), now->root, clues, &names, &known, error))
    return false;
  return (known && names != NAMES_AGREE) || add_points (transaction, clues, now->root, error);
}

static bool
note_first (StoreTransaction *transaction, const StoreDocument *document, const Clues *clues, int64_t case_id,
            GError **error)
{
  g_autoptr (GArray) leads = contact_find_leads (store_of (transaction), clues, error);
  if (leads == NULL)
    return false;
  const Lead *best = leads->len > 0 ? &g_array_index (leads, Lead, 0) : NULL;
  bool joined = best != NULL && best->score >= JOINS;
  Lead own = joined ? *best : (Lead){ .score = 1, .reason = "made" };
  return (joined ? add_points (transaction, clues, own.root, error)
                 : make_contact (transaction, document, clues, &own.root, error))
         && store_case_set_contact (transaction, case_id, own.root, own.score, own.reason, document->id, error)
         && propose (transaction, leads, own.root, joined, case_id, error);
}

bool
contact_note_document (StoreTransaction *transaction, const Settings *settings, const StoreDocument *document,
                       int64_t case_id, GError **error)
{
  int64_t contact;
  g_auto (Clues) clues = { 0 };
  if (!contact_find_clues (store_of (transaction), settings, document, &clues, error)
      || !store_case_contact (store_of (transaction), case_id, &contact, error))
    return false;
  if (contact_has_no_clue (&clues))
    return true;
  return contact != 0 ? note_further (transaction, &clues, contact, error)
                      : note_first (transaction, document, &clues, case_id, error);
}

/* --- what is corrected --- */

/* The contact that this letter made is called as the letter says now. */
static bool
rename_contact (StoreTransaction *transaction, const Clues *clues, int64_t root, GError **error)
{
  const StorePoint *name = clues->clues[CLUE_NAME].point;
  g_autoptr (StoreContact) contact = store_contact_load (store_of (transaction), root, error);
  return contact != NULL
         && (name == NULL || g_strcmp0 (contact->name, name->raw) == 0
             || (fill (&contact->name, name->raw) && store_contact_set (transaction, contact, error)));
}

/* Takes from the file the points that stand on this letter; with @stale those alone that it does not say any more. */
static bool
take_back (StoreTransaction *transaction, const Clues *clues, int64_t root, bool stale, GError **error)
{
  g_autoptr (GPtrArray) points = store_contact_points (store_of (transaction), root, error);
  for (guint i = 0; points != NULL && i < points->len; i++)
    {
      const StorePoint *point = points->pdata[i];
      bool said = false;
      for (int k = 0; k < CLUES && stale; k++)
        said |= clues->clues[k].point != NULL && strcmp (clues->clues[k].point->type, point->type) == 0
                && strcmp (clues->clues[k].point->normalised, point->normalised) == 0;
      if (point->document == clues->document && !said && !store_contact_remove_point (transaction, point, error))
        return false;
    }
  return points != NULL;
}

/* Looks once more for whose letter it is that gave the case its contact @now. */
static bool
note_again (StoreTransaction *transaction, const StoreDocument *document, const Clues *clues, int64_t case_id,
            const StoreCaseContact *now, GError **error)
{
  g_autoptr (StoreContact) contact = store_contact_load (store_of (transaction), now->contact, error);
  if (contact == NULL || !take_back (transaction, clues, contact->root, true, error))
    return false;
  g_autoptr (GArray) leads = contact_find_leads (store_of (transaction), clues, error);
  if (leads == NULL)
    return false;
  const Lead *best = leads->len > 0 ? &g_array_index (leads, Lead, 0) : NULL;
  bool joined = best != NULL && best->score >= JOINS, made = strcmp (now->reason, "made") == 0;
  if (joined ? best->root != contact->root : !made)
    return take_back (transaction, clues, contact->root, false, error)
           && note_first (transaction, document, clues, case_id, error);
  return (!made || rename_contact (transaction, clues, contact->root, error))
         && add_points (transaction, clues, contact->root, error)
         && propose (transaction, leads, contact->root, joined, case_id, error);
}

bool
contact_note_correction (StoreTransaction *transaction, const Settings *settings, const StoreDocument *document,
                         GError **error)
{
  g_auto (StoreCaseContact) now = { 0 };
  g_auto (Clues) clues = { 0 };
  if (!contact_find_clues (store_of (transaction), settings, document, &clues, error)
      || !store_case_contact_source (store_of (transaction), document->case_id, &now, error))
    return false;
  if (contact_has_no_clue (&clues))
    return true;
  return now.contact != 0 && now.document == document->id
             ? note_again (transaction, document, &clues, document->case_id, &now, error)
             : contact_note_document (transaction, settings, document, document->case_id, error);
}
