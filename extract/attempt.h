/* extract/attempt.h - the letters of a page by the best of several attempts: as it lies or turned, as it is or evened,
 * in one language or another. */
#pragma once
#include "extract/order.h"
#include "extract/raster.h"
#include "extract/recognise.h"

typedef struct
{
  PIX *pix; /* as it lies, 1 or 8 bits */
  unsigned dpi;
  ExtractSurvey *survey; /* of it */
  const ExtractRasterJob *job;
  int64_t started_us;
} ExtractSource;

/* The page turned by that much, prepared and read. */
typedef struct
{
  int turn;
  bool even;
  unsigned foreign; /* passages that were read in another language than the rest */
  ExtractOrder order;
  ExtractPrepared *prepared;
  ExtractReading *reading;
} ExtractAttempt;
void extract_attempt_free (ExtractAttempt *attempt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExtractAttempt, extract_attempt_free)

/* Reads @source, looks again where the first look was doubtful, and mends what was read. Fails when there is no model
 * or memory is short. Owned by the caller. */
ExtractAttempt *extract_attempt_best (const ExtractSource *source, GError **error);
