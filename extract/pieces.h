/* extract/pieces.h - the connected pieces of ink of a picture in two levels, found once and asked often. The same as
 * Leptonica's functions for 8-connected components find, in the same order, in a fraction of their time. */
#pragma once
#include "base/record.h"
#include "extract/cleanup.h"

typedef struct
{
  RecordBox box;
  guint32 pixels;
} ExtractPiece;
typedef struct ExtractPieces ExtractPieces;
void extract_pieces_free (ExtractPieces *pieces);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExtractPieces, extract_pieces_free)

/* Of @ink (1 bit). NULL when memory is short, or a side is longer than 65,535 pixels. */
ExtractPieces *extract_pieces_new (PIX *ink);
/* All @n of them, by their first pixels from above, of a row from the left. Lent by @pieces. */
const ExtractPiece *extract_pieces_all (const ExtractPieces *pieces, guint *n);
/* The picture without the pieces that @drops names. Owned by the caller, NULL when memory is short. */
PIX *extract_pieces_without (const ExtractPieces *pieces, bool (*drops) (const ExtractPiece *piece, const void *data),
                             const void *data);
