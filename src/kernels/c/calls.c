/*
 * Every kernel as a call without arguments: its numbers lie in an array that JavaScript writes and this code reads
 * (src/kernels/slots.ts). Addresses are byte offsets into the engine's memory, 0 being none.
 *
 * Where an engine has several threads, a call is cut into parts that write to different places. Every number is
 * computed as one thread alone would compute it, so the results are the same bits for any number of threads.
 *
 * call_product is the product of floats, call64_product that of doubles. Both, like kernels.h, come from the table of calls
 * (src/kernels/c-header.ts writes them).
 */
#include <stddef.h>
#include <stdint.h>
#include "kernels.h"
#include "threads.h"

struct engine {
  double *arguments;
  /* Where address 0 lies: a number, since wasm's is 0 and a null pointer takes no offsets. */
  uintptr_t memory;
  const struct kernels *kernels;
  const struct kernels64 *kernels64;
  /* NULL where there is one thread. */
  struct team *team;
  int threads;
  /* Operations that make a part worth a thread. */
  double grain;
};

#ifdef __wasm__
static struct engine engine; /* a memory of wasm is one engine's */
#else
static _Thread_local struct engine engine; /* as this thread of JavaScript has set it up: a worker loads the addon for itself */
#endif

struct range {
  int from, count;
};

/* Part `part` of `count` things, in whole units. */
static struct range range_of(int count, int unit, int part, int parts) {
  long units = (count + unit - 1) / unit;
  long from = units * part / parts * unit, to = units * (part + 1) / parts * unit;
  if (to > count) to = count;
  return (struct range){(int)from, (int)(to > from ? to - from : 0)};
}

/* Numbers that make whole vectors and cache lines, rows of a product's tile at most, and those that a part is worth. */
#define LINE 16
#define ROWS 8
#define LEAST_ROWS 4
static inline int tile_rows(int rows, int parts) { return rows >= parts * ROWS ? ROWS : LEAST_ROWS; }

static inline void *pointer(const struct engine *e, int slot) {
  return e->arguments[slot] == 0 ? NULL : (void *)(e->memory + (uintptr_t)e->arguments[slot]);
}

/* `operations` of the whole call say into how many parts it is worth cutting. */
static inline __attribute__((always_inline)) void share(work part, double operations) {
  const struct engine *e = &engine;
  int parts = 1;
  if (e->threads > 1) {
    double worth = operations / e->grain;
    parts = worth < 2 ? 1 : worth < e->threads ? (int)worth : e->threads;
  }
  if (parts == 1) part(e, 0, 1);
  else team_run(e->team, part, e, parts);
}

#include "calls.h"
