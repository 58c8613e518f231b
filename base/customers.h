/* base/customers.h - the company's customers as it lists them: CSV with a line of column names, read as a whole and
 * looked up by number, e-mail address, telephone number or account. */
#pragma once
#include "base/error.h"
#include <stdint.h>

typedef struct Customers Customers;
typedef enum
{
  CUSTOMERS_NUMBER,
  CUSTOMERS_NAME,
  CUSTOMERS_ADDRESS,
  CUSTOMERS_EMAIL,
  CUSTOMERS_PHONE,
  CUSTOMERS_IBAN,
  CUSTOMERS_COLUMNS
} CustomersColumn;

/* Reads @csv, keeping a reference: columns parted by comma, semicolon or tab, values in quotes where they need them,
 * names of columns in English, French, Spanish or Hungarian; columns of other names are passed over. Fails with CONFIG
 * where the text is not UTF-8, no column is known or a quote is never closed, LIMIT above LIMITS_CUSTOMERS lines. */
Customers *customers_new (GBytes *csv, GError **error);
/* The column that a line of names calls @name, in any of the four languages; CUSTOMERS_COLUMNS for one not known. */
CustomersColumn customers_column (const char *name);
void customers_free (Customers *customers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Customers, customers_free)
/* Rows are numbered from 0. */
/* The value of @column in @row, "" where there is none. Owned by the caller. */
char *customers_value (const Customers *customers, uint32_t row, CustomersColumn column);
/* Appends the rows (uint32_t) whose @column says what @text says, whatever the blanks, signs and capitals; of telephone
 * numbers the last eight digits count. Name and address are not looked up. At most @most are in @rows then. */
void customers_find (const Customers *customers, CustomersColumn column, const char *text, GArray *rows, guint most);
/* The same for what @text becomes when one letter or digit of it is changed, lost or added; where that is
 * none, two digits changed. */
void customers_find_near (const Customers *customers, CustomersColumn column, const char *text, GArray *rows,
                          guint most);
