/* classify/field_sender.h - what the search for the sender gathers before it chooses. */
#pragma once
#include "classify/field_address.h"

typedef struct
{
  FieldSpan span;
  double confidence;
  const char *rule;
} FieldSender;

/* Adds the name at @span, without title and marks round it. */
void field_sender_add (GArray *senders, const FieldText *text, FieldSpan span, double confidence, const char *rule);
/* Names in running text: "my name is …", who speaks first in a chat, what follows the last sentence of a line. */
void field_senders_in_text (FieldWork *work, GArray *senders);
