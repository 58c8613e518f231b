/* A small fuzzer for machines without libFuzzer, and for `make check`: seeds, changed at random by a generator that
 * begins at the same number in each run. It takes libFuzzer's words: -runs=N -max_total_time=SECONDS
 * -artifact_prefix=PATH, and files to run once each. An input that crashes, or takes longer than HANG_S, is left as
 * PATHcrash-TARGET. Prints TAP. */
#include "tests/fuzz/fuzz.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HANG_S 20
#define INPUT_BYTES 65536
#define STACKED_MAX 6 /* changes to one input */

typedef struct
{
  uint64_t runs;
  double seconds;
  const char *prefix;
} Options;

static GByteArray *input;
static char left_behind[4096];

/* Of the sanitizers' runtime; absent in a build without them. */
void __sanitizer_set_death_callback (void (*callback) (void)) __attribute__ ((weak));

/* --- leaving the input --- */

static void
leave_input (void)
{
  static const char message[] = "the input was left in ";
  int fd = open (left_behind, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0 || input == NULL || write (fd, input->data, input->len) < 0)
    return;
  close (fd);
  if (write (STDERR_FILENO, message, sizeof message - 1) < 0
      || write (STDERR_FILENO, left_behind, strlen (left_behind)) < 0 || write (STDERR_FILENO, "\n", 1) < 0)
    return;
}

static void
on_signal (int number)
{
  leave_input ();
  signal (number, SIG_DFL);
  raise (number);
}

static void
catch_ends (const char *prefix, const char *target)
{
  g_snprintf (left_behind, sizeof left_behind, "%scrash-%s", prefix, target);
  signal (SIGABRT, on_signal);
  signal (SIGALRM, on_signal);
  signal (SIGTRAP, on_signal);
  if (__sanitizer_set_death_callback != NULL)
    __sanitizer_set_death_callback (leave_input);
  else
    signal (SIGSEGV, on_signal);
}

/* --- changing --- */

static uint64_t state = 20260312;

