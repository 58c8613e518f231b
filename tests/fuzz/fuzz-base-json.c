/* JSON: what is taken has one canonical line, which is taken again. */
#include "base/json.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_text (seeds, "{\"seq\":12,\"time_us\":1789000000000000,\"payload\":\"{\\\"a\\\":[1,2.5,null,true]}\"}");
  fuzz_seed_text (seeds, "[[[[[[{\"é\":\"\\u00e9\\ud83d\\udcc4\",\"n\":-1e9}]]]]]]");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = dk_json_parse ((const char *)data, size, &error);
  fuzz_told (value != NULL, error);
  if (value != NULL)
    {
      g_autofree char *once = dk_json_canonical (value), *line = dk_json_line (value);
      g_assert_null (strchr (line, '\n'));
      g_autoptr (json_t) again = dk_json_parse (once, strlen (once), &error);
      g_assert_no_error (error);
      g_autofree char *twice = dk_json_canonical (again);
      g_assert_cmpstr (once, ==, twice);
    }
  g_autofree char *text = fuzz_text (data, size);
  g_autoptr (json_t) quoted = dk_json_text (text);
  g_autofree char *line = dk_json_line (quoted);
  g_autoptr (json_t) read = dk_json_parse (line, strlen (line), &error);
  g_assert_true (json_equal (read, quoted));
  return 0;
}
