/* classify/detect.h - CLD2 behind a C ABI. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C"
{
#endif
#define CLASSIFY_DETECT_MOST 3
  typedef struct
  {
    char language[CLASSIFY_DETECT_MOST][4]; /* ISO 639-1, "und" where there is none; greatest share first */
    double share[CLASSIFY_DETECT_MOST];     /* of the text, 0 to 1 */
    bool reliable;
  } ClassifyDetected;
  /* The languages of the UTF-8 @text. What is no UTF-8 ends it. */
  void classify_detect (const char *text, size_t length, ClassifyDetected *detected);
#ifdef __cplusplus
}
#endif
