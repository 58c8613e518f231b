/* capture/gate.h - whether a file looks finished, by the structure of its type at its first and last 64 KiB. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#define GATE_WINDOW_BYTES 65536

typedef enum
{
  GATE_WHOLE,   /* its end is there, and nothing belongs behind it */
  GATE_CUT,     /* its end is missing */
  GATE_GROWING, /* nothing of it is missing, but a scanner may still append pages (TIFF) */
  GATE_UNKNOWN, /* a type without a recognisable end */
} Gate;

/* The two ends of a file of @size bytes; they overlap, and are the same, in a small file. */
typedef struct
{
  const uint8_t *head, *tail;
  size_t head_bytes, tail_bytes; /* at most GATE_WINDOW_BYTES */
  uint64_t size;
} GateEnds;
/* Hostile bytes are looked at, never believed: no allocation, no recursion, bounded steps. */
Gate capture_gate (const GateEnds *ends);
