/* base/naming.h - how documents are named and which folders they lie in: the templates of docket.yaml (name, and name
 * of a profile) and of taxonomy/ (folder). doc/naming.md tells administrators about them. */
#pragma once
#include "base/config.h"
#include "base/template.h"

/* The words of naming_words, in this order. */
typedef enum
{
  NAMING_DATE, /* written, else received */
  NAMING_WRITTEN,
  NAMING_RECEIVED,
  NAMING_YEAR, /* of the received date, as the two after it */
  NAMING_MONTH,
  NAMING_DAY,
  NAMING_KIND, /* in names its short form, in folders the name of its folder */
  NAMING_SUBJECT,
  NAMING_KIND_CODE, /* of the taxonomy */
  NAMING_SUBJECT_CODE,
  NAMING_NUMBER, /* of the document */
  NAMING_CASE,   /* of its case: the docket number alone */
  NAMING_SENDER, /* from here on fields, by their names */
  NAMING_EMAIL,
  NAMING_PHONE,
  NAMING_CUSTOMER_NO,
  NAMING_ORDER_NO,
  NAMING_INVOICE_NO,
  NAMING_REFERENCE_NO,
  NAMING_AMOUNT,
  NAMING_DEADLINE,
  NAMING_LANGUAGE, /* from here on of the document and its receipt */
  NAMING_CHANNEL,
  NAMING_PROFILE,
  NAMING_OWNER,
  NAMING_ORIGINAL, /* the name of the file that came, without its extension */
  NAMING_WORDS,
} NamingWord;
extern const TemplateWord naming_words[NAMING_WORDS + 1];
NamingWord naming_word (const Template *template, unsigned place);

typedef struct
{
  Template *name, *folder;
  GHashTable *profiles; /* char * to Template *: of those that name what comes through them otherwise */
} Naming;
/* What docket.yaml and taxonomy/ of @config say, else the shipped templates. Fails with CONFIG. */
Naming *naming_load (const Config *config, GError **error);
void naming_free (Naming *naming);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Naming, naming_free)
/* The template for names of what came through @profile. Lent. */
const Template *naming_name (const Naming *naming, const char *profile);
/* A template for names, or for folders, which may hold '/'. NULL and in *@wrong why not, both owned by the caller. */
Template *naming_parse_name (const char *text, char **wrong);
Template *naming_parse_folder (const char *text, char **wrong);
