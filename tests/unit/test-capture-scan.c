#include "tests/unit/capture-fixture.h"

static void
test_a_finished_file_is_taken_at_once (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) error = NULL;
  drop (place, "default/letter.pdf", PDF);
  CaptureScan found = scan (place);
  g_assert_cmpuint (found.taken, ==, 1);
  g_assert_cmpuint (found.waiting, ==, 0);
  g_assert_false (is_there (place, "default/letter.pdf"));
  g_autoptr (StoreReceipt) receipt = store_receipt_load (place->store, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (receipt->name, ==, "letter.pdf");
  g_assert_cmpstr (receipt->source, ==, "drop:default");
  g_assert_cmpstr (receipt->zone, ==, "Europe/Madrid");
  g_assert_cmpuint (scan (place).taken, ==, 0);
}

static void
test_the_same_bytes_twice_are_one_document (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) error = NULL;
  drop (place, "default/a.pdf", PDF);
  drop (place, "default/b.pdf", PDF);
  CaptureScan found = scan (place);
  g_assert_cmpuint (found.taken, ==, 2);
  g_assert_cmpuint (found.duplicates, ==, 1);
  g_autoptr (StoreReceipt) second = store_receipt_load (place->store, 2, &error);
  g_assert_cmpint (second->document, ==, 1);
}

static void
test_a_file_that_is_being_written_waits (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autofree char *path = inbox (place, "default/open.pdf");
  autofd fd = open (path, O_WRONLY | O_CREAT, 0600);
  g_assert_true (dk_write_all (fd, PDF, strlen (PDF), NULL));
  g_assert_cmpuint (scan (place).waiting, ==, 1);
  dk_close_fd (&fd);
  fd = -1;
  g_assert_cmpuint (scan (place).taken, ==, 1);
}

static void
test_a_file_without_its_end_waits (Place *place, gconstpointer unused)
{
  (void)unused;
  drop (place, "default/cut.pdf", "%PDF-1.4\n");
  drop (place, "default/empty.pdf", "");
  CaptureScan found = scan (place);
  g_assert_cmpuint (found.waiting, ==, 2);
  g_assert_cmpuint (capture_waiting (place->store, place->settings), ==, 2);
  drop (place, "default/cut.pdf", PDF);
  g_assert_cmpuint (scan (place).taken, ==, 1);
}

static void
test_a_text_is_taken_after_two_seconds_of_stillness (Place *place, gconstpointer unused)
{
  (void)unused;
  drop (place, "default/letter.txt", "Good morning.\n");
  CaptureScan found = scan (place);
  g_assert_cmpuint (found.waiting, ==, 1);
  g_assert_cmpfloat (found.next_s, <=, 2);
  g_usleep ((gulong)(found.next_s * G_USEC_PER_SEC) + 20000);
  g_assert_cmpuint (scan (place).taken, ==, 1);
}

static void
test_what_is_no_file_is_never_opened (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autofree char *fifo = inbox (place, "default/fifo.pdf");
  g_autofree char *link = inbox (place, "default/link.pdf");
  g_autofree char *folder = inbox (place, "default/folder.pdf");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink ("/etc/hostname", link), ==, 0);
  g_assert_cmpint (mkdir (folder, 0700), ==, 0);
  drop (place, "default/.hidden.pdf", PDF);
  drop (place, "default/copy.pdf.part", PDF);
  drop (place, "default/folder.pdf/inside.pdf", PDF);
  CaptureScan found = scan (place);
  g_assert_cmpuint (found.ignored, ==, 4);
  g_assert_cmpuint (found.taken + found.waiting, ==, 0);
}

static int
compare_lines (const void *a, const void *b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* "default/fifo.pdf: no_file" for each of what is left, sorted. */
static char *
left_of (const Place *place)
{
  g_autoptr (GPtrArray) left = capture_left (place->store, place->settings, 100);
  g_autoptr (GString) all = g_string_new (NULL);
  for (guint i = 0; i < left->len; i++)
    {
      const CaptureLeft *one = left->pdata[i];
      g_string_append_printf (all, "%s: %s\n", one->path + strlen ("inbox/"), capture_left_code (one->why));
    }
  g_auto (GStrv) lines = g_strsplit (g_strstrip (all->str), "\n", -1);
  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);
  return g_strjoinv ("\n", lines);
}

