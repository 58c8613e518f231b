#include "classify/field_repair.h"
#include "classify/field_domain.h"
#include "classify/field_people.h"
#include "classify/field_words.h"
#include <limits.h>
#include <string.h>

#define SHORTEST_WITNESS 4
#define MOST_WITNESSES 512
#define LEAST_SURE 0.55
#define REPAIRED 0.05 /* less sure than what was read */

/* How far two readings of one word may be apart. */
static unsigned
budget (size_t n)
{
  return n >= 7 ? 3 : 2;
}

/* --- two readings of one word --- */

/* Which of two letters that stand in the same place was meant: 0 when it cannot be told. */
static char
meant (char x, char y)
{
  bool x_of_y = field_looks_like (x, y), y_of_x = field_looks_like (y, x);
  if (g_ascii_isdigit (x) != g_ascii_isdigit (y))
    return g_ascii_isdigit (x) ? y : x;
  return x_of_y == y_of_x ? '\0' : x_of_y ? y : x;
}

/* What @word was when @witness is another reading of it. NULL when nothing shows it. Owned by the caller. */
static char *
merged (const char *word, const char *witness)
{
  size_t n = strlen (word), m = strlen (witness), head = 0, tail = 0, shorter = MIN (n, m);
  if (n == m)
    {
      g_autofree char *out = g_strdup (word);
      for (size_t i = 0; i < n; i++)
        if (word[i] != witness[i] && (out[i] = meant (word[i], witness[i])) == '\0')
          return NULL;
      return g_steal_pointer (&out);
    }
  while (head < shorter && word[head] == witness[head])
    head++;
  while (tail < shorter - head && word[n - 1 - tail] == witness[m - 1 - tail])
    tail++;
  const char *longer = n > m ? word : witness;
  size_t extra = MAX (n, m) - head - tail, less = shorter - head - tail;
  if (less == 1 && extra == 2) /* two letters for one: "ii" is a "u" */
    {
      const char *single = n > m ? witness : word;
      bool pair = field_misreading (longer + head, 2, single + head, 1) == 1;
      bool either = field_misreading (single + head, 1, longer + head, 2) == 1;
      return pair && !either ? g_strdup (single) : NULL;
    }
  if (less != 0 || extra != 1)
    return NULL;
  bool twice = head > 0 && longer[head - 1] == longer[head];
  return twice || head == 0 || tail == 0 ? NULL : g_strdup (longer); /* a letter lost within; at the ends it may be
                                                                        an initial or an ending */
}

/* "Kálmánné" is Kálmán's wife. */
static bool
is_wife_of (const char *a, const char *b)
{
  size_t n = strlen (b);
  return strncmp (a, b, n) == 0 && strcmp (a + n, "ne") == 0;
}

static bool
are_readings (const char *a, const char *b)
{
  size_t n = strlen (a), m = strlen (b);
  if (MIN (n, m) < SHORTEST_WITNESS || n > m + 2 || m > n + 2 || is_wife_of (a, b) || is_wife_of (b, a))
    return false;
  unsigned most = budget (MAX (n, m));
  unsigned cost = MIN (field_misreading_within (a, n, b, m, most), field_misreading_within (b, m, a, n, most));
  return cost > 0 && cost <= most;
}

/* --- who bears witness --- */

/* The words of the text with a capital, and the parts of e-mail addresses, each with how often it stands there. */
static GHashTable *
witnesses_of (const FieldWork *work)
{
  GHashTable *witnesses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const FieldText *text = work->text;
  for (uint32_t i = 0; i < text->tokens->len && g_hash_table_size (witnesses) < MOST_WITNESSES; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      uint32_t n = token->to - token->from;
      bool mail = token->from > 0 && strchr ("@._-<", text->plain->str[token->from - 1]) != NULL;
      bool mail_behind = strchr ("@._-", text->plain->str[token->to]) != NULL && text->plain->str[token->to] != '\0';
      if (n < SHORTEST_WITNESS || n >= FIELD_LONGEST_WORD || token->kind == FIELD_TOKEN_NUMBER
          || !(field_is_capital (text, token) || mail || mail_behind))
        continue;
      char *word = field_text_lower (text, (FieldSpan){ token->from, token->to });
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (witnesses, word));
      g_hash_table_insert (witnesses, word, GUINT_TO_POINTER (count + 1));
    }
  return witnesses;
}

