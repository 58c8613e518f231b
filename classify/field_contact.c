/* E-mail addresses, and what they share with telephone numbers. */
#include "classify/field_contact.h"
#include "classify/field_domain.h"
#include "classify/field_party.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_LOCAL 64
#define LONGEST_DOMAIN 253

void
field_contact_clear (gpointer contact)
{
  g_free (((FieldContact *)contact)->value);
}

gint
field_contact_better_first (gconstpointer a, gconstpointer b)
{
  const FieldContact *x = a, *y = b;
  return x->points != y->points ? y->points - x->points : x->span.from < y->span.from ? -1 : 1;
}

bool
field_contact_led_by (const FieldText *text, uint32_t at, unsigned most, const char *list, bool near)
{
  uint32_t line = field_text_line_at (text, at);
  uint32_t i = field_text_token_at (text, at);
  for (unsigned n = 0; n < most && i > 0; n++)
    {
      const FieldToken *token = field_text_token (text, --i);
      if (token->line != line || at - token->from > 40)
        return false;
      if ((near ? field_token_near_any : field_token_in) (text, token, list))
        return true;
    }
  return false;
}

bool
field_contact_labelled (const FieldText *text, uint32_t at, unsigned most, const char *list)
{
  return field_contact_led_by (text, at, most, list, true);
}

static bool
is_local (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("._%+-", c) != NULL);
}

static bool
is_domain (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '-';
}

static bool
has_dot (const char *plain, uint32_t from, uint32_t to)
{
  return memchr (plain + from, '.', to - from) != NULL;
}

/* "net.exam ple": the next letters join when they make a last part out of none. */
static uint32_t
past_blank (const char *plain, uint32_t end, GString *value, bool *repaired)
{
  uint32_t to = end + 1;
  while (plain[end] == ' ' && g_ascii_islower (plain[to]) && to - end < 8)
    to++;
  const char *last = strrchr (value->str, '.') + 1;
  if (to == end + 1 || g_ascii_isalnum (plain[to]) || field_is_top_domain (last))
    return end;
  g_autofree char *joined = g_strdup_printf ("x.%s%.*s", last, (int)(to - end - 1), plain + end + 1);
  g_autofree char *proved = field_domain_repaired (joined, NULL);
  if (!field_is_top_domain (proved + 2))
    return end;
  g_string_append_len (value, plain + end + 1, (gssize)(to - end - 1));
  *repaired = true;
  return to;
}

/* "level.example" + "Telefon": the end of a line was lost between two words, of which the first is a last part. */
static bool
begins_line (const char *plain, uint32_t at, uint32_t end)
{
  uint32_t dot = end;
  while (dot > at && plain[dot - 1] != '.')
    dot--;
  if (!g_ascii_isupper (plain[end]) || !g_ascii_islower (plain[end + 1]) || dot == at || end - dot < 2
      || !g_ascii_islower (plain[end - 1]))
    return false;
  g_autofree char *read = g_strdup_printf ("x.%.*s", (int)(end - dot), plain + dot);
  g_autofree char *proved = field_domain_repaired (read, NULL);
  return field_is_top_domain (proved + 2);
}

/* Where the domain that begins at @at ends. A blank or comma for its dot is put right in @value when it has no other.
 */
static uint32_t
read_domain (const char *plain, uint32_t at, GString *value, bool *repaired)
{
  uint32_t end = at;
  while (end - at < LONGEST_DOMAIN && is_domain (plain[end]) && !begins_line (plain, at, end))
    end++;
  while (end > at && strchr (".-", plain[end - 1]) != NULL)
    end--;
  g_string_append_len (value, plain + at, (gssize)(end - at));
  if (end > at && has_dot (plain, at, end))
    return past_blank (plain, end, value, repaired);
  if (end == at)
    return end;
  uint32_t next = end, letters;
  while (next - end < 2 && plain[next] != '\0' && strchr (" .,", plain[next]) != NULL)
    next++;
  for (letters = next; g_ascii_islower (plain[letters]) && letters - next < 8; letters++)
    ;
  if (next == end || letters - next < 2 || g_ascii_isalnum (plain[letters]))
    return at;
  g_string_append_c (value, '.');
  g_string_append_len (value, plain + next, (gssize)(letters - next));
  *repaired = true;
  return letters;
}

