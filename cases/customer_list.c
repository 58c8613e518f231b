#include "cases/customer_list.h"
#include "base/limits.h"
#include "cases/country.h"
#include "cases/point.h"
#include "store/contact.h"
#include <csv.h>
#include <string.h>
#include <unicode/ucnv.h>

#define FIELD_BYTES 4096 /* a longer one is a quotation mark that is missing */
#define IN_FIELD 2       /* the state of libcsv in which a field has begun and not ended */

static const char *const lifecycle_names[] = { "lifecycle", "status",    "state",   "statut",  "situation", "etat",
                                               "estado",    "situacion", "allapot", "statusz", NULL };
static const char *const language_names[] = { "language", "langue", "idioma", "lengua", "nyelv", NULL };
static const char *const country_names[] = { "country", "pays", "pais", "orszag", NULL };

/* What people write, as folded words, and its code. */
static const char *const lifecycles[][2] = {
  { "client", "client" },        { "customer", "client" },
  { "active", "client" },        { "actif", "client" },
  { "cliente", "client" },       { "activo", "client" },
  { "ugyfel", "client" },        { "aktiv", "client" },
  { "former", "former" },        { "former customer", "former" },
  { "inactive", "former" },      { "ancien", "former" },
  { "ancien client", "former" }, { "inactif", "former" },
  { "antiguo", "former" },       { "antiguo cliente", "former" },
  { "ex cliente", "former" },    { "inactivo", "former" },
  { "baja", "former" },          { "volt", "former" },
  { "volt ugyfel", "former" },   { "inaktiv", "former" },
  { "prospect", "prospect" },    { "potential", "prospect" },
  { "potencial", "prospect" },   { "cliente potencial", "prospect" },
  { "erdeklodo", "prospect" },   { "leendo ugyfel", "prospect" },
};
static const char *const languages[][2] = {
  { "en", "en" }, { "english", "en" },   { "anglais", "en" },  { "ingles", "en" },  { "angol", "en" },
  { "fr", "fr" }, { "french", "fr" },    { "francais", "fr" }, { "frances", "fr" }, { "francia", "fr" },
  { "es", "es" }, { "spanish", "es" },   { "espagnol", "es" }, { "espanol", "es" }, { "spanyol", "es" },
  { "hu", "hu" }, { "hungarian", "hu" }, { "hongrois", "hu" }, { "hungaro", "hu" }, { "magyar", "hu" },
};

typedef struct
{
  CustomerList *list;
  const char *country;          /* of phone numbers without a code */
  GHashTable *numbers;          /* those that were seen */
  GPtrArray *fields;            /* of char *, of the row that is being read; NULL for what is no text */
  int columns[CUSTOMER_FIELDS]; /* places in a row, -1: not there */
  guint width;                  /* of the row of names; 0: it was not read yet */
  bool named;                   /* it names what is needed */
  unsigned line, from;          /* where reading is, and where the row began */
} Reader;

static void
customer_free (Customer *customer)
{
  for (int i = 0; i < CUSTOMER_FIELDS; i++)
    g_free (customer->fields[i]);
  g_free (customer);
}

static void
problem_free (CustomerProblem *problem)
{
  g_free (problem->value);
  g_free (problem);
}

void
customer_list_free (CustomerList *list)
{
  if (list == NULL)
    return;
  g_ptr_array_unref (list->customers);
  g_ptr_array_unref (list->problems);
  g_free (list);
}

void
customer_list_blame (CustomerList *list, unsigned line, const char *code, const char *value)
{
  CustomerProblem *problem = g_new0 (CustomerProblem, 1);
  *problem = (CustomerProblem){ .line = line, .code = code, .value = g_strdup (value != NULL ? value : "") };
  g_ptr_array_add (list->problems, problem);
}

/* --- rows --- */

static int
column_of (const char *name)
{
  g_autofree char *words = point_words (name);
  CustomersColumn column = customers_column (name);
  if (column < CUSTOMERS_COLUMNS)
    return (int)column;
  return g_strv_contains (lifecycle_names, words)  ? CUSTOMER_LIFECYCLE
         : g_strv_contains (language_names, words) ? CUSTOMER_LANGUAGE
         : g_strv_contains (country_names, words)  ? CUSTOMER_COUNTRY
                                                   : -1;
}

static void
read_names (Reader *reader)
{
  for (int i = 0; i < CUSTOMER_FIELDS; i++)
    reader->columns[i] = -1;
  for (guint k = 0; k < reader->fields->len; k++)
    {
      const char *name = reader->fields->pdata[k];
      int column = name != NULL ? column_of (name) : -1;
      if (column >= 0 && reader->columns[column] < 0)
        reader->columns[column] = (int)k;
    }
  reader->width = reader->fields->len;
  reader->named = reader->columns[CUSTOMERS_NUMBER] >= 0 && reader->columns[CUSTOMERS_NAME] >= 0;
}

