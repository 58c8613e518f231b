#include "reports/reports.h"
#include "base/file.h"
#include "base/messages.h"
#include "reports/content.h"
#include "reports/lifecycle.h"
#include "reports/process.h"
#include "store/versions.h"
#include <fcntl.h>
#include <string.h>

typedef ReportPage *(*MakePage) (const ReportContext *context, GError **error);

const ReportKind reports_all[] = {
  { "lifecycle", "what came, where it is, what is due, how long it takes" },
  { "content", "why people write: kinds, subjects, languages and their words" },
  { "process", "how cases go: which act follows which, the ways they take, what is done again" },
  { NULL, NULL },
};
/* In the same order. */
static const MakePage makers[] = { report_lifecycle, report_content, report_process };

static bool
check_asked (const char *name, DkDay from, DkDay to, GError **error)
{
  if (from != DK_DAY_NONE && from > to)
    {
      g_autofree char *begins = dk_day_format (from), *ends = dk_day_format (to);
      return dk_refuse (error, DK_ERROR_USAGE, "period", "ss", begins, ends);
    }
  g_autoptr (GString) known = g_string_new (NULL);
  for (const ReportKind *kind = reports_all; kind->name != NULL; kind++)
    {
      if (name == NULL || strcmp (kind->name, name) == 0)
        return true;
      g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", kind->name);
    }
  return dk_refuse (error, DK_ERROR_USAGE, "no_report", "ss", name, known->str);
}

/* --- files --- */

typedef struct
{
  char *folder;
  int dir, data;
  GPtrArray *paths, *tables; /* tables follow the pages in the end */
} Output;

static void
output_clear (Output *output)
{
  g_free (output->folder);
  dk_close_fd (&output->dir);
  dk_close_fd (&output->data);
  g_clear_pointer (&output->paths, g_ptr_array_unref);
  g_clear_pointer (&output->tables, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Output, output_clear)

static bool
open_output (Output *output, Store *store, DkDay today, const char *folder, GError **error)
{
  g_autofree char *day = dk_day_format (today);
  g_autofree char *relative = folder == NULL ? g_build_filename ("reports", day, NULL) : NULL;
  output->folder = folder != NULL ? g_strdup (folder) : store_join (store, relative);
  output->paths = g_ptr_array_new_with_free_func (g_free);
  output->tables = g_ptr_array_new_with_free_func (g_free);
  if (!dk_make_dirs (AT_FDCWD, output->folder, error))
    return false;
  output->dir = dk_open_dir (AT_FDCWD, output->folder, error);
  if (output->dir < 0 || !dk_make_dirs (output->dir, "data", error))
    return false;
  output->data = dk_open_dir (output->dir, "data", error);
  return output->data >= 0;
}

/* Whether ../../ of the pages is the store. */
static bool
is_in_store (const Output *output, Store *store)
{
  g_autofree char *reports = store_join (store, "reports");
  g_autofree char *whole = g_canonicalize_filename (reports, NULL);
  g_autofree char *folder = g_canonicalize_filename (output->folder, NULL);
  g_autofree char *above = g_path_get_dirname (folder);
  return strcmp (above, whole) == 0;
}

/* Consumes @text. */
static bool
write_text (Output *output, bool table, const char *name, const char *ending, char *text, GError **error)
{
  g_autofree char *owned = text;
  g_autofree char *file = g_strconcat (name, ending, NULL);
  g_ptr_array_add (table ? output->tables : output->paths,
                   g_build_filename (output->folder, table ? "data" : file, table ? file : NULL, NULL));
  return dk_write_file (table ? output->data : output->dir, file, text, strlen (text), 0644, error);
}

static char *
table_json (const ReportContext *context, const ReportPage *page, const ReportTable *table)
{
  g_autoptr (json_t) object = report_table_json (table);
  g_autofree char *from = dk_day_format (context->from);
  g_autofree char *to = dk_day_format (context->to);
  g_autofree char *today = dk_day_format (context->today);
  g_autofree char *as_of = context->facts->seq > 0 ? dk_time_format (context->facts->time_us) : NULL;
  g_autoptr (json_t) basis
      = json_pack ("{s:s, s:s, s:{s:s, s:s}, s:s, s:s?, s:I, s:I}", "report", page->name, "language", context->language,
                   "period", "from", from, "to", to, "today", today, "as_of", as_of, "ledger_seq",
                   (json_int_t)context->facts->seq, "configuration", (json_int_t)context->facts->config);
  json_object_update_missing (object, basis);
  g_autofree char *line = dk_json_line (object);
  return g_strconcat (line, "\n", NULL);
}

static bool
write_page (Output *output, const ReportContext *context, const ReportPage *page, bool overview, GError **error)
{
  for (guint i = 0; i < page->sections->len; i++)
    {
      const ReportTable *table = ((const ReportSection *)page->sections->pdata[i])->table;
      g_autofree char *name = g_strconcat (page->name, "-", table->name, NULL);
      if (!write_text (output, true, name, ".csv", report_table_csv (table), error)
          || !write_text (output, true, name, ".json", table_json (context, page, table), error))
        return false;
    }
  return write_text (output, false, page->name, ".html", report_page_html (page, context, overview), error);
}

static bool
write_pages (Output *output, const ReportContext *context, const char *name, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)report_page_free);
  for (int i = 0; reports_all[i].name != NULL; i++)
    if (name == NULL || strcmp (name, reports_all[i].name) == 0)
      {
        ReportPage *page = makers[i](context, error);
        if (page == NULL)
          return false;
        g_ptr_array_add (pages, page);
      }
  if (name == NULL && !write_text (output, false, "index", ".html", report_index_html (pages, context), error))
    return false;
  for (guint i = 0; i < pages->len; i++)
    if (!write_page (output, context, pages->pdata[i], name == NULL, error))
      return false;
  return true;
}

/* --- one picture of the store --- */

static bool
write_facts (ReportContext *context, Output *output, const char *name, GError **error)
{
  g_autoptr (StoreFacts) facts = store_facts_load (context->store, context->from, context->to, error);
  g_autoptr (Config) config = NULL;
  int64_t version;
  if (facts == NULL || !store_config_current (context->store, &version, &config, error))
    return false;
  context->facts = facts;
  context->config = config;
  context->to = context->to != DK_DAY_NONE ? context->to : context->today;
  if (context->from == DK_DAY_NONE)
    context->from = facts->first != DK_DAY_NONE ? MIN (facts->first, context->to) : context->to;
  return write_pages (output, context, name, error);
}

bool
reports_write (Store *store, const Settings *settings, const Vocabulary *vocabulary, const char *name, DkDay from,
               DkDay to, const char *language, const char *out_folder, GPtrArray **paths, GError **error)
{
  g_auto (Output) output = { .dir = -1, .data = -1 };
  ReportContext context = {
    .store = store, .settings = settings, .vocabulary = vocabulary, .language = language, .from = from, .to = to
  };
  *paths = NULL;
  if (!dk_day_in_zone (dk_now_us (), settings->zone, &context.today, error)
      || !check_asked (name, from, to != DK_DAY_NONE ? to : context.today, error)
      || !open_output (&output, store, context.today, out_folder, error) || !store_snapshot_begin (store, error))
    return false;
  context.in_store = is_in_store (&output, store);
  bool written = write_facts (&context, &output, name, error);
  store_snapshot_end (store);
  if (!written)
    return false;
  g_ptr_array_extend_and_steal (output.paths, g_steal_pointer (&output.tables));
  *paths = g_steal_pointer (&output.paths);
  return true;
}
