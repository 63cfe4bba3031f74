/*
 * Every kernel as a call without arguments: its numbers lie in an array that JavaScript writes and this code reads, which
 * costs a fraction of what passing ten numbers through Node-API does. Addresses are byte offsets into the engine's
 * memory, 0 being none.
 *
 * Where an engine has several threads, a call is cut into parts that write to different places. Every number is
 * computed as one thread alone would compute it, so the results are the same bits for any number of threads.
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

#define P(i) (e->arguments[i] == 0 ? NULL : (float *)(e->memory + (uintptr_t)e->arguments[i]))
#define I(i) ((const int *)(e->memory + (uintptr_t)e->arguments[i]))
#define N(i) ((int)e->arguments[i])
#define F(i) ((float)e->arguments[i])

/* -- calls that one thread does ------------------------------------------------------------------------------ */

#define CALL(name, ...)                                     \
  static void call_##name(void) {                           \
    const struct engine *e = &engine;                       \
    e->kernels->name(__VA_ARGS__);                          \
  }
/* The result takes the place of the first argument. */
#define CALL_FOR_RESULT(name, ...)                          \
  static void call_##name(void) {                           \
    const struct engine *e = &engine;                       \
    e->arguments[0] = e->kernels->name(__VA_ARGS__);        \
  }

CALL_FOR_RESULT(panel_width)
CALL_FOR_RESULT(sum_squares, P(0), N(1))
CALL(pack, P(0), P(1), N(2), N(3), N(4), N(5))
CALL(add_to_rows, P(0), P(1), N(2), N(3))
CALL(transpose, P(0), P(1), N(2), N(3))
CALL(copy, P(0), P(1), N(2))
CALL(add, P(0), P(1), P(2), N(3))
CALL(multiply, P(0), P(1), P(2), N(3))
CALL(scale, P(0), F(1), N(2))
CALL(clamp, P(0), F(1), N(2))
CALL(zero, P(0), N(1))

/* -- calls that are shared out ------------------------------------------------------------------------------- */

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

/* `operations` of the whole call say into how many parts it is worth cutting. */
#define SHARED(name, operations)                                             \
  static void call_##name(void) {                                            \
    const struct engine *e = &engine;                                        \
    int parts = 1;                                                           \
    if (e->threads > 1) {                                                    \
      double worth = (operations) / e->grain;                                \
      parts = worth < 2 ? 1 : worth < e->threads ? (int)worth : e->threads;  \
    }                                                                        \
    if (parts == 1) part_##name(e, 0, 1);                                    \
    else team_run(e->team, part_##name, e, parts);                           \
  }

/* Runs BODY with `r`, the range of this part. */
#define PART(name, things, unit, ...)                                        \
  static void part_##name(const void *call, int part, int parts) {           \
    const struct engine *e = call;                                           \
    struct range r = range_of(things, unit, part, parts);                    \
    if (r.count > 0) e->kernels->name(__VA_ARGS__);                          \
  }

/* Rows that a tile of a product has at most, and numbers that make whole vectors and cache lines. */
#define ROWS 8
#define LINE 16

/* By rows of c; a single row or two by panels of its columns. */
static void part_product(const void *call, int part, int parts) {
  const struct engine *e = call;
  float *c = P(0);
  const float *a = P(2), *b = P(3);
  int ldc = N(1), m = N(4), n = N(5), k = N(6), plus_row = N(8);
  const float *plus = P(7);
  if (m >= parts * 4) {
    struct range r = range_of(m, m >= parts * ROWS ? ROWS : 4, part, parts);
    if (r.count > 0)
      e->kernels->product(c + (long)r.from * ldc, ldc, a + (long)r.from * k, b, r.count, n, k,
                          plus ? plus + (long)r.from * plus_row : NULL, plus_row);
    return;
  }
  struct range r = range_of(n, e->kernels->panel_width(), part, parts);
  if (r.count > 0)
    e->kernels->product(c + r.from, ldc, a, b + (long)r.from * k, m, r.count, k, plus ? plus + r.from : NULL, plus_row);
}
SHARED(product, 2.0 * N(4) * N(5) * N(6) / 20)

