#include "base/yaml.h"
#include <string.h>

static Yaml *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  Yaml *yaml = yaml_parse ("a.yaml", text, strlen (text), &error);
  g_assert_no_error (error);
  return yaml;
}

static void
expect_refusal (const char *text, size_t length, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Yaml) yaml = yaml_parse ("a.yaml", text, length, &error);
  g_assert_null (yaml);
  g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
  if (!g_str_has_prefix (error->message, message))
    g_assert_cmpstr (error->message, ==, message);
}

static void
test_a_mapping_keeps_its_order_and_its_values (void)
{
  g_autoptr (Yaml) yaml = parse ("b: uno\na:\n  - első\n  - 'két: szó'\nc: {d: \"e\\nf\"}\ng:\n");
  const YamlNode *root = yaml_root (yaml);
  const char *key;
  g_assert_cmpuint (yaml_size (root), ==, 4);
  g_assert_cmpstr (yaml_text (yaml_at (root, 0, &key)), ==, "uno");
  g_assert_cmpstr (key, ==, "b");
  const YamlNode *list = yaml_at (root, 1, &key);
  g_assert_true (yaml_is_sequence (list));
  g_assert_cmpstr (yaml_text (yaml_at (list, 0, NULL)), ==, "első");
  g_assert_cmpstr (yaml_text (yaml_at (list, 1, NULL)), ==, "két: szó");
  g_assert_cmpstr (yaml_text (yaml_get (yaml_get (root, "c"), "d")), ==, "e\nf");
  g_assert_cmpstr (yaml_text (yaml_get (root, "g")), ==, "");
  g_assert_true (yaml_is_empty (yaml_get (root, "g")));
  g_assert_null (yaml_get (root, "h"));
}

static void
test_an_empty_file_is_an_empty_mapping (void)
{
  const char *const texts[] = { "", "\n", "# only words for people\n", "\xEF\xBB\xBF" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (Yaml) yaml = parse (texts[i]);
      g_assert_true (yaml_is_mapping (yaml_root (yaml)));
      g_assert_cmpuint (yaml_size (yaml_root (yaml)), ==, 0);
    }
}

static void
test_what_is_refused_is_named_with_its_place (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "a: 1\nb: 2\na: 3\n", "a.yaml:3:1: a stands twice; the first is in line 1" },
    { "a: &x 1\n", "a.yaml:1:" },
    { "a: *x\n", "a.yaml:1:" },
    { "a: !!int 1\n", "a.yaml:1:" },
    { "a: 1\n---\nb: 2\n", "a.yaml:2:1: a file holds one document" },
    { "a: 1\nb: [1, 2\nc: 3\n", "a.yaml:" },
    { "a: 'open\n", "a.yaml:" },
    { "a: b: c\n", "a.yaml:1:" },
    { "? [x]\n: 1\n", "a.yaml:1:" },
    { "a: 1\n\tb: 2\n", "a.yaml:1:4: this is not YAML" },
    { "a: \"\\0\"\n", "a.yaml:1:4: the text holds" },
    { "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]\n", "a.yaml:1:17: nested deeper" },
    { "á: \xff\n", "a.yaml:1:4: byte 0xFF is not UTF-8" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    expect_refusal (cases[i].text, strlen (cases[i].text), cases[i].message);
  expect_refusal ("a: b\0c", 6, "a.yaml:1:5: byte 0x00");
}

static void
test_an_unknown_key_names_the_allowed_ones (void)
{
  static const char *const allowed[] = { "name", "country", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (Yaml) yaml = parse ("name: x\n  # c\ncounty: ES\n");
  g_assert_false (yaml_check_keys (yaml_root (yaml), allowed, &error));
  g_assert_cmpstr (error->message, ==, "a.yaml:3:1: unknown key \"county\"; allowed are name, country");
}

static void
test_values_outside_their_range_are_refused (void)
{
  static const char *const words[] = { "red", "blue", NULL };
  g_autoptr (Yaml) yaml = parse ("n: 12x\nr: nan\nb: yes\nw: green\nt: [a]\nl: {a: b}\ne: ''\n");
  const YamlNode *root = yaml_root (yaml);
  GError *e[7] = { NULL };
  int64_t n = 7;
  double r = 7;
  bool b = true;
  const char *w = NULL;
  char **l = NULL;
  g_assert_false (yaml_want_int (root, "n", 0, 100, &n, &e[0]));
  g_assert_cmpstr (e[0]->message, ==, "a.yaml:1:4: n is \"12x\"; allowed is a whole number from 0 to 100");
  g_assert_false (yaml_want_real (root, "r", 0, 1, &r, &e[1]));
  g_assert_false (yaml_want_bool (root, "b", &b, &e[2]));
  g_assert_cmpstr (e[2]->message, ==, "a.yaml:3:4: b is \"yes\"; allowed are true, false");
  g_assert_false (yaml_want_word (root, "w", words, &w, &e[3]));
  g_assert_false (yaml_want_text (root, "t", &w, &e[4]));
  g_assert_false (yaml_want_list (root, "l", &l, &e[5]));
  g_assert_false (yaml_need_text (root, "e", &w, &e[6]));
  for (gsize i = 0; i < G_N_ELEMENTS (e); i++)
    g_clear_error (&e[i]);
}

static void
test_optional_values_are_read_or_left_alone (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Yaml) yaml = parse ("n: -12\nr: 0.25\nb: true\none: a\nmany: [a, b]\nempty:\n");
  const YamlNode *root = yaml_root (yaml);
  int64_t n = 7, empty = 7;
  double r = 7;
  bool b = false;
  g_auto (GStrv) one = NULL;
  g_auto (GStrv) many = g_strsplit ("x", ",", 0);
  g_assert_true (yaml_want_int (root, "n", -20, 100, &n, &error));
  g_assert_true (yaml_want_int (root, "empty", 0, 100, &empty, &error));
  g_assert_true (yaml_want_real (root, "r", 0, 1, &r, &error));
  g_assert_true (yaml_want_bool (root, "b", &b, &error));
  g_assert_true (yaml_want_list (root, "one", &one, &error));
  g_assert_true (yaml_want_list (root, "many", &many, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, -12);
  g_assert_cmpint (empty, ==, 7);
  g_assert_cmpfloat (r, ==, 0.25);
  g_assert_true (b);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpuint (g_strv_length (many), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yaml/order", test_a_mapping_keeps_its_order_and_its_values);
  g_test_add_func ("/yaml/empty", test_an_empty_file_is_an_empty_mapping);
  g_test_add_func ("/yaml/refused", test_what_is_refused_is_named_with_its_place);
  g_test_add_func ("/yaml/unknown-key", test_an_unknown_key_names_the_allowed_ones);
  g_test_add_func ("/yaml/ranges", test_values_outside_their_range_are_refused);
  g_test_add_func ("/yaml/optional", test_optional_values_are_read_or_left_alone);
  return g_test_run ();
}
