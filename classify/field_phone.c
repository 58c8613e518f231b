/* Telephone numbers. */
#include "classify/field_chat.h"
#include "classify/field_contact.h"
#include "classify/field_line.h"
#include "classify/field_party.h"
#include "classify/field_words.h"
#include <string.h>

/* Whether the letter at @at of a run stands for a digit: between digits and the signs among them. */
static bool
is_misread (const char *plain, uint32_t at)
{
  static const char around[] = " .()/-";
  bool behind
      = at > 0 && (g_ascii_isdigit (plain[at - 1]) || plain[at - 1] == '+' || strchr (around, plain[at - 1]) != NULL);
  char next = plain[at + 1];
  bool before = g_ascii_isdigit (next) || next == '\0' || next == '\n' || strchr (" .,)/-|", next) != NULL;
  bool digit_near = g_ascii_isdigit (next) || (at > 0 && g_ascii_isdigit (plain[at - 1]));
  bool within = at > 0 && g_ascii_isdigit (plain[at - 1]) && g_ascii_isdigit (next);
  return g_ascii_isalpha (plain[at]) && (within || strchr ("Aa", plain[at]) == NULL)
         && field_as_digit (plain[at]) != '\0' && behind && before && digit_near;
}

/* The end of the run of digits and signs that begins at @at; @digits gets the digits, of which up to two were letters
 * (@misread). */
static uint32_t
phone_run (const FieldText *text, uint32_t at, char digits[20], unsigned *groups, unsigned *misread)
{
  const char *plain = text->plain->str;
  uint32_t end = at, i = at + (plain[at] == '+');
  size_t n = 0;
  unsigned between = 0;
  *groups = *misread = 0;
  for (; plain[i] != '\n' && plain[i] != '\0' && text->taken[i] == 0 && n < 19; i++)
    {
      bool letter = *misread < 2 && is_misread (plain, i);
      if (g_ascii_isdigit (plain[i]) || letter)
        {
          *groups += between > 0 || n == 0;
          digits[n++] = field_as_digit (plain[i]);
          *misread += letter;
          between = 0;
          end = i + 1;
        }
      else if (plain[i] == '\'' && n > 0) /* dirt */
        continue;
      else if (strchr (" .()/-", plain[i]) == NULL || ++between > 2)
        break;
      else if (plain[i] == ' ' && between == 2 && strchr ("/-", plain[i - 1]) != NULL && plain[i - 2] == ' ')
        break;
    }
  digits[n] = '\0';
  bool word = g_ascii_islower (plain[end]) && g_ascii_islower (plain[end + 1])
              && g_ascii_islower (plain[end + 2]); /* a lost blank */
  return g_ascii_isalpha (plain[end]) && !(word && n >= 9) ? at : end;
}

/* What is printed, with digits where letters were read for them. Owned by the caller. */
static char *
phone_value (const FieldText *text, FieldSpan span)
{
  char *value = field_text_printed (text, span), *to = value;
  for (const char *p = value; *p != '\0'; p++)
    if (*p != '\'')
      *to++ = g_ascii_isalpha (*p) && field_as_digit (*p) != '\0' ? field_as_digit (*p) : *p;
  *to = '\0';
  return value;
}

/* "514-555-0193", "(575) 555-0110" */
static bool
is_american (const char *plain)
{
  static const char *const shapes[]
      = { "999-999-9999", "999 999-9999", "(999) 999-9999", "(999)999-9999", "999.999.9999", "999) 999-9999" };
  for (size_t i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      const char *p = plain, *s = shapes[i];
      while (*s != '\0' && (*s == '9' ? g_ascii_isdigit (*p) : *p == *s))
        s++, p++;
      if (*s == '\0' && plain[0] != '0' && plain[0] != '1')
        return true;
    }
  return false;
}

/* "(55) 5550 1180", "(606) 755 0133", "(011) 4555-0199": a Latin American area in brackets, ten digits or eleven. */
static bool
is_latin_american (const char *plain, size_t n)
{
  size_t area = plain[0] == '(' ? strspn (plain + 1, "0123456789") : 0;
  return area >= 2 && area <= 4 && plain[area + 1] == ')' && (n == 10 || (n == 11 && plain[1] == '0'));
}