/* The word that @word is a misreading of, by its witnesses; NULL when it stands. Owned by the caller. */
static char *
corrected (GHashTable *witnesses, const char *word)
{
  guint own = GPOINTER_TO_UINT (g_hash_table_lookup (witnesses, word));
  bool frequent = field_is_frequent_name (word, strlen (word));
  GHashTableIter iter;
  gpointer key, value;
  char *best = NULL;
  guint most = 0;
  g_hash_table_iter_init (&iter, witnesses);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint count = GPOINTER_TO_UINT (value);
      if (!are_readings (word, key))
        continue;
      bool witness_frequent = field_is_frequent_name (key, strlen (key));
      g_autofree char *merge = witness_frequent && frequent      ? NULL
                               : witness_frequent || count > own ? g_strdup (key)
                               : frequent || own > count         ? NULL
                                                                 : merged (word, key);
      guint weight = count + (witness_frequent ? 10 : 0);
      if (merge == NULL || weight <= most || strcmp (merge, word) == 0)
        continue;
      most = weight;
      g_free (best);
      best = g_steal_pointer (&merge);
    }
  return best;
}

/* --- putting it right in what was found --- */

/* @printed with the letters that differ from its plain form changed to those of @plain. Owned by the caller. */
static char *
spelled (const char *printed, const char *plain)
{
  g_autofree char *folded = field_fold (printed);
  size_t n = strlen (folded), m = strlen (plain), head = 0, tail = 0;
  if ((size_t)g_utf8_strlen (printed, -1) != n)
    return g_strdup (printed);
  while (head < MIN (n, m) && folded[head] == plain[head])
    head++;
  while (tail < MIN (n, m) - head && folded[n - 1 - tail] == plain[m - 1 - tail])
    tail++;
  const char *from = g_utf8_offset_to_pointer (printed, (glong)head);
  const char *to = g_utf8_offset_to_pointer (printed, (glong)(n - tail));
  g_autofree char *middle = g_strndup (plain + head, m - head - tail);
  bool capitals = n > 1 && g_unichar_isupper (g_utf8_get_char (g_utf8_offset_to_pointer (printed, (glong)n - 1)));
  if (capitals || head == 0)
    *middle = g_ascii_toupper (*middle);
  for (char *p = middle; capitals && *p != '\0'; p++)
    *p = g_ascii_toupper (*p);
  return g_strdup_printf ("%.*s%s%s", (int)(from - printed), printed, middle, to);
}

static void
replace (RecordFinding *finding, GString *value)
{
  if (strcmp (finding->value, value->str) == 0)
    return;
  g_free (finding->value);
  finding->value = g_strdup (value->str);
  finding->confidence = MAX (finding->confidence - REPAIRED, 0);
}

/* "8ogdan" */
static void
without_digits (char *word)
{
  static const char digits[] = "0125689", small[] = "olzsbbg", large[] = "OIZSGBG";
  unsigned letters = 0;
  for (const char *p = word; *p != '\0'; p++)
    letters += !g_ascii_isdigit (*p);
  for (size_t i = 0; letters >= 3 && word[i] != '\0'; i++)
    {
      const char *p = strchr (digits, word[i]);
      bool capital = i == 0 || (i > 0 && g_ascii_isupper (word[i - 1]) && (i > 1 || !g_ascii_islower (word[i + 1])));
      if (p != NULL)
        word[i] = capital ? (word[i] == '8' ? 'B' : large[p - digits]) : small[p - digits];
    }
}

/* "Nova" where the address has nora.novak: the letter that a word lost at an end, if it is not @before, the initial of
 * the word before ("meve" is Marie-Ève). NULL when there is none. Owned by the caller. */
static char *
completed (const char *plain, char before, const GPtrArray *parts)
{
  size_t n = strlen (plain);
  for (guint i = 0; n >= 2 && i < parts->len; i++)
    {
      const char *part = g_ptr_array_index (parts, i);
      if (strlen (part) == n + 1 && n + 1 >= 3
          && (memcmp (part, plain, n) == 0 || (memcmp (part + 1, plain, n) == 0 && *part != before)))
        return g_strdup (part);
    }
  return NULL;
}

/* The parts of the e-mail addresses of which one part or more is a word of @name: the sender's own. */
static GPtrArray *
own_parts (const GPtrArray *findings, const char *name)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *plain = field_fold (name);
  g_auto (GStrv) words = g_strsplit_set (plain, " -.,'", -1);
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = g_ptr_array_index (findings, i);
      if (strcmp (finding->name, "email") != 0)
        continue;
      g_autofree char *small = g_ascii_strdown (finding->value, -1);
      g_auto (GStrv) pieces = g_strsplit_set (small, "@._-", -1);
      bool his = false;
      for (char **piece = pieces; *piece != NULL; piece++)
        his |= strlen (*piece) >= 3 && g_strv_contains ((const char *const *)words, *piece);
      for (char **piece = pieces; his && *piece != NULL; piece++)
        g_ptr_array_add (parts, g_strdup (*piece));
    }
  return parts;
}

