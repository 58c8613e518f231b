/* extract/vectors.h - loops made for the vectors of several machines; the widest that there are is taken at run time.
 */
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(DK_SANITIZED)
#define EXTRACT_VECTORS __attribute__ ((target_clones ("avx2", "default")))
#else
#define EXTRACT_VECTORS
#endif
