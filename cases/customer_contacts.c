/* The contacts of a customer list. */
#include "cases/contact.h"
#include "cases/customer_list.h"
#include "cases/names.h"
#include "cases/point.h"
#include <string.h>

#define BATCH 200 /* customers in a transaction */

typedef struct
{
  StoreTransaction *transaction;
  const Settings *settings;
  CustomerList *list;
  const Customer *customer;
  GPtrArray *points; /* of StorePoint: what the line says, the customer number first */
  bool changed;
} Import;

static const struct
{
  int field;
  const char *type;
} columns[] = {
  { CUSTOMERS_NUMBER, STORE_POINT_CUSTOMER }, { CUSTOMERS_NAME, STORE_POINT_NAME },
  { CUSTOMERS_EMAIL, STORE_POINT_EMAIL },     { CUSTOMERS_PHONE, STORE_POINT_PHONE },
  { CUSTOMERS_IBAN, STORE_POINT_IBAN },       { CUSTOMERS_ADDRESS, STORE_POINT_ADDRESS },
};

/* A fresh point, a telephone number as it is dialled where the customer lives. */
static StorePoint *
point_of (const Import *import, const char *type, const char *text)
{
  const char *country = import->customer->fields[CUSTOMER_COUNTRY];
  g_autofree char *normalised = country != NULL ? point_normalise (type, text, country)
                                                : point_normalise (type, text, import->settings->country);
  return normalised != NULL ? store_point_new (type, text, normalised, false) : NULL;
}

static void
read_points (Import *import)
{
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const char *text = import->customer->fields[columns[i].field];
      StorePoint *point = text != NULL ? point_of (import, columns[i].type, text) : NULL;
      if (point != NULL)
        g_ptr_array_add (import->points, point);
    }
}

static bool
is_own (const StorePoint *point)
{
  return strcmp (point->type, STORE_POINT_NAME) != 0 && strcmp (point->type, STORE_POINT_ADDRESS) != 0;
}

/* The file that has @point, 0: none, or several. */
static bool
holder_of (const Import *import, const StorePoint *point, int64_t *root, GError **error)
{
  bool shared;
  g_autoptr (GArray) roots
      = store_contacts_with (store_of (import->transaction), point->type, point->normalised, 2, &shared, error);
  *root = roots != NULL && roots->len == 1 && !shared ? g_array_index (roots, int64_t, 0) : 0;
  return roots != NULL;
}

/* Whether the file may be that of the customer: it has no number yet, and its name fits. */
static bool
may_be (const Import *import, int64_t root, bool *fits, GError **error)
{
  const StorePoint *name = import->points->pdata[1];
  g_autoptr (GPtrArray) points = store_contact_points (store_of (import->transaction), root, error);
  *fits = true;
  for (guint i = 0; points != NULL && i < points->len && *fits; i++)
    {
      const StorePoint *point = points->pdata[i];
      if (strcmp (point->type, STORE_POINT_CUSTOMER) == 0)
        *fits = false;
      if (strcmp (point->type, STORE_POINT_NAME) == 0 && point->normalised != NULL)
        *fits &= names_compare (name->normalised, point->normalised) == NAMES_AGREE;
    }
  return points != NULL;
}

/* Who wrote before the list was known: a contact without a number, of this name, with one of the points. */
static bool
find_writer (const Import *import, int64_t *root, GError **error)
{
  *root = 0;
  for (guint i = 1; i < import->points->len; i++)
    {
      int64_t holder;
      bool fits = false;
      const StorePoint *point = import->points->pdata[i];
      if (!is_own (point))
        continue;
      if (!holder_of (import, point, &holder, error) || (holder != 0 && !may_be (import, holder, &fits, error)))
        return false;
      if (fits)
        {
          *root = holder;
          return true;
        }
    }
  return true;
}

static bool
blame (Import *import, const StorePoint *point, int64_t own, GError **error)
{
  int64_t other;
  customer_list_blame (import->list, import->customer->line, "belongs", point->raw);
  return holder_of (import, point, &other, error)
         && (other == 0 || store_contact_propose (import->transaction, own, other, 0.80, "two_files", 0, error));
}

/* Whether another file has @point, which is its own. */
static bool
is_taken (const Import *import, const StorePoint *point, bool *taken, GError **error)
{
  *taken = false;
  if (!is_own (point))
    return true;
  g_autoptr (GArray) roots
      = store_contacts_with (store_of (import->transaction), point->type, point->normalised, 1, NULL, error);
  *taken = roots != NULL && roots->len > 0;
  return roots != NULL;
}

/* --- a customer who is new --- */

static const char *
region_of (const Import *import)
{
  char *const *fields = import->customer->fields;
  return fields[CUSTOMERS_ADDRESS] != NULL && fields[CUSTOMER_COUNTRY] != NULL
             ? point_region (fields[CUSTOMERS_ADDRESS], fields[CUSTOMER_COUNTRY])
             : "";
}