/* Numbers that may be missing. */
#define SLOT(i) (P(i) ? P(i) + r.from : NULL)

/* By rows of c, the columns of a. */
PART(transposed_product, N(4), ROWS, P(0) + (long)r.from * N(5), P(1) + r.from, N(2), P(3), r.count, N(5), N(6),
     SLOT(7))
SHARED(transposed_product, 2.0 * N(4) * N(5) * N(6) / 20)

PART(gather_rows, N(3), 1, P(0) + (long)r.from * N(4), P(1), I(2) + r.from, r.count, N(4))
SHARED(gather_rows, (double)N(3) * N(4))
/* By columns: every row of the table is summed in the order of the rows. */
PART(scatter_rows, N(4), LINE, P(0) + r.from, P(1) + r.from, I(2), N(3), r.count, N(5), N(6))
SHARED(scatter_rows, (double)N(3) * N(4))
PART(sum_rows, N(3), LINE, P(0) + r.from, P(1) + r.from, N(2), r.count, N(4))
SHARED(sum_rows, (double)N(2) * N(3))

#define VANILLA(kind)                                                                                     \
  PART(kind##_forward, N(1), LINE, P(0) + r.from, r.count)                                                \
  SHARED(kind##_forward, 8.0 * N(1))                                                                      \
  PART(kind##_backward, N(3), LINE, P(0) + r.from, P(1) + r.from, P(2) + r.from, r.count)                 \
  SHARED(kind##_backward, 1.0 * N(3))
VANILLA(tanh)
VANILLA(sigmoid)
VANILLA(relu)

#define AT(i, gates) P(i) + (long)r.from * gates * H
#define H N(6)
PART(lstm_forward, N(5), 1, AT(0, 1), AT(1, 1), AT(2, 1), AT(3, 4), AT(4, 1), r.count, H)
SHARED(lstm_forward, 40.0 * N(5) * H)
PART(gru_forward, N(5), 1, AT(0, 1), AT(1, 1), AT(2, 3), AT(3, 3), AT(4, 1), r.count, H)
SHARED(gru_forward, 30.0 * N(5) * H)
#undef H
#define H N(8)
PART(lstm_backward, N(7), 1, AT(0, 4), AT(1, 1), AT(2, 1), AT(3, 1), AT(4, 4), AT(5, 1), AT(6, 1), r.count, H)
SHARED(lstm_backward, 8.0 * N(7) * H)
PART(gru_backward, N(7), 1, AT(0, 3), AT(1, 3), AT(2, 1), AT(3, 1), AT(4, 3), AT(5, 1), AT(6, 1), r.count, H)
SHARED(gru_backward, 8.0 * N(7) * H)
#undef H

PART(softmax_cross_entropy, N(3), 1, P(0) + r.from, P(1) + (long)r.from * N(4), I(2) + r.from, r.count, N(4), F(5))
SHARED(softmax_cross_entropy, 8.0 * N(3) * N(4))

PART(sgd, N(3), LINE, P(0) + r.from, P(1) + r.from, SLOT(2), r.count, F(4), F(5), F(6), F(7))
SHARED(sgd, 2.0 * N(3))
PART(adagrad, N(3), LINE, P(0) + r.from, P(1) + r.from, SLOT(2), r.count, F(4), F(5), F(6), F(7))
SHARED(adagrad, 4.0 * N(3))
PART(rmsprop, N(3), LINE, P(0) + r.from, P(1) + r.from, SLOT(2), r.count, F(4), F(5), F(6), F(7), F(8), F(9))
SHARED(rmsprop, 4.0 * N(3))
PART(adam, N(4), LINE, P(0) + r.from, P(1) + r.from, SLOT(2), SLOT(3), r.count, F(5), F(6), F(7), F(8), F(9), F(10),
     F(11), F(12), F(13), F(14))
SHARED(adam, 4.0 * N(4))