/* Each word of a name, the signs between them as they are. */
static void
repair_name (RecordFinding *sender, GHashTable *witnesses, const GPtrArray *findings, bool surname_first)
{
  g_autoptr (GPtrArray) parts = own_parts (findings, sender->value);
  g_autoptr (GString) value = g_string_new (NULL);
  char before = '\0';
  for (const char *p = sender->value; *p != '\0';)
    {
      const char *end = p;
      while (*end != '\0' && strchr (" -.,'()", *end) == NULL)
        end = g_utf8_next_char (end);
      g_autofree char *word = g_strndup (p, (gsize)(end - p));
      bool given = surname_first ? *end == '\0' : p == sender->value;
      without_digits (word);
      g_autofree char *plain = field_fold (word);
      g_autofree char *right = strlen (plain) >= SHORTEST_WITNESS ? corrected (witnesses, plain) : NULL;
      if (right == NULL && (p == sender->value || p[-1] != '\''))
        right = completed (plain, before, parts);
      before = *plain;
      if (right == NULL && GPOINTER_TO_UINT (g_hash_table_lookup (witnesses, plain)) <= 1)
        right = field_frequent_name (plain, strlen (plain), given);
      bool foreign = strchr (plain, FIELD_OTHER) != NULL; /* whose letters were not told apart */
      g_autofree char *printed = right != NULL && !foreign ? spelled (word, right) : NULL;
      g_string_append (value, printed != NULL ? printed : word);
      for (p = end; *p != '\0' && strchr (" -.,'()", *p) != NULL; p++)
        g_string_append_c (value, *p);
    }
  replace (sender, value);
}

/* The words of the best sender's name, plain. Owned by the caller. */
static char **
words_of (const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = g_ptr_array_index (findings, i);
      if (strcmp (finding->name, "sender") != 0)
        continue;
      g_autofree char *plain = field_fold (finding->value);
      return g_strsplit_set (plain, " -.,'", -1);
    }
  return g_new0 (char *, 1);
}

/* All ways to write a name in an address: each word, with the initial of another, two words together. */
static GPtrArray *
forms_of (char **words)
{
  GPtrArray *forms = g_ptr_array_new_with_free_func (g_free);
  for (char **word = words; *word != NULL; word++)
    {
      if (strlen (*word) < 3)
        continue;
      g_ptr_array_add (forms, g_strdup (*word));
      g_autoptr (GString) initials = g_string_new (NULL);
      for (char **before = words; before < word; before++)
        g_string_append_len (initials, *before, **before != '\0');
      g_ptr_array_add (forms, g_strconcat (initials->str, *word, NULL)); /* "jssandhu" */
      for (char **other = words; *other != NULL && forms->len < 64; other++)
        {
          if (other == word || **other == '\0')
            continue;
          g_ptr_array_add (forms, g_strdup_printf ("%c%s", **other, *word));
          g_ptr_array_add (forms, g_strdup_printf ("%s%c", *word, **other));
          g_ptr_array_add (forms, g_strdup_printf ("%s%s", *word, *other));
        }
    }
  return forms;
}

/* Whether @part is more likely @form misread than the other way round. */
static bool
is_misread_form (const char *part, const char *form)
{
  size_t n = strlen (part), m = strlen (form);
  unsigned here = field_misreading (part, n, form, m), there = field_misreading (form, m, part, n);
  return here < there || (here == there && n < m)
         || (here == there && field_is_frequent_name (form, m) && !field_is_frequent_name (part, n));
}

/* Whether each letter in which two words of one length differ looks like the other's: "conchi" is not "concha". */
static bool
look_alike (const char *a, const char *b)
{
  for (; *a != '\0' && *b != '\0'; a++, b++)
    if (*a != *b && !field_looks_like (*a, *b) && !field_looks_like (*b, *a)
        && !(strchr ("aeou", *a) != NULL && strchr ("aeou", *b) != NULL))
      return false;
  return true;
}

