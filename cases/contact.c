#include "cases/contact.h"
#include "cases/point.h"
#include "store/decision.h"
#include <string.h>

#define JOINS 0.85  /* from this score on a letter is of that contact */
#define UNSURE 0.60 /* the most that a field can give of which docket is not sure */
#define NOISE 0.50  /* what a letter that has its contact proposes nevertheless */
#define LEADS 8     /* files that one point may lead to and still be looked at */
#define NAMESAKES 3 /* files of one name; where there are more, it says nothing */
#define PROPOSALS 3 /* of one letter */

const char *const contact_types[] = { STORE_POINT_CUSTOMER,
                                      STORE_POINT_IBAN,
                                      STORE_POINT_EMAIL,
                                      STORE_POINT_PHONE,
                                      STORE_POINT_NAME,
                                      STORE_POINT_ADDRESS,
                                      NULL };
const char *const contact_lifecycles[] = { "prospect", "client", "former", NULL };

/* What stands on a letter, at most one point of each type. */
typedef struct
{
  StorePoint *point; /* NULL: none */
  bool sure;
} Clue;

enum
{
  CLUE_CUSTOMER,
  CLUE_IBAN,
  CLUE_EMAIL,
  CLUE_PHONE,
  CLUE_NAME,
  CLUE_ADDRESS,
  CLUES
};

typedef struct
{
  Clue clues[CLUES];
  const char *country;
} Clues;

static void
clues_clear (Clues *clues)
{
  for (int i = 0; i < CLUES; i++)
    store_point_free (clues->clues[i].point);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Clues, clues_clear)

typedef struct
{
  int64_t root;
  double score;
  const char *reason; /* a code, static */
} Lead;

StorePoint *
contact_point (const Settings *settings, const char *type, const char *text)
{
  g_autofree char *raw = g_strstrip (g_strdup (text));
  g_autofree char *normalised = point_normalise (type, raw, settings->country);
  return normalised != NULL ? store_point_new (type, raw, normalised, false) : NULL;
}

bool
contact_has_point (const GPtrArray *points, const StorePoint *point)
{
  for (guint i = 0; i < points->len; i++)
    {
      const StorePoint *known = points->pdata[i];
      if (strcmp (known->type, point->type) == 0 && g_strcmp0 (known->normalised, point->normalised) == 0)
        return true;
    }
  return false;
}

/* --- what the letter says --- */

static int
clue_of (const char *field)
{
  if (strcmp (field, "sender") == 0)
    return CLUE_NAME;
  for (int i = 0; i < CLUES; i++)
    if (i != CLUE_NAME && strcmp (field, contact_types[i]) == 0)
      return i;
  return -1;
}

/* The first of each, since the best is first. */
static bool
find_clues (Store *store, const Settings *settings, const StoreDocument *document, Clues *clues, GError **error)
{
  g_autoptr (GPtrArray) decisions = store_decisions (store, document->id, true, error);
  if (decisions == NULL)
    return false;
  for (guint i = 0; i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      int at = clue_of (decision->name);
      if (at < 0 || clues->clues[at].point != NULL)
        continue;
      clues->clues[at].point = contact_point (settings, contact_types[at], decision->value);
      clues->clues[at].sure = decision->human || !decision->undecided;
    }
  return true;
}

static bool
has_none (const Clues *clues)
{
  for (int i = 0; i < CLUES; i++)
    if (clues->clues[i].point != NULL)
      return false;
  return true;
}

/* --- where it leads --- */

/* How well the letter's name fits those of the file. *@known is false where either has none. */
static bool
compare_names (Store *store, int64_t root, const Clue *name, PointNames *best, bool *known, GError **error)
{
  *best = POINT_NAMES_DIFFER;
  *known = false;
  if (name->point == NULL)
    return true;
  g_autoptr (GPtrArray) points = store_contact_points (store, root, error);
  if (points == NULL)
    return false;
  for (guint i = 0; i < points->len; i++)
    {
      const StorePoint *point = points->pdata[i];
      if (strcmp (point->type, STORE_POINT_NAME) != 0 || point->normalised == NULL)
        continue;
      *known = true;
      *best = MAX (*best, point_names_compare (name->point->normalised, point->normalised));
    }
  return true;
}

