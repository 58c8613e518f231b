/* tests/unit/extract_fonts.h - for tests that draw PDF pages with fonts, once in each program. */
#pragma once

#ifdef DK_SANITIZED
/* fontconfig keeps a pattern for as long as the process lives. */
const char *__lsan_default_suppressions (void);
const char *
__lsan_default_suppressions (void)
{
  return "leak:libfontconfig\n";
}
#endif
