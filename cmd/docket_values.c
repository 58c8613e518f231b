#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/values.h"
#include "store/documents.h"
#include <string.h>

/* All codes of ISO 639-1, and what docket writes where it does not know. */
static const char languages[]
    = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
      "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu "
      "ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na "
      "nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so "
      "sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
      "und ";

static bool
is_language (const char *value)
{
  g_autofree char *word = g_strdup_printf (" %s ", value);
  return strchr (value, ' ') == NULL && strstr (languages, word) != NULL;
}

bool
values_check_language (const char *value, const char *said, GError **error)
{
  return is_language (value) || dk_refuse (error, DK_ERROR_USAGE, "no_language", "s", said);
}

/* "complaint suggestion …", the paths of all concepts of @scheme. Owned by the caller. */
static char *
allowed_paths (const Vocabulary *vocabulary, const char *scheme)
{
  const GPtrArray *concepts = vocabulary_concepts (vocabulary, scheme);
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < concepts->len; i++)
    {
      g_autofree char *path = vocabulary_path (vocabulary, ((const Concept *)concepts->pdata[i])->id);
      g_string_append_printf (list, "%s%s", i > 0 ? " " : "", path);
    }
  return g_string_free (list, FALSE);
}

bool
values_check_concept (const Vocabulary *vocabulary, const char *scheme, const char *value, const char *said,
                      GError **error)
{
  const Concept *concept
      = strcmp (scheme, "subject") != 0 ? vocabulary_concept (vocabulary, value) : vocabulary_at (vocabulary, value);
  if (concept != NULL && strcmp (concept->scheme, scheme) == 0)
    return true;
  g_autofree char *allowed = allowed_paths (vocabulary, scheme);
  return dk_refuse (error, DK_ERROR_USAGE, "no_concept", "sss", said, scheme, allowed);
}

/* Whether some document has the value; also one that the vocabulary has no more. */
static bool
is_used (Store *store, const char *name, const char *value, bool *used, GError **error)
{
  const StoreDocumentsFilter filter = { .kind = strcmp (name, "kind") == 0 ? value : NULL,
                                        .subject = strcmp (name, "subject") == 0 ? value : NULL,
                                        .language = strcmp (name, "language") == 0 ? value : NULL,
                                        .copies = true,
                                        .limit = 1 };
  g_autoptr (GPtrArray) rows = store_document_rows (store, &filter, error);
  *used = rows != NULL && rows->len > 0;
  return rows != NULL;
}

bool
values_check (Store *store, const char *name, const char *value, const char *said, GError **error)
{
  bool used;
  if (!is_used (store, name, value, &used, error) || used)
    return used;
  if (strcmp (name, "language") == 0)
    return values_check_language (value, said, error);
  g_autoptr (Config) config = command_config (store, error);
  g_autoptr (Vocabulary) vocabulary = config != NULL ? vocabulary_load (config, error) : NULL;
  return vocabulary != NULL && values_check_concept (vocabulary, name, value, said, error);
}
