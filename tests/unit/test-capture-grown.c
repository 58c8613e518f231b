/* Files to which pages are added after they were taken. */
#include "tests/unit/capture-fixture.h"

/* A TIFF as scanners write it: for each page its pixels, its directory, then the pointer to it in the page before. */
static GByteArray *
tiff_of (unsigned pages)
{
  GByteArray *bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *)"II*\0\0\0\0\0", 8);
  guint link = 4;
  for (unsigned no = 0; no < pages; no++)
    {
      static const uint16_t tags[][2] = { { 256, 16 }, { 257, 16 }, { 258, 8 },  { 259, 1 },  { 262, 1 },
                                          { 273, 0 },  { 277, 1 },  { 278, 16 }, { 279, 256 } };
      uint32_t strip = GUINT32_TO_LE (bytes->len), ifd = GUINT32_TO_LE (bytes->len + 256), one = GUINT32_TO_LE (1);
      uint16_t n = GUINT16_TO_LE (G_N_ELEMENTS (tags)), is_long = GUINT16_TO_LE (4);
      guint8 pixels[256];
      memset (pixels, (int)no + 1, sizeof pixels);
      memcpy (bytes->data + link, &ifd, 4);
      g_byte_array_append (bytes, pixels, sizeof pixels);
      g_byte_array_append (bytes, (const guint8 *)&n, 2);
      for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
        {
          uint16_t tag = GUINT16_TO_LE (tags[i][0]);
          uint32_t value = tags[i][0] == 273 ? strip : GUINT32_TO_LE (tags[i][1]);
          g_byte_array_append (bytes, (const guint8 *)&tag, 2);
          g_byte_array_append (bytes, (const guint8 *)&is_long, 2);
          g_byte_array_append (bytes, (const guint8 *)&one, 4);
          g_byte_array_append (bytes, (const guint8 *)&value, 4);
        }
      link = bytes->len;
      g_byte_array_append (bytes, (const guint8 *)"\0\0\0\0", 4);
    }
  return bytes;
}

/* Writes the TIFF of @pages pages over what is there, in the same file. */
static void
write_tiff (const Place *place, const char *name, unsigned pages)
{
  g_autofree char *path = inbox (place, name);
  g_autoptr (GByteArray) bytes = tiff_of (pages);
  autofd fd = open (path, O_WRONLY | O_CREAT, 0600);
  g_assert_true (dk_write_all (fd, bytes->data, bytes->len, NULL));
}

#define STILL_US 3100000 /* the system's clocks of files are read in whole seconds */

static void
must_be_receipt (const Place *place, int64_t receipt, unsigned pages)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) bytes = tiff_of (pages);
  g_autoptr (StoreReceipt) found = store_receipt_load (place->store, receipt, &error);
  g_assert_no_error (error);
  g_assert_cmpint (found->size, ==, bytes->len);
}

static bool
is_receipt (const Place *place, int64_t receipt)
{
  g_autoptr (StoreReceipt) found = store_receipt_load (place->store, receipt, NULL);
  return found != NULL;
}

static void
test_a_tiff_is_taken_early_and_stays_while_it_may_grow (Place *place, gconstpointer unused)
{
  (void)unused;
  write_tiff (place, "default/scan.tif", 1);
  g_usleep (STILL_US);
  CaptureScan found = scan (place);
  g_assert_cmpuint (found.taken, ==, 1);
  g_assert_true (is_there (place, "default/scan.tif"));
  found = scan (place);
  g_assert_cmpuint (found.taken + found.waiting, ==, 0);
  g_assert_cmpuint (capture_waiting (place->store, place->settings), ==, 0);
  write_tiff (place, "default/scan.tif", 2);
  g_assert_cmpuint (scan (place).waiting, ==, 1);
  g_assert_cmpuint (capture_waiting (place->store, place->settings), ==, 1);
  g_usleep (2 * STILL_US + 1000000); /* it has paused for so long */
  g_assert_cmpuint (scan (place).taken, ==, 1);
  must_be_receipt (place, 1, 2);
  g_assert_false (is_receipt (place, 2));
  g_assert_true (is_there (place, "default/scan.tif"));
  g_assert_true (capture_close (place->capture, NULL));
  g_assert_false (is_there (place, "default/scan.tif"));
}

