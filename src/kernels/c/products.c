/*
 * Matrix products. The right-hand side is packed into panels of NR columns, the left-hand side into tiles of up
 * to MR rows, so that the inner loop reads both in order and keeps its MR × NR sums in registers.
 */
#include <stddef.h>
#include "kernels.h"
#include "vector.h"

/*
 * MR × 2 vectors of sums, 2 of b and 1 of a. SSE and AVX have 16 registers; a wasm runtime keeps some of them for
 * itself, and with 6 rows V8 spills sums to memory in the inner loop, which halves its speed.
 */
#ifdef __wasm__
#define MR 5
#elif VECTOR_BYTES == 64
#define MR 8 /* AVX-512 has 32 registers */
#else
#define MR 6
#endif
#define NV 2
#define NR (NV * WIDTH)
/*
 * Of a panel KC rows are used in turn with every tile of a, MC rows of which stay in the second-level cache. Natively the
 * longer slice is faster though it overflows the first level: c is gone through half as often.
 */
#ifdef __wasm__
#define KC (1024 / (int)sizeof(number))
#define MC (16 * MR)
#else
#define KC (2048 / (int)sizeof(number))
#define MC (8 * MR)
#endif
/* Columns that transposed_product packs at a time. */
#define NC (48 * NR)

/* Room of a thread's own, natively one for all builds (room.h). A module of wasm would carry the zeros of thread-local room with it: there it is the stack's. */
#ifdef __wasm__
#define ROOM(name, count, room) number name[count] __attribute__((aligned(64)))
#else
#include "room.h"
#define ROOM(name, count, room)                                                     \
  _Static_assert((count) * sizeof(number) <= sizeof room, "room.h has too little"); \
  number *const name = (number *)room
#endif

KERNEL(panel_width) { return NR; }

/* dst: ceil(n / NR) panels, each k rows of NR, from b[i·row_step + j·col_step]; missing columns are 0. */
static void pack_panels(number *restrict dst, const number *restrict b, int k, int n, int row_step, int col_step) {
  for (int from = 0; from < n; from += NR) {
    int width = n - from < NR ? n - from : NR;
    const number *p = b + (long)from * col_step;
    if (width == NR && col_step == 1)
      for (int i = 0; i < k; i++, dst += NR, p += row_step)
        UNROLL for (int v = 0; v < NV; v++) store(dst + v * WIDTH, load(p + v * WIDTH));
    else
      for (int i = 0; i < k; i++, dst += NR, p += row_step) {
        for (int j = 0; j < width; j++) dst[j] = p[(long)j * col_step];
        for (int j = width; j < NR; j++) dst[j] = 0;
      }
  }
}

KERNEL(pack) {
  if (transposed) pack_panels(packed, source, K, N, 1, K);
  else pack_panels(packed, source, K, N, N, 1);
}

/*
 * c (rows × n) = a · b + plus for one tile of a and one panel of b, k deep. a has its rows `row` numbers apart, and its
 * columns `step`; plus, where it is not NULL, its rows `plus_row` numbers apart. `rows` and `nv`, the vectors of a panel
 * that are wanted, are constants where this is inlined. c is sent for before the sums begin, or its end would wait for it.
 */
INLINE void tile(int rows, int nv, int k, const number *restrict a, long row, long step, const number *restrict b,
                       number *c, long ldc, int n, const number *plus, long plus_row) {
  vf sum[MR][NV];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < nv; v++) {
      __builtin_prefetch(c + r * ldc + v * WIDTH, 1);
      sum[r][v] = splat(0);
    }
  for (int i = 0; i < k; i++, a += step, b += NR) {
    vf column[NV];
    UNROLL for (int v = 0; v < nv; v++) column[v] = load(b + v * WIDTH);
    UNROLL for (int r = 0; r < rows; r++) {
      vf x = splat(a[r * row]);
      UNROLL for (int v = 0; v < nv; v++) sum[r][v] = FMA(x, column[v], sum[r][v]);
    }
  }
  int whole = n == nv * WIDTH;
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < nv; v++) {
      number *to = c + r * ldc + v * WIDTH;
      int left = whole ? WIDTH : n - v * WIDTH;
      if (left <= 0) break;
      vf x = sum[r][v];
      if (plus) x += load_part(plus + r * plus_row + v * WIDTH, left);
      store_part(to, x, left);
    }
}

/*
 * A function for each number of rows: a runtime's register allocator does well on a loop that stands alone. Packed
 * tiles have their rows side by side; those of a plain matrix are read where they lie.
 */
#define TILE(R)                                                                                                       \
  static __attribute__((noinline)) void packed##R(int k, const number *a, const number *b, number *c, long ldc, int n, \
                                                        const number *plus, long plus_row) {                           \
    if (n <= WIDTH)                                                                                                   \
      tile(R, 1, k, a, 1, R, b, c, ldc, n, plus, plus_row);                                                           \
    else                                                                                                              \
      tile(R, NV, k, a, 1, R, b, c, ldc, n, plus, plus_row);                                                          \
  }                                                                                                                   \
  static __attribute__((noinline, unused)) void plain##R(int k, const number *a, long row, const number *b, number *c, \
                                                               long ldc, int n, const number *plus, long plus_row) {   \
    if (n <= WIDTH)                                                                                                   \
      tile(R, 1, k, a, row, 1, b, c, ldc, n, plus, plus_row);                                                         \
    else                                                                                                              \
      tile(R, NV, k, a, row, 1, b, c, ldc, n, plus, plus_row);                                                        \
  }
