/* The ledger's files read back, line by line, in memory that does not grow with them.
 *
 * A mark {"void_from":SEQ} takes back what stands above it. So the files are gone through twice: first for their marks
 * alone, then for the entries, of which one is void exactly if a later mark has its seq or a smaller one. The same
 * holds for the personal lines, which stand in files of their own in the same order. */
#include "base/file.h"
#include "store/internal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
ledger_line_free (LedgerLine *line)
{
  if (line == NULL)
    return;
  char *texts[]
      = { line->actor, line->activity, line->payload, line->personal_digest, line->hash, line->salt, line->personal };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (line);
}

/* The mark @file_no files and @at bytes on; after the first pass @from is the smallest of it and all later ones. */
typedef struct
{
  guint file_no;
  int64_t at, from;
} Mark;

/* All files of one ending, in the order of their months. */
typedef struct
{
  int dir;             /* lent */
  GPtrArray *problems; /* lent */
  GPtrArray *paths;    /* "ledger/2026-11.log" */
  GArray *bytes;       /* of int64_t, how much of each counts, negative: all */
  GArray *marks;       /* of Mark */
  guint passed;        /* marks that stand above the line */
  int64_t through;     /* of the last whole transaction */
  guint file_no;       /* the one that is read, or is next */
  FILE *file;          /* or NULL */
  int64_t at, left;    /* bytes read of it, bytes still to read */
  char *text;          /* the line, without its end */
  size_t room, length;
  bool damaged; /* a line before this one could not be read */
} Series;

struct LedgerReader
{
  Series log, personal;
  json_t *next; /* the next personal line, NULL at the end */
  int64_t next_seq;
};

static void
series_close (Series *series)
{
  if (series->file != NULL)
    fclose (series->file);
  series->file = NULL;
  series->at = 0;
  series->damaged = false;
}

static void
series_clear (Series *series)
{
  series_close (series);
  g_clear_pointer (&series->paths, g_ptr_array_unref);
  g_clear_pointer (&series->bytes, g_array_unref);
  g_clear_pointer (&series->marks, g_array_unref);
  free (series->text); /* of getline */
  series->text = NULL;
}

void
ledger_reader_free (LedgerReader *reader)
{
  if (reader == NULL)
    return;
  series_clear (&reader->log);
  series_clear (&reader->personal);
  json_decref (reader->next);
  g_free (reader);
}

/* --- lines --- */

static bool
series_open (Series *series, GError **error)
{
  const char *path = series->paths->pdata[series->file_no];
  int64_t bytes = g_array_index (series->bytes, int64_t, series->file_no);
  autofd fd = openat (series->dir, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  series->file = fd >= 0 ? fdopen (fd, "r") : NULL;
  if (series->file == NULL)
    return dk_throw_errno (error, "open %s", path);
  dk_steal_fd (&fd);
  series->at = 0;
  series->left = bytes >= 0 ? bytes : INT64_MAX;
  return true;
}

/* Reads the next line into @series->text. False without an error at the end of the last file. @pass: the first time
 * round, in which nothing is told. */
static bool
series_line (Series *series, bool first_pass, GError **error)
{
  for (; series->file_no < series->paths->len; series->file_no++)
    {
      if (series->file == NULL && !series_open (series, error))
        return false;
      errno = 0;
      ssize_t got = series->left > 0 ? getline (&series->text, &series->room, series->file) : -1;
      if (got >= 0)
        {
          got = (ssize_t)MIN ((int64_t)got, series->left);
          series->at += got;
          series->left -= got;
          series->length = (size_t)got - (series->text[got - 1] == '\n');
          series->text[series->length] = '\0';
          return true;
        }
      if (ferror (series->file))
        return dk_throw_errno (error, "read %s", (const char *)series->paths->pdata[series->file_no]);
      if (!first_pass && series->left > 0 && g_array_index (series->bytes, int64_t, series->file_no) >= 0)
        g_ptr_array_add (series->problems, g_strdup_printf ("%s: is shorter than what was committed to it",
                                                            (char *)series->paths->pdata[series->file_no]));
      series_close (series);
    }
  return false;
}

static bool
is_mark (const Series *series)
{
  return g_str_has_prefix (series->text, "{\"void_from\":") || g_str_has_prefix (series->text, "{\"through\":");
}

/* --- the first pass --- */

static void
take_mark (Series *series)
{
  g_autoptr (json_t) object = dk_json_parse (series->text, series->length, NULL);
  Mark mark = { series->file_no, series->at, object != NULL ? dk_json_int (object, "void_from", 0) : 0 };
  int64_t through = object != NULL ? dk_json_int (object, "through", 0) : 0;
  if (mark.from > 0)
    {
      g_array_append_val (series->marks, mark);
      series->through = MIN (series->through, mark.from - 1);
    }
  if (through > 0)
    series->through = through;
}

static bool
find_marks (Series *series, GError **error)
{
  GError *failed = NULL;
  while (series_line (series, true, &failed))
    if (is_mark (series))
      take_mark (series);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return false;
    }
  for (guint i = series->marks->len; i-- > 1;)
    {
      Mark *above = &g_array_index (series->marks, Mark, i - 1);
      above->from = MIN (above->from, g_array_index (series->marks, Mark, i).from);
    }
  series_close (series);
  series->file_no = 0;
  return true;
}