static void
test_what_is_left_in_the_drop_folders_is_named_with_its_reason (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autofree char *link = inbox (place, "default/link.pdf");
  g_autofree char *folder = inbox (place, "kept/folder.pdf");
  g_autofree char *path = inbox (place, "default/growing.pdf");
  g_assert_cmpint (symlink ("/etc/hostname", link), ==, 0);
  g_assert_cmpint (mkdir (folder, 0700), ==, 0);
  drop (place, "default/.hidden.pdf", PDF);
  drop (place, "default/copy.pdf.part", PDF);
  drop (place, "default/cut.pdf", "%PDF-1.4\n");
  drop (place, "default/nothing.pdf", "");
  drop (place, "default/whole.pdf", PDF);
  drop (place, "lost.pdf", PDF);
  autofd writer = open (path, O_WRONLY | O_CREAT, 0600);
  g_autofree char *left = left_of (place);
  g_assert_cmpstr (
      left, ==,
      "default/copy.pdf.part: unfinished\ndefault/cut.pdf: cut\ndefault/growing.pdf: written\n"
      "default/link.pdf: no_file\ndefault/nothing.pdf: empty\ndefault/whole.pdf: waits\nkept/folder.pdf: file_name\n"
      "lost.pdf: no_profile");
  g_assert_cmpuint (capture_waiting (place->store, place->settings), ==, 4);
}

static void
test_what_is_taken_is_not_left (Place *place, gconstpointer unused)
{
  (void)unused;
  drop (place, "default/whole.pdf", PDF);
  g_assert_cmpuint (scan (place).taken, ==, 1);
  g_autofree char *left = left_of (place);
  g_assert_cmpstr (left, ==, "");
}

static void
test_folders_are_looked_into_and_odd_names_are_kept (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = inbox (place, "default/monday");
  g_assert_cmpint (mkdir (folder, 0700), ==, 0);
  drop (place, "default/monday/\xff\nodd\xE2\x80\xAE.pdf", PDF);
  g_assert_cmpuint (scan (place).taken, ==, 1);
  g_autoptr (StoreReceipt) receipt = store_receipt_load (place->store, 1, &error);
  g_assert_cmpstr (receipt->name, ==, "\\xFF\\x0Aodd\\u202E.pdf");
}

static void
test_a_profile_keeps_its_sources_and_dates_them_by_file (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) error = NULL;
  for (int i = 0; i < 2; i++)
    {
      drop (place, "kept/letter.pdf", PDF);
      g_autofree char *path = inbox (place, "kept/letter.pdf");
      struct timespec times[2] = { { 1773529200, 0 }, { 1773529200, i } }; /* 2026-03-15 in Madrid */
      g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
      g_assert_cmpuint (scan (place).taken, ==, 1);
    }
  g_autoptr (StoreReceipt) receipt = store_receipt_load (place->store, 1, &error);
  g_assert_cmpstr (receipt->received, ==, "2026-03-15");
  g_assert_cmpstr (receipt->received_source, ==, "file_time");
  g_assert_cmpstr (receipt->owner, ==, "Eva");
  g_autofree char *first = g_build_filename (place->folder, "taken", "kept", "letter.pdf", NULL);
  g_autofree char *second = g_build_filename (place->folder, "taken", "kept", "letter (2).pdf", NULL);
  g_assert_true (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
}

/* The state that a crash leaves between setting the source aside and removing it. */
static void
test_a_source_set_aside_by_a_crash_is_released_once_known (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = inbox (place, "default/letter.pdf");
  struct stat st;
  drop (place, "default/letter.pdf", PDF);
  g_assert_cmpint (stat (path, &st), ==, 0);
  g_autofree char *aside
      = g_strdup_printf ("%s/inbox/default/.docket-%lu-%lu-%ld-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT ".release",
                         place->folder, (unsigned long)st.st_dev, (unsigned long)st.st_ino, (long)st.st_size,
                         (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec,
                         (int64_t)st.st_ctim.tv_sec * 1000000000 + st.st_ctim.tv_nsec);
  CaptureOptions options = { .source = "drop:default", .profile = "default", .received = DK_DAY_NONE };
  StoreTaken taken;
  g_assert_true (capture_file (place->store, place->settings, path, &options, &taken, &error));
  g_assert_cmpint (rename (path, aside), ==, 0);
  g_assert_cmpuint (scan (place).taken, ==, 0);
  g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_autoptr (StoreReceipt) none = store_receipt_load (place->store, 2, NULL);
  g_assert_null (none);
}

static void
test_a_source_set_aside_that_nobody_knows_is_given_back (Place *place, gconstpointer unused)
{
  (void)unused;
  drop (place, "default/.docket-1-2-3-4-5.release", PDF);
  scan (place);
  scan (place);
  g_autoptr (StoreReceipt) receipt = store_receipt_load (place->store, 1, NULL);
  g_assert_nonnull (receipt);
  g_assert_true (g_str_has_prefix (receipt->name, "recovered-"));
}

static void
test_a_source_that_was_replaced_keeps_its_name (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = inbox (place, "default/a.pdf");
  g_autofree char *folder = inbox (place, "default");
  struct stat st;
  drop (place, "default/a.pdf", PDF);
  g_assert_cmpint (stat (path, &st), ==, 0);
  drop (place, "default/a.pdf", PDF "another");
  autofd dir = dk_open_dir (AT_FDCWD, folder, &error);
  autofd fd = open (path, O_RDONLY);
  const ConfigProfile *profile = settings_profile (place->settings, "default");
  g_assert_true (capture_release_source (place->store, profile, dir, "a.pdf", fd, &st, &error));
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, PDF "another");
}

