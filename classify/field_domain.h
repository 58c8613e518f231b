/* classify/field_domain.h - the part of an e-mail address behind the @: its last word is one of few, and many people
 * have theirs at the same providers. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* Whether @label is a last part of addresses that people have. */
bool field_is_top_domain (const char *label);
/* Puts the misread last part of @domain right, and a provider's name. Owned by the caller. */
char *field_domain_repaired (const char *domain, const char *language);