/* Puts the code in the place of what is written, or nothing where it is not known. */
static void
read_code (Reader *reader, Customer *customer, int field, const char *const table[][2], gsize n, const char *problem)
{
  g_autofree char *text = g_steal_pointer (&customer->fields[field]);
  g_autofree char *words = text != NULL ? point_words (text) : NULL;
  for (gsize i = 0; text != NULL && i < n && customer->fields[field] == NULL; i++)
    if (strcmp (table[i][0], words) == 0)
      customer->fields[field] = g_strdup (table[i][1]);
  if (text != NULL && customer->fields[field] == NULL)
    customer_list_blame (reader->list, customer->line, problem, text);
}

/* The code of the country that is written, else that of the address. */
static void
read_country (Reader *reader, Customer *customer)
{
  g_autofree char *text = g_steal_pointer (&customer->fields[CUSTOMER_COUNTRY]);
  const char *address = customer->fields[CUSTOMERS_ADDRESS];
  const char *code = text != NULL ? country_code (text) : NULL;
  g_autofree char *home = g_strndup (reader->country, 2);
  if (text != NULL && code == NULL)
    customer_list_blame (reader->list, customer->line, "country", text);
  if (code == NULL && address != NULL)
    code = country_of (address, customer->fields[CUSTOMER_LANGUAGE], home);
  customer->fields[CUSTOMER_COUNTRY] = code != NULL && *code != '\0' ? g_strdup (code) : NULL;
}

static void
check_point (Reader *reader, Customer *customer, int field, const char *type)
{
  const char *text = customer->fields[field], *country = customer->fields[CUSTOMER_COUNTRY];
  g_autofree char *normalised
      = text != NULL ? point_normalise (type, text, country != NULL ? country : reader->country) : NULL;
  if (text == NULL || normalised != NULL)
    return;
  customer_list_blame (reader->list, customer->line, type, text);
  g_clear_pointer (&customer->fields[field], g_free);
}

static bool
is_text (const Reader *reader)
{
  for (guint i = 0; i < reader->fields->len; i++)
    if (reader->fields->pdata[i] == NULL)
      return false;
  return true;
}

/* Why the line cannot be taken, or NULL. */
static const char *
flaw_of (Reader *reader, const Customer *customer)
{
  if (!is_text (reader))
    return "text";
  g_autofree char *number = point_normalise (STORE_POINT_CUSTOMER, customer->fields[CUSTOMERS_NUMBER], "");
  g_autofree char *name = point_normalise (STORE_POINT_NAME, customer->fields[CUSTOMERS_NAME], "");
  if (number == NULL)
    return "no_number";
  if (name == NULL)
    return "no_name";
  for (guint i = reader->width; i < reader->fields->len; i++)
    if (*(const char *)reader->fields->pdata[i] != '\0')
      return "too_many";
  return g_hash_table_add (reader->numbers, g_steal_pointer (&number)) ? NULL : "twice";
}

static void
read_customer (Reader *reader)
{
  Customer *customer = g_new0 (Customer, 1);
  customer->line = reader->from;
  for (int i = 0; i < CUSTOMER_FIELDS; i++)
    {
      int at = reader->columns[i];
      const char *field = at >= 0 && (guint)at < reader->fields->len ? reader->fields->pdata[at] : NULL;
      customer->fields[i] = field != NULL && *field != '\0' ? g_strdup (field) : NULL;
    }
  const char *flaw = flaw_of (reader, customer);
  if (flaw != NULL)
    {
      customer_list_blame (reader->list, customer->line, flaw, customer->fields[CUSTOMERS_NUMBER]);
      customer_free (customer);
      return;
    }
  read_code (reader, customer, CUSTOMER_LIFECYCLE, lifecycles, G_N_ELEMENTS (lifecycles), "lifecycle");
  read_code (reader, customer, CUSTOMER_LANGUAGE, languages, G_N_ELEMENTS (languages), "language");
  read_country (reader, customer);
  check_point (reader, customer, CUSTOMERS_EMAIL, STORE_POINT_EMAIL);
  check_point (reader, customer, CUSTOMERS_PHONE, STORE_POINT_PHONE);
  check_point (reader, customer, CUSTOMERS_IBAN, STORE_POINT_IBAN);
  g_ptr_array_add (reader->list->customers, customer);
}

/* --- CSV --- */

static void
on_field (void *field, size_t length, void *data)
{
  Reader *reader = data;
  bool text = length <= FIELD_BYTES && memchr (field, '\0', length) == NULL;
  char *value = text ? g_strndup (field, length) : NULL;
  g_ptr_array_add (reader->fields, text ? g_strstrip (g_strdelimit (value, "\r\n\t", ' ')) : NULL);
}

