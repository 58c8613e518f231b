#include "classify/field_repair.h"
#include <string.h>

#define LEAST_SURE 0.55
#define REPAIRED 0.05 /* less sure than what was read */

void
field_repair_replace (RecordFinding *finding, GString *value)
{
  if (strcmp (finding->value, value->str) == 0)
    return;
  g_free (finding->value);
  finding->value = g_strdup (value->str);
  finding->confidence = MAX (finding->confidence - REPAIRED, 0);
}

/* The words of the best sender's name, plain. Owned by the caller. */
static char **
words_of (const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = g_ptr_array_index (findings, i);
      if (strcmp (finding->name, "sender") != 0)
        continue;
      g_autofree char *plain = field_fold (finding->value);
      return g_strsplit_set (plain, " -.,'", -1);
    }
  return g_new0 (char *, 1);
}

/* "zainab.yusuf" is a name in itself. NULL when the part before the @ is not two words. Owned by the caller. */
static char *
name_of_address (const char *email)
{
  g_auto (GStrv) halves = g_strsplit (email, "@", 2);
  g_auto (GStrv) words = g_strsplit (halves[0], ".", -1);
  if (g_strv_length (words) != 2)
    return NULL;
  for (char **word = words; *word != NULL; word++)
    {
      if (strlen (*word) < 3 || strspn (*word, G_CSET_a_2_z) != strlen (*word))
        return NULL;
      **word = g_ascii_toupper (**word);
    }
  return g_strjoinv (" ", words);
}

/* Where nothing else tells who wrote, the address may. */
static void
name_by_address (FieldWork *work)
{
  const RecordFinding *email = NULL;
  for (guint i = 0; i < work->findings->len; i++)
    {
      const RecordFinding *finding = g_ptr_array_index (work->findings, i);
      if (strcmp (finding->name, "sender") == 0)
        return;
      if (email == NULL && strcmp (finding->name, "email") == 0)
        email = finding;
    }
  g_autofree char *name = email != NULL ? name_of_address (email->value) : NULL;
  if (name == NULL)
    return;
  RecordFinding *sender = record_finding_new ("sender", name, email->raw, LEAST_SURE);
  const RecordEvidence *there = email->evidence->len > 0 ? g_ptr_array_index (email->evidence, 0) : NULL;
  for (guint p = 0; there != NULL && p < work->text->pages->len; p++)
    {
      const RecordPage *page = g_ptr_array_index (work->text->pages, p);
      if (page->no == there->page)
        record_finding_because (sender, page, there->from, there->to, "email:name");
    }
  g_ptr_array_add (work->findings, sender);
}

/* "Nagy Etela Fő utca 44": the name above the address, where the end of its line was lost. */
static void
without_name (GPtrArray *findings)
{
  const char *name = NULL;
  for (guint i = 0; i < findings->len; i++)
    {
      RecordFinding *finding = g_ptr_array_index (findings, i);
      size_t n = name != NULL ? strlen (name) : 0;
      if (name == NULL && strcmp (finding->name, "sender") == 0)
        name = finding->value;
      if (n == 0 || strcmp (finding->name, "address") != 0 || strncmp (finding->value, name, n) != 0
          || strchr (" ,0123456789", finding->value[n]) == NULL || strlen (finding->value) < n + 8)
        continue;
      g_autoptr (GString) rest = g_string_new (finding->value + n + strspn (finding->value + n, " ,"));
      field_repair_replace (finding, rest);
    }
}

void
field_repair_people (FieldWork *work)
{
  g_autoptr (FieldWitnesses) witnesses = field_witnesses_new (work);
  for (guint i = 0; i < work->findings->len; i++)
    {
      RecordFinding *finding = g_ptr_array_index (work->findings, i);
      if (strcmp (finding->name, "sender") == 0)
        field_repair_name (finding, witnesses, work->findings, g_strcmp0 (work->context->language, "hu") == 0);
    }
  g_auto (GStrv) words = words_of (work->findings);
  for (guint i = 0; i < work->findings->len; i++)
    {
      RecordFinding *finding = g_ptr_array_index (work->findings, i);
      if (strcmp (finding->name, "email") == 0)
        field_repair_address (finding, words, witnesses, work->context->language);
    }
  without_name (work->findings);
  name_by_address (work);
}
