/* One step of each optimiser over the flat parameters, in PyTorch's definitions and order of operations. */
#include "vector.h"

/* The gradient a step goes by: scaled (clipping), with PyTorch's L2 penalty. */
#define GRADIENT(j) (g[j] * scale + decay * w[j])

static void sgd(number *restrict w, const number *restrict g, number *restrict velocity, int count, number scale, number lr,
         number decay, number momentum) {
  if (velocity)
    for (int j = 0; j < count; j++) {
      velocity[j] = momentum * velocity[j] + GRADIENT(j);
      w[j] -= lr * velocity[j];
    }
  else
    for (int j = 0; j < count; j++) w[j] -= lr * GRADIENT(j);
}

static void adagrad(number *restrict w, const number *restrict g, number *restrict squares, int count, number scale, number lr,
             number decay, number epsilon) {
  for (int j = 0; j < count; j++) {
    number d = GRADIENT(j);
    squares[j] += d * d;
    w[j] -= lr * d / (ROOT(squares[j]) + epsilon);
  }
}

static void rmsprop(number *restrict w, const number *restrict g, number *restrict squares, int count, number scale, number lr,
             number decay, number alpha, number fresh, number epsilon) {
  for (int j = 0; j < count; j++) {
    number d = GRADIENT(j);
    squares[j] = alpha * squares[j] + fresh * d * d;
    w[j] -= lr * d / (ROOT(squares[j]) + epsilon);
  }
}

/* fresh = 1 − β, taken in double: 1 − 0.999f is off by 1e-5. rate = lr / (1 − β1^t), root = √(1 − β2^t); keep = 1 − lr·λ for AdamW (decay = 0 then), else 1. */
static void adam(number *restrict w, const number *restrict g, number *restrict first, number *restrict second, int count,
          number scale, number rate, number decay, number beta1, number beta2, number fresh1,
          number fresh2, number epsilon, number root, number keep) {
  for (int j = 0; j < count; j++) {
    number d = GRADIENT(j);
    first[j] = beta1 * first[j] + fresh1 * d;
    second[j] = beta2 * second[j] + fresh2 * d * d;
    w[j] = w[j] * keep - rate * first[j] / (ROOT(second[j]) / root + epsilon);
  }
}