static void
test_a_source_that_is_opened_to_write_more_stays (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = inbox (place, "default/a.pdf");
  g_autofree char *folder = inbox (place, "default");
  struct stat st;
  drop (place, "default/a.pdf", PDF);
  g_assert_cmpint (stat (path, &st), ==, 0);
  autofd dir = dk_open_dir (AT_FDCWD, folder, &error);
  autofd fd = open (path, O_RDONLY);
  autofd writer = open (path, O_WRONLY | O_APPEND);
  const ConfigProfile *profile = settings_profile (place->settings, "default");
  g_assert_true (capture_release_source (place->store, profile, dir, "a.pdf", fd, &st, &error));
  g_assert_true (is_there (place, "default/a.pdf"));
}

static void
test_a_named_file_is_taken_and_stays (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (place->folder, "letter.txt", NULL);
  g_assert_true (g_file_set_contents (path, "Good morning.\n", -1, NULL));
  CaptureOptions options = { .source = "ingest", .profile = "default", .received = dk_day (2026, 3, 14) };
  StoreTaken taken, again;
  g_assert_true (capture_file (place->store, place->settings, path, &options, &taken, &error));
  g_assert_true (capture_file (place->store, place->settings, path, &options, &again, &error));
  g_assert_true (again.known);
  g_assert_cmpint (again.receipt, ==, taken.receipt);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_autoptr (StoreReceipt) receipt = store_receipt_load (place->store, taken.receipt, &error);
  g_assert_cmpstr (receipt->received, ==, "2026-03-14");
  g_assert_cmpstr (receipt->received_source, ==, "option");
}

static void
test_what_cannot_be_taken_by_name_is_refused (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) folder = NULL;
  g_autoptr (GError) profile = NULL;
  CaptureOptions options = { .source = "ingest", .profile = "default", .received = DK_DAY_NONE };
  StoreTaken taken;
  g_assert_false (capture_file (place->store, place->settings, "/nowhere/x", &options, &taken, &missing));
  g_assert_error (missing, DK_ERROR, DK_ERROR_NOT_FOUND);
  g_assert_false (capture_file (place->store, place->settings, place->folder, &options, &taken, &folder));
  g_assert_error (folder, DK_ERROR, DK_ERROR_INVALID);
  options.profile = "none";
  g_assert_false (capture_file (place->store, place->settings, "/etc/hostname", &options, &taken, &profile));
  g_assert_error (profile, DK_ERROR, DK_ERROR_USAGE);
}

static void
test_an_event_tells_of_a_new_file_also_the_second_time (void)
{
  for (int round = 0; round < 2; round++) /* a changed configuration makes a new Capture in the same process */
    {
      Place place;
      set_up_with (&place, "country: ES\n");
      struct pollfd polled = { .fd = capture_event_fd (place.capture), .events = POLLIN };
      g_assert_cmpint (polled.fd, >=, 0);
      scan (&place);
      drop (&place, "default/letter.pdf", PDF);
      g_assert_cmpint (poll (&polled, 1, 3000), ==, 1);
      g_assert_cmpuint (scan (&place).taken, ==, 1);
      tear_down (&place, NULL);
    }
}

static void
test_a_folder_made_anew_is_watched_again (void)
{
  Place place;
  set_up_with (&place, "country: ES\n");
  struct pollfd polled = { .fd = capture_event_fd (place.capture), .events = POLLIN };
  g_autofree char *folder = inbox (&place, "default");
  g_assert_cmpint (rmdir (folder), ==, 0);
  g_assert_cmpint (mkdir (folder, 0700), ==, 0);
  g_usleep (2500000); /* the library waits in whole seconds */
  scan (&place);
  drop (&place, "default/letter.pdf", PDF);
  g_assert_cmpint (poll (&polled, 1, 3000), ==, 1);
  g_assert_cmpuint (scan (&place).taken, ==, 1);
  tear_down (&place, NULL);
}