static bool
make (Import *import, GError **error)
{
  char *const *fields = import->customer->fields;
  g_autoptr (GPtrArray) free_points = g_ptr_array_new (), taken_points = g_ptr_array_new ();
  for (guint i = 0; i < import->points->len; i++)
    {
      bool taken;
      if (!is_taken (import, import->points->pdata[i], &taken, error))
        return false;
      g_ptr_array_add (taken ? taken_points : free_points, import->points->pdata[i]);
    }
  const char *lifecycle = fields[CUSTOMER_LIFECYCLE] != NULL ? fields[CUSTOMER_LIFECYCLE] : "client";
  const char *language = fields[CUSTOMER_LANGUAGE] != NULL ? fields[CUSTOMER_LANGUAGE] : "";
  StoreContact contact
      = { .kind = (char *)(uintptr_t)(point_is_company (fields[CUSTOMERS_NAME]) ? "company" : "person"),
          .name = fields[CUSTOMERS_NAME],
          .language = (char *)(uintptr_t)language,
          .country = (char *)(uintptr_t)(fields[CUSTOMER_COUNTRY] != NULL ? fields[CUSTOMER_COUNTRY] : ""),
          .region = (char *)(uintptr_t)region_of (import),
          .lifecycle = (char *)(uintptr_t)lifecycle };
  if (!store_contact_make (import->transaction, &contact, free_points, error))
    return false;
  for (guint i = 0; i < taken_points->len; i++)
    if (!blame (import, taken_points->pdata[i], contact.id, error))
      return false;
  return true;
}

/* --- one who is known --- */

static void
change (Import *import, char **field, const char *value)
{
  if (value == NULL || *value == '\0' || g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  import->changed = true;
}

/* Of a contact with several numbers in the list the oldest one says what it is. */
static bool
is_first_number (const GPtrArray *points, const StorePoint *number)
{
  for (guint i = 0; i < points->len; i++)
    {
      const StorePoint *point = points->pdata[i];
      if (strcmp (point->type, STORE_POINT_CUSTOMER) == 0)
        return g_strcmp0 (point->normalised, number->normalised) == 0;
    }
  return true;
}

static bool
set_codes (Import *import, int64_t root, GError **error)
{
  char *const *fields = import->customer->fields;
  g_autoptr (StoreContact) contact = store_contact_load (store_of (import->transaction), root, error);
  if (contact == NULL)
    return false;
  bool before = import->changed;
  import->changed = false;
  change (import, &contact->name, fields[CUSTOMERS_NAME]);
  change (import, &contact->lifecycle,
          fields[CUSTOMER_LIFECYCLE] != NULL             ? fields[CUSTOMER_LIFECYCLE]
          : strcmp (contact->lifecycle, "prospect") == 0 ? "client"
                                                         : NULL);
  change (import, &contact->language, fields[CUSTOMER_LANGUAGE]);
  change (import, &contact->country, fields[CUSTOMER_COUNTRY]);
  change (import, &contact->region, region_of (import));
  bool done = !import->changed || store_contact_set (import->transaction, contact, error);
  import->changed |= before;
  return done;
}

static bool
update (Import *import, int64_t root, GError **error)
{
  g_autoptr (GPtrArray) known = store_contact_points (store_of (import->transaction), root, error);
  if (known == NULL || (is_first_number (known, import->points->pdata[0]) && !set_codes (import, root, error)))
    return false;
  for (guint i = 0; i < import->points->len; i++)
    {
      const StorePoint *point = import->points->pdata[i];
      bool taken;
      if (contact_has_point (known, point))
        continue;
      if (!is_taken (import, point, &taken, error)
          || !(taken ? blame (import, point, root, error)
                     : store_contact_add_point (import->transaction, root, point, error)))
        return false;
      import->changed |= !taken;
    }
  return true;
}

/* --- all --- */

static bool
take (Import *import, CustomerCount *count, GError **error)
{
  int64_t root;
  read_points (import);
  if (!holder_of (import, import->points->pdata[0], &root, error) || (root == 0 && !find_writer (import, &root, error)))
    return false;
  if (root == 0)
    {
      count->made++;
      return make (import, error);
    }
  if (!update (import, root, error))
    return false;
  count->changed += import->changed;
  count->same += !import->changed;
  return true;
}

static bool
take_batch (StoreTransaction *transaction, const Settings *settings, CustomerList *list, guint from, guint to,
            CustomerCount *count, GError **error)
{
  for (guint i = from; i < to; i++)
    {
      g_autoptr (GPtrArray) points = g_ptr_array_new_with_free_func ((GDestroyNotify)store_point_free);
      Import import = { .transaction = transaction,
                        .settings = settings,
                        .list = list,
                        .customer = list->customers->pdata[i],
                        .points = points };
      if (!take (&import, count, error))
        return false;
    }
  return true;
}

bool
customer_list_apply (Store *store, const Settings *settings, const char *actor, CustomerList *list,
                     CustomerCount *count, GError **error)
{
  *count = (CustomerCount){ 0 };
  for (guint from = 0; from < list->customers->len; from += BATCH)
    {
      guint to = MIN (from + BATCH, list->customers->len);
      g_autoptr (StoreTransaction) transaction = store_begin (store, actor, error);
      if (transaction == NULL || !take_batch (transaction, settings, list, from, to, count, error)
          || !store_commit (g_steal_pointer (&transaction), error))
        return false;
    }
  return true;
}
