/*
 * Every kernel as a call without arguments: its numbers lie in an array that JavaScript writes and this code reads, which
 * costs a fraction of what passing ten numbers through Node-API does. Addresses are byte offsets into the engine's
 * memory, 0 being none.
 *
 * Where an engine has several threads, a call is cut into parts that write to different places. Every number is
 * computed as one thread alone would compute it, so the results are the same bits for any number of threads.
 *
 * call_product is the product of floats, call64_product that of doubles (calls-of.h).
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

#define NUMBER float
#define KERNELS kernels
#define CALL_NAME(name) call_##name
#define PART_NAME(name) part_##name
#include "calls-of.h"

#define NUMBER double
#define KERNELS kernels64
#define CALL_NAME(name) call64_##name
#define PART_NAME(name) part64_##name
#include "calls-of.h"