static bool
has_shape (const char *digits, const char *plain, unsigned groups, const char *language)
{
  size_t n = strlen (digits);
  const char *slash = strpbrk (plain, "/\n ");
  if (g_str_has_prefix (digits, "00"))
    return n >= 11 && n <= 15;
  if (n == 10 && groups >= 2 && is_american (plain))
    return true;
  if (strcmp (language, "es") == 0 && is_latin_american (plain, n))
    return true;
  if (strcmp (language, "fr") == 0 && digits[0] == '0')
    return n == 10 || (n == 9 && groups >= 3);
  if (digits[0] == '0' && digits[1] == '6' && strcmp (language, "hu") == 0)
    return n == 10 || n == 11;
  if (digits[0] == '0')
    return groups >= 2 ? n >= 9 && n <= 11 : n == 10 || n == 11;
  if (strcmp (language, "hu") == 0 && slash != NULL && *slash == '/' && slash - plain <= 2)
    return n == 8 || n == 9;
  if (strcmp (language, "en") == 0 && n == 10 && digits[0] > '1')
    return groups == 3 || (groups == 2 && plain[5] == ' ' && digits[0] > '5');
  return strcmp (language, "hu") != 0 && strcmp (language, "en") != 0 && strchr ("6789", digits[0]) != NULL && n == 9
         && (groups >= 3 || (groups == 1 && strspn (plain, "0123456789") == 9));
}

/* Alone on its line, or beside other ways to reach somebody. */
static bool
is_alone (const FieldText *text, FieldSpan span)
{
  const FieldLine *line = field_text_line (text, field_text_line_at (text, span.from));
  FieldSpan left = field_text_trim (text, (FieldSpan){ line->from, span.from }, ",.;|-(*:");
  FieldSpan right = field_text_trim (text, (FieldSpan){ span.to, line->to }, ",.;|-)");
  bool aside = right.from < right.to && text->plain->str[right.from] == '('; /* "9123 0000 (WhatsApp)" */
  return (left.from >= left.to || field_text_is_taken (text, left))
         && (right.from >= right.to || aside || field_text_is_taken (text, right));
}

/* "name@mail.example - 45 255 0144" */
static bool
is_beside_mail (const FieldText *text, FieldSpan span)
{
  const FieldLine *line = field_text_line (text, field_text_line_at (text, span.from));
  return is_alone (text, span) && line->to - line->from <= FIELD_LONGEST_HEAD_LINE
         && memchr (text->plain->str + line->from, '@', line->to - line->from) != NULL;
}

static bool
may_begin (const FieldText *text, uint32_t at)
{
  const char *plain = text->plain->str;
  bool misread = strchr ("OoBl", plain[at]) != NULL && plain[at] != '\0' && g_ascii_isdigit (plain[at + 1]);
  if (text->taken[at] != 0 || !(g_ascii_isdigit (plain[at]) || misread || plain[at] == '+' || plain[at] == '('))
    return false;
  if (!misread && !g_ascii_isdigit (plain[at]) && !g_ascii_isdigit (plain[at + 1]) && plain[at + 1] != '+'
      && plain[at + 1] != '(' && !is_misread (plain, at + 1))
    return false;
  if (at == 0 || plain[at] == '+')
    return true;
  char before = plain[at - 1];
  return !g_ascii_isalnum (before) && before != '+' && before != '#'
         && !(strchr ("-/.(", before) != NULL && at >= 2 && g_ascii_isalnum (plain[at - 2]) && before != '.');
}

/* Whether the other side of a chat has just asked for a telephone number. */
static bool
is_asked_for (const FieldWork *work, uint32_t at)
{
  const FieldText *text = work->text;
  uint32_t question = field_chat_question (work, field_text_line_at (text, at));
  if (question == UINT32_MAX)
    return false;
  const FieldLine *line = field_text_line (text, question);
  for (uint32_t i = field_text_token_at (text, line->from);
       i < text->tokens->len && field_text_token (text, i)->from < line->to; i++)
    if (field_token_near_any (text, field_text_token (text, i), field_list (text, FIELD_LIST_PHONE_LABEL))
        || field_token_in (text, field_text_token (text, i), field_list (text, FIELD_LIST_ASK_PHONE)))
      return true;
  return false;
}

