/* Softmax and cross-entropy, forward and backward in one pass over the logits. */
#include "kernels.h"
#include "vector.h"

/* A NaN is passed over where another number is there: it comes back through the exponentials. */
INLINE number largest(const number *x, int count) {
  number max = x[0];
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
 * The maximum is taken off first: e^x of a large logit would overflow. In double the target's share is formed from
 * those of the others, which does not cancel where its probability is nearly 1.
 */
KERNEL(softmax_cross_entropy) {
  for (int r = 0; r < R; r++, logits += V) {
    number max = largest(logits, V);
    int target = targets[r];
    double chosen = (double)logits[target] - max;
    vf sums = splat(0);
    int v = 0;
    for (; v + WIDTH <= V; v += WIDTH) {
      vf e = vexp(load(logits + v) - splat(max));
      store(logits + v, e);
      sums += e;
    }
    double sum = 0;
    for (int j = 0; j < WIDTH; j++) sum += sums[j];
    if (v < V) {
      int n = V - v;
      vf e = vexp(load_part(logits + v, n) - splat(max));
      store_part(logits + v, e, n);
      for (int j = 0; j < n; j++) sum += e[j];
    }
#ifdef DOUBLE
    double others = 0;
    logits[target] = 0;
    for (v = 0; v < V; v++) others += logits[v];
    losses[r] = chosen == 0 ? natural_log_of_1_plus(others) : natural_log(sum) - chosen;
    double factor = scale / sum;
    for (v = 0; v < V; v++) logits[v] *= factor;
    logits[target] = -others * factor;
#else
    losses[r] = (float)(natural_log(sum) - chosen);
    float factor = (float)(scale / sum);
    for (v = 0; v < V; v++) logits[v] *= factor;
    logits[target] -= scale;
#endif
  }
}
