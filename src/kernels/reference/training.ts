/** Loss and optimisers, in PyTorch's definitions. */
import type { Floats, Ids, Matrix } from '../../base/matrix.js';
import type { Calls } from '../calls.js';

export function softmaxCrossEntropy(losses: Matrix, logits: Matrix, targets: Ids, scale: number): void {
  const V = logits.cols;
  targets.data.forEach((target, r) => {
    const row = logits.data.subarray(r * V, (r + 1) * V);
    // The maximum is taken off first: e^x of a large logit would overflow.
    let max = row[0];
    for (let v = 1; v < V; v++) if (row[v] > max) max = row[v];
    const chosen = row[target] - max;
    for (let v = 0; v < V; v++) row[v] = Math.exp(row[v] - max);
    // Apart from the target: where its probability is nearly 1, 1 − p would be left of the difference of two ones.
    const own = row[target];
    row[target] = 0;
    let others = 0;
    for (let v = 0; v < V; v++) others += row[v];
    const sum = others + own;
    losses.data[r] = chosen === 0 ? Math.log1p(others) : Math.log(sum) - chosen;
    for (let v = 0; v < V; v++) row[v] *= scale / sum;
    row[target] = -others * (scale / sum);
  });
}

/** Calls `step` for each weight with the gradient it goes by: scaled, with the L2 penalty. */
function forWeights(
  weights: Matrix,
  gradient: Matrix,
  { gradientScale, weightDecay }: { readonly gradientScale: number; readonly weightDecay: number },
  step: (w: Floats, j: number, d: number) => void,
): void {
  const [w, g] = [weights.data, gradient.data];
  for (let j = 0; j < w.length; j++) step(w, j, g[j] * gradientScale + weightDecay * w[j]);
}

export const sgd: Calls['sgd'] = (weights, gradient, velocity, settings) => {
  const { lr, momentum } = settings;
  forWeights(weights, gradient, settings, (w, j, d) => {
    w[j] -= lr * (velocity ? (velocity.data[j] = momentum * velocity.data[j] + d) : d);
  });
};

export const adagrad: Calls['adagrad'] = (weights, gradient, squares, settings) => {
  const { lr, epsilon } = settings;
  forWeights(weights, gradient, settings, (w, j, d) => {
    squares.data[j] += d * d;
    w[j] -= (lr * d) / (Math.sqrt(squares.data[j]) + epsilon);
  });
};

export const rmsprop: Calls['rmsprop'] = (weights, gradient, squares, settings) => {
  const { lr, alpha, fresh, epsilon } = settings;
  forWeights(weights, gradient, settings, (w, j, d) => {
    squares.data[j] = alpha * squares.data[j] + fresh * d * d;
    w[j] -= (lr * d) / (Math.sqrt(squares.data[j]) + epsilon);
  });
};

export const adam: Calls['adam'] = (weights, gradient, first, second, settings) => {
  const { rate, beta1, beta2, fresh1, fresh2, epsilon, root, keep } = settings;
  const [m, v] = [first.data, second.data];
  forWeights(weights, gradient, settings, (w, j, d) => {
    m[j] = beta1 * m[j] + fresh1 * d;
    v[j] = beta2 * v[j] + fresh2 * d * d;
    w[j] = w[j] * keep - (rate * m[j]) / (Math.sqrt(v[j]) / root + epsilon);
  });
};
