#include "reports/letter.h"
#include "base/record.h"
#include "reports/stopwords.h"
#include "store/decision.h"
#include <string.h>

#define BODY_LINES_MIN 2    /* a closing stands below a body */
#define CONTACT_WORDS_MAX 3 /* more of them say something */
#define NUMBER_DIGITS_MIN 5 /* longer ones are telephones, accounts, customers */

/* --- from the page records --- */

static bool
add_page (Store *store, const char *sha256, GString *text, GError **error)
{
  static const Limits limits = LIMITS_DEFAULT;
  g_autoptr (GBytes) frame = store_blob_read (store, sha256, limits.output_bytes, error);
  g_autoptr (RecordPage) page = frame != NULL ? record_page_decode (frame, &limits, error) : NULL;
  if (page == NULL)
    return false;
  g_string_append (text, page->text);
  g_string_append_c (text, '\n');
  return true;
}

static char *
page_texts (Store *store, int64_t document, GError **error)
{
  g_auto (GStrv) blobs = store_page_blobs (store, document, error);
  g_autoptr (GString) text = g_string_new (NULL);
  if (blobs == NULL)
    return NULL;
  for (char **blob = blobs; *blob != NULL; blob++)
    if (!add_page (store, *blob, text, error))
      return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static int digits_in (const char *word);

/* "Tel. 020 7946 0958", "eve@example.com": of a letterhead or below a signature, not of what is said. */
static bool
is_contact_line (const char *line)
{
  g_auto (GStrv) words = g_strsplit_set (line, " :", -1);
  guint others = 0;
  bool address = false;
  for (char **word = words; *word != NULL; word++)
    {
      bool dialled = digits_in (*word) > 0;
      address |= dialled || strpbrk (*word, "@/") != NULL || g_str_has_prefix (*word, "www.");
      others += **word != '\0' && !dialled && strchr (*word, '@') == NULL && !report_is_contact (*word);
    }
  return words[0] != NULL && (address || report_is_contact (words[0])) && others < CONTACT_WORDS_MAX;
}

/* The lines between the first greeting and the closing after it, in one; words divided at a line's end are joined. */
static char *
body_of (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *body = g_string_new (NULL);
  guint first = 0, n = g_strv_length (lines);
  for (guint i = 0; i < n && first == 0; i++)
    if (report_is_greeting (lines[i]))
      first = i + 1;
  for (guint i = first, kept = 0; i < n; i++)
    {
      g_strstrip (lines[i]);
      if (is_contact_line (lines[i]))
        continue;
      if (kept >= BODY_LINES_MIN && report_is_closing (lines[i]))
        break;
      bool divided = body->len > 1 && body->str[body->len - 1] == '-' && g_unichar_islower (g_utf8_get_char (lines[i]));
      if (divided)
        g_string_truncate (body, body->len - 1);
      else if (body->len > 0 && *lines[i] != '\0')
        g_string_append_c (body, ' ');
      g_string_append (body, lines[i]);
      kept += *lines[i] != '\0';
    }
  return g_string_free (body, FALSE);
}

/* --- what tells who wrote it --- */

static void
hide (GString *text, const char *secret)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (secret));
  if (g_utf8_strlen (trimmed, -1) >= 3)
    g_string_replace (text, trimmed, REPORT_HIDDEN, 0);
}

static void
hide_parts (GString *text, const char *secret, const char *separators)
{
  g_auto (GStrv) parts = g_strsplit_set (secret, separators, -1);
  hide (text, secret);
  for (char **part = parts; *part != NULL; part++)
    hide (text, *part);
}

static bool
hide_found (Store *store, int64_t document, GString *text, GError **error)
{
  static const char *const whole[]
      = { "email", "phone", "iban", "customer_no", "order_no", "invoice_no", "reference_no", NULL };
  g_autoptr (GPtrArray) decisions = store_decisions (store, document, false, error);
  if (decisions == NULL)
    return false;
  for (guint i = 0; i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      const char *texts[] = { decision->value, decision->raw };
      for (int k = 0; k < 2; k++)
        if (texts[k] == NULL)
          continue;
        else if (strcmp (decision->name, "sender") == 0)
          hide_parts (text, texts[k], " ,.\n");
        else if (strcmp (decision->name, "address") == 0)
          hide_parts (text, texts[k], ",\n");
        else if (g_strv_contains (whole, decision->name))
          hide (text, texts[k]);
    }
  return true;
}

static int
digits_in (const char *word)
{
  int digits = 0;
  for (; *word != '\0'; word++)
    digits += g_ascii_isdigit (*word);
  return digits;
}

/* "4005", and "GB" or "DOCK" between such. */
static bool
is_number_part (const char *word)
{
  return digits_in (word) > 0 || (*word != '\0' && word[strspn (word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0');
}

/* Leaves out addresses of e-mail and long numbers that were no field, in groups too, as accounts and telephones are
 * written. */
static char *
without_numbers (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GString *kept = g_string_new (NULL);
  for (guint i = 0, end; words[i] != NULL; i = end)
    {
      int digits = 0;
      for (end = i; words[end] != NULL && is_number_part (words[end]); end++)
        digits += digits_in (words[end]);
      bool hidden = digits >= NUMBER_DIGITS_MIN || strchr (words[i], '@') != NULL;
      end = hidden ? MAX (end, i + 1) : i + 1;
      g_string_append_printf (kept, "%s%s", kept->len > 0 ? " " : "", hidden ? REPORT_HIDDEN : words[i]);
    }
  return g_string_free (kept, FALSE);
}

char *
report_letter_text (Store *store, int64_t document, GError **error)
{
  g_autofree char *pages = page_texts (store, document, error);
  if (pages == NULL)
    return NULL;
  g_autofree char *body = body_of (pages);
  g_autoptr (GString) text = g_string_new (body);
  if (!hide_found (store, document, text, error))
    return NULL;
  return without_numbers (text->str);
}

/* --- words --- */

static void
word_clear (ReportWord *word)
{
  g_free (word->word);
}

/* The end of the letters at @text; soft hyphens belong to a word. */
static const char *
letters_end (const char *text)
{
  while (g_unichar_isalpha (g_utf8_get_char (text)) || g_unichar_ismark (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

GArray *
report_letter_words (const char *text)
{
  GArray *words = g_array_new (FALSE, TRUE, sizeof (ReportWord));
  g_array_set_clear_func (words, (GDestroyNotify)word_clear);
  bool joined = false;
  for (const char *at = text; *at != '\0';)
    {
      const char *end = letters_end (at);
      if (end == at)
        {
          joined = joined && *at == ' ';
          at = g_utf8_next_char (at);
          continue;
        }
      ReportWord word = { (gsize)(at - text), (gsize)(end - text), g_utf8_strdown (at, end - at), joined };
      g_array_append_val (words, word);
      joined = true;
      at = end;
    }
  return words;
}
