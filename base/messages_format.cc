#include <glib.h>
#include <stdint.h>
extern "C"
{
#include "base/messages_format.h"
}
#include <exception>
#include <string>
#include <unicode/datefmt.h>
#include <unicode/msgfmt.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>
#include <vector>

static icu::Formattable
argument_of (const MessageArgument &argument)
{
  switch (argument.type)
    {
    case MESSAGE_INTEGER:
      return icu::Formattable (argument.integer);
    case MESSAGE_REAL:
      return icu::Formattable (argument.real);
    case MESSAGE_DATE:
      return icu::Formattable (argument.real, icu::Formattable::kIsDate);
    case MESSAGE_TEXT:
      break;
    }
  return icu::Formattable (icu::UnicodeString::fromUTF8 (argument.text != nullptr ? argument.text : ""));
}

/* Dates in a pattern are shown in UTC: a civil date comes as its midnight there. */
static void
use_utc (icu::MessageFormat &format)
{
  int32_t count = 0;
  const icu::Format **formats = format.getFormats (count);
  for (int32_t i = 0; i < count; i++)
    {
      const auto *dates = dynamic_cast<const icu::DateFormat *> (formats[i]);
      if (dates == nullptr)
        continue;
      icu::DateFormat *utc = dates->clone ();
      utc->adoptTimeZone (icu::TimeZone::getGMT ()->clone ());
      format.adoptFormat (i, utc);
      formats = format.getFormats (count);
    }
}

bool
dk_check_pattern (const char *language, const char *pattern, GError **error)
{
  UErrorCode code = U_ZERO_ERROR;
  UParseError place;
  icu::MessageFormat format (icu::UnicodeString::fromUTF8 (pattern), icu::Locale (language), place, code);
  if (U_SUCCESS (code))
    return true;
  return dk_throw (error, DK_ERROR_INVALID, "not a message pattern at character %d: %s", place.offset + 1,
                   u_errorName (code));
}

char *
dk_format_pattern (const char *language, const char *pattern, const MessageArgument *arguments, unsigned count,
                   GError **error)
try
  {
    UErrorCode code = U_ZERO_ERROR;
    icu::MessageFormat format (icu::UnicodeString::fromUTF8 (pattern), icu::Locale (language), code);
    if (U_SUCCESS (code))
      use_utc (format);
    std::vector<icu::Formattable> values;
    for (unsigned i = 0; i < count; i++)
      values.push_back (argument_of (arguments[i]));
    icu::UnicodeString result;
    icu::FieldPosition ignored (icu::FieldPosition::DONT_CARE);
    format.format (values.data (), (int32_t)count, result, ignored, code);
    if (U_FAILURE (code))
      {
        dk_throw (error, DK_ERROR_INVALID, "message pattern: %s", u_errorName (code));
        return nullptr;
      }
    std::string bytes;
    result.toUTF8String (bytes);
    return g_strndup (bytes.data (), bytes.size ());
  }
catch (const std::exception &caught)
  {
    dk_throw (error, DK_ERROR_FAILED, "message pattern: %s", caught.what ());
    return nullptr;
  }