static Lead
judge_identifier (int clue, bool shared, PointNames names, bool known)
{
  static const struct
  {
    double score;
    const char *reason;
  } certain[]
      = { [CLUE_CUSTOMER] = { 1.00, "customer_no" }, [CLUE_IBAN] = { 0.97, "iban" }, [CLUE_EMAIL] = { 0.95, "email" } };
  bool agree = known && names == POINT_NAMES_AGREE;
  if (shared)
    return (Lead){ .score = agree ? 0.90 : 0.50, .reason = agree ? "shared_name" : "shared" };
  if (clue == CLUE_PHONE)
    return (Lead){ .score = agree                                  ? 0.90
                            : known && names == POINT_NAMES_DIFFER ? 0.50
                                                                   : 0.60,
                   .reason = agree ? "phone_name" : "phone" };
  if (clue == CLUE_CUSTOMER && known && names == POINT_NAMES_DIFFER) /* one digit misread is another's number */
    return (Lead){ .score = 0.60, .reason = "customer_no_other_name" };
  return (Lead){ .score = certain[clue].score, .reason = certain[clue].reason };
}

static Lead
judge (int clue, bool shared, PointNames names, bool known)
{
  bool agree = known && names == POINT_NAMES_AGREE;
  if (clue == CLUE_NAME)
    return (Lead){ .score = 0.40, .reason = "name" };
  if (clue == CLUE_ADDRESS) /* another name at the same address is a neighbour or the family */
    return (Lead){ .score = agree ? 0.70 : 0, .reason = "address_name" };
  return judge_identifier (clue, shared, names, known);
}

static void
keep_best (GArray *leads, Lead lead)
{
  for (guint i = 0; i < leads->len; i++)
    {
      Lead *known = &g_array_index (leads, Lead, i);
      if (known->root != lead.root)
        continue;
      if (known->score < lead.score)
        *known = lead;
      return;
    }
  g_array_append_val (leads, lead);
}

static bool
follow (Store *store, const Clues *clues, int clue, GArray *leads, GError **error)
{
  const Clue *found = &clues->clues[clue];
  bool shared = false;
  if (found->point == NULL)
    return true;
  unsigned most = clue == CLUE_NAME ? NAMESAKES : LEADS;
  g_autoptr (GArray) roots
      = store_contacts_with (store, found->point->type, found->point->normalised, most + 1, &shared, error);
  for (guint i = 0; roots != NULL && roots->len <= most && i < roots->len; i++)
    {
      PointNames names;
      bool known;
      int64_t root = g_array_index (roots, int64_t, i);
      if (!compare_names (store, root, &clues->clues[CLUE_NAME], &names, &known, error))
        return false;
      Lead lead = judge (clue, shared && clue < CLUE_NAME, names, known);
      lead.root = root;
      lead.score = found->sure ? lead.score : MIN (lead.score, UNSURE);
      if (lead.score > 0)
        keep_best (leads, lead);
    }
  return roots != NULL;
}

/* The better ones first, then the older. */
static int
by_score (gconstpointer a, gconstpointer b)
{
  const Lead *one = a, *other = b;
  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;
  return one->root < other->root ? -1 : one->root > other->root;
}

static GArray *
find_leads (Store *store, const Clues *clues, GError **error)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, TRUE, sizeof (Lead));
  for (int clue = 0; clue < CLUES; clue++)
    if (!follow (store, clues, clue, leads, error))
      return NULL;
  g_array_sort (leads, by_score);
  return g_steal_pointer (&leads);
}

/* --- what is kept --- */

static const char *
country_of (const Settings *settings, const Clues *clues)
{
  static const char *const known[] = { "+34", "ES", "+33", "FR", "+36", "HU", "+44", "GB" };
  const StorePoint *phone = clues->clues[CLUE_PHONE].point;
  for (gsize i = 0; phone != NULL && i < G_N_ELEMENTS (known); i += 2)
    if (g_str_has_prefix (phone->normalised, known[i]))
      return known[i + 1];
  return clues->clues[CLUE_ADDRESS].point != NULL ? settings->country : "";
}