static bool
is_blank (const Reader *reader)
{
  for (guint i = 0; i < reader->fields->len; i++)
    if (reader->fields->pdata[i] == NULL || *(const char *)reader->fields->pdata[i] != '\0')
      return false;
  return true;
}

static void
on_row (int end, void *data)
{
  Reader *reader = data;
  (void)end;
  if (reader->width == 0)
    read_names (reader);
  else if (reader->named && !is_blank (reader))
    read_customer (reader);
  g_ptr_array_set_size (reader->fields, 0);
  reader->from = reader->line + 1;
}

static unsigned char
separator_of (const char *text)
{
  static const char separators[] = { ',', ';', '\t' };
  unsigned best = 0, most = 0;
  size_t length = strcspn (text, "\r\n");
  for (unsigned i = 0; i < sizeof separators; i++)
    {
      unsigned count = 0;
      for (size_t k = 0; k < length; k++)
        count += text[k] == separators[i];
      if (count > most)
        best = i, most = count;
    }
  return (unsigned char)separators[best];
}

/* A line of the file at a time, so that each row knows where it began. */
static bool
parse (Reader *reader, const char *text, GError **error)
{
  struct csv_parser parser;
  bool begun = csv_init (&parser, 0) == 0;
  g_assert (begun);
  csv_set_delim (&parser, separator_of (text));
  for (const char *at = text; *at != '\0' && reader->list->customers->len <= LIMITS_CUSTOMERS;)
    {
      size_t length = strcspn (at, "\n");
      length += at[length] == '\n';
      reader->line++;
      if (reader->fields->len == 0 && parser.pstate == 0)
        reader->from = reader->line;
      csv_parse (&parser, at, length, on_field, on_row, reader);
      at += length;
    }
  if (parser.pstate == IN_FIELD && parser.quoted) /* all that follows the quote would be one value */
    customer_list_blame (reader->list, reader->from, "unclosed", "");
  else
    csv_fini (&parser, on_field, on_row, reader);
  csv_free (&parser);
  if (!reader->named)
    return dk_throw (error, DK_ERROR_INVALID,
                     "the first line of the customer list does not name the columns number and name");
  return reader->list->customers->len <= LIMITS_CUSTOMERS
         || dk_throw (error, DK_ERROR_LIMIT, "the customer list has more than %u rows", LIMITS_CUSTOMERS);
}

/* The text as UTF-8: by its mark, else UTF-8 if it is that, else what Windows writes where @language is spoken. */
static char *
decode (GBytes *bytes, const char *language, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size), *from = NULL;
  if (size >= 2 && (memcmp (text, "\xFF\xFE", 2) == 0 || memcmp (text, "\xFE\xFF", 2) == 0))
    from = "UTF-16";
  else if (size > 0 && !g_utf8_validate_len (text, size, NULL) && memchr (text, '\0', size) == NULL)
    from = strcmp (language, "hu") == 0 ? "windows-1250" : "windows-1252";
  if (from == NULL)
    {
      size_t mark = size >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
      if (size == 0 || g_utf8_validate_len (text, size, NULL))
        return g_strndup (size > 0 ? text + mark : "", size - mark);
      dk_throw (error, DK_ERROR_INVALID, "the customer list is no text");
      return NULL;
    }
  UErrorCode status = U_ZERO_ERROR;
  size_t room = size * 3 + 4;
  g_autofree char *decoded = g_malloc (room);
  ucnv_convert ("UTF-8", from, decoded, (int32_t)room, text, (int32_t)size, &status);
  if (U_SUCCESS (status) && g_utf8_validate (decoded, -1, NULL))
    return g_steal_pointer (&decoded);
  dk_throw (error, DK_ERROR_INVALID, "the customer list is no text");
  return NULL;
}

CustomerList *
customer_list_read (GBytes *bytes, const Settings *settings, GError **error)
{
  if (g_bytes_get_size (bytes) > LIMITS_CUSTOMERS_BYTES)
    {
      dk_throw (error, DK_ERROR_LIMIT, "the customer list is too long");
      return NULL;
    }
  g_autofree char *text = decode (bytes, settings->language, error);
  if (text == NULL)
    return NULL;
  g_autoptr (CustomerList) list = g_new0 (CustomerList, 1);
  list->customers = g_ptr_array_new_with_free_func ((GDestroyNotify)customer_free);
  list->problems = g_ptr_array_new_with_free_func ((GDestroyNotify)problem_free);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  Reader reader = { .list = list, .country = settings->country, .numbers = numbers, .fields = fields };
  return parse (&reader, text, error) ? g_steal_pointer (&list) : NULL;
}