static bool
ends_in_letters (const char *address)
{
  const char *last = strrchr (address, '.');
  return last != NULL && strlen (last + 1) >= 2
         && strspn (last + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen (last + 1);
}

/* Whether the byte before @from belongs to the local part too: also a mark that fell between two letters, and a blank
 * behind a part that has a dot. */
static bool
is_local_before (const char *plain, uint32_t from, uint32_t end)
{
  if (is_local (plain[from - 1]))
    return true;
  if (from < 2 || from == end || !g_ascii_islower (plain[from]))
    return false;
  if (plain[from - 1] == '\'')
    return g_ascii_islower (plain[from - 2]);
  uint32_t i = from - 1;
  while (i > 0 && is_local (plain[i - 1]))
    i--;
  bool sentence = plain[from - 2] == '.' && i >= 2 && plain[i - 1] == ' ' && g_ascii_isalpha (plain[i - 2]);
  return plain[from - 1] == ' ' && !sentence && from - 1 - i >= 3 && g_ascii_islower (plain[i])
         && memchr (plain + i, '.', from - 1 - i) != NULL;
}

/* The address around the @ at @at. NULL when there is none; owned by the caller. */
static char *
email_at (const FieldText *text, uint32_t at, FieldSpan *span, bool *repaired)
{
  const char *plain = text->plain->str;
  uint32_t local_end = at, domain = at + 1 + (plain[at + 1] == '@');
  if (local_end > 0 && strchr (" (", plain[local_end - 1]) != NULL)
    local_end--;
  if (plain[domain] == ' ' && local_end == at)
    domain++;
  *repaired = local_end != at || domain != at + 1;
  uint32_t from = local_end;
  while (from > 0 && local_end - from < LONGEST_LOCAL && is_local_before (plain, from, local_end))
    from--;
  while (from < local_end && strchr (".-_%+", plain[from]) != NULL)
    from++;
  if (from == local_end)
    return NULL;
  g_autoptr (GString) value = g_string_new (NULL);
  for (uint32_t i = from; i < local_end; i++)
    if (is_local (plain[i]))
      g_string_append_c (value, plain[i]);
  *repaired |= value->len != local_end - from;
  g_string_append_c (value, '@');
  uint32_t end = read_domain (plain, domain, value, repaired);
  if (end == domain || !ends_in_letters (value->str))
    return NULL;
  *repaired |= g_string_replace (value, "..", ".", 0) > 0;
  char *pair = strstr (strchr (value->str, '@'), "vv"); /* before it may be two initials */
  if (pair != NULL && pair[2] != 'y')
    {
      *pair = 'w';
      g_string_erase (value, pair + 1 - value->str, 1);
      *repaired = true;
    }
  *span = (FieldSpan){ from, end };
  return g_strdup (value->str);
}

/* "no-reply@": nobody writes from there. */
static bool
is_machine (const FieldText *text, uint32_t at)
{
  static const char *const machines[]
      = { "noreply",      "no-reply",      "no.reply",        "no_reply",    "donotreply",
          "do-not-reply", "nepasrepondre", "ne-pas-repondre", "noresponder", "no-responder",
          "nevalaszolj",  "mailer-daemon", "postmaster",      "webmaster",   "webform" };
  for (size_t i = 0; i < G_N_ELEMENTS (machines); i++)
    if (g_ascii_strncasecmp (text->plain->str + at, machines[i], strlen (machines[i])) == 0)
      return true;
  return false;
}

/* Above 0: the writer's; below 0: somebody else's. */
static int
email_points (const FieldText *text, FieldSpan span)
{
  const FieldLine *line = field_text_line (text, field_text_line_at (text, span.from));
  const FieldToken *first = field_text_token (text, field_text_token_at (text, line->from));
  if (is_machine (text, span.from))
    return -10;
  bool header
      = first->to < span.from && memchr (text->plain->str + first->to, ':', MIN (4, span.from - first->to)) != NULL;
  if (header
      && field_token_in (text, first, "to cc bcc a para cimzett pour destinataire destinatario masolat copie copia"))
    return -10;
  if (header && field_token_in (text, first, "from de felado von expediteur remitente"))
    return 30;
  uint32_t i = field_text_token_at (text, line->from);
  if (i + 1 < text->tokens->len && field_token_in (text, field_text_token (text, i), "by via par por")
      && field_token_near_any (text, field_text_token (text, i + 1), "email mail courriel correo e"))
    return -10; /* "BY EMAIL: complaints@…" */
  return field_contact_labelled (text, span.from, 3, "email mail courriel correo mel electronico") ? 20 : 10;
}

void
field_find_emails (FieldWork *work)
{
  FieldText *text = work->text;
  g_autoptr (GArray) emails = g_array_new (FALSE, TRUE, sizeof (FieldContact));
  g_array_set_clear_func (emails, field_contact_clear);
  const char *plain = text->plain->str;
  for (const char *p = strchr (plain, '@'); p != NULL && emails->len < 4 * FIELD_MOST; p = strchr (p + 1, '@'))
    {
      FieldContact email = { 0 };
      email.value = email_at (text, (uint32_t)(p - plain), &email.span, &email.repaired);
      if (email.value == NULL)
        continue;
      uint32_t line = field_text_line_at (text, email.span.from);
      email.points = field_text_is_taken (text, email.span) || field_is_others (work, line)
                         ? -10
                         : email_points (text, email.span) + (field_is_writers (work, line) ? 5 : 0);
      field_text_take (text, email.span);
      g_array_append_val (emails, email);
    }
  g_array_sort (emails, field_contact_better_first);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < emails->len && g_hash_table_size (seen) < FIELD_MOST; i++)
    {
      const FieldContact *email = &g_array_index (emails, FieldContact, i);
      if (email->points > 0 && g_hash_table_add (seen, email->value))
        field_found (work->findings, text, "email", email->value, email->span,
                     email->repaired      ? 0.75
                     : email->points > 10 ? 0.97
                                          : 0.9,
                     email->repaired ? "email:repaired" : "email:shape");
    }
}
