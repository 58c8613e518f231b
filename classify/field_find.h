/* classify/field_find.h - one function for each group of fields. They share what is known of the document so far, and
 * run in the order written here: what one has claimed in FieldText.taken the next leaves alone. */
#pragma once
#include "classify/field_dates.h"

/* Whose line it is. */
typedef enum
{
  FIELD_PARTY_UNKNOWN,
  FIELD_PARTY_WRITER,
  FIELD_PARTY_LETTERHEAD, /* the writer's, and its first line names a firm */
  FIELD_PARTY_OTHER,      /* the recipient's, or somebody's else */
  FIELD_PARTY_QUOTED,     /* another's, too: from an earlier message, or on a page behind the end of the letter */
} FieldParty;

typedef struct
{
  FieldText *text;
  const ClassifyContext *context;
  GArray *dates;     /* of FieldDate */
  DkDay letter_date; /* DK_DAY_NONE until found */
  FieldSpan letter_date_span;
  GArray *parties;     /* of FieldParty, one for each line */
  bool chat;           /* lines are turns of a conversation */
  FieldSpan speaker;   /* who writes in it; empty when no name is given */
  GPtrArray *findings; /* of RecordFinding, in the order of INTERFACES once classify_fields has sorted them */
} FieldWork;

/* Strikes out what settings->own names. */
void field_strike_own (FieldWork *work);
/* Whether the digits of @span are a number of the recipient's own. */
bool field_is_own_number (const FieldWork *work, FieldSpan span);

void field_find_emails (FieldWork *work);
void field_find_ibans (FieldWork *work);
/* Also fills work->dates. */
void field_find_letter_date (FieldWork *work);
void field_find_deadlines (FieldWork *work);
void field_find_amounts (FieldWork *work);
/* Numbers in the shapes that docket.yaml names; before those that are known by words. */
void field_find_shaped (FieldWork *work);
void field_find_numbers (FieldWork *work);
void field_find_phones (FieldWork *work);
/* Sender and address. */
void field_find_sender (FieldWork *work);

/* At most this many findings of one name. */
#define FIELD_MOST 12
