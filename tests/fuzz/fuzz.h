/* tests/fuzz/fuzz.h - what a fuzz target is: a function that is given bytes, and good bytes to begin with.
 *
 * tests/fuzz/fuzz-FOLDER-MODULE.c has both; it is linked with clang's libFuzzer (libfuzzer.c) where that is installed,
 * else with a driver of our own (driver.c). A target asserts what must hold of any input, beyond "does not crash". */
#pragma once
#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* Looks at one input; returns 0. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
/* Adds inputs to begin with to @seeds, of GBytes. Called once, before the first input: loads what the target needs. */
void fuzz_seeds (GPtrArray *seeds);

/* For fuzz_seeds. */
void fuzz_seed_bytes (GPtrArray *seeds, const void *bytes, size_t size);
void fuzz_seed_text (GPtrArray *seeds, const char *text);
/* The files of @folder whose name ends in @ending ("" for all), no larger than FUZZ_SEED_BYTES. */
#define FUZZ_SEED_BYTES 65536
void fuzz_seed_files (GPtrArray *seeds, const char *folder, const char *ending);

/* The input up to its first 0 as a text. Owned by the caller. */
char *fuzz_text (const uint8_t *data, size_t size);
/* The same as UTF-8: what is none stands as U+FFFD. Owned by the caller. */
char *fuzz_utf8 (const uint8_t *data, size_t size);

/* A call failed if and only if it said why. */
#define fuzz_told(good, error) g_assert_true ((good) == ((error) == NULL))