/* What @part of an address is by the sender's name. NULL when it is one of @forms already, or none. */
static const char *
by_name (const char *part, const GPtrArray *forms, bool lenient, GHashTable *witnesses)
{
  const char *found = NULL;
  unsigned least = UINT_MAX;
  for (guint i = 0; i < forms->len; i++)
    {
      const char *form = g_ptr_array_index (forms, i);
      if (strcmp (part, form) == 0)
        return NULL;
      size_t n = strlen (part), m = strlen (form);
      unsigned cost = field_misreading_within (part, n, form, m, budget (MAX (n, m)));
      bool near = are_readings (part, form) || (lenient && n >= 2 && m >= 3 && cost <= 2);
      if (cost >= least || !near || n > m + 1 || (n == m ? !look_alike (part, form) : cost > 2))
        continue;
      found = form;
      least = cost;
    }
  bool twice
      = found != NULL && GPOINTER_TO_UINT (g_hash_table_lookup (witnesses, found)) >= 2; /* printed so elsewhere */
  return found != NULL && (twice || is_misread_form (part, found)) ? found : NULL;
}

/* The office that alone stands before the @ with a letter misread or lost: "jroda", "illing"; NULL when it is none or
 * none is nearest. */
static const char *
role_of (const char *part)
{
  static const char *const roles[]
      = { "info",           "office",         "contact",      "contacto",   "billing",     "accounts",  "admin",
          "administracion", "administration", "secretary",    "secretaria", "secretariat", "treasurer", "tresorier",
          "tesoreria",      "compras",        "ventas",       "pedidos",    "orders",      "sales",     "commandes",
          "commande",       "comptabilite",   "contabilidad", "direction",  "direccion",   "gerencia",  "iroda",
          "titkarsag",      "rendeles",       "penzugy",      "konyveles",  "kapcsolat",   "hello",     "enquiries",
          "reception",      "recepcion",      "accueil",      "support",    "service",     "manager",   "president" };
  const char *found = NULL;
  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      size_t n = strlen (part), m = strlen (roles[i]);
      if (strcmp (part, roles[i]) == 0)
        return NULL;
      bool first_lost = n + 1 == m && strcmp (part, roles[i] + 1) == 0; /* "order" is a word by itself */
      if (m < 5 || (!first_lost && n != m) || (!first_lost && field_misreading (part, n, roles[i], m) > 1))
        continue;
      if (found != NULL)
        return NULL;
      found = roles[i];
    }
  return found;
}

/* Whether a part of @local is the sender's name as it is: then the rest is rather his, too. */
static bool
agrees (const char *local, const GPtrArray *forms)
{
  g_auto (GStrv) parts = g_strsplit_set (local, "._-", -1);
  for (char **part = parts; *part != NULL; part++)
    for (guint i = 0; i < forms->len; i++)
      if (strcmp (*part, g_ptr_array_index (forms, i)) == 0)
        return true;
  return false;
}

/* "m.arcus.bell" with a mark too many, where two words of the name are all there is. NULL when it is not so. Owned by
 * the caller. */
static char *
by_two_words (const char *local, char **words)
{
  g_auto (GStrv) parts = g_strsplit_set (local, "._-", -1);
  g_autofree char *all = g_strjoinv ("", parts);
  if (g_strv_length (parts) < 3)
    return NULL;
  for (char **a = words; *a != NULL; a++)
    for (char **b = words; *b != NULL; b++)
      {
        g_autofree char *both = a != b && **a != '\0' && **b != '\0' ? g_strconcat (*a, *b, NULL) : NULL;
        if (both != NULL && strcmp (both, all) == 0)
          return g_strdup_printf ("%s.%s", *a, *b);
      }
  return NULL;
}

/* Digits among letters were letters: "be1l". */
static void
unmix (char *part)
{
  static const char digits[] = "0159", letters[] = "olsg";
  for (size_t i = 1; part[0] != '\0' && part[i] != '\0' && part[i + 1] != '\0'; i++)
    {
      const char *p = strchr (digits, part[i]);
      if (p != NULL && g_ascii_isalpha (part[i - 1]) && g_ascii_isalpha (part[i + 1]))
        part[i] = letters[p - digits];
    }
}

