#include "base/template.h"
#include "base/clock.h"
#include <stdarg.h>
#include <string.h>

typedef struct
{
  char *text; /* of what stands outside of places; NULL: a place */
  TemplatePlace place;
  unsigned group; /* 0: in no brackets */
} Element;

struct Template
{
  char *text;
  GArray *elements; /* of Element */
  GArray *places;   /* of guint: which elements are places */
  unsigned groups;
};

static void
element_clear (Element *element)
{
  g_free (element->text);
  g_free (element->place.form);
  g_free (element->place.otherwise);
}

void
template_free (Template *template)
{
  if (template == NULL)
    return;
  g_free (template->text);
  g_array_unref (template->elements);
  g_array_unref (template->places);
  g_free (template);
}

const char *
template_text (const Template *template)
{
  return template->text;
}

size_t
template_own_bytes (const Template *template)
{
  size_t bytes = 0;
  for (guint i = 0; i < template->elements->len; i++)
    {
      const char *text = g_array_index (template->elements, Element, i).text;
      bytes += text != NULL ? strlen (text) : 0;
    }
  return bytes;
}

unsigned
template_n_places (const Template *template)
{
  return template->places->len;
}

const TemplatePlace *
template_place (const Template *template, unsigned place)
{
  return &g_array_index (template->elements, Element, g_array_index (template->places, guint, place)).place;
}

/* --- reading --- */

typedef struct
{
  Template *template;
  const TemplateWord *words;
  const char *refused, *start, *at;
  GString *literal;
  unsigned group;       /* the one that is open, 0: none */
  const char *opened;   /* where it was */
  unsigned group_words; /* places in it */
  bool letter;
  char *wrong;
} Reader;

static bool refuse (Reader *reader, const char *at, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Notes what is wrong at @at; false. */
static bool
refuse (Reader *reader, const char *at, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  reader->wrong = g_strdup_printf ("character %ld: %s", g_utf8_pointer_to_offset (reader->start, at) + 1, what);
  return false;
}

static void
end_literal (Reader *reader)
{
  if (reader->literal->len == 0)
    return;
  Element element = { .text = g_strdup (reader->literal->str), .group = reader->group };
  g_array_append_val (reader->template->elements, element);
  g_string_truncate (reader->literal, 0);
}

static bool
find_word (Reader *reader, const char *at, const char *name, const TemplateWord **found)
{
  g_autoptr (GString) allowed = g_string_new (NULL);
  for (const TemplateWord *word = reader->words; word->name != NULL; word++)
    {
      if (strcmp (word->name, name) == 0)
        {
          *found = word;
          return true;
        }
      g_string_append_printf (allowed, "%s%s", allowed->len > 0 ? ", " : "", word->name);
    }
  return refuse (reader, at, "unknown placeholder {%s}; allowed are %s", name, allowed->str);
}

/* The length of the part of a date at @form, one of YYYY YY MM DD; 0 for another. */
static size_t
date_part (const char *form)
{
  static const char *const parts[] = { "YYYY", "YY", "MM", "DD" };
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_has_prefix (form, parts[i]))
      return strlen (parts[i]);
  return 0;
}

static bool
is_date_form (const char *form)
{
  bool any = false;
  while (*form != '\0')
    {
      size_t length = date_part (form);
      if (length == 0 && strchr (" .-_", *form) == NULL)
        return false;
      any |= length > 0;
      form += MAX (length, 1);
    }
  return any;
}

static bool
read_option (Reader *reader, const char *at, TemplatePlace *place, const char *option)
{
  static const char *const letters[] = { "", "upper", "lower", "capital" };
  guint64 most;
  if (place->word->date)
    {
      g_free (place->form);
      place->form = g_strdup (option);
      return is_date_form (option)
             || refuse (reader, at, "{%s:%s}: a date takes YYYY YY MM DD and, between them, blanks . - _",
                        place->word->name, option);
    }
  for (gsize i = 1; i < G_N_ELEMENTS (letters); i++)
    if (strcmp (letters[i], option) == 0)
      {
        place->letters = (TemplateLetters)i;
        return true;
      }
  if (!g_ascii_string_to_unsigned (option, 10, 1, TEMPLATE_LENGTH, &most, NULL))
    return refuse (reader, at, "{%s:%s}: allowed are a length from 1 to %d, upper, lower, capital", place->word->name,
                   option, TEMPLATE_LENGTH);
  place->most = (unsigned)most;
  return true;
}

