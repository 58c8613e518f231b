/* Lines such as "Your ref.", dates that a letter names, and the forms in which values are compared. */
#include "base/text.h"
#include "cases/join_parts.h"
#include <string.h>

#define KEY_LEAST 4      /* letters and digits of a number worth comparing */
#define KEY_DIGITS 2     /* digits among them */
#define LINE_POINTS 0.85 /* one open case has the number behind "your ref." */
#define NUMBER_BYTES 40
#define PHONE_DIGITS 9

/* Folded; "n/ref." is the writer's own. */
static const char *const labels[]
    = { "your ref",   "our ref",     "ref no",         "reference",  "v/ref",    "v/ref",
        "vos ref",    "votre ref",   "vos references", "su ref",     "s/ref",    "su refer",
        "referencia", "hivatkozasi", "hiv. szam",      "hivatkozas", "ugyszam",  "iktatoszam",
        "case no",    "case number", "dossier",        "expediente", "order no", "order number",
        "commande n", "pedido n",    "rendelesszam",   "ref:",       "ref." };

/* --- keys --- */

static char *
squeezed (const char *value)
{
  g_autofree char *folded = dk_fold (value);
  GString *key = g_string_new (NULL);
  for (const char *p = folded; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (key, g_ascii_toupper (*p));
  return g_string_free (key, FALSE);
}

static guint
digits_of (const char *key)
{
  guint n = 0;
  for (; *key != '\0'; key++)
    n += g_ascii_isdigit (*key) != 0;
  return n;
}

static gint
by_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* The words of a name in order of the alphabet, initials left out: "Durand Marie" is "Marie Durand". NULL for a name of
 * one word, which too many have. */
static char *
name_key (const char *value)
{
  g_autofree char *folded = dk_fold (value);
  g_auto (GStrv) words = g_strsplit_set (folded, " .,;-'’", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  for (char **word = words; *word != NULL; word++)
    if (strlen (*word) >= 2)
      g_ptr_array_add (kept, *word);
  if (kept->len < 2)
    return NULL;
  g_ptr_array_sort (kept, by_text);
  g_ptr_array_add (kept, NULL);
  return g_strjoinv (" ", (char **)kept->pdata);
}

char *
join_key (const char *name, const char *value)
{
  if (strcmp (name, "sender") == 0)
    return name_key (value);
  if (strcmp (name, "email") == 0)
    return dk_fold (value);
  g_autofree char *key = squeezed (value);
  size_t length = strlen (key);
  if (strcmp (name, "phone") == 0)
    return length >= PHONE_DIGITS - 1 ? g_strdup (key + (length > PHONE_DIGITS ? length - PHONE_DIGITS : 0)) : NULL;
  return length >= KEY_LEAST && digits_of (key) >= KEY_DIGITS ? g_steal_pointer (&key) : NULL;
}

/* --- reference lines --- */

typedef struct
{
  JoinWork *work;
  const RecordPage *page;
  const char *folded;
  const GArray *origin; /* of guint32: code points of the page */
} Lines;

/* The one open case in which @key is a number of some kind; 0 when there is none, or more than one. */
static bool
only_case_with (Store *store, const char *key, int64_t *case_id, GError **error)
{
  static const char *const names[] = { "reference_no", "order_no", "invoice_no", "customer_no" };
  *case_id = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GArray) ids = store_trace_find (store, names[i], key, 20, error);
      for (guint k = 0; ids != NULL && k < ids->len; k++)
        {
          g_autoptr (StoreDocument) document = store_document_load (store, g_array_index (ids, int64_t, k), error);
          g_autoptr (StoreCase) the_case = document != NULL ? store_case_load (store, document->case_id, error) : NULL;
          if (the_case == NULL)
            return false;
          if (strcmp (the_case->status, "closed") == 0 || the_case->id == *case_id)
            continue;
          if (*case_id != 0)
            {
              *case_id = 0;
              return true;
            }
          *case_id = the_case->id;
        }
      if (ids == NULL)
        return false;
    }
  return true;
}

static guint
code_point (const Lines *lines, const char *at)
{
  guint index = (guint)g_utf8_pointer_to_offset (lines->folded, at);
  return index < lines->origin->len ? g_array_index (lines->origin, guint32, index) : 0;
}

