/* Rows (`stride` numbers apart where only some columns are wanted), elementwise arithmetic and sums: plain loops, which the compilers vectorise by themselves. */
#include "vector.h"

static void gather_rows(number *restrict c, const number *restrict table, const int *ids, int rows, int cols) {
  for (int r = 0; r < rows; r++, c += cols) {
    const number *row = table + (long)ids[r] * cols;
    for (int j = 0; j < cols; j++) c[j] = row[j];
  }
}

static void scatter_rows(number *restrict table, const number *restrict from, const int *ids, int rows, int cols, int symbols,
                  int stride) {
  for (long v = 0; v < symbols; v++)
    for (int j = 0; j < cols; j++) table[v * stride + j] = 0;
  for (int r = 0; r < rows; r++, from += stride) {
    number *row = table + (long)ids[r] * stride;
    for (int j = 0; j < cols; j++) row[j] += from[j];
  }
}

static void add_to_rows(number *restrict c, const number *restrict row, int rows, int cols) {
  for (; rows > 0; rows--, c += cols)
    for (int j = 0; j < cols; j++) c[j] += row[j];
}

static void sum_rows(number *restrict sum, const number *restrict a, int rows, int cols, int stride) {
  for (int j = 0; j < cols; j++) sum[j] = 0;
  for (; rows > 0; rows--, a += stride)
    for (int j = 0; j < cols; j++) sum[j] += a[j];
}

/* In squares of 16, so that both sides stay in the cache. */
static void transpose(number *restrict c, const number *restrict a, int rows, int cols) {
  for (int top = 0; top < rows; top += 16)
    for (int left = 0; left < cols; left += 16) {
      int bottom = top + 16 < rows ? top + 16 : rows, right = left + 16 < cols ? left + 16 : cols;
      for (int j = left; j < right; j++)
        for (int i = top; i < bottom; i++) c[(long)j * rows + i] = a[(long)i * cols + j];
    }
}

static void copy(number *c, const number *a, int count) {
  for (int j = 0; j < count; j++) c[j] = a[j];
}
static void add(number *c, const number *a, const number *b, int count) {
  for (int j = 0; j < count; j++) c[j] = a[j] + b[j];
}
static void multiply(number *c, const number *a, const number *b, int count) {
  for (int j = 0; j < count; j++) c[j] = a[j] * b[j];
}
static void scale(number *c, number factor, int count) {
  for (int j = 0; j < count; j++) c[j] *= factor;
}
/* Comparisons, not min and max: a NaN must stay one. */
static void clamp(number *c, number limit, int count) {
#ifdef __clang__
#pragma clang loop vectorize(disable) interleave(disable)
#endif
  for (int j = 0; j < count; j++) c[j] = c[j] != c[j] ? c[j] : c[j] > limit ? limit : c[j] < -limit ? -limit : c[j];
}
static void zero(number *c, int count) {
  for (int j = 0; j < count; j++) c[j] = 0;
}

/* In float64: the norm of 1e6 squares summed in float32 is already off by 1e-4. */
static double sum_squares(const number *a, int count) {
  double sum[8] = {0};
  int j = 0;
  for (; j + 8 <= count; j += 8)
    for (int i = 0; i < 8; i++) sum[i] += (double)a[j + i] * a[j + i];
  for (; j < count; j++) sum[0] += (double)a[j] * a[j];
  return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}
