#include "cases/contact_leads.h"
#include "store/decision.h"
#include <string.h>

#define UNSURE 0.60 /* the most that a field can give of which docket is not sure */
#define LEADS 8     /* files that one point may lead to and still be looked at */
#define NAMESAKES 3 /* files of one name; where there are more, it says nothing */

void
contact_clues_clear (Clues *clues)
{
  for (int i = 0; i < CLUES; i++)
    store_point_free (clues->clues[i].point);
  g_free (clues->language);
}

/* --- what the letter says --- */

/* The clue that the field @field of a letter is, -1 for none. */
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

bool
contact_find_clues (Store *store, const Settings *settings, const StoreDocument *document, Clues *clues, GError **error)
{
  g_autoptr (GPtrArray) decisions = store_decisions (store, document->id, true, error);
  if (decisions == NULL)
    return false;
  clues->document = document->id;
  clues->language = g_strdup (document->language);
  for (guint i = 0; i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      int at = clue_of (decision->name);
      if (at < 0 || clues->clues[at].point != NULL)
        continue;
      clues->clues[at].point = contact_point (settings, contact_types[at], decision->value);
      if (clues->clues[at].point != NULL)
        clues->clues[at].point->document = document->id;
      clues->clues[at].sure = decision->human || !decision->undecided;
    }
  return true;
}

bool
contact_has_no_clue (const Clues *clues)
{
  for (int i = 0; i < CLUES; i++)
    if (clues->clues[i].point != NULL)
      return false;
  return true;
}

bool
contact_is_clue (const char *field)
{
  return clue_of (field) >= 0;
}

/* An address that several share is any that leads to one alone otherwise; who is new was looked for by all of them. */
bool
contact_rests_on (const char *reason, const char *field)
{
  enum
  {
    SHARED = 1 << CLUE_CUSTOMER | 1 << CLUE_IBAN | 1 << CLUE_EMAIL | 1 << CLUE_PHONE,
    ALL = (1 << CLUES) - 1
  };
  static const struct
  {
    const char *reason;
    unsigned clues;
  } rests[] = { { "customer_no", 1 << CLUE_CUSTOMER },
                { "customer_no_other_name", 1 << CLUE_CUSTOMER | 1 << CLUE_NAME },
                { "iban", 1 << CLUE_IBAN },
                { "email", 1 << CLUE_EMAIL },
                { "phone", 1 << CLUE_PHONE },
                { "phone_name", 1 << CLUE_PHONE | 1 << CLUE_NAME },
                { "shared", SHARED },
                { "shared_name", SHARED | 1 << CLUE_NAME },
                { "address_name", 1 << CLUE_ADDRESS | 1 << CLUE_NAME },
                { "name", 1 << CLUE_NAME },
                { "made", ALL },
                { "two_files", ALL } };
  int clue = clue_of (field);
  for (gsize i = 0; clue >= 0 && i < G_N_ELEMENTS (rests); i++)
    if (strcmp (rests[i].reason, reason) == 0)
      return (rests[i].clues >> clue & 1) != 0;
  return false;
}

/* --- where it leads --- */

bool
contact_compare_names (Store *store, int64_t root, const Clues *clues, NamesFit *best, bool *known, GError **error)
{
  const StorePoint *name = clues->clues[CLUE_NAME].point;
  *best = NAMES_DIFFER;
  *known = false;
  if (name == NULL)
    return true;
  g_autoptr (GPtrArray) points = store_contact_points (store, root, error);
  for (guint i = 0; points != NULL && i < points->len; i++)
    {
      const StorePoint *point = points->pdata[i];
      if (strcmp (point->type, STORE_POINT_NAME) != 0 || point->document == clues->document)
        continue;
      *known = true;
      *best = MAX (*best, names_compare (name->normalised, point->normalised));
    }
  return points != NULL;
}

/* Whether the file has @point from elsewhere than this letter. */
static bool
is_elsewhere (Store *store, int64_t root, const StorePoint *point, int64_t document, bool *is, GError **error)
{
  g_autoptr (GPtrArray) points = store_contact_points (store, root, error);
  *is = false;
  for (guint i = 0; points != NULL && i < points->len; i++)
    {
      const StorePoint *known = points->pdata[i];
      *is |= known->document != document && strcmp (known->type, point->type) == 0
             && strcmp (known->normalised, point->normalised) == 0;
    }
  return points != NULL;
}

static Lead
judge_identifier (int clue, bool shared, NamesFit names, bool known)
{
  static const struct
  {
    double score;
    const char *reason;
  } certain[]
      = { [CLUE_CUSTOMER] = { 1.00, "customer_no" }, [CLUE_IBAN] = { 0.97, "iban" }, [CLUE_EMAIL] = { 0.95, "email" } };
  bool agree = known && names == NAMES_AGREE;
  if (shared)
    return (Lead){ .score = agree ? 0.90 : 0.50, .reason = agree ? "shared_name" : "shared" };
  if (clue == CLUE_PHONE)
    return (Lead){ .score = agree                            ? 0.90
                            : known && names == NAMES_DIFFER ? 0.50
                                                             : 0.60,
                   .reason = agree ? "phone_name" : "phone" };
  if (clue == CLUE_CUSTOMER && known && names == NAMES_DIFFER) /* one digit misread is another's number */
    return (Lead){ .score = 0.60, .reason = "customer_no_other_name" };
  return (Lead){ .score = certain[clue].score, .reason = certain[clue].reason };
}

static Lead
judge (int clue, bool shared, NamesFit names, bool known)
{
  bool agree = known && names == NAMES_AGREE;
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
      NamesFit names;
      bool known, elsewhere;
      int64_t root = g_array_index (roots, int64_t, i);
      if (!is_elsewhere (store, root, found->point, clues->document, &elsewhere, error)
          || !contact_compare_names (store, root, clues, &names, &known, error))
        return false;
      if (!elsewhere)
        continue;
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

GArray *
contact_find_leads (Store *store, const Clues *clues, GError **error)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, TRUE, sizeof (Lead));
  for (int clue = 0; clue < CLUES; clue++)
    if (!follow (store, clues, clue, leads, error))
      return NULL;
  g_array_sort (leads, by_score);
  return g_steal_pointer (&leads);
}