/* "word:option:option|otherwise", which stands at @at. */
static bool
read_inside (Reader *reader, const char *at, const char *inside, TemplatePlace *place)
{
  const char *bar = strchr (inside, '|');
  g_autofree char *asked = bar != NULL ? g_strndup (inside, (gsize)(bar - inside)) : g_strdup (inside);
  g_auto (GStrv) parts = g_strsplit (asked, ":", -1);
  if (!find_word (reader, at, parts[0] != NULL ? parts[0] : "", &place->word))
    return false;
  for (char **option = parts + 1; *option != NULL; option++)
    if (!read_option (reader, at, place, *option))
      return false;
  place->otherwise = bar != NULL && bar[1] != '\0' ? g_strdup (bar + 1) : NULL;
  return bar == NULL || place->otherwise != NULL
         || refuse (reader, at, "{%s}: behind | stands what is written without a value", inside);
}

static bool
read_place (Reader *reader)
{
  const char *open = reader->at, *close = open + strcspn (open, "}");
  if (*close == '\0')
    return refuse (reader, open, "{ is not closed by }; {{ stands for { itself");
  end_literal (reader);
  g_autofree char *inside = g_strndup (open + 1, (gsize)(close - open - 1));
  Element element = { .group = reader->group, .place.optional = reader->group > 0 };
  bool read = read_inside (reader, open, inside, &element.place);
  guint index = reader->template->elements->len;
  g_array_append_val (reader->template->elements, element);
  g_array_append_val (reader->template->places, index);
  reader->group_words++;
  reader->at = close + 1;
  return read;
}

static bool
open_group (Reader *reader)
{
  if (reader->group > 0)
    return refuse (reader, reader->at, "[ stands within another [ ]; [[ stands for [ itself");
  end_literal (reader);
  reader->group = ++reader->template->groups;
  reader->group_words = 0;
  reader->opened = reader->at++;
  return true;
}

static bool
close_group (Reader *reader)
{
  if (reader->group == 0)
    return refuse (reader, reader->at, "] without [; ]] stands for ] itself");
  if (reader->group_words == 0)
    return refuse (reader, reader->opened, "between [ and ] stands no placeholder: it would never vanish");
  end_literal (reader);
  reader->group = 0;
  reader->at++;
  return true;
}

static bool
read_character (Reader *reader)
{
  gunichar c = g_utf8_get_char (reader->at);
  if (strchr (reader->refused, (int)c) != NULL && c < 0x80)
    return refuse (reader, reader->at, "“%c” cannot stand here; none of %s can", (int)c, reader->refused);
  if (g_unichar_iscntrl (c) && !(reader->letter && c == '\n'))
    return refuse (reader, reader->at, "a control character cannot stand here");
  g_string_append_unichar (reader->literal, c);
  reader->at = g_utf8_next_char (reader->at);
  return true;
}

static bool
read_next (Reader *reader)
{
  if (strchr ("{}[]", *reader->at) == NULL)
    return read_character (reader);
  if (reader->at[1] == reader->at[0])
    {
      g_string_append_c (reader->literal, *reader->at);
      reader->at += 2;
      return true;
    }
  switch (*reader->at)
    {
    case '{':
      return read_place (reader);
    case '[':
      return open_group (reader);
    case ']':
      return close_group (reader);
    default:
      return refuse (reader, reader->at, "} without {; }} stands for } itself");
    }
}

static bool
read_all (Reader *reader)
{
  while (*reader->at != '\0')
    if (!read_next (reader))
      return false;
  if (reader->group > 0)
    return refuse (reader, reader->opened, "[ is not closed by ]; [[ stands for [ itself");
  end_literal (reader);
  return reader->letter || reader->template->places->len > 0
         || refuse (reader, reader->start, "there is no placeholder such as {%s}", reader->words->name);
}

/* What a Reader with @words, @refused and @letter makes of @text. */
static Template *
parse (const char *text, Reader reader, size_t most, char **wrong)
{
  g_autoptr (Template) template = g_new0 (Template, 1);
  g_autoptr (GString) literal = g_string_new (NULL);
  template->text = g_strdup (text);
  template->elements = g_array_new (FALSE, FALSE, sizeof (Element));
  g_array_set_clear_func (template->elements, (GDestroyNotify)element_clear);
  template->places = g_array_new (FALSE, FALSE, sizeof (guint));
  reader.template = template;
  reader.start = reader.at = text;
  reader.literal = literal;
  if (strlen (text) > most)
    reader.wrong = g_strdup_printf ("it is longer than %zu bytes", most);
  else if (!g_utf8_validate (text, -1, NULL))
    reader.wrong = g_strdup ("it is no UTF-8");
  else if (read_all (&reader))
    return g_steal_pointer (&template);
  *wrong = reader.wrong;
  return NULL;
}

