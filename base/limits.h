/* base/limits.h - the ceiling of everything that grows from outside. */
#pragma once
#include <stdint.h>

typedef struct
{
  uint64_t file_bytes;     /* an input larger than this is refused */
  unsigned pages;          /* of one document */
  uint64_t pixels;         /* of one page of grey or colour, before it is decoded */
  uint64_t bilevel_pixels; /* of one page of one bit a pixel */
  uint64_t text_bytes;     /* of one page */
  unsigned words;          /* of one page */
  uint64_t output_bytes;   /* of all records that one piece of work sends back */
  uint64_t memory_bytes;   /* address space a child may add to what it was forked with */
  unsigned cpu_s;          /* of one piece of work */
  unsigned wall_s;         /* of one piece of work, after which its child is killed */
  unsigned barcodes;       /* of one page */
  unsigned decisions;      /* of one document */
} Limits;

/* The values in force everywhere unless a test says otherwise. */
#define LIMITS_DEFAULT                                                                                                 \
  {                                                                                                                    \
    .file_bytes = UINT64_C (1) << 30, .pages = 2000, .pixels = 200000000, .bilevel_pixels = 1000000000,                \
    .text_bytes = UINT64_C (4) << 20, .words = 100000, .output_bytes = UINT64_C (1) << 30,                             \
    .memory_bytes = UINT64_C (1) << 30, .cpu_s = 60, .wall_s = 120, .barcodes = 64, .decisions = 512                   \
  }
#define LIMITS_NAME_BYTES 255                         /* of a source's file name that is kept */
#define LIMITS_VALUE_BYTES 1000                       /* of a value that a person types: a name, an address */
#define LIMITS_FILED_NAME_BYTES 180                   /* of a name in filed/ */
#define LIMITS_CUSTOMERS_BYTES (UINT64_C (256) << 20) /* of the customer list */
#define LIMITS_CUSTOMERS 1000000U                     /* rows of it */
#define LIMITS_CONFIG_BYTES (UINT64_C (16) << 20)     /* of all configuration files together */
#define LIMITS_FREE_BYTES (UINT64_C (64) << 20)       /* on the disk, below which docketd begins nothing */
#define LIMITS_PREVIEW_LEAST_PX 16                    /* width of a preview */
#define LIMITS_PREVIEW_MOST_PX 4000