static uint64_t
next_number (void)
{
  uint64_t z = (state += UINT64_C (0x9E3779B97F4A7C15)); /* splitmix64 */
  z = (z ^ (z >> 30)) * UINT64_C (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C (0x94D049BB133111EB);
  return z ^ (z >> 31);
}

/* Below @limit; 0 when that is 0. */
static guint
below (guint limit)
{
  return limit > 0 ? (guint)(next_number () % limit) : 0;
}

static void
insert (guint at, const uint8_t *bytes, guint size)
{
  if (size == 0 || input->len + size > INPUT_BYTES)
    return;
  g_autofree uint8_t *copy = g_memdup2 (bytes, size);
  guint old = input->len;
  g_byte_array_set_size (input, old + size);
  memmove (input->data + at + size, input->data + at, old - at);
  memcpy (input->data + at, copy, size);
}

/* Mostly short pieces, at times long ones. */
static guint
piece (guint most)
{
  guint ceiling = below (4) == 0 ? most : MIN (most, 16);
  return most == 0 ? 0 : 1 + below (ceiling);
}

static void
put_in_other (const GPtrArray *seeds)
{
  gsize size;
  const uint8_t *other = g_bytes_get_data (seeds->pdata[below (seeds->len)], &size);
  guint from = below ((guint)size);
  insert (below (input->len + 1), other + from, piece ((guint)size - from));
}

static void
overwrite_number (guint at)
{
  static const uint64_t numbers[]
      = { 0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, UINT64_MAX };
  uint64_t number = GUINT64_TO_LE (numbers[below (G_N_ELEMENTS (numbers))]);
  guint size = 1U << below (4);
  if (below (2) == 0)
    number = GUINT64_SWAP_LE_BE (number) >> (64 - 8 * size);
  memcpy (input->data + at, &number, MIN (size, input->len - at));
}

static void
insert_odd (guint at)
{
  static const char *const odd[] = { "\"",
                                     "{",
                                     "}",
                                     "[",
                                     "]",
                                     ":",
                                     ",",
                                     "\n",
                                     "\r",
                                     "\t",
                                     " ",
                                     "*",
                                     "/",
                                     "-",
                                     "0",
                                     "9",
                                     "%",
                                     "'",
                                     "(",
                                     ")",
                                     "\\",
                                     "#",
                                     "&",
                                     "\x1B",
                                     "\xC3",
                                     "\xE2\x80\xAE",
                                     "\xCC\x81",
                                     "\xF0\x9F\x93\x84",
                                     "\xEF\xBF\xBD",
                                     "\xC2\xAD",
                                     "\xFF" };
  const char *bytes = odd[below (G_N_ELEMENTS (odd))];
  for (guint times = below (8) == 0 ? 1 + below (64) : 1; times > 0; times--)
    insert (at, (const uint8_t *)bytes, (guint)strlen (bytes));
}

static void
change (const GPtrArray *seeds)
{
  guint at = below (input->len);
  guint what = input->len == 0 ? below (2) : below (8);
  switch (what)
    {
    case 0:
      insert_odd (at);
      break;
    case 1:
      put_in_other (seeds);
      break;
    case 2:
      input->data[at] ^= (uint8_t)(1U << below (8));
      break;
    case 3:
      input->data[at] = (uint8_t)below (256);
      break;
    case 4:
      overwrite_number (at);
      break;
    case 5:
      g_byte_array_remove_range (input, at, piece (input->len - at));
      break;
    case 6:
      insert (below (input->len + 1), input->data + at, piece (input->len - at));
      break;
    default:
      input->data[at] = (uint8_t)('0' + below (10));
    }
}

/* --- running --- */

static void
run_input (void)
{
  /* A copy of the exact size, so that the address sanitizer sees the byte behind it. */
  g_autofree uint8_t *copy = g_memdup2 (input->data, input->len);
  alarm (HANG_S);
  LLVMFuzzerTestOneInput (copy, input->len);
  alarm (0);
}

static void
take_seed (GBytes *seed)
{
  gsize size;
  const uint8_t *bytes = g_bytes_get_data (seed, &size);
  g_byte_array_set_size (input, 0);
  insert (0, bytes, (guint)MIN (size, INPUT_BYTES));
}

static uint64_t
run_seeds (const GPtrArray *seeds)
{
  for (guint i = 0; i < seeds->len; i++)
    {
      take_seed (seeds->pdata[i]);
      run_input ();
    }
  return seeds->len;
}

static uint64_t
run_changed (const GPtrArray *seeds, const Options *options, uint64_t done, gint64 start)
{
  while (done < options->runs && (double)(g_get_monotonic_time () - start) < options->seconds * G_USEC_PER_SEC)
    {
      take_seed (seeds->pdata[below (seeds->len)]);
      for (guint changes = 1 + below (STACKED_MAX); changes > 0; changes--)
        change (seeds);
      run_input ();
      done++;
    }
  return done;
}

static Options
read_options (int argc, char **argv, GPtrArray *files)
{
  Options options = { .runs = 2000, .seconds = 2, .prefix = g_get_tmp_dir () };
  static const char runs[] = "-runs=", seconds[] = "-max_total_time=", prefix[] = "-artifact_prefix=";
  options.prefix = "/tmp/";
  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], runs))
      options.runs = g_ascii_strtoull (argv[i] + strlen (runs), NULL, 10);
    else if (g_str_has_prefix (argv[i], seconds))
      options = (Options){ UINT64_MAX, g_ascii_strtod (argv[i] + strlen (seconds), NULL), options.prefix };
    else if (g_str_has_prefix (argv[i], prefix))
      options.prefix = argv[i] + strlen (prefix);
    else if (g_file_test (argv[i], G_FILE_TEST_IS_REGULAR))
      g_ptr_array_add (files, argv[i]);
  return options;
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) seeds = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autofree char *target = g_path_get_basename (argv[0]);
  Options options = read_options (argc, argv, files);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  catch_ends (options.prefix, target);
  fuzz_seeds (seeds);
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *folder = g_path_get_dirname (files->pdata[i]), *name = g_path_get_basename (files->pdata[i]);
      g_ptr_array_set_size (seeds, i);
      fuzz_seed_files (seeds, folder, name);
    }
  input = g_byte_array_new ();
  gint64 start = g_get_monotonic_time ();
  uint64_t done = run_seeds (seeds);
  if (files->len == 0)
    done = run_changed (seeds, &options, done, start);
  double took_s = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  printf ("ok 1 - %s stood %" G_GUINT64_FORMAT " inputs, %.0f a second\n1..1\n", target, done, (double)done / took_s);
  g_byte_array_unref (g_steal_pointer (&input));
  return 0;
}