Template *
template_parse (const char *text, const TemplateWord *words, const char *refused, char **wrong)
{
  return parse (text, (Reader){ .words = words, .refused = refused }, TEMPLATE_BYTES, wrong);
}

Template *
template_parse_letter (const char *text, const TemplateWord *words, char **wrong)
{
  return parse (text, (Reader){ .words = words, .refused = "", .letter = true }, TEMPLATE_LETTER_BYTES, wrong);
}

/* --- filling --- */

void
template_cut (char *text, size_t bytes)
{
  if (strlen (text) <= bytes)
    return;
  char *end = text + bytes;
  while (end > text && ((*end & 0xC0) == 0x80 || g_unichar_ismark (g_utf8_get_char (end))))
    end--;
  char *word = end;
  while (word > text && *word != ' ')
    word--;
  if ((size_t)(word - text) * 2 >= bytes)
    end = word;
  while (end > text && strchr (" -,;.(&+", end[-1]) != NULL)
    end--;
  *end = '\0';
}

static char *
in_form (const char *date, const char *form)
{
  DkDay day = dk_day_parse (date);
  if (day == DK_DAY_NONE || form == NULL)
    return g_strdup (date);
  DkDate parts = dk_date (day);
  g_autoptr (GString) text = g_string_new (NULL);
  for (size_t length; *form != '\0'; form += MAX (length, 1))
    {
      length = date_part (form);
      if (length == 0)
        g_string_append_c (text, *form);
      else if (*form == 'Y')
        g_string_append_printf (text, "%0*d", (int)length, length == 2 ? parts.year % 100 : parts.year);
      else
        g_string_append_printf (text, "%02d", *form == 'M' ? parts.month : parts.day);
    }
  return g_strdup (text->str);
}

static char *
in_letters (const char *text, TemplateLetters letters)
{
  const char *rest = *text != '\0' ? g_utf8_next_char (text) : text;
  g_autofree char *first = g_strndup (text, (gsize)(rest - text));
  g_autofree char *capital = g_utf8_strup (first, -1);
  switch (letters)
    {
    case TEMPLATE_LETTERS_UPPER:
      return g_utf8_strup (text, -1);
    case TEMPLATE_LETTERS_LOWER:
      return g_utf8_strdown (text, -1);
    case TEMPLATE_LETTERS_CAPITAL:
      return g_strconcat (capital, rest, NULL);
    default:
      return g_strdup (text);
    }
}

char *
template_value (const Template *template, unsigned place, const char *value)
{
  const TemplatePlace *asked = template_place (template, place);
  if (value == NULL || *value == '\0')
    return g_strdup (asked->otherwise);
  if (asked->word->date)
    return in_form (value, asked->form);
  g_autofree char *text = in_letters (value, asked->letters);
  if (asked->most > 0 && g_utf8_strlen (text, -1) > (glong)asked->most)
    template_cut (text, (size_t)(g_utf8_offset_to_pointer (text, (glong)asked->most) - text));
  return *text != '\0' ? g_steal_pointer (&text) : g_strdup (asked->otherwise);
}

/* Which groups vanish: an array of their numbers, owned by the caller. */
static bool *
vanishing (const Template *template, char *const *values)
{
  bool *gone = g_new0 (bool, template->groups + 1);
  for (guint i = 0; i < template->places->len; i++)
    {
      const Element *element = &g_array_index (template->elements, Element, g_array_index (template->places, guint, i));
      gone[element->group] |= element->group > 0 && values[i] == NULL;
    }
  return gone;
}

char *
template_fill (const Template *template, char *const *values)
{
  g_autofree bool *gone = vanishing (template, values);
  g_autoptr (GString) text = g_string_new (NULL);
  unsigned place = 0;
  for (guint i = 0; i < template->elements->len; i++)
    {
      const Element *element = &g_array_index (template->elements, Element, i);
      const char *part = element->text != NULL ? element->text : values[place++];
      if (part != NULL && !gone[element->group])
        g_string_append (text, part);
    }
  return g_strdup (text->str);
}
