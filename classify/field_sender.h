/* classify/field_sender.h - what the search for the sender gathers before it chooses. */
#pragma once
#include "classify/field_address.h"

#define FIELD_MOST_SENDERS 4

typedef struct
{
  FieldSpan span;
  double confidence;
  const char *rule;
} FieldSender;

/* Adds the name at @span, without title and marks round it. */
void field_sender_add (GArray *senders, const FieldText *text, FieldSpan span, double confidence, const char *rule);
/* Whether the line names a desk that letters are written to. */
bool field_sender_names_desk (const FieldWork *work, uint32_t line);
/* Reports the writer's addresses, best first; the names above them are added. */
void field_sender_addresses (FieldWork *work, GArray *senders);
/* Puts the fullest form of its name that the letter has into the best of @senders, which are sorted. */
void field_sender_prefer_fuller (const FieldWork *work, GArray *senders);
/* Reports the name of which a form asks for the parts in two places, joined in the order of the country; NULL when
 * there is none. Lent. */
const RecordFinding *field_sender_of_parts (FieldWork *work);
/* Names in running text: "my name is …", who speaks first in a chat, what follows the last sentence of a line. */
void field_senders_in_text (FieldWork *work, GArray *senders);