static void
append (const Place *place, const char *name, const char *text)
{
  g_autofree char *path = inbox (place, name);
  autofd fd = open (path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  g_assert_true (dk_write_all (fd, text, strlen (text), NULL));
}

static void
test_a_file_that_grows_with_pauses_is_given_longer_pauses (Place *place, gconstpointer unused)
{
  (void)unused;
  for (int i = 0; i < 3; i++)
    {
      append (place, "default/letter.txt", "One more line.\n");
      g_assert_cmpuint (scan (place).taken, ==, 0);
      g_usleep (1600000);
      g_assert_cmpuint (scan (place).taken, ==, 0);
    }
  g_usleep (1700000); /* 3.3 s of stillness, above twice the pause of 1.6 s */
  g_assert_cmpuint (scan (place).taken, ==, 1);
}

#ifdef DK_FAULTS
#define MOST_POINTS 200

static void
take_again_and_look (const char *folder)
{
  Place place;
  open_place (&place, folder);
  scan (&place);
  scan (&place);
  g_autoptr (StoreReceipt) first = store_receipt_load (place.store, 1, NULL);
  g_autoptr (StoreReceipt) second = store_receipt_load (place.store, 2, NULL);
  g_autoptr (StoreReceipt) third = store_receipt_load (place.store, 3, NULL);
  g_assert_true (first != NULL && second != NULL && third == NULL);
  g_assert_cmpint (first->document, !=, second->document);
  g_assert_false (is_there (&place, "default/a.pdf"));
  g_assert_false (is_there (&place, "default/b.pdf"));
}

static void
test_a_kill_at_any_point_loses_and_doubles_nothing (void)
{
  bool lived = false;
  int points = 0;
  while (!lived && ++points < MOST_POINTS)
    {
      Place place = { .folder = fixture_folder () };
      g_assert_true (child_lives (make_place, place.folder, 0));
      drop (&place, "default/a.pdf", PDF);
      drop (&place, "default/b.pdf", PDF PDF);
      lived = child_lives (take_once, place.folder, points);
      g_assert_true (child_lives (take_again_and_look, place.folder, 0));
      fixture_remove_folder (place.folder);
    }
  g_test_message ("%d fault points", points - 1);
  g_assert_true (lived);
  g_assert_cmpint (points, >=, 12);
}

#endif

#define ADD(path, function) g_test_add (path, Place, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#ifdef DK_FAULTS
  /* First: a process counts from its first fault point, and the children must begin at none. */
  g_test_add_func ("/killed/anywhere", test_a_kill_at_any_point_loses_and_doubles_nothing);
#endif
  ADD ("/scan/taken", test_a_finished_file_is_taken_at_once);
  ADD ("/scan/twice", test_the_same_bytes_twice_are_one_document);
  ADD ("/scan/writing", test_a_file_that_is_being_written_waits);
  ADD ("/scan/cut", test_a_file_without_its_end_waits);
  ADD ("/scan/still", test_a_text_is_taken_after_two_seconds_of_stillness);
  ADD ("/scan/no-file", test_what_is_no_file_is_never_opened);
  ADD ("/left/why", test_what_is_left_in_the_drop_folders_is_named_with_its_reason);
  ADD ("/left/taken", test_what_is_taken_is_not_left);
  ADD ("/scan/names", test_folders_are_looked_into_and_odd_names_are_kept);
  ADD ("/scan/kept", test_a_profile_keeps_its_sources_and_dates_them_by_file);
  ADD ("/release/known", test_a_source_set_aside_by_a_crash_is_released_once_known);
  ADD ("/release/unknown", test_a_source_set_aside_that_nobody_knows_is_given_back);
  ADD ("/release/replaced", test_a_source_that_was_replaced_keeps_its_name);
  ADD ("/release/written", test_a_source_that_is_opened_to_write_more_stays);
  ADD ("/file/taken", test_a_named_file_is_taken_and_stays);
  ADD ("/file/refused", test_what_cannot_be_taken_by_name_is_refused);
  ADD ("/scan/grows", test_a_file_that_grows_with_pauses_is_given_longer_pauses);
  g_test_add_func ("/watch/event", test_an_event_tells_of_a_new_file_also_the_second_time);
  g_test_add_func ("/watch/anew", test_a_folder_made_anew_is_watched_again);
  return g_test_run ();
}
