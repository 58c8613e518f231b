#include "base/customers.h"
#include "base/limits.h"
#include <string.h>

#define MOST_COLUMNS 64
#define LONGEST_KEY 64
#define PHONE_DIGITS 8

typedef struct
{
  uint32_t hash, row;
} Entry;

struct Customers
{
  GBytes *csv;
  const char *text, *end;
  char separator;
  int columns[CUSTOMERS_COLUMNS];   /* place in a row, -1 where the list has none */
  GArray *rows;                     /* of uint64_t: where each begins */
  GArray *index[CUSTOMERS_COLUMNS]; /* of Entry, by hash; NULL where nothing is looked up */
};

/* Plain, small, without signs. */
static const char *const names[CUSTOMERS_COLUMNS] = {
  " number no nr customernumber customerno customerid id accountnumber account numero numeroclient noclient nclient "
  "nodeclient nocliente client "
  "numerodeclient numerocliente numerodecliente codigo codigocliente ncliente ugyfelszam ugyfelkod vevoszam vevokod "
  "szam "
  "azonosito ugyfelazonosito ",
  " name fullname customername nom nometprenom nomclient raisonsociale nombre nombreyapellidos razonsocial nev "
  "ugyfelnev "
  "vevonev megnevezes ",
  " address postaladdress adresse adressepostale direccion domicilio cim lakcim postacim szekhely ",
  " email mail emailaddress courriel adressemail adresseemail correo correoelectronico emailcim ",
  " phone telephone tel mobile telefono movil telefon telefonszam portable mobil ",
  " iban account bankaccount compte comptebancaire cuenta cuentabancaria bankszamla bankszamlaszam szamlaszam ",
};

/* --- rows --- */

/* The end of the row that begins at @p: its line end, or that of the text; NULL when a quote is never closed. */
static const char *
row_end (const Customers *customers, const char *p)
{
  bool quoted = false;
  for (; p < customers->end && (quoted || *p != '\n'); p++)
    quoted ^= *p == '"';
  return quoted ? NULL : p;
}

/* Value number @wanted of the row at @p. Owned by the caller. */
static char *
value_at (const Customers *customers, const char *p, int wanted)
{
  g_autoptr (GString) value = g_string_new (NULL);
  bool quoted = false;
  int column = 0;
  for (; p < customers->end && column <= wanted; p++)
    {
      if (*p == '"')
        {
          if (quoted && p + 1 < customers->end && p[1] == '"')
            p++;
          else
            {
              quoted = !quoted;
              continue;
            }
        }
      if (!quoted && *p == '\n')
        break;
      if (!quoted && *p == customers->separator)
        column++;
      else if (column == wanted && *p != '\r')
        g_string_append_c (value, *p);
    }
  return g_strstrip (g_string_free (g_steal_pointer (&value), FALSE));
}

/* --- keys --- */

static size_t
key_of (CustomersColumn column, const char *text, char key[LONGEST_KEY])
{
  size_t n = 0;
  for (const char *p = text; *p != '\0' && n < LONGEST_KEY; p++)
    if (column == CUSTOMERS_EMAIL   ? g_ascii_isgraph (*p)
        : column == CUSTOMERS_PHONE ? g_ascii_isdigit (*p)
                                    : g_ascii_isalnum (*p))
      key[n++] = g_ascii_toupper (*p);
  if (column == CUSTOMERS_PHONE && n > PHONE_DIGITS)
    {
      memmove (key, key + n - PHONE_DIGITS, PHONE_DIGITS);
      n = PHONE_DIGITS;
    }
  return n < 3 || (column == CUSTOMERS_PHONE && n < 7) ? 0 : n;
}

static uint32_t
hash_of (const char *key, size_t n)
{
  uint32_t hash = 2166136261U;
  for (size_t i = 0; i < n; i++)
    hash = (hash ^ (uint8_t)key[i]) * 16777619U;
  return hash;
}

static gint
by_hash (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;
  return x->hash != y->hash ? (x->hash < y->hash ? -1 : 1) : (x->row > y->row) - (x->row < y->row);
}

