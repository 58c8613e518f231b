#include "capture/gate.h"
#include <glib.h>
#include <string.h>

static Gate
gate_of (const void *bytes, size_t size)
{
  size_t window = MIN (size, GATE_WINDOW_BYTES);
  GateEnds ends = { .head = bytes,
                    .tail = (const uint8_t *)bytes + (size - window),
                    .head_bytes = window,
                    .tail_bytes = window,
                    .size = size };
  return capture_gate (&ends);
}

#define LITERAL(text) (text), sizeof (text) - 1

static const struct
{
  const char *name, *bytes;
  size_t size;
} whole[] = {
  { "pdf", LITERAL ("%PDF-1.4\nx\nstartxref\n9\n%%EOF\n") },
  { "jpeg", LITERAL ("\xFF\xD8\xFF\xE0 data \xFF\xD9") },
  { "jpeg, padded", LITERAL ("\xFF\xD8\xFF\xE0 data \xFF\xD9\0\0\0") },
  { "png", LITERAL ("\x89PNG\r\n\x1a\nIHDR\0\0\0\0IEND\xAE\x42\x60\x82") },
  { "gif", LITERAL ("GIF89a data\0\x3B") },
  { "webp", LITERAL ("RIFF\x08\0\0\0WEBPVP8 ") },
  { "bmp", LITERAL ("BM\x14\0\0\0\0\0\0\0\x12\0\0\0....ab") },
  { "zip", LITERAL ("PK\3\4 data PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0") },
  { "pgm", LITERAL ("P5\n# made here\n2 2\n255\nabcd") },
  { "pbm", LITERAL ("P4 9 2\nabcd") },
};

static void
test_finished_files_are_whole_and_every_shorter_one_is_not (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      if (gate_of (whole[i].bytes, whole[i].size) != GATE_WHOLE)
        g_error ("%s is not seen as whole", whole[i].name);
      for (size_t size = 0; size < whole[i].size - 3; size++)
        {
          g_autofree char *cut = g_memdup2 (whole[i].bytes, size); /* exactly sized, for the sanitizer */
          if (gate_of (cut, size) == GATE_WHOLE)
            g_error ("%s, cut at %" G_GSIZE_FORMAT ", is seen as whole", whole[i].name, size);
        }
    }
}

static void
test_what_lacks_its_end_is_cut (void)
{
  g_assert_cmpint (gate_of (LITERAL ("")), ==, GATE_CUT);
  g_assert_cmpint (gate_of (LITERAL ("%PDF-1.4\nxref")), ==, GATE_CUT);
  g_assert_cmpint (gate_of (LITERAL ("\xFF\xD8\xFF\xE0 data")), ==, GATE_CUT);
  g_assert_cmpint (gate_of (LITERAL ("RIFF\xFF\0\0\0WEBPVP8 ")), ==, GATE_CUT);
  g_assert_cmpint (gate_of (LITERAL ("P5\n20 20\n255\nab")), ==, GATE_CUT);
}

static void
test_a_linearized_pdf_is_as_long_as_it_says (void)
{
  static const char pdf[] = "%PDF-1.5\n1 0 obj <</Linearized 1/L 0000060/H[1 2]>>\n%%EOF\n..";
  g_assert_cmpuint (sizeof pdf - 1, ==, 60);
  g_assert_cmpint (gate_of (pdf, 60), ==, GATE_WHOLE);
  g_assert_cmpint (gate_of (pdf, 58), ==, GATE_CUT);
}

static void
test_a_tiff_may_grow_and_must_hold_what_it_points_at (void)
{
  /* One page, one strip of 4 bytes at 38; 9999 and 99 stand for places outside. */
  static const char good[] = "II*\0\x08\0\0\0\x02\0"
                             "\x11\x01\x04\0\x01\0\0\0\x26\0\0\0"
                             "\x17\x01\x04\0\x01\0\0\0\x04\0\0\0"
                             "\0\0\0\0data";
  g_assert_cmpuint (sizeof good - 1, ==, 42);
  g_assert_cmpint (gate_of (good, 42), ==, GATE_GROWING);
  for (size_t size = 0; size < 42; size++)
    {
      g_autofree char *cut = g_memdup2 (good, size);
      Gate gate = gate_of (cut, size);
      g_assert_true (gate == GATE_CUT || size < 4);
    }
  g_autofree char *bad = g_memdup2 (good, 42);
  memcpy (bad + 34, "\xFF\0\0\0", 4); /* a next page outside */
  g_assert_cmpint (gate_of (bad, 42), ==, GATE_CUT);
  memcpy (bad + 34, "\x08\0\0\0", 4); /* a chain without end */
  g_assert_cmpint (gate_of (bad, 42), ==, GATE_GROWING);
}

static void
test_text_has_no_end_to_look_for (void)
{
  g_assert_cmpint (gate_of (LITERAL ("Dear Sir or Madam,\n")), ==, GATE_UNKNOWN);
  g_assert_cmpint (gate_of (LITERAL ("BMW, the car of my neighbour")), ==, GATE_UNKNOWN);
  g_assert_cmpint (gate_of (LITERAL ("P5, second floor")), ==, GATE_UNKNOWN);
}

static void
test_any_bytes_do_no_harm (void)
{
  static const char *const starts[]
      = { "%PDF-/Linearized/L ", "II*", "MM", "II+", "PK\3\4", "P6\n", "RIFF", "BM", "\xFF\xD8\xFF" };
  for (int round = 0; round < 20000; round++)
    {
      size_t size = (size_t)g_test_rand_int_range (20, 300);
      g_autofree char *bytes = g_malloc (size);
      for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(g_test_rand_bit () ? g_test_rand_int_range (0, 256) : 0);
      const char *start = starts[round % G_N_ELEMENTS (starts)];
      memcpy (bytes, start, strlen (start));
      if (start[0] == 'I' || start[0] == 'M')
        memcpy (bytes + 2, start[0] == 'M' ? "\0*" : "*\0", 2);
      gate_of (bytes, size);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gate/whole", test_finished_files_are_whole_and_every_shorter_one_is_not);
  g_test_add_func ("/gate/cut", test_what_lacks_its_end_is_cut);
  g_test_add_func ("/gate/linearized", test_a_linearized_pdf_is_as_long_as_it_says);
  g_test_add_func ("/gate/tiff", test_a_tiff_may_grow_and_must_hold_what_it_points_at);
  g_test_add_func ("/gate/text", test_text_has_no_end_to_look_for);
  g_test_add_func ("/gate/any", test_any_bytes_do_no_harm);
  return g_test_run ();
}
