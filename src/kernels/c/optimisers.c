/* One step of each optimiser over the flat parameters, in PyTorch's definitions and order of operations. */
#include "kernels.h"
#include "vector.h"

/* The gradient a step goes by: scaled (clipping), with PyTorch's L2 penalty. */
#define GRADIENT(j) (gradient[j] * gradient_scale + weight_decay * weights[j])

KERNEL(sgd) {
  if (velocity)
    for (int j = 0; j < P; j++) {
      velocity[j] = momentum * velocity[j] + GRADIENT(j);
      weights[j] -= lr * velocity[j];
    }
  else
    for (int j = 0; j < P; j++) weights[j] -= lr * GRADIENT(j);
}

KERNEL(adagrad) {
  for (int j = 0; j < P; j++) {
    number d = GRADIENT(j);
    squares[j] += d * d;
    weights[j] -= lr * d / (ROOT(squares[j]) + epsilon);
  }
}

KERNEL(rmsprop) {
  for (int j = 0; j < P; j++) {
    number d = GRADIENT(j);
    squares[j] = alpha * squares[j] + fresh * d * d;
    weights[j] -= lr * d / (ROOT(squares[j]) + epsilon);
  }
}

/* fresh = 1 − β is given, taken in double: 1 − 0.999f is off by 1e-5. */
KERNEL(adam) {
  for (int j = 0; j < P; j++) {
    number d = GRADIENT(j);
    first[j] = beta1 * first[j] + fresh1 * d;
    second[j] = beta2 * second[j] + fresh2 * d * d;
    weights[j] = weights[j] * keep - rate * first[j] / (ROOT(second[j]) / root + epsilon);
  }
}