static void
find_key (const Customers *customers, CustomersColumn column, const char *key, size_t n, GArray *rows, guint most)
{
  const GArray *index = customers->index[column];
  uint32_t hash = hash_of (key, n), low = 0, high = index != NULL ? index->len : 0;
  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;
      if (g_array_index (index, Entry, middle).hash < hash)
        low = middle + 1;
      else
        high = middle;
    }
  for (; index != NULL && low < index->len && g_array_index (index, Entry, low).hash == hash && rows->len < most; low++)
    {
      uint32_t row = g_array_index (index, Entry, low).row;
      g_autofree char *value = customers_value (customers, row, column);
      char other[LONGEST_KEY];
      bool seen = key_of (column, value, other) != n || memcmp (other, key, n) != 0;
      for (guint i = 0; i < rows->len && !seen; i++)
        seen = g_array_index (rows, uint32_t, i) == row;
      if (!seen)
        g_array_append_val (rows, row);
    }
}

void
customers_find (const Customers *customers, CustomersColumn column, const char *text, GArray *rows, guint most)
{
  char key[LONGEST_KEY];
  size_t n = key_of (column, text, key);
  if (n > 0)
    find_key (customers, column, key, n, rows, most);
}

/* What may stand in a key of @column in place of, or beside, @c. */
static const char *
alphabet (CustomersColumn column, char c)
{
  if (column == CUSTOMERS_EMAIL)
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@";
  return g_ascii_isdigit (c) && column == CUSTOMERS_PHONE ? "0123456789" : "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
}

void
customers_find_near (const Customers *customers, CustomersColumn column, const char *text, GArray *rows, guint most)
{
  char key[LONGEST_KEY], tried[LONGEST_KEY + 1];
  size_t n = key_of (column, text, key);
  for (size_t i = 0; n > 3 && i < n && n < LONGEST_KEY; i++)
    {
      memcpy (tried, key, n); /* one lost of what was added */
      memmove (tried + i, tried + i + 1, n - i - 1);
      find_key (customers, column, tried, n - 1, rows, most);
      for (const char *other = alphabet (column, key[i]); *other != '\0'; other++)
        {
          memcpy (tried, key, n);
          tried[i] = *other;
          find_key (customers, column, tried, n, rows, most);
          memcpy (tried, key, i);
          tried[i] = *other;
          memcpy (tried + i + 1, key + i, n - i);
          find_key (customers, column, tried, n + 1, rows, most);
        }
    }
  /* where numbers are given out one after the other two changes lead to too many */
  for (size_t i = 0; column == CUSTOMERS_NUMBER && rows->len == 0 && n > 4 && i < n; i++)
    for (size_t k = i + 1; k < n; k++)
      for (char x = '0'; g_ascii_isdigit (key[i]) && g_ascii_isdigit (key[k]) && x <= '9'; x++)
        for (char y = '0'; y <= '9'; y++)
          {
            memcpy (tried, key, n);
            tried[i] = x;
            tried[k] = y;
            find_key (customers, column, tried, n, rows, most);
          }
}

/* --- reading --- */

