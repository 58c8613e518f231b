/* base/settings_numbers.h - "numbers" of docket.yaml, for settings.c alone. */
#pragma once
#include "base/config.h"

/* Reads "numbers" of @root, if it is there, into @numbers. Fails with CONFIG. */
bool settings_numbers_read (GPtrArray *numbers, const YamlNode *root, GError **error);
void settings_number_free (ConfigNumber *number);
