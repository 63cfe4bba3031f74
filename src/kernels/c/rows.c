/* Rows (`stride` numbers apart where only some columns are wanted), elementwise arithmetic and sums: plain loops, which the compilers vectorise by themselves. */
#include "kernels.h"
#include "vector.h"

KERNEL(gather_rows) {
  for (int r = 0; r < R; r++, c += D) {
    const number *row = table + (long)ids[r] * D;
    for (int j = 0; j < D; j++) c[j] = row[j];
  }
}

KERNEL(scatter_rows) {
  for (long v = 0; v < V; v++)
    for (int j = 0; j < D; j++) table[v * stride + j] = 0;
  for (int r = 0; r < R; r++, rows += stride) {
    number *row = table + (long)ids[r] * stride;
    for (int j = 0; j < D; j++) row[j] += rows[j];
  }
}

KERNEL(add_to_rows) {
  for (; R > 0; R--, c += D)
    for (int j = 0; j < D; j++) c[j] += row[j];
}

KERNEL(sum_rows) {
  for (int j = 0; j < D; j++) sum[j] = 0;
  for (; R > 0; R--, a += stride)
    for (int j = 0; j < D; j++) sum[j] += a[j];
}

KERNEL(add_products) {
  for (; R > 0; R--, c += D, a += D)
    for (int j = 0; j < D; j++) c[j] += a[j] * row[j];
}

KERNEL(sum_products) {
  for (int j = 0; j < D; j++) sum[j] = 0;
  for (; R > 0; R--, a += stride, b += stride)
    for (int j = 0; j < D; j++) sum[j] += a[j] * b[j];
}

/* In squares of 16, so that both sides stay in the cache. */
KERNEL(transpose) {
  for (int top = 0; top < R; top += 16)
    for (int left = 0; left < D; left += 16) {
      int bottom = top + 16 < R ? top + 16 : R, right = left + 16 < D ? left + 16 : D;
      for (int j = left; j < right; j++)
        for (int i = top; i < bottom; i++) c[(long)j * R + i] = a[(long)i * D + j];
    }
}

KERNEL(copy) {
  for (int j = 0; j < P; j++) c[j] = a[j];
}
KERNEL(add) {
  for (int j = 0; j < P; j++) c[j] = a[j] + b[j];
}
KERNEL(multiply) {
  for (int j = 0; j < P; j++) c[j] = a[j] * b[j];
}
KERNEL(scale) {
  for (int j = 0; j < P; j++) c[j] *= factor;
}
/* Comparisons, not min and max: a NaN must stay one. */
KERNEL(clamp) {
#ifdef __clang__
#pragma clang loop vectorize(disable) interleave(disable)
#endif
  for (int j = 0; j < P; j++) c[j] = c[j] != c[j] ? c[j] : c[j] > limit ? limit : c[j] < -limit ? -limit : c[j];
}
KERNEL(zero) {
  for (int j = 0; j < P; j++) c[j] = 0;
}

/* In float64: the norm of 1e6 squares summed in float32 is already off by 1e-4. */
KERNEL(sum_squares) {
  double sum[8] = {0};
  int j = 0;
  for (; j + 8 <= P; j += 8)
    for (int i = 0; i < 8; i++) sum[i] += (double)a[j + i] * a[j + i];
  for (; j < P; j++) sum[0] += (double)a[j] * a[j];
  return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}
