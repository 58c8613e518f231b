/* cases/customer_list.h - the firm's own list of customers, a CSV file, made into contacts.
 *
 * Its first line names the columns, in any of the four languages: number name address email phone iban lifecycle
 * language country; number and name are required, others that docket does not know are passed over. Fields are parted
 * by commas, semicolons or tabs. The text is UTF-8, UTF-16 with its mark, or what spreadsheets write on Windows. */
#pragma once
#include "base/config.h"
#include "base/customers.h"
#include "store/store.h"

enum
{
  CUSTOMER_LIFECYCLE = CUSTOMERS_COLUMNS,
  CUSTOMER_LANGUAGE,
  CUSTOMER_COUNTRY, /* where nothing is written, that of the address, as far as it can be told */
  CUSTOMER_FIELDS,
};

typedef struct
{
  unsigned line;                 /* of the file, where it begins, from 1 */
  char *fields[CUSTOMER_FIELDS]; /* NULL: nothing is written; lifecycle, language and country are codes */
} Customer;

/* What is wrong with a line. */
typedef struct
{
  unsigned line;
  const char *code; /* no_number no_name too_many twice text unclosed: the line is not taken; email phone iban
                       lifecycle language country: it is, without that; belongs: that is another contact's */
  char *value;      /* the words that are wrong */
} CustomerProblem;

typedef struct
{
  GPtrArray *customers; /* of Customer */
  GPtrArray *problems;  /* of CustomerProblem */
} CustomerList;
void customer_list_free (CustomerList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CustomerList, customer_list_free)

/* Reads the list. Fails with INVALID where its first line does not name the columns, LIMIT above LIMITS_CUSTOMERS. */
CustomerList *customer_list_read (GBytes *bytes, const Settings *settings, GError **error);
void customer_list_blame (CustomerList *list, unsigned line, const char *code, const char *value);

typedef struct
{
  unsigned made, changed, same;
} CustomerCount;
/* Brings the contacts up to date with the list, in the name of @actor; what belongs to another contact is added to the
 * problems, and the two are proposed as one. A second time changes nothing; what was done before a failure stays. */
bool customer_list_apply (Store *store, const Settings *settings, const char *actor, CustomerList *list,
                          CustomerCount *count, GError **error);
