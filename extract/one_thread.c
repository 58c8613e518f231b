/* What Tesseract asks of OpenMP, done at once by the one thread that there is.
 *
 * It splits every step of its network in five, which takes longer than the step, tens of thousands of times a page:
 * even a team of one costs libgomp memory and a system call. The calls that gcc makes of such a loop (its ABI, stable
 * since GCC 4.9) find these functions first, since they stand in the program itself; and no thread can ever be begun.
 */

void GOMP_parallel (void (*work) (void *), void *data, unsigned threads, unsigned flags);
void GOMP_parallel_sections (void (*work) (void *), void *data, unsigned threads, unsigned count, unsigned flags);
unsigned GOMP_sections_next (void);
void GOMP_sections_end_nowait (void);

/* Of the innermost set of sections: how many there are, and how many were handed out. */
static unsigned sections, begun;

void
GOMP_parallel (void (*work) (void *), void *data, unsigned threads, unsigned flags)
{
  (void)threads;
  (void)flags;
  work (data);
}

void
GOMP_parallel_sections (void (*work) (void *), void *data, unsigned threads, unsigned count, unsigned flags)
{
  unsigned outer_sections = sections, outer_begun = begun;
  (void)threads;
  (void)flags;
  sections = count;
  begun = 0;
  work (data);
  sections = outer_sections;
  begun = outer_begun;
}

/* The number of the next section, from 1; 0 when there is none. */
unsigned
GOMP_sections_next (void)
{
  return begun < sections ? ++begun : 0;
}

void
GOMP_sections_end_nowait (void)
{
}