/* The name of a host by the words of the letter: a firm writes from its own. */
static void
append_domain (GString *value, const char *domain, GHashTable *witnesses, const char *language)
{
  g_autofree char *repaired = field_domain_repaired (domain, language);
  g_auto (GStrv) labels = g_strsplit (repaired, ".", -1);
  for (char **label = labels; *label != NULL; label++)
    {
      g_autofree char *part = g_ascii_strdown (*label, -1);
      unmix (part);
      bool alone
          = GPOINTER_TO_UINT (g_hash_table_lookup (witnesses, part)) <= 1 && label[1] != NULL && strlen (part) >= 5;
      g_autofree char *as_read = g_ascii_strdown (*label, -1);
      g_autofree char *right = alone && strcmp (as_read, part) == 0 ? corrected (witnesses, part) : NULL;
      bool same = right == NULL && strcmp (as_read, part) == 0;
      g_string_append_printf (value, "%s%s", same ? *label : right != NULL ? right : part, label[1] != NULL ? "." : "");
    }
}

/* The part before the @, by the sender's name; the part behind it, by the words of the letter. */
static void
repair_address (RecordFinding *email, char **words, const GPtrArray *forms, GHashTable *witnesses, const char *language)
{
  const char *at = strchr (email->value, '@');
  g_autoptr (GString) value = g_string_new (NULL);
  g_autofree char *local = g_ascii_strdown (email->value, at - email->value);
  g_autofree char *two = by_two_words (local, words);
  bool lenient = agrees (local, forms);
  for (const char *p = two == NULL ? email->value : at; p < at;)
    {
      size_t n = strcspn (p, "@._-+");
      g_autofree char *part = g_ascii_strdown (p, (gssize)n);
      g_autofree char *read = g_strdup (part);
      unmix (part);
      const char *right = by_name (part, forms, lenient, witnesses);
      if (right == NULL && p == email->value && p[n] == '@')
        right = role_of (part);
      if (right == NULL && strcmp (read, part) == 0)
        g_string_append_len (value, p, (gssize)n);
      else
        g_string_append (value, right != NULL ? right : part);
      for (p += n; p < at && strchr ("._-+", *p) != NULL; p++)
        g_string_append_c (value, *p);
    }
  g_string_append_printf (value, "%s@", two != NULL ? two : "");
  append_domain (value, at + 1, witnesses, language);
  replace (email, value);
}

/* "zainab.yusuf" is a name in itself. NULL when the part before the @ is not two words. Owned by the caller. */
static char *
name_of_address (const char *email)
{
  g_auto (GStrv) halves = g_strsplit (email, "@", 2);
  g_auto (GStrv) words = g_strsplit (halves[0], ".", -1);
  if (g_strv_length (words) != 2)
    return NULL;
  for (char **word = words; *word != NULL; word++)
    {
      if (strlen (*word) < 3 || strspn (*word, G_CSET_a_2_z) != strlen (*word))
        return NULL;
      **word = g_ascii_toupper (**word);
    }
  return g_strjoinv (" ", words);
}

/* Where nothing else tells who wrote, the address may. */
static void
name_by_address (FieldWork *work)
{
  const RecordFinding *email = NULL;
  for (guint i = 0; i < work->findings->len; i++)
    {
      const RecordFinding *finding = g_ptr_array_index (work->findings, i);
      if (strcmp (finding->name, "sender") == 0)
        return;
      if (email == NULL && strcmp (finding->name, "email") == 0)
        email = finding;
    }
  g_autofree char *name = email != NULL ? name_of_address (email->value) : NULL;
  if (name == NULL)
    return;
  RecordFinding *sender = record_finding_new ("sender", name, email->raw, LEAST_SURE);
  const RecordEvidence *there = email->evidence->len > 0 ? g_ptr_array_index (email->evidence, 0) : NULL;
  for (guint p = 0; there != NULL && p < work->text->pages->len; p++)
    {
      const RecordPage *page = g_ptr_array_index (work->text->pages, p);
      if (page->no == there->page)
        record_finding_because (sender, page, there->from, there->to, "email:name");
    }
  g_ptr_array_add (work->findings, sender);
}

void
field_repair_people (FieldWork *work)
{
  g_autoptr (GHashTable) witnesses = witnesses_of (work);
  for (guint i = 0; i < work->findings->len; i++)
    {
      RecordFinding *finding = g_ptr_array_index (work->findings, i);
      if (strcmp (finding->name, "sender") == 0)
        repair_name (finding, witnesses, work->findings, g_strcmp0 (work->context->language, "hu") == 0);
    }
  g_auto (GStrv) words = words_of (work->findings);
  g_autoptr (GPtrArray) forms = forms_of (words);
  for (guint i = 0; i < work->findings->len; i++)
    {
      RecordFinding *finding = g_ptr_array_index (work->findings, i);
      if (strcmp (finding->name, "email") == 0)
        repair_address (finding, words, forms, witnesses, work->context->language);
    }
  name_by_address (work);
}
