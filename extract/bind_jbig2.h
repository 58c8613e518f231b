/* extract/bind_jbig2.h - pixels in two levels coded for a PDF, without loss: JBIG2 (ITU-T T.88), one generic region. */
#pragma once
#include "extract/cleanup.h"

/* The coded pixels of @pix, of one bit each, as /JBIG2Decode takes them: without file header. Owned by the caller. */
GBytes *extract_bind_jbig2 (PIX *pix);
