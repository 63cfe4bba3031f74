/* One step of each optimiser over the flat parameters, in PyTorch's definitions and order of operations. */
#include "vector.h"

/* The gradient a step goes by: scaled (clipping), with PyTorch's L2 penalty. */
#define GRADIENT(j) (g[j] * scale + decay * w[j])

static void sgd(float *restrict w, const float *restrict g, float *restrict velocity, int count, float scale, float lr,
         float decay, float momentum) {
  if (velocity)
    for (int j = 0; j < count; j++) {
      velocity[j] = momentum * velocity[j] + GRADIENT(j);
      w[j] -= lr * velocity[j];
    }
  else
    for (int j = 0; j < count; j++) w[j] -= lr * GRADIENT(j);
}

static void adagrad(float *restrict w, const float *restrict g, float *restrict squares, int count, float scale, float lr,
             float decay, float epsilon) {
  for (int j = 0; j < count; j++) {
    float d = GRADIENT(j);
    squares[j] += d * d;
    w[j] -= lr * d / (__builtin_sqrtf(squares[j]) + epsilon);
  }
}

static void rmsprop(float *restrict w, const float *restrict g, float *restrict squares, int count, float scale, float lr,
             float decay, float alpha, float fresh, float epsilon) {
  for (int j = 0; j < count; j++) {
    float d = GRADIENT(j);
    squares[j] = alpha * squares[j] + fresh * d * d;
    w[j] -= lr * d / (__builtin_sqrtf(squares[j]) + epsilon);
  }
}

/* fresh = 1 − β, taken in double: 1 − 0.999f is off by 1e-5. rate = lr / (1 − β1^t), root = √(1 − β2^t); keep = 1 − lr·λ for AdamW (decay = 0 then), else 1. */
static void adam(float *restrict w, const float *restrict g, float *restrict first, float *restrict second, int count,
          float scale, float rate, float decay, float beta1, float beta2, float fresh1,
          float fresh2, float epsilon, float root, float keep) {
  for (int j = 0; j < count; j++) {
    float d = GRADIENT(j);
    first[j] = beta1 * first[j] + fresh1 * d;
    second[j] = beta2 * second[j] + fresh2 * d * d;
    w[j] = w[j] * keep - rate * first[j] / (__builtin_sqrtf(second[j]) / root + epsilon);
  }
}
