/* cases/contact_leads.h - what a letter says of its sender, and the files that leads to. Private to cases/contact*.c.
 */
#pragma once
#include "cases/contact.h"
#include "cases/names.h"

/* What stands on a letter, at most one point of each type. */
typedef struct
{
  StorePoint *point; /* NULL: none */
  bool sure;
} Clue;

enum
{
  CLUE_CUSTOMER,
  CLUE_IBAN,
  CLUE_EMAIL,
  CLUE_PHONE,
  CLUE_NAME,
  CLUE_ADDRESS,
  CLUES
};

typedef struct
{
  Clue clues[CLUES];
  int64_t document; /* the letter */
  char *language;   /* in which it is written, or NULL */
} Clues;

void contact_clues_clear (Clues *clues);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Clues, contact_clues_clear)

typedef struct
{
  int64_t root;
  double score;
  const char *reason; /* a code, static */
} Lead;

/* The first of each, since the best is first. */
bool contact_find_clues (Store *store, const Settings *settings, const StoreDocument *document, Clues *clues,
                         GError **error);
bool contact_has_no_clue (const Clues *clues);
/* How well the letter's name fits those that the file has from elsewhere. *@known is false where either has none. */
bool contact_compare_names (Store *store, int64_t root, const Clues *clues, NamesFit *best, bool *known,
                            GError **error);
/* The files that points lead to which do not stand on this letter alone. Of Lead, the better ones first, then the
 * older. Owned by the caller. */
GArray *contact_find_leads (Store *store, const Clues *clues, GError **error);
