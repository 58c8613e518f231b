/* cmd/layout.h - a new store with the shipped configuration in it. */
#pragma once
#include "store/store.h"

/* Makes a store at @path with the shipped vocabulary, taxonomy, policies, calendars and templates and a docket.yaml for
 * @country and
 * @language (NULL: that of the country). Fails with EXISTS, USAGE for an unknown country or language. */
bool layout_store (const char *path, StoreFlags flags, const char *country, const char *language, GError **error);
/* Gives the scratch store @to the configuration of the store @from and no other: the folders, and docket.yaml unless
 * @keep_settings. */
bool layout_copy_config (const char *from, const char *to, bool keep_settings, GError **error);
