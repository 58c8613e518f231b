/* The ends of a file that may be of any type: an answer, and the same when asked again. The first two bytes say how
 * much of the middle is hidden, as in a file larger than both windows. */
#include "capture/gate.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

static void
add_seed (GPtrArray *seeds, const char *path)
{
  g_autofree char *bytes = NULL;
  gsize size;
  if (!g_file_get_contents (path, &bytes, &size, NULL) || size > FUZZ_SEED_BYTES)
    return;
  g_autofree char *seed = g_malloc0 (size + 2);
  memcpy (seed + 2, bytes, size);
  fuzz_seed_bytes (seeds, seed, size + 2);
}

void
fuzz_seeds (GPtrArray *seeds)
{
  g_autoptr (GDir) dir = g_dir_open ("tests/fixtures/extract", 0, NULL);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename ("tests/fixtures/extract", name, NULL);
      add_seed (seeds, path);
    }
  fuzz_seed_text (seeds, "\1\1GIF89a\1\0\1\0\0\0;");
  fuzz_seed_text (seeds, "\1\1PK\3\4PK\5\6");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size < 2)
    return 0;
  size_t hidden = (size_t)(data[0] << 8 | data[1]) * 16;
  GateEnds ends
      = { .head = data + 2, .tail = data + 2, .head_bytes = size - 2, .tail_bytes = size - 2, .size = size - 2 };
  if (hidden > 0)
    {
      ends.head_bytes = (size - 2) / 2;
      ends.tail += ends.head_bytes;
      ends.tail_bytes -= ends.head_bytes;
      ends.size += hidden;
    }
  ends.head_bytes = MIN (ends.head_bytes, GATE_WINDOW_BYTES);
  ends.tail += ends.tail_bytes > GATE_WINDOW_BYTES ? ends.tail_bytes - GATE_WINDOW_BYTES : 0;
  ends.tail_bytes = MIN (ends.tail_bytes, GATE_WINDOW_BYTES);
  Gate gate = capture_gate (&ends);
  g_assert_true (gate <= GATE_UNKNOWN && capture_gate (&ends) == gate);
  return 0;
}