static void
test_a_tiff_that_grew_while_nobody_looked_is_the_same_receipt (Place *place, gconstpointer unused)
{
  (void)unused;
  write_tiff (place, "default/scan.tif", 1);
  g_usleep (STILL_US);
  g_assert_cmpuint (scan (place).taken, ==, 1);
  capture_free (place->capture);
  write_tiff (place, "default/scan.tif", 3);
  place->capture = capture_new (place->store, place->settings, NULL);
  g_usleep (STILL_US);
  g_assert_cmpuint (scan (place).taken, ==, 1);
  must_be_receipt (place, 1, 3);
  g_assert_false (is_receipt (place, 2));
}

static void
test_other_bytes_in_the_same_file_are_a_new_receipt (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GByteArray) bytes = tiff_of (2);
  g_autofree char *path = inbox (place, "default/scan.tif");
  write_tiff (place, "default/scan.tif", 1);
  g_usleep (STILL_US);
  g_assert_cmpuint (scan (place).taken, ==, 1);
  memset (bytes->data + 8, 77, 256);
  autofd fd = open (path, O_WRONLY);
  g_assert_true (dk_write_all (fd, bytes->data, bytes->len, NULL));
  dk_close_fd (&fd);
  fd = -1;
  scan (place);
  g_usleep (2 * STILL_US + 1000000);
  g_assert_cmpuint (scan (place).taken, ==, 1);
  must_be_receipt (place, 1, 1);
  must_be_receipt (place, 2, 2);
}

static void
test_who_does_not_come_back_keeps_no_source (Place *place, gconstpointer unused)
{
  (void)unused;
  capture_keep_none (place->capture);
  write_tiff (place, "default/scan.tif", 1);
  g_usleep (STILL_US);
  g_assert_cmpuint (scan (place).taken, ==, 1);
  g_assert_false (is_there (place, "default/scan.tif"));
}

#ifdef DK_FAULTS
static void
grow_once (const char *folder)
{
  Place place;
  open_place (&place, folder);
  scan (&place);
  capture_close (place.capture, NULL);
}

static void
grow_again_and_look (const char *folder)
{
  Place place;
  open_place (&place, folder);
  scan (&place);
  g_assert_true (capture_close (place.capture, NULL));
  must_be_receipt (&place, 1, 2);
  g_assert_false (is_receipt (&place, 2));
  g_assert_false (is_there (&place, "default/scan.tif"));
}

#define GROWING_PLACES 16 /* more than there are fault points: all wait at the same time */

/* The file was taken with one page; it has two by now, and whoever takes them is killed. */
static void
test_a_kill_while_a_file_grows_loses_and_doubles_nothing (void)
{
  Place places[GROWING_PLACES];
  int lived = 0;
  for (int i = 0; i < GROWING_PLACES; i++)
    {
      places[i] = (Place){ .folder = fixture_folder () };
      g_assert_true (child_lives (make_place, places[i].folder, 0));
      write_tiff (&places[i], "default/scan.tif", 1);
    }
  g_usleep (STILL_US);
  for (int i = 0; i < GROWING_PLACES; i++)
    {
      g_assert_true (child_lives (take_once, places[i].folder, 0));
      write_tiff (&places[i], "default/scan.tif", 2);
    }
  g_usleep (STILL_US);
  for (int i = 0; i < GROWING_PLACES; i++)
    {
      lived += child_lives (grow_once, places[i].folder, i + 1);
      g_assert_true (child_lives (grow_again_and_look, places[i].folder, 0));
      fixture_remove_folder (places[i].folder);
    }
  g_test_message ("%d fault points", GROWING_PLACES - lived);
  g_assert_cmpint (lived, >, 0);
  g_assert_cmpint (GROWING_PLACES - lived, >=, 10);
}
#endif

#define ADD(path, function) g_test_add (path, Place, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#ifdef DK_FAULTS
  /* First: a process counts from its first fault point, and the children must begin at none. */
  g_test_add_func ("/killed/growing", test_a_kill_while_a_file_grows_loses_and_doubles_nothing);
#endif
  ADD ("/grown/early", test_a_tiff_is_taken_early_and_stays_while_it_may_grow);
  ADD ("/grown/unwatched", test_a_tiff_that_grew_while_nobody_looked_is_the_same_receipt);
  ADD ("/grown/other", test_other_bytes_in_the_same_file_are_a_new_receipt);
  ADD ("/grown/once", test_who_does_not_come_back_keeps_no_source);
  return g_test_run ();
}
