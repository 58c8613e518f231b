#include "pipeline/place.h"
#include "base/file.h"
#include "store/decision.h"
#include "store/name.h"
#include "store/renaming.h"
#include <string.h>

#define COUNTS_KNOWN 20 /* attempts by which a name that is held is recognised */
#define MOST_ATTEMPTS 1000

static void
free_values (char **values, const Template *template)
{
  for (unsigned i = 0; values != NULL && i < template_n_places (template); i++)
    g_free (values[i]);
  g_free (values);
}

void
pipeline_place_free (PipelinePlace *place)
{
  if (place == NULL)
    return;
  free_values (place->name_values, place->name_template);
  free_values (place->folder_values, place->folder_template);
  g_free (place->folder);
  g_free (place->given);
  g_free (place->number);
  g_free (place->extension);
  g_free (place);
}

/* --- what stands for each word --- */

typedef struct
{
  const PipelineConfiguration *configuration;
  const StoreDocument *document;
  const StoreReceipt *receipt;
  PipelineValueFunc value;
  const void *data;
} Source;

/* NULL where there is none. Lent. */
static const char *
decided (const Source *source, const char *name, bool human)
{
  const char *value = source->value (name, human, source->data);
  return value != NULL && *value != '\0' ? value : NULL;
}

/* Digits of the received date: "2026", "03", "12". */
static char *
part_of_date (const char *received, NamingWord word)
{
  DkDay day = dk_day_parse (received);
  if (day == DK_DAY_NONE)
    return g_strdup (word == NAMING_YEAR ? "0000" : "00");
  DkDate date = dk_date (day);
  return word == NAMING_YEAR ? g_strdup_printf ("%04d", date.year)
                             : g_strdup_printf ("%02d", word == NAMING_MONTH ? date.month : date.day);
}

static char *
word_of_vocabulary (const Source *source, NamingWord word, bool in_folder)
{
  const Vocabulary *vocabulary = source->configuration->vocabulary;
  const char *language = source->configuration->settings->language;
  bool is_kind = word == NAMING_KIND || word == NAMING_KIND_CODE;
  const char *scheme = is_kind ? "kind" : "subject", *path = decided (source, scheme, false);
  if (word == NAMING_KIND_CODE || word == NAMING_SUBJECT_CODE)
    return g_strdup (vocabulary_folder_code (vocabulary, scheme, path));
  if (in_folder)
    return vocabulary_folder (vocabulary, scheme, path, language);
  const Concept *concept = path == NULL || is_kind ? NULL : vocabulary_at (vocabulary, path);
  const char *id = is_kind ? path : concept != NULL ? concept->id : NULL;
  return id != NULL ? g_strdup (vocabulary_file_form (vocabulary, id, language)) : NULL;
}

static char *
file_stem (const char *name)
{
  g_autofree char *base = g_path_get_basename (name);
  char *dot = strrchr (base, '.');
  return dot != NULL && dot > base ? g_strndup (base, (gsize)(dot - base)) : g_strdup (base);
}

static char *
value_of (const Source *source, NamingWord word, bool in_folder)
{
  const char *written = decided (source, "letter_date", false), *number = source->document->number;
  switch (word)
    {
    case NAMING_DATE:
      return g_strdup (written != NULL ? written : source->receipt->received);
    case NAMING_WRITTEN:
      return g_strdup (written);
    case NAMING_RECEIVED:
      return g_strdup (source->receipt->received);
    case NAMING_YEAR:
    case NAMING_MONTH:
    case NAMING_DAY:
      return part_of_date (source->receipt->received, word);
    case NAMING_KIND:
    case NAMING_SUBJECT:
    case NAMING_KIND_CODE:
    case NAMING_SUBJECT_CODE:
      return word_of_vocabulary (source, word, in_folder);
    case NAMING_NUMBER:
      return g_strdup (number);
    case NAMING_CASE:
      return number != NULL ? g_strndup (number, strcspn (number, "/")) : NULL;
    case NAMING_LANGUAGE:
      return g_strdup (source->document->language);
    case NAMING_CHANNEL:
      return g_strdup (source->receipt->channel);
    case NAMING_PROFILE:
      return g_strdup (source->receipt->profile);
    case NAMING_OWNER:
      return g_strdup (source->receipt->owner);
    case NAMING_ORIGINAL:
      return file_stem (source->receipt->name);
    default:
      return g_strdup (decided (source, naming_words[word].name, false));
    }
}

static char **
values_of (const Source *source, const Template *template, bool in_folder)
{
  unsigned n = template_n_places (template);
  char **values = g_new0 (char *, n + 1);
  for (unsigned i = 0; i < n; i++)
    values[i] = value_of (source, naming_word (template, i), in_folder);
  return values;
}

/* --- the place --- */

static const char *
extension_of (const StoreDocument *document)
{
  static const char *const extensions[][2] = {
    { "application/pdf", ".pdf" }, { "text/plain", ".txt" },  { "image/tiff", ".tif" }, { "image/jpeg", ".jpg" },
    { "image/png", ".png" },       { "image/webp", ".webp" }, { "image/gif", ".gif" },  { "image/bmp", ".bmp" },
  };
  const char *type = document->media_type != NULL ? document->media_type : "";
  if (document->bound != NULL && strcmp (document->bound, document->blob) != 0)
    return ".pdf";
  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (strcmp (extensions[i][0], type) == 0)
      return extensions[i][1];
  return g_str_has_prefix (type, "text/") ? ".txt" : g_str_has_prefix (type, "image/") ? ".pnm" : ".bin";
}