/* Whether the entry @seq, which the line just read is of, was taken back below it. */
static bool
is_void (Series *series, int64_t seq)
{
  for (; series->passed < series->marks->len; series->passed++)
    {
      const Mark *mark = &g_array_index (series->marks, Mark, series->passed);
      if (mark->file_no > series->file_no || (mark->file_no == series->file_no && mark->at > series->at))
        return seq >= mark->from;
    }
  return false;
}

/* Whether ledger/@name holds entries that count; *@bytes is how much of it, negative for all. */
static bool
counts (const char *name, const char *ending, const LedgerProgress *committed, int64_t *bytes)
{
  *bytes = -1;
  if (!g_str_has_suffix (name, ending))
    return false;
  if (committed == NULL)
    return true;
  int order = strncmp (name, committed->month, 7);
  if (order == 0)
    *bytes = strcmp (ending, ".log") == 0 ? committed->log_bytes : committed->personal_bytes;
  return order <= 0;
}

static bool
series_init (Series *series, int dir, const char *ending, const LedgerProgress *committed, GPtrArray *problems,
             GError **error)
{
  g_auto (GStrv) names = dk_list_dir (dir, "ledger", error);
  series->dir = dir;
  series->problems = problems;
  series->paths = g_ptr_array_new_with_free_func (g_free);
  series->bytes = g_array_new (FALSE, FALSE, sizeof (int64_t));
  series->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  for (char **name = names; name != NULL && *name != NULL; name++) /* sorted: months in order */
    {
      int64_t bytes;
      if (!counts (*name, ending, committed, &bytes))
        continue;
      g_ptr_array_add (series->paths, g_build_filename ("ledger", *name, NULL));
      g_array_append_val (series->bytes, bytes);
    }
  return names != NULL && find_marks (series, error);
}

/* --- the second pass --- */

static bool
is_blank (const char *text, gsize length)
{
  return strspn (text, " ") >= length;
}

/* The next line that is no mark; NULL without an error at the end. A damaged line is fine only where a void mark
 * follows, or nothing does. */
static json_t *
series_object (Series *series, GError **error)
{
  while (series_line (series, false, error))
    {
      if (is_blank (series->text, series->length))
        continue;
      g_autoptr (json_t) object = dk_json_parse (series->text, series->length, NULL);
      if (object == NULL)
        {
          series->damaged = true;
          continue;
        }
      if (series->damaged && json_object_get (object, "void_from") == NULL)
        g_ptr_array_add (series->problems, g_strdup_printf ("%s: damaged line before byte %" G_GINT64_FORMAT,
                                                            (char *)series->paths->pdata[series->file_no], series->at));
      series->damaged = false;
      if (!is_mark (series))
        return g_steal_pointer (&object);
    }
  return NULL;
}

