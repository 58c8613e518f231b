/* The letters of a case that were written from templates. */
#include "base/messages.h"
#include "cmd/docket_case.h"
#include <string.h>

bool
case_check_letter (const char *name, const char *language, const char *day, GError **error)
{
  if (language != NULL && name == NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "in_template", "");
  if (day != NULL && name != NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "letter_today", "");
  if (language == NULL || dk_language_known (language))
    return true;
  g_autofree char *plain = command_plain (language), *all = g_strjoinv (" ", (char **)(uintptr_t)dk_languages);
  return dk_refuse (error, DK_ERROR_USAGE, "in_language", "ss", plain, all);
}

/* The newest letter of @chain, or that of the entry @seq (0: any); NULL where there is none. */
static const StoreChainEntry *
find_letter (const GPtrArray *chain, int64_t seq)
{
  for (guint i = chain->len; i > 0; i--)
    {
      const StoreChainEntry *entry = chain->pdata[i - 1];
      if (*entry->letter != '\0' && (seq == 0 || entry->seq == seq))
        return entry;
    }
  return NULL;
}

bool
case_print_letter (const CaseCommand *command, const StoreCase *the_case, const char *seq, GError **error)
{
  guint64 wanted = 0;
  if (*seq != '\0' && !g_ascii_string_to_unsigned (seq, 10, 1, G_MAXINT64, &wanted, NULL))
    return dk_refuse (error, DK_ERROR_USAGE, "letter_entry", "");
  g_autoptr (GPtrArray) chain = store_case_chain (command->store, the_case->id, 0, error);
  const StoreChainEntry *letter = chain != NULL ? find_letter (chain, (int64_t)wanted) : NULL;
  if (letter == NULL)
    return chain != NULL
           && dk_refuse (error, DK_ERROR_NOT_FOUND, "no_letter", "ss", the_case->number, *seq != '\0' ? seq : "none");
  if (command->command.json)
    command_print_json (json_pack ("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "seq", (json_int_t)letter->seq, "act",
                                   letter->act, "day", letter->day, "actor", letter->actor, "template", letter->letter,
                                   "language", letter->language, "blocks", letter->blocks, "text",
                                   letter->text != NULL ? dk_json_text (letter->text) : json_null ()));
  else
    command_print_lines (letter->text != NULL ? letter->text : "");
  return true;
}
