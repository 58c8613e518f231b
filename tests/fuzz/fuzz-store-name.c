/* Names from any text: every file system takes them, and a safe name is not made safer. */
#include "base/limits.h"
#include "base/naming.h"
#include "store/name.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_text (seeds, "../..\\réclamation: \"livraison\" <non reçue>?.pdf");
  fuzz_seed_text (seeds, "CON.txt\nDurand | Söhne * ½ \xE2\x80\xAE"
                         "fdp.exe ..");
  fuzz_seed_text (seeds, "{date:DD.MM.YYYY}[ {kind:upper|none}][[{sender:20}]]\n2026-03-12\nqueja\nAna Ruiz");
  fuzz_seed_text (seeds, "- \xC3\xA9\xCC\x81\xCC\x82\xCC\x83/\xF0\x9F\x93\x84/LPT1/");
}

static void
look_at (const char *name, size_t most)
{
  g_assert_true (strlen (name) >= 1 && strlen (name) <= most && g_utf8_validate (name, -1, NULL));
  g_assert_null (strpbrk (name, "\\/:*?\"<>|\n\r\t"));
  g_assert_true (strchr (" .-", name[0]) == NULL && strchr (" .", name[strlen (name) - 1]) == NULL);
}

static void
look_at_component (const char *text, size_t most, bool ascii)
{
  g_autofree char *once = store_name_safe (text, most, ascii);
  g_autofree char *twice = store_name_safe (once, most, ascii);
  look_at (once, most);
  g_assert_cmpstr (once, ==, twice);
  g_assert_true (!ascii || g_str_is_ascii (once));
}

static const Template *
shipped_template (void)
{
  static Template *template;
  char *wrong = NULL;
  if (template == NULL)
    template = naming_parse_name ("{date}[ {kind}][ - {subject}][ - {sender}]", &wrong);
  return template;
}

/* The first line as a template, whose places have the others. */
static void
look_at_template (char **lines, guint n, bool ascii)
{
  g_autofree char *wrong = NULL;
  g_autoptr (Template) template = n > 0 ? naming_parse_name (lines[0], &wrong) : NULL;
  g_assert_true (n == 0 || (template == NULL) == (wrong != NULL));
  if (template == NULL)
    return;
  g_autofree const char **values = g_new0 (const char *, template_n_places (template) + 1);
  for (unsigned i = 0; i < template_n_places (template); i++)
    values[i] = lines[1 + i % 3 < n ? 1 + i % 3 : 0];
  g_autofree char *name = store_name_fill (template, values, NULL, ".pdf", ascii);
  look_at (name, LIMITS_FILED_NAME_BYTES);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 4);
  guint n = g_strv_length (lines);
  for (int ascii = 0; ascii <= 1; ascii++)
    {
      look_at_component (text, 1 + size % LIMITS_FILED_NAME_BYTES, ascii);
      const char *const values[]
          = { "2026-03-12", n > 0 ? lines[0] : NULL, n > 1 ? lines[1] : NULL, n > 2 ? lines[2] : NULL };
      g_autofree char *name = store_name_fill (shipped_template (), values, n > 3 ? lines[3] : "", ".pdf", ascii);
      look_at_template (lines, n, ascii);
      look_at (name, LIMITS_FILED_NAME_BYTES);
      g_assert_true (g_str_has_prefix (name, "2026-03-12") && g_str_has_suffix (name, ".pdf"));
      g_autofree char *path = store_name_safe_path (text, ascii);
      g_auto (GStrv) parts = g_strsplit (path, "/", -1);
      for (char **part = parts; *part != NULL; part++)
        look_at (*part, LIMITS_FILED_NAME_BYTES);
    }
  return 0;
}