#if MR == 5
#define FOR_ROWS(X) X(1) X(2) X(3) X(4) X(5)
#elif MR == 6
#define FOR_ROWS(X) X(1) X(2) X(3) X(4) X(5) X(6)
#else
#define FOR_ROWS(X) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8)
#endif
FOR_ROWS(TILE)
#undef TILE

/*
 * Whether a plain left-hand side is packed too: a wasm runtime computes an address for each of its rows, every time;
 * a processor has them for nothing.
 */
#ifdef __wasm__
#define PACK_ROWS 1
#else
#define PACK_ROWS 0
#endif

/*
 * Packs one tile of MR rows, or two, of an a whose rows are side by side: one of its lines in the cache holds about two.
 * The sums of the rows are added to `sums` where it is not NULL.
 */
INLINE void pack_whole(int tiles, number *restrict to, const number *restrict a, long step, int k, number *restrict sums) {
  number sum[2 * MR];
  UNROLL for (int r = 0; r < tiles * MR; r++) sum[r] = sums ? sums[r] : 0;
  for (int i = 0; i < k; i++, a += step)
    UNROLL for (int t = 0; t < tiles; t++) {
      number *tile = to + ((long)t * k + i) * MR;
      UNROLL for (int r = 0; r < MR; r++) tile[r] = a[t * MR + r];
      UNROLL for (int r = 0; r < MR; r++) sum[t * MR + r] += a[t * MR + r];
    }
  if (sums)
    UNROLL for (int r = 0; r < tiles * MR; r++) sums[r] = sum[r];
}

/* Packs a tile of `rows` rows of any a, likewise. */
static void pack_any(int rows, number *restrict to, const number *restrict a, long row, long step, int k,
                     number *restrict sums) {
  for (int r = 0; r < rows; r++, a += row) {
    for (int i = 0; i < k; i++) to[i * rows + r] = a[i * step];
    for (int i = 0; sums && i < k; i++) sums[r] += a[i * step];
  }
}

/*
 * c (m × n) = a (m × k, any steps) · packed panels + plus, for k up to KC. The sums of a's rows are added to `sums` where it
 * is not NULL: a is read here anyway.
 */
static void block(int m, int n, int k, const number *a, long a_row, long a_col, const number *panels, long panel_step,
                  number *c, long ldc, const number *plus, long plus_row, number *sums) {
  ROOM(a_tiles, MC *KC, room_for_tiles);
  int packs = PACK_ROWS || a_col != 1 || sums;
  for (int top = 0; top < m;) {
    int height = m - top < MC ? m - top : MC;
    int tiles = (height + MR - 1) / MR, base = height / tiles, larger = height % tiles;
    number *to = a_tiles;
    for (int t = 0, row = top, rows; packs && t < tiles; t++, row += rows, to += (long)rows * k) {
      const number *from = a + row * a_row;
      number *sum = sums ? sums + row : NULL;
      rows = base + (t < larger);
      if (rows < MR || a_row != 1) pack_any(rows, to, from, a_row, a_col, k, sum);
      else if (t + 1 < tiles && base + (t + 1 < larger) == MR) {
        pack_whole(2, to, from, a_col, k, sum);
        rows *= 2, t++;
      } else pack_whole(1, to, from, a_col, k, sum);
    }
    for (int from = 0; from < n; from += NR, panels += panel_step) {
      int width = n - from < NR ? n - from : NR;
      const number *p = packs ? a_tiles : a + top * a_row;
      number *q = c + top * ldc + from;
      const number *add = plus ? plus + top * plus_row + from : NULL;
      for (int t = 0; t < tiles; t++) {
        int rows = base + (t < larger);
        switch (rows) {
#define CASE(R)                                                       \
  case R:                                                             \
    if (packs) packed##R(k, p, panels, q, ldc, width, add, plus_row); \
    else plain##R(k, p, a_row, panels, q, ldc, width, add, plus_row); \
    break;
          FOR_ROWS(CASE)
#undef CASE
        }
        p += packs ? (long)rows * k : rows * a_row;
        q += rows * ldc;
        if (add) add += rows * plus_row;
      }
    }
    panels -= panel_step * ((n + NR - 1) / NR);
    top += height;
  }
}

/* Where nothing is multiplied: c = plus. */
static void fill(number *c, int ldc, int m, int n, const number *plus, int plus_row) {
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++) c[(long)i * ldc + j] = plus ? plus[(long)i * plus_row + j] : 0;
}

/* c (M × N, rows `stride` apart) = a (M × K) · b + plus, whose rows are plus_step apart: 0 for one row that serves all. */
KERNEL(product) {
  if (K == 0) fill(c, stride, M, N, plus, plus_step);
  for (int from = 0; from < K; from += KC) {
    int depth = K - from < KC ? K - from : KC;
    block(M, N, depth, a + from, K, 1, b + (long)from * NR, (long)K * NR, c, stride, plus, plus_step, NULL);
    plus = c, plus_step = stride;
  }
}

/* c (M × N) = aᵀ · b for a (K × M, rows `stride` apart); sums, where it is not NULL, = the sum of a's rows. */
KERNEL(transposed_product) {
  ROOM(b_slice, NC *KC, room_for_slices);
  if (K == 0) fill(c, N, M, N, NULL, 0);
  for (int i = 0; sums && i < M; i++) sums[i] = 0;
  for (int left = 0; left < N; left += NC) {
    int width = N - left < NC ? N - left : NC;
    for (int from = 0; from < K; from += KC) {
      int depth = K - from < KC ? K - from : KC;
      pack_panels(b_slice, b + (long)from * N + left, depth, width, N, 1);
      block(M, width, depth, a + (long)from * stride, 1, stride, b_slice, (long)depth * NR, c + left, N,
            from > 0 ? c + left : NULL, N, left == 0 ? sums : NULL);
    }
  }
}
