/* The calls of one kind of number: of NUMBER, through e->KERNELS, by CALL_NAME. Included once for each (calls.c). */

#define P(i) (e->arguments[i] == 0 ? NULL : (NUMBER *)(e->memory + (uintptr_t)e->arguments[i]))
#define I(i) ((const int *)(e->memory + (uintptr_t)e->arguments[i]))
#define N(i) ((int)e->arguments[i])
#define F(i) ((NUMBER)e->arguments[i])

/* -- calls that one thread does ------------------------------------------------------------------------------ */

#define CALL(name, ...)                                     \
  static void CALL_NAME(name)(void) {                           \
    const struct engine *e = &engine;                       \
    e->KERNELS->name(__VA_ARGS__);                          \
  }
/* The result takes the place of the first argument. */
#define CALL_FOR_RESULT(name, ...)                          \
  static void CALL_NAME(name)(void) {                           \
    const struct engine *e = &engine;                       \
    e->arguments[0] = e->KERNELS->name(__VA_ARGS__);        \
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

/* `operations` of the whole call say into how many parts it is worth cutting. */
#define SHARED(name, operations)                                             \
  static void CALL_NAME(name)(void) {                                            \
    const struct engine *e = &engine;                                        \
    int parts = 1;                                                           \
    if (e->threads > 1) {                                                    \
      double worth = (operations) / e->grain;                                \
      parts = worth < 2 ? 1 : worth < e->threads ? (int)worth : e->threads;  \
    }                                                                        \
    if (parts == 1) PART_NAME(name)(e, 0, 1);                                    \
    else team_run(e->team, PART_NAME(name), e, parts);                           \
  }

/* Runs BODY with `r`, the range of this part. */
#define PART(name, things, unit, ...)                                        \
  static void PART_NAME(name)(const void *call, int part, int parts) {           \
    const struct engine *e = call;                                           \
    struct range r = range_of(things, unit, part, parts);                    \
    if (r.count > 0) e->KERNELS->name(__VA_ARGS__);                          \
  }

/* Rows that a tile of a product has at most, and numbers that make whole vectors and cache lines. */
#define ROWS 8
#define LINE 16

/* By rows of c; a single row or two by panels of its columns. */
static void PART_NAME(product)(const void *call, int part, int parts) {
  const struct engine *e = call;
  NUMBER *c = P(0);
  const NUMBER *a = P(2), *b = P(3);
  int ldc = N(1), m = N(4), n = N(5), k = N(6), plus_row = N(8);
  const NUMBER *plus = P(7);
  if (m >= parts * 4) {
    struct range r = range_of(m, m >= parts * ROWS ? ROWS : 4, part, parts);
    if (r.count > 0)
      e->KERNELS->product(c + (long)r.from * ldc, ldc, a + (long)r.from * k, b, r.count, n, k,
                          plus ? plus + (long)r.from * plus_row : NULL, plus_row);
    return;
  }
  struct range r = range_of(n, e->KERNELS->panel_width(), part, parts);
  if (r.count > 0)
    e->KERNELS->product(c + r.from, ldc, a, b + (long)r.from * k, m, r.count, k, plus ? plus + r.from : NULL, plus_row);
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
  PART(kind##_forward, N(2), LINE, P(0) + r.from, SLOT(1), r.count)                                       \
  SHARED(kind##_forward, 8.0 * N(2))                                                                      \
  PART(kind##_backward, N(4), LINE, P(0) + r.from, P(1) + r.from, P(2) + r.from, SLOT(3), r.count)        \
  SHARED(kind##_backward, 1.0 * N(4))
VANILLA(tanh)
VANILLA(sigmoid)
VANILLA(relu)

#define AT(i, blocks) P(i) + (long)r.from * blocks * H
/* The derivatives, which float does not keep. */
#define SLOPES(i, blocks) (P(i) ? AT(i, blocks) : NULL)
#define H N(7)
PART(lstm_forward, N(6), 1, AT(0, 1), AT(1, 1), AT(2, 1), AT(3, 4), AT(4, 1), SLOPES(5, 5), r.count, H)
SHARED(lstm_forward, 40.0 * N(6) * H)
PART(gru_forward, N(6), 1, AT(0, 1), AT(1, 1), AT(2, 3), AT(3, 3), AT(4, 1), SLOPES(5, 4), r.count, H)
SHARED(gru_forward, 30.0 * N(6) * H)
#undef H
#define H N(9)
PART(lstm_backward, N(8), 1, AT(0, 4), AT(1, 1), AT(2, 1), AT(3, 1), AT(4, 4), AT(5, 1), AT(6, 1), SLOPES(7, 5), r.count,
     H)
SHARED(lstm_backward, 8.0 * N(8) * H)
PART(gru_backward, N(8), 1, AT(0, 3), AT(1, 3), AT(2, 1), AT(3, 1), AT(4, 3), AT(5, 1), AT(6, 1), SLOPES(7, 4), r.count,
     H)
SHARED(gru_backward, 8.0 * N(8) * H)
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

#undef P
#undef I
#undef N
#undef F
#undef CALL
#undef CALL_FOR_RESULT
#undef SHARED
#undef PART
#undef ROWS
#undef LINE
#undef SLOT
#undef VANILLA
#undef AT
#undef SLOPES
#undef NUMBER
#undef KERNELS
#undef CALL_NAME
#undef PART_NAME
