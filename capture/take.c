#include "capture/take.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/limits.h"
#include "capture/capture.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>

bool
capture_same_state (const struct stat *a, const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size
         && a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec
         && a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

char *
capture_source (const ConfigProfile *profile)
{
  return g_strconcat ("drop:", profile->name, NULL);
}

char *
capture_name (const char *raw)
{
  g_autofree char *escaped = dk_escape_name (raw);
  size_t end = strlen (escaped);
  if (end > LIMITS_NAME_BYTES)
    for (end = LIMITS_NAME_BYTES; ((unsigned char)escaped[end] & 0xC0) == 0x80;)
      end--;
  return g_strndup (escaped, end);
}

static int64_t
nanoseconds (struct timespec time)
{
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* The nearest Monday to Friday before @day. Holidays are the business of the deadlines, which start on the next day
 * that counts anyhow. */
static DkDay
previous_weekday (DkDay day)
{
  do
    day--;
  while (dk_weekday (day) > 5);
  return day;
}

static bool
choose_received (StoreArrival *arrival, const ConfigProfile *profile, DkDay received, GError **error)
{
  DkDay today, written;
  if (!dk_day_in_zone (dk_now_us (), arrival->zone, &today, error)
      || !dk_day_in_zone (arrival->mtime_ns / 1000, arrival->zone, &written, error))
    return false;
  arrival->received_source = received != DK_DAY_NONE ? "option" : profile->received;
  arrival->received = received != DK_DAY_NONE ? received : today;
  if (received != DK_DAY_NONE)
    return true;
  if (strcmp (profile->received, "previous_working_day") == 0)
    arrival->received = previous_weekday (today);
  else if (strcmp (profile->received, "file_time") == 0 && written != DK_DAY_NONE && written <= today)
    arrival->received = written;
  return true;
}

StoreArrival
capture_key (const char *source, const struct stat *st)
{
  return (StoreArrival){
    .source = source,
    .device = (int64_t)st->st_dev,
    .inode = (int64_t)st->st_ino,
    .size = st->st_size,
    .mtime_ns = nanoseconds (st->st_mtim),
    .ctime_ns = nanoseconds (st->st_ctim),
  };
}

bool
capture_describe (const Settings *settings, const ConfigProfile *profile, const char *source, const char *name,
                  const struct stat *st, DkDay received, StoreArrival *arrival, GError **error)
{
  *arrival = capture_key (source, st);
  arrival->name = name;
  arrival->profile = profile->name;
  arrival->channel = profile->channel;
  arrival->urgent = profile->urgent;
  arrival->owner = profile->owner;
  arrival->languages = (const char *const *)profile->languages;
  arrival->zone = settings->zone;
  return choose_received (arrival, profile, received, error);
}

static bool
commit_receipt (Store *store, const StoreArrival *arrival, StoreTaken *taken, GError **error)
{
  g_autoptr (StoreTransaction) transaction = store_begin (store, "capture", error);
  return transaction != NULL && store_receipt_take (transaction, arrival, taken, error)
         && store_commit (g_steal_pointer (&transaction), error);
}

bool
capture_register (Store *store, int fd, uint64_t limit, StoreArrival *arrival, StoreTaken *taken, GError **error)
{
  bool known;
  struct stat before, after;
  if (!store_receipt_known (store, arrival, &known, taken, error))
    return false;
  if (known)
    return true;
  if (fstat (fd, &before) < 0 || lseek (fd, 0, SEEK_SET) < 0)
    return dk_throw_errno (error, "look at %s", arrival->name);
  if (!store_blob_put_fd (store, fd, limit, &arrival->blob, error))
    return false;
  if (fstat (fd, &after) < 0)
    return dk_throw_errno (error, "look at %s", arrival->name);
  if (!capture_same_state (&before, &after) || arrival->blob.size != arrival->size)
    return dk_throw (error, DK_ERROR_INVALID, "%s changed while it was copied", arrival->name);
  dk_fault ("capture: blob durable, not registered");
  return commit_receipt (store, arrival, taken, error);
}

bool
capture_file (Store *store, const Settings *settings, const char *path, const CaptureOptions *options,
              StoreTaken *taken, GError **error)
{
  const ConfigProfile *profile = settings_profile (settings, options->profile);
  if (profile == NULL)
    return dk_throw (error, DK_ERROR_USAGE, "docket.yaml has no profile %s", options->profile);
  g_autofree char *shown = dk_escape_name (path);
  autofd fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat st;
  if (fd < 0 || fstat (fd, &st) < 0)
    return dk_throw_errno (error, "open %s", shown);
  if (!S_ISREG (st.st_mode))
    return dk_throw (error, DK_ERROR_INVALID, "%s is no regular file", shown);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = capture_name (base);
  StoreArrival arrival;
  Limits limits = LIMITS_DEFAULT;
  return capture_describe (settings, profile, options->source, name, &st, options->received, &arrival, error)
         && capture_register (store, fd, limits.file_bytes, &arrival, taken, error);
}