/* Makes the next personal line that counts the one that waits. */
static bool
step_personal (LedgerReader *reader, GError **error)
{
  GError *failed = NULL;
  int64_t before = reader->next_seq;
  do
    {
      json_decref (reader->next);
      reader->next = series_object (&reader->personal, &failed);
      reader->next_seq = reader->next != NULL ? dk_json_int (reader->next, "seq", 0) : 0;
    }
  while (reader->next != NULL && (reader->next_seq <= 0 || is_void (&reader->personal, reader->next_seq)));
  if (reader->next != NULL && reader->next_seq <= before)
    g_ptr_array_add (reader->personal.problems,
                     g_strdup_printf ("%s: entry %" G_GINT64_FORMAT " stands where it does not belong",
                                      (char *)reader->personal.paths->pdata[reader->personal.file_no],
                                      reader->next_seq));
  if (failed != NULL)
    g_propagate_error (error, failed);
  return failed == NULL;
}

LedgerReader *
ledger_reader_new (int dir, const LedgerProgress *committed, GPtrArray *problems, GError **error)
{
  g_autoptr (LedgerReader) reader = g_new0 (LedgerReader, 1);
  if (!series_init (&reader->log, dir, ".log", committed, problems, error)
      || !series_init (&reader->personal, dir, ".personal", committed, problems, error)
      || !step_personal (reader, error))
    return NULL;
  return g_steal_pointer (&reader);
}

static LedgerLine *
parse_log_line (const json_t *object)
{
  static const char *const keys[] = { "actor", "activity", "payload", "personal_digest", "hash" };
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (dk_json_string (object, keys[i], NULL) == NULL)
      return NULL;
  LedgerLine *line = g_new0 (LedgerLine, 1);
  line->seq = dk_json_int (object, "seq", 0);
  line->time_us = dk_json_int (object, "time_us", 0);
  line->version = (int)dk_json_int (object, "version", 0);
  char **texts[] = { &line->actor, &line->activity, &line->payload, &line->personal_digest, &line->hash };
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    *texts[i] = g_strdup (dk_json_string (object, keys[i], NULL));
  return line;
}

/* Gives @line its personal part, where there is one. */
static bool
join_personal (LedgerReader *reader, LedgerLine *line, GError **error)
{
  while (reader->next != NULL && reader->next_seq <= line->seq)
    {
      if (reader->next_seq == line->seq && line->personal_digest[0] != '\0')
        {
          g_free (line->salt);
          g_free (line->personal);
          line->salt = g_strdup (dk_json_string (reader->next, "salt", ""));
          line->personal = g_strdup (dk_json_string (reader->next, "payload", "null"));
        }
      if (!step_personal (reader, error))
        return false;
    }
  return true;
}

bool
ledger_reader_next (LedgerReader *reader, LedgerLine **line, GError **error)
{
  Series *log = &reader->log;
  GError *failed = NULL;
  *line = NULL;
  for (;;)
    {
      g_autoptr (json_t) object = series_object (log, &failed);
      g_autoptr (LedgerLine) found = object != NULL ? parse_log_line (object) : NULL;
      if (failed != NULL)
        {
          g_propagate_error (error, failed);
          return false;
        }
      if (object == NULL)
        return true;
      if (found == NULL)
        g_ptr_array_add (log->problems,
                         g_strdup_printf ("%s: a line is no ledger entry", (char *)log->paths->pdata[log->file_no]));
      else if (found->seq <= log->through && !is_void (log, found->seq))
        {
          *line = g_steal_pointer (&found);
          return join_personal (reader, *line, error);
        }
    }
}