/* Fills @phone from the run at @at; false when it is no telephone number. */
static bool
phone_at (const FieldWork *work, uint32_t at, FieldContact *phone)
{
  const FieldText *text = work->text;
  char digits[20];
  unsigned groups, misread;
  uint32_t end = phone_run (text, at, digits, &groups, &misread);
  phone->repaired = misread > 0;
  size_t n = strlen (digits);
  const char *plain = text->plain->str;
  bool open = plain[at] == '(' && memchr (plain + at, ')', end - at) == NULL;
  phone->span = (FieldSpan){ at + open, end };
  if (end == at || n < 6 || n > 15)
    return false;
  const char *language = work->context->language != NULL ? work->context->language : "und";
  bool label = field_contact_labelled (text, at, 4, field_list (text, FIELD_LIST_PHONE_LABEL));
  if (text->plain->str[at] == '+' || g_str_has_prefix (text->plain->str + at, "(+"))
    phone->points = n >= 9 ? 20 : 0;
  else if (has_shape (digits, text->plain->str + at, groups, language))
    phone->points = 10;
  bool wanted = field_contact_led_by (text, at, 6, field_list (text, FIELD_LIST_REACH_WORD), false);
  if (phone->points == 0 && n >= 8 && n <= 12 && groups >= 2
      && (wanted || is_beside_mail (text, phone->span)
          || (field_is_writers (work, field_text_line_at (text, at)) && is_alone (text, phone->span))))
    phone->points = 8;
  if (label && (phone->points > 0 || n >= 7))
    phone->points = MAX (phone->points, 5) + 20;
  if (n >= 7 && is_asked_for (work, at))
    phone->points = MAX (phone->points, 20);
  if (field_contact_labelled (text, at, 3, "fax telefax telecopie")
      && !field_contact_labelled (text, at, 2, field_list (text, FIELD_LIST_PHONE_LABEL)))
    phone->points = MIN (phone->points, 2);
  if (phone->points > 0 && field_is_writers (work, field_text_line_at (text, at)))
    phone->points += 3;
  return phone->points > 0;
}

/* "0800 …": the number of a firm's desk. */
static bool
is_free_of_charge (const char *plain)
{
  static const char *const prefixes[]
      = { "0800",  "0808",  "0900",  "0845",  "0870",  "0344",  "0345",  "1800", "1-800", "1 800", "1300 ",
          "06 80", "06-80", "06 40", "06-40", "0 800", "0 820", "09 69", "900 ", "901 ",  "902 " };
  for (size_t i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (plain, prefixes[i]))
      return true;
  return false;
}

/* Whether the number is the recipient's, or of somebody else who is told of, or no telephone number. */
static bool
is_of_another (const FieldWork *work, FieldSpan span)
{
  const FieldText *text = work->text;
  uint32_t line = field_text_line_at (text, span.from), from = field_text_line (text, line)->from;
  if (field_is_others (work, line) || is_free_of_charge (text->plain->str + span.from)
      || (field_contact_led_by (text, span.from, 3, field_list (text, FIELD_LIST_OTHER_NUMBER), false)
          && !field_contact_labelled (text, span.from, 2, field_list (text, FIELD_LIST_PHONE_LABEL))))
    return true;
  bool firm
      = span.from > 12 && span.from - from > 12 && field_has_form (text, (FieldSpan){ span.from - 12, span.from });
  if (!field_is_writers (work, line) && !field_contact_labelled (text, span.from, 2, "mobile mob movil mobil portable")
      && field_contact_led_by (text, span.from, 6, field_list (text, FIELD_LIST_DESK_PHONE), false))
    return true;
  bool his = field_contact_led_by (text, span.from, 3, field_list (text, FIELD_LIST_PHONE_LABEL), false)
             && field_contact_led_by (text, span.from, 2, "su sus his her their leur", false);
  bool aside
      = span.from > from && text->plain->str[span.from - 1] == '(' && !field_is_writers (work, line)
        && field_contact_led_by (text, span.from, 3, "mr mrs ms dr m mme mlle sr sra srta don dona ur urat", false);
  return firm || his || aside
         || (field_contact_led_by (text, span.from, 5, field_list (text, FIELD_LIST_CALL_WORD), false)
             && !field_contact_labelled (text, span.from, 3, field_list (text, FIELD_LIST_PHONE_LABEL)));
}

void
field_find_phones (FieldWork *work)
{
  FieldText *text = work->text;
  g_autoptr (GArray) phones = g_array_new (FALSE, TRUE, sizeof (FieldContact));
  g_array_set_clear_func (phones, field_contact_clear);
  for (uint32_t at = 0; at < text->plain->len && phones->len < 4 * FIELD_MOST; at++)
    {
      FieldContact phone = { 0 };
      if (!may_begin (text, at))
        continue;
      if (phone_at (work, at, &phone))
        {
          if (field_is_own_number (work, phone.span) || is_of_another (work, phone.span))
            phone.points = 0;
          field_text_take (text, phone.span);
          phone.value = phone_value (text, phone.span);
          g_array_append_val (phones, phone);
        }
      at = MAX (at + 1, phone.span.to) - 1;
    }
  g_array_sort (phones, field_contact_better_first);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < phones->len && g_hash_table_size (seen) < FIELD_MOST; i++)
    {
      const FieldContact *phone = &g_array_index (phones, FieldContact, i);
      if (phone->points > 0 && g_hash_table_add (seen, phone->value))
        field_found (work->findings, text, "phone", phone->value, phone->span,
                     phone->points > 25    ? 0.96
                     : phone->points >= 20 ? 0.92
                     : phone->points >= 10 ? 0.8
                                           : 0.5,
                     phone->points > 20 ? "label:phone" : "phone:shape");
    }
}