static bool
make_contact (StoreTransaction *transaction, const Settings *settings, const StoreDocument *document,
              const Clues *clues, int64_t *id, GError **error)
{
  const StorePoint *name = clues->clues[CLUE_NAME].point, *address = clues->clues[CLUE_ADDRESS].point;
  g_autofree char *country = g_strndup (country_of (settings, clues), 2);
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
          .country = country,
          .region = (char *)(uintptr_t)(address != NULL ? point_region (address->raw, country) : ""),
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
fill_gaps (StoreTransaction *transaction, const Settings *settings, const Clues *clues, int64_t root, bool client,
           GError **error)
{
  const StorePoint *name = clues->clues[CLUE_NAME].point, *address = clues->clues[CLUE_ADDRESS].point;
  g_autofree char *country = g_strndup (country_of (settings, clues), 2);
  g_autoptr (StoreContact) contact = store_contact_load (store_of (transaction), root, error);
  if (contact == NULL)
    return false;
  bool changed = contact->name == NULL && name != NULL && fill (&contact->name, name->raw);
  changed |= *contact->country == '\0' && fill (&contact->country, country);
  changed |= *contact->region == '\0' && address != NULL
             && fill (&contact->region, point_region (address->raw, contact->country));
  changed |= client && strcmp (contact->lifecycle, "prospect") == 0 && fill (&contact->lifecycle, "client");
  return !changed || store_contact_set (transaction, contact, error);
}

/* What nobody else has and the file has not yet. */
static bool
add_points (StoreTransaction *transaction, const Settings *settings, const Clues *clues, int64_t root, GError **error)
{
  Store *store = store_of (transaction);
  bool client = false;
  g_autoptr (GPtrArray) known = store_contact_points (store, root, error);
  for (int i = 0; known != NULL && i < CLUES; i++)
    {
      const StorePoint *point = clues->clues[i].point;
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
  return known != NULL && fill_gaps (transaction, settings, clues, root, client, error);
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
note_further (StoreTransaction *transaction, const Settings *settings, const Clues *clues, int64_t contact,
              GError **error)
{
  PointNames names;
  bool known;
  g_autoptr (StoreContact) now = store_contact_load (store_of (transaction), contact, error);
  if (now == NULL
      || !compare_names (store_of (transaction), now->root, &clues->clues[CLUE_NAME], &names, &known, error))
    return false;
  return (known && names != POINT_NAMES_AGREE) || add_points (transaction, settings, clues, now->root, error);
}

static bool
note_first (StoreTransaction *transaction, const Settings *settings, const StoreDocument *document, const Clues *clues,
            int64_t case_id, GError **error)
{
  g_autoptr (GArray) leads = find_leads (store_of (transaction), clues, error);
  if (leads == NULL)
    return false;
  const Lead *best = leads->len > 0 ? &g_array_index (leads, Lead, 0) : NULL;
  bool joined = best != NULL && best->score >= JOINS;
  Lead own = joined ? *best : (Lead){ .score = 1, .reason = "made" };
  return (joined ? add_points (transaction, settings, clues, own.root, error)
                 : make_contact (transaction, settings, document, clues, &own.root, error))
         && store_case_set_contact (transaction, case_id, own.root, own.score, own.reason, document->id, error)
         && propose (transaction, leads, own.root, joined, case_id, error);
}

bool
contact_note_document (StoreTransaction *transaction, const Settings *settings, const StoreDocument *document,
                       int64_t case_id, GError **error)
{
  int64_t contact;
  g_auto (Clues) clues = { 0 };
  if (!find_clues (store_of (transaction), settings, document, &clues, error)
      || !store_case_contact (store_of (transaction), case_id, &contact, error))
    return false;
  if (has_none (&clues))
    return true;
  return contact != 0 ? note_further (transaction, settings, &clues, contact, error)
                      : note_first (transaction, settings, document, &clues, case_id, error);
}