/* @name without the extension of the document, where it has that. */
static void
set_given (PipelinePlace *place, const char *name)
{
  bool ends = g_str_has_suffix (name, place->extension) && strlen (name) > strlen (place->extension);
  g_free (place->given);
  place->given = g_strndup (name, strlen (name) - (ends ? strlen (place->extension) : 0));
}

static void
set_folder (PipelinePlace *place, const char *folder)
{
  g_free (place->folder);
  place->folder = store_name_safe_path (folder, place->ascii);
}

/* What a person said, else what was asked for, stands above the templates. */
static bool
heed (PipelinePlace *place, Store *store, const Source *source, bool former, GError **error)
{
  const char *name = decided (source, "name", true), *folder = decided (source, "folder", true);
  g_auto (StorePlace) wanted = { 0 };
  if (former && !store_place_wanted (store, source->document->id, &wanted, error))
    return false;
  if (name != NULL || wanted.name != NULL)
    set_given (place, name != NULL ? name : wanted.name);
  if (folder != NULL || wanted.folder != NULL)
    set_folder (place, folder != NULL ? folder : wanted.folder);
  place->by_person = name != NULL || folder != NULL;
  return true;
}

PipelinePlace *
pipeline_place_of (Store *store, const PipelineConfiguration *configuration, const StoreDocument *document,
                   const StoreReceipt *receipt, PipelineValueFunc value, const void *data, bool former, GError **error)
{
  const Source source = { configuration, document, receipt, value, data };
  g_autoptr (PipelinePlace) place = g_new0 (PipelinePlace, 1);
  place->ascii = configuration->settings->ascii;
  place->name_template = naming_name (configuration->naming, receipt->profile);
  place->folder_template = configuration->naming->folder;
  place->name_values = values_of (&source, place->name_template, false);
  place->folder_values = values_of (&source, place->folder_template, true);
  place->folder
      = store_name_fill_path (place->folder_template, (const char *const *)place->folder_values, place->ascii);
  place->number = g_strdup (document->number);
  place->extension = g_strdup (extension_of (document));
  return heed (place, store, &source, former, error) ? g_steal_pointer (&place) : NULL;
}

/* Of @data, StoreDecision in the order they were made, the best of a name first. */
static const char *
current_value (const char *name, bool human, const void *data)
{
  const GPtrArray *decisions = data;
  for (guint i = 0; i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      if (strcmp (decision->name, name) == 0 && (!human || decision->human))
        return decision->value;
    }
  return NULL;
}

PipelinePlace *
pipeline_place_new (Store *store, const PipelineConfiguration *configuration, const StoreDocument *document,
                    const StoreReceipt *receipt, bool former, GError **error)
{
  g_autoptr (GPtrArray) decisions = store_decisions (store, document->id, true, error);
  return decisions != NULL
             ? pipeline_place_of (store, configuration, document, receipt, current_value, decisions, former, error)
             : NULL;
}

static bool
tells_number (const PipelinePlace *place)
{
  for (unsigned i = 0; place->given == NULL && i < template_n_places (place->name_template); i++)
    if (naming_word (place->name_template, i) == NAMING_NUMBER)
      return true;
  return false;
}

char *
pipeline_place_name (const PipelinePlace *place, unsigned attempt)
{
  const char *number = place->number != NULL && !tells_number (place) ? place->number : NULL;
  g_autofree char *count = attempt > (number != NULL ? 1 : 0)
                               ? g_strdup_printf ("%s(%u)", number != NULL ? " " : "", attempt + (number == NULL))
                               : g_strdup ("");
  g_autofree char *extra = attempt > 0 ? g_strconcat (number != NULL ? number : "", count, NULL) : NULL;
  return place->given != NULL ? store_name_given (place->given, extra, place->extension, place->ascii)
                              : store_name_fill (place->name_template, (const char *const *)place->name_values, extra,
                                                 place->extension, place->ascii);
}

char *
pipeline_place_free_name (const PipelinePlace *place, int64_t document, unsigned *attempt, PipelineTakenFunc is_taken,
                          void *data, GError **error)
{
  for (; *attempt < MOST_ATTEMPTS; ++*attempt)
    {
      g_autofree char *name = pipeline_place_name (place, *attempt);
      bool taken;
      if (!is_taken (document, place->folder, name, &taken, data, error))
        return NULL;
      if (!taken)
        return g_steal_pointer (&name);
    }
  dk_throw (error, DK_ERROR_EXISTS, "no free name for document #%" G_GINT64_FORMAT " in filed/", document);
  return NULL;
}

bool
pipeline_place_has_name (const PipelinePlace *place, const char *given)
{
  for (unsigned attempt = 0; given != NULL && attempt < COUNTS_KNOWN; attempt++)
    {
      g_autofree char *name = pipeline_place_name (place, attempt);
      if (strcmp (name, given) == 0)
        return true;
    }
  return false;
}

bool
pipeline_place_is_held (const PipelinePlace *place, const StoreDocument *document)
{
  return g_strcmp0 (place->folder, document->folder) == 0 && pipeline_place_has_name (place, document->name);
}
