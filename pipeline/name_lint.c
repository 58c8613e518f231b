#include "pipeline/name_lint.h"
#include "base/limits.h"
#include "store/name.h"
#include <string.h>

#define TOO_MANY 10 /* percent of the documents that may need their docket number */

/* What is counted of one template. */
typedef struct
{
  const Template *template;
  char *where;
  bool in_folder;
  unsigned documents, cut, collide;
  unsigned *missing; /* for each of its places */
} Count;

static void
count_free (Count *count)
{
  g_free (count->where);
  g_free (count->missing);
  g_free (count);
}

static void
finding_free (NameFinding *finding)
{
  g_free (finding->where);
  g_free (finding->what);
  g_free (finding);
}

static void
find (GPtrArray *findings, const Count *about, const char *code, const char *what, unsigned count)
{
  NameFinding *finding = g_new0 (NameFinding, 1);
  finding->code = code;
  finding->where = g_strdup (about->where);
  finding->what = g_strdup (what);
  finding->count = count;
  finding->of = about->documents;
  g_ptr_array_add (findings, finding);
}

static void
add_count (GPtrArray *counts, const Template *template, char *where, bool in_folder)
{
  Count *count = g_new0 (Count, 1);
  count->template = template;
  count->where = where;
  count->in_folder = in_folder;
  count->missing = g_new0 (unsigned, template_n_places (template));
  g_ptr_array_add (counts, count);
}

/* Of Count: folders first, then names, then those of profiles in the order of the settings. */
static GPtrArray *
counts_of (const PipelineConfiguration *candidate)
{
  GPtrArray *counts = g_ptr_array_new_with_free_func ((GDestroyNotify)count_free);
  add_count (counts, candidate->naming->folder, g_strdup ("folder"), true);
  add_count (counts, candidate->naming->name, g_strdup ("name"), false);
  for (guint i = 0; i < candidate->settings->profiles->len; i++)
    {
      const char *profile = ((const ConfigProfile *)candidate->settings->profiles->pdata[i])->name;
      const Template *own = naming_name (candidate->naming, profile);
      if (own != candidate->naming->name)
        add_count (counts, own, g_strdup_printf ("profiles.%s.name", profile), false);
    }
  return counts;
}

static Count *
count_of (const GPtrArray *counts, const Template *template)
{
  for (guint i = 0; i < counts->len; i++)
    if (((Count *)counts->pdata[i])->template == template)
      return counts->pdata[i];
  return NULL;
}

/* Whether the longest component has too many bytes when nothing is cut. */
static bool
is_too_long (const Template *template, char *const *values, size_t extension)
{
  unsigned n = template_n_places (template);
  g_auto (GStrv) parts = NULL;
  char **stand = g_new0 (char *, n + 1);
  for (unsigned i = 0; i < n; i++)
    {
      stand[i] = template_value (template, i, values[i]);
      if (stand[i] != NULL)
        g_strdelimit (stand[i], "/", ' ');
    }
  g_autofree char *filled = template_fill (template, stand);
  for (unsigned i = 0; i < n; i++)
    g_free (stand[i]);
  g_free (stand);
  parts = g_strsplit (filled, "/", -1);
  bool too_long = false;
  for (char **part = parts; *part != NULL; part++)
    too_long |= strlen (*part) + extension > LIMITS_FILED_NAME_BYTES;
  return too_long;
}

static void
count_template (Count *count, char *const *values, size_t extension, bool collides)
{
  count->documents++;
  count->collide += collides;
  count->cut += is_too_long (count->template, values, extension);
  for (unsigned i = 0; i < template_n_places (count->template); i++)
    count->missing[i] += values[i] == NULL || *values[i] == '\0';
}

static bool
count_document (const PipelineRenaming *renaming, void *data, GError **error)
{
  const PipelinePlace *place = renaming->place;
  (void)error;
  if (place->by_person)
    return true;
  count_template (count_of (data, place->folder_template), place->folder_values, 0, false);
  count_template (count_of (data, place->name_template), place->name_values, strlen (place->extension),
                  renaming->collides);
  return true;
}

/* --- findings --- */

static void
find_indistinct (GPtrArray *findings, const Count *count)
{
  for (unsigned i = 0; i < template_n_places (count->template); i++)
    if (template_place (count->template, i)->word->tells_apart)
      return;
  if (!count->in_folder)
    find (findings, count, "nothing_distinct", NULL, 0);
}

/* Words of the template itself that no file system takes as a name: each value is a plain letter here. */
static void
find_reserved (GPtrArray *findings, const Count *count)
{
  unsigned n = template_n_places (count->template);
  g_autofree char **plain = g_new0 (char *, n + 1);
  for (unsigned i = 0; i < n; i++)
    plain[i] = (char *)(uintptr_t) "x";
  g_autofree char *filled = template_fill (count->template, plain);
  g_auto (GStrv) parts = g_strsplit (filled, "/", -1);
  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *safe = store_name_safe (*part, LIMITS_FILED_NAME_BYTES, false);
      if (**part != '\0' && strcmp (safe, *part) != 0)
        find (findings, count, "reserved", *part, 0);
    }
}

static void
find_missing (GPtrArray *findings, const Count *count)
{
  for (unsigned i = 0; count->documents > 0 && i < template_n_places (count->template); i++)
    {
      const TemplatePlace *place = template_place (count->template, i);
      if (count->missing[i] == count->documents)
        find (findings, count, "never_filled", place->word->name, count->missing[i]);
      else if (count->missing[i] > 0 && !place->optional && place->otherwise == NULL)
        find (findings, count, "often_missing", place->word->name, count->missing[i]);
    }
}

GPtrArray *
pipeline_name_lint (Store *store, const GArray *documents, const PipelineConfiguration *candidate,
                    const volatile int *stop, GError **error)
{
  g_autoptr (GPtrArray) counts = counts_of (candidate);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify)finding_free);
  if (!pipeline_renaming (store, documents, candidate, stop, count_document, counts, error))
    return NULL;
  for (guint i = 0; i < counts->len; i++)
    {
      const Count *count = counts->pdata[i];
      find_indistinct (findings, count);
      find_reserved (findings, count);
      find_missing (findings, count);
      if (count->cut > 0)
        find (findings, count, "too_long", NULL, count->cut);
      if (count->collide * 100 > count->documents * TOO_MANY)
        find (findings, count, "collides", NULL, count->collide);
    }
  return g_steal_pointer (&findings);
}
