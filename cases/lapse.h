/* cases/lapse.h - cases that end by time: the customer has our final answer and says nothing to it, or does not answer
 * after a reminder. */
#pragma once
#include "base/config.h"
#include "cases/letter.h"
#include "store/case.h"

/* Closes, by @actor, what was answered long enough ago (docket.yaml: close_after_days) as resolved, and what was asked
 * and reminded of as no_reply. One that was answered but lacks outcome or cause, or by a letter of @letters that lacks
 * what its outcome needs, stays open, and its owner is alerted once. */
bool lapse_all (Store *store, const Settings *settings, const Letters *letters, const char *actor, GError **error);
