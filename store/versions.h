/* store/versions.h - the numbered versions of the configuration, each a blob and a ledger entry. */
#pragma once
#include "base/config.h"
#include "store/blob.h"

/* The configuration in force: its number (0: none yet) and, where @config is not NULL, its content. */
bool store_config_current (Store *store, int64_t *id, Config **config, GError **error);
/* The content of version @id. Owned by the caller. Fails with NOT_FOUND. */
Config *store_config_version (Store *store, int64_t id, GError **error);
/* Makes @config, which its user has validated whole, the version in force; *@id is its number. The same content as the
 * one in force changes nothing. Opens its own transaction. */
bool store_config_adopt (Store *store, const Config *config, int64_t *id, GError **error);