static bool
try_number (const Lines *lines, const char *from, const char *to, GError **error)
{
  g_autofree char *text = g_strndup (from, (gsize)(to - from));
  g_autofree char *key = join_key ("reference_no", text);
  int64_t case_id = 0;
  if (key == NULL || to - from > NUMBER_BYTES || !only_case_with (lines->work->letter->store, key, &case_id, error))
    return key == NULL || to - from > NUMBER_BYTES;
  if (case_id != 0)
    join_add (join_candidate (lines->work, case_id), "join:reference-line", LINE_POINTS, lines->page,
              code_point (lines, from), code_point (lines, to - 1) + 1);
  return true;
}

/* Each run of letters, digits and joints of the line. */
static bool
read_line (const Lines *lines, const char *from, const char *to, GError **error)
{
  while (from < to)
    {
      const char *end = from;
      while (end < to && (g_ascii_isalnum (*end) || strchr ("-/._", *end) != NULL))
        end++;
      if (end > from && !try_number (lines, from, end, error))
        return false;
      from = end > from ? end : from + 1;
    }
  return true;
}

static const char *
label_in (const char *from, const char *to)
{
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      const char *found = g_strstr_len (from, to - from, labels[i]);
      if (found != NULL && (found == from || !g_ascii_isalnum (found[-1])))
        return found + strlen (labels[i]);
    }
  return NULL;
}

static bool
read_lines (const Lines *lines, GError **error)
{
  for (const char *line = lines->folded; *line != '\0';)
    {
      const char *end = line + strcspn (line, "\n");
      const char *behind = label_in (line, end);
      if (behind != NULL && !read_line (lines, behind, end, error))
        return false;
      line = *end != '\0' ? end + 1 : end;
    }
  return true;
}

bool
join_lines (JoinWork *work, GError **error)
{
  for (guint i = 0; i < MIN (2, work->letter->pages->len); i++)
    {
      g_autoptr (GArray) origin = NULL;
      const RecordPage *page = work->letter->pages->pdata[i];
      g_autofree char *folded = dk_fold_mapped (page->text, &origin);
      if (!read_lines (&(Lines){ work, page, folded, origin }, error))
        return false;
    }
  return true;
}

/* --- dates --- */

static const char *const months[12] = {
  "jan|janv|enero|januar",       "feb|fev|febrero|februar",   "mar|mars|marzo|marcius",
  "apr|avr|abril|aprilis",       "may|mai|mayo|majus",        "jun|juin|junio|junius",
  "jul|juil|julio|julius",       "aug|aout|agosto|augusztus", "sep|sept|septiembre|szeptember",
  "oct|octobre|octubre|oktober", "nov|novembre|noviembre",    "dec|decembre|diciembre|december",
};

/* "3 may", "3 de mayo", "may 3", "majus 3", "3/5", "03.05.2026", "2026. 05. 03" */
static GRegex *
date_pattern (DkDate date)
{
  /* cppcheck-suppress invalidPrintfArgType_s */
  g_autofree char *pattern = g_strdup_printf (
      "(?<![0-9])(?:0?%1$d(?:st|nd|rd|th|er|\\.)?\\s*(?:of|de)?\\s*(?:%2$s)[a-z]*|(?:%2$s)[a-z]*\\.?\\s*0?%1$d(?![0-9])"
      "|0?%1$d\\s?[/.-]\\s?0?%3$d\\s?(?:[/.-]\\s?(?:%4$d|%5$02d))?(?![0-9/"
      "])|%4$d\\s?[.-]\\s?0?%3$d\\s?[.-]\\s?0?%1$d(?![0-9]))",
      date.day, months[date.month - 1], date.month, date.year, date.year % 100);
  return g_regex_new (pattern, 0, 0, NULL);
}

/* Behind the head of the letter, where its own date stands. */
bool
join_mentions_date (const JoinLetter *letter, const char *iso, const RecordPage **page, uint32_t *from, uint32_t *to)
{
  DkDay day = dk_day_parse (iso);
  if (day == DK_DAY_NONE)
    return false;
  g_autoptr (GRegex) pattern = date_pattern (dk_date (day));
  for (guint i = 0; pattern != NULL && i < MIN (2, letter->pages->len); i++)
    {
      g_autoptr (GArray) origin = NULL;
      g_autoptr (GMatchInfo) match = NULL;
      int start, end;
      *page = letter->pages->pdata[i];
      g_autofree char *folded = dk_fold_mapped ((*page)->text, &origin);
      const Lines lines = { .folded = folded, .origin = origin };
      if (!g_regex_match (pattern, folded, 0, &match) || !g_match_info_fetch_pos (match, 0, &start, &end))
        continue;
      *from = code_point (&lines, folded + start);
      *to = code_point (&lines, folded + end - 1) + 1;
      return true;
    }
  return false;
}
