#include "extract/extract.h"
#include "extract/media.h"
#include "extract/pdf.h"
#include "extract/recognise.h"
#include <unicode/ucnv.h>

/* Converters and tables are opened once, so that the child finds them in memory. */
static bool
warm_up_charsets (GError **error)
{
  static const char *const charsets[] = { "UTF-16LE", "windows-1250", "windows-1252", "Shift_JIS" };
  for (size_t i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      UErrorCode status = U_ZERO_ERROR;
      UConverter *converter = ucnv_open (charsets[i], &status);
      if (U_FAILURE (status))
        return dk_throw (error, DK_ERROR_NOT_FOUND, "open the character set %s: %s", charsets[i], u_errorName (status));
      ucnv_close (converter);
    }
  return true;
}

bool
extract_warm_up (char **languages, GError **error)
{
  return extract_recognise_warm_up (languages, error) && extract_media_warm_up (error) && warm_up_charsets (error)
         && extract_pdf_warm_up (error);
}

const char *const *
extract_read_only (void)
{
  static const char *const folders[]
      = { "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/poppler", "/var/cache/fontconfig", NULL };
  return folders;
}
