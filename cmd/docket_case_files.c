/* The attachments of a case: files that were sent or came with an act, kept among the objects. */
#include "base/file.h"
#include "base/limits.h"
#include "base/messages.h"
#include "cmd/docket_case.h"
#include "cmd/say.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- keeping --- */

static StoreAttachment *
keep_file (const CaseCommand *command, const char *path, GError **error)
{
  static const Limits limits = LIMITS_DEFAULT;
  g_autofree char *shown = command_plain (path), *base = g_path_get_basename (path);
  g_autoptr (StoreAttachment) attachment = g_new0 (StoreAttachment, 1);
  autofd fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat st;
  if (fd < 0 || fstat (fd, &st) < 0)
    {
      dk_refuse (error, DK_ERROR_USAGE, "attach", "ss", shown,
                 errno == ENOENT   ? "missing"
                 : errno == EACCES ? "closed"
                                   : "other");
      return NULL;
    }
  if (!S_ISREG (st.st_mode))
    {
      dk_refuse (error, DK_ERROR_USAGE, "attach_file", "s", shown);
      return NULL;
    }
  attachment->name = dk_escape_name (base);
  return store_blob_put_fd (command->store, fd, limits.file_bytes, &attachment->blob, error)
             ? g_steal_pointer (&attachment)
             : NULL;
}

bool
case_keep_files (const CaseCommand *command, char *const *paths, GPtrArray **attachments, GError **error)
{
  *attachments = g_ptr_array_new_with_free_func ((GDestroyNotify)store_attachment_free);
  for (char *const *path = paths; path != NULL && *path != NULL; path++)
    {
      StoreAttachment *one = keep_file (command, *path, error);
      if (one == NULL)
        return false;
      g_ptr_array_add (*attachments, one);
    }
  return true;
}

/* --- giving back --- */

static bool
copy_to (const CaseCommand *command, const StoreAttachment *attachment, int out, GError **error)
{
  g_autofree char *object = store_blob_path (attachment->blob.sha256), *chunk = g_malloc (1 << 18);
  autofd from = store_blob_open (command->store, attachment->blob.sha256, NULL);
  if (from < 0)
    return dk_refuse (error, DK_ERROR_FAILED, "attachment_lost", "ls", attachment->id, object);
  ssize_t n;
  while ((n = read (from, chunk, 1 << 18)) > 0)
    if (!dk_write_all (out, chunk, (size_t)n, error))
      return false;
  return n == 0 || dk_throw_errno (error, "read %s", object);
}

static bool
write_file (const CaseCommand *command, const StoreAttachment *attachment, const char *out, GError **error)
{
  g_autofree char *shown = command_plain (out);
  autofd fd = open (out, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0 && errno == EEXIST)
    return dk_refuse (error, DK_ERROR_EXISTS, "out_exists", "s", shown);
  if (fd < 0)
    return dk_throw_errno (error, "make %s", shown);
  if (copy_to (command, attachment, fd, error))
    return true;
  unlink (out);
  return false;
}

bool
case_save_attachment (const CaseCommand *command, const StoreCase *the_case, const char *id, const char *out,
                      GError **error)
{
  guint64 wanted = 0;
  if (out == NULL || !g_ascii_string_to_unsigned (id, 10, 1, G_MAXINT64, &wanted, NULL))
    return dk_refuse (error, DK_ERROR_USAGE, "attachment_name", "");
  g_autoptr (GPtrArray) all = store_attachments (command->store, the_case->id, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const StoreAttachment *one = all->pdata[i];
      if (one->id != (int64_t)wanted)
        continue;
      if (!write_file (command, one, out, error))
        return false;
      if (command->command.json)
        command_print_json (json_pack ("{s:I, s:o, s:I}", "attachment", (json_int_t)one->id, "path", dk_json_text (out),
                                       "size", (json_int_t)one->blob.size));
      else
        say (command->command.language, "case.saved", "ss", one->name, out);
      return true;
    }
  return all != NULL && dk_refuse (error, DK_ERROR_NOT_FOUND, "no_attachment", "ss", the_case->number, id);
}