/* Small letters and digits without accents. Owned by the caller. */
static char *
plain_name (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  GString *plain = g_string_new (NULL);
  for (const char *p = apart != NULL ? apart : ""; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (plain, g_ascii_tolower (*p));
  return g_string_free (plain, FALSE);
}

CustomersColumn
customers_column (const char *name)
{
  g_autofree char *plain = plain_name (name);
  g_autofree char *wanted = g_strdup_printf (" %s ", plain);
  int c = *plain != '\0' ? 0 : CUSTOMERS_COLUMNS;
  while (c < CUSTOMERS_COLUMNS && strstr (names[c], wanted) == NULL)
    c++;
  return (CustomersColumn)c;
}

static char
separator_of (const char *text, const char *end)
{
  unsigned commas = 0, semicolons = 0, tabs = 0;
  for (const char *p = text; p < end && *p != '\n'; p++)
    {
      commas += *p == ',';
      semicolons += *p == ';';
      tabs += *p == '\t';
    }
  return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
}

static bool
read_head (Customers *customers, GError **error)
{
  bool known = false;
  for (int c = 0; c < CUSTOMERS_COLUMNS; c++)
    customers->columns[c] = -1;
  for (int place = 0; place < MOST_COLUMNS; place++)
    {
      g_autofree char *value = value_at (customers, customers->text, place);
      CustomersColumn c = customers_column (value);
      if (c < CUSTOMERS_COLUMNS && customers->columns[c] < 0)
        {
          customers->columns[c] = place;
          known = true;
        }
    }
  return known
         || dk_throw (error, DK_ERROR_CONFIG,
                      "line 1 of the customer list names none of number, name, address, email, phone, iban");
}

static bool
read_rows (Customers *customers, GError **error)
{
  const char *p = row_end (customers, customers->text);
  for (p = p != NULL ? p : customers->end; p < customers->end;)
    {
      uint64_t from = (uint64_t)(++p - customers->text);
      const char *end = row_end (customers, p);
      if (end == NULL)
        return dk_throw (error, DK_ERROR_CONFIG, "row %u of the customer list has a quote that is never closed",
                         customers->rows->len + 1);
      if (end - p > 1)
        g_array_append_val (customers->rows, from);
      if (customers->rows->len > LIMITS_CUSTOMERS)
        return dk_throw (error, DK_ERROR_LIMIT, "the customer list has more than %u rows", LIMITS_CUSTOMERS);
      p = end;
    }
  return true;
}

static void
index_column (Customers *customers, CustomersColumn column)
{
  GArray *index = g_array_new (FALSE, FALSE, sizeof (Entry));
  for (uint32_t row = 0; row < customers->rows->len; row++)
    {
      g_autofree char *value = customers_value (customers, row, column);
      char key[LONGEST_KEY];
      size_t n = key_of (column, value, key);
      Entry entry = { n > 0 ? hash_of (key, n) : 0, row };
      if (n > 0)
        g_array_append_val (index, entry);
    }
  g_array_sort (index, by_hash);
  customers->index[column] = index;
}

Customers *
customers_new (GBytes *csv, GError **error)
{
  static const CustomersColumn looked_up[] = { CUSTOMERS_NUMBER, CUSTOMERS_EMAIL, CUSTOMERS_PHONE, CUSTOMERS_IBAN };
  g_autoptr (Customers) customers = g_new0 (Customers, 1);
  gsize size;
  const char *text = g_bytes_get_data (csv, &size);
  customers->csv = g_bytes_ref (csv);
  customers->rows = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  if (size > 0 && !g_utf8_validate (text, (gssize)size, NULL))
    {
      dk_throw (error, DK_ERROR_CONFIG, "the customer list is not UTF-8; save it as \"CSV UTF-8\"");
      return NULL;
    }
  size_t mark = size >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  customers->text = size > 0 ? text + mark : "";
  customers->end = customers->text + (size > 0 ? size - mark : 0);
  customers->separator = separator_of (customers->text, customers->end);
  if (!read_head (customers, error) || !read_rows (customers, error))
    return NULL;
  for (size_t i = 0; i < G_N_ELEMENTS (looked_up); i++)
    if (customers->columns[looked_up[i]] >= 0)
      index_column (customers, looked_up[i]);
  return g_steal_pointer (&customers);
}

void
customers_free (Customers *customers)
{
  if (customers == NULL)
    return;
  g_bytes_unref (customers->csv);
  g_array_unref (customers->rows);
  for (int c = 0; c < CUSTOMERS_COLUMNS; c++)
    g_clear_pointer (&customers->index[c], g_array_unref);
  g_free (customers);
}

char *
customers_value (const Customers *customers, uint32_t row, CustomersColumn column)
{
  if (row >= customers->rows->len || customers->columns[column] < 0)
    return g_strdup ("");
  return value_at (customers, customers->text + g_array_index (customers->rows, uint64_t, row),
                   customers->columns[column]);
}
