/* Softmax and cross-entropy, forward and backward in one pass over the logits. */
#include "vector.h"

/* A NaN is passed over where another number is there: it comes back through the exponentials. */
INLINE float largest(const float *x, int count) {
  float max = x[0];
  int v = 0;
  if (count >= WIDTH) {
    vf most = load(x);
    for (v = WIDTH; v + WIDTH <= count; v += WIDTH) {
      vf next = load(x + v);
      most = choose(next > most, next, most);
    }
    for (int j = 0; j < WIDTH; j++) max = most[j] > max ? most[j] : max;
  }
  for (; v < count; v++) max = x[v] > max ? x[v] : max;
  return max;
}

/*
 * Row r: loss = ln Σ e^{x − max} − (x_target − max);  x_v ← (e^{x_v − max} / Σ − [v = target]) · scale.
 * The maximum is taken off first: e^x of a large logit would overflow.
 */
static void softmax_cross_entropy(float *losses, float *logits, const int *targets, int rows, int symbols, float scale) {
  for (int r = 0; r < rows; r++, logits += symbols) {
    float max = largest(logits, symbols);
    double chosen = (double)logits[targets[r]] - max;
    vf sums = splat(0);
    int v = 0;
    for (; v + WIDTH <= symbols; v += WIDTH) {
      vf e = vexp(load(logits + v) - splat(max));
      store(logits + v, e);
      sums += e;
    }
    double sum = 0;
    for (int j = 0; j < WIDTH; j++) sum += sums[j];
    if (v < symbols) {
      int n = symbols - v;
      vf e = vexp(load_part(logits + v, n) - splat(max));
      store_part(logits + v, e, n);
      for (int j = 0; j < n; j++) sum += e[j];
    }
    losses[r] = (float)(natural_log(sum) - chosen);
    float factor = (float)(scale / sum);
    for (v = 0; v < symbols; v++) logits[v] *= factor;
    logits[targets[r]] -= scale;
  }
}
