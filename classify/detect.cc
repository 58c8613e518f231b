#include "classify/detect.h"

#include <cstdio> /* before cld2, whose header uses FILE without it */
#include <cstring>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

/* CLD2 has old codes, codes with a script or country, and codes of three letters. */
static void
write_code (CLD2::Language language, char *code)
{
  const char *name = CLD2::LanguageCode (language);
  if (std::strcmp (name, "iw") == 0)
    name = "he";
  if (std::strcmp (name, "jw") == 0)
    name = "jv";
  bool two = std::strlen (name) == 2 || (std::strlen (name) > 2 && name[2] == '-');
  if (language == CLD2::UNKNOWN_LANGUAGE || !two || std::strcmp (name, "un") == 0 || std::strcmp (name, "xx") == 0
      || std::strncmp (name, "xx-", 3) == 0)
    std::strcpy (code, "und");
  else
    {
      std::memcpy (code, name, 2);
      code[2] = '\0';
    }
}

static void
detect (const char *text, size_t length, ClassifyDetected *detected)
{
  CLD2::CLDHints hints = { nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE };
  CLD2::Language languages[3] = { CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE };
  int percent[3] = { 0, 0, 0 };
  double scores[3] = { 0, 0, 0 };
  int text_bytes = 0, valid = 0;
  bool reliable = false;
  int bytes = static_cast<int> (length > (1u << 20) ? 1u << 20 : length);
  CLD2::ExtDetectLanguageSummaryCheckUTF8 (text, bytes, true, &hints, 0, languages, percent, scores, nullptr,
                                           &text_bytes, &reliable, &valid);
  if (valid > 0 && valid < bytes)
    CLD2::ExtDetectLanguageSummaryCheckUTF8 (text, valid, true, &hints, 0, languages, percent, scores, nullptr,
                                             &text_bytes, &reliable, &valid);
  detected->reliable = reliable;
  for (int i = 0; i < CLASSIFY_DETECT_MOST; i++)
    {
      write_code (languages[i], detected->language[i]);
      detected->share[i] = percent[i] / 100.0;
    }
}

void
classify_detect (const char *text, size_t length, ClassifyDetected *detected)
{
  detected->reliable = false;
  for (int i = 0; i < CLASSIFY_DETECT_MOST; i++)
    {
      std::strcpy (detected->language[i], "und");
      detected->share[i] = 0;
    }
  try
    {
      detect (text, length, detected);
    }
  catch (...)
    {
      detected->reliable = false; /* what it said until then is no answer */
    }
}
