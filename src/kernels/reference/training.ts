/** Loss and optimisers, in PyTorch's definitions. */
import type { Floats, Ids, Matrix } from '../../base/matrix.js';
import type { Update } from '../kernels.js';

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
function forWeights(update: Update, decay: number, step: (w: Floats, j: number, d: number) => void): void {
  const { weights, gradient, gradientScale } = update;
  const [w, g] = [weights.data, gradient.data];
  for (let j = 0; j < w.length; j++) step(w, j, g[j] * gradientScale + decay * w[j]);
}

export function sgd(update: Update, velocity: Matrix | null, momentum: number): void {
  forWeights(update, update.weightDecay, (w, j, d) => {
    w[j] -= update.lr * (velocity ? (velocity.data[j] = momentum * velocity.data[j] + d) : d);
  });
}

export function adagrad(update: Update, squares: Matrix, epsilon: number): void {
  forWeights(update, update.weightDecay, (w, j, d) => {
    squares.data[j] += d * d;
    w[j] -= (update.lr * d) / (Math.sqrt(squares.data[j]) + epsilon);
  });
}

export function rmsprop(update: Update, squares: Matrix, alpha: number, epsilon: number): void {
  forWeights(update, update.weightDecay, (w, j, d) => {
    squares.data[j] = alpha * squares.data[j] + (1 - alpha) * d * d;
    w[j] -= (update.lr * d) / (Math.sqrt(squares.data[j]) + epsilon);
  });
}

export function adam(
  update: Update,
  first: Matrix,
  second: Matrix,
  [beta1, beta2]: readonly [number, number],
  epsilon: number,
  step: number,
  decoupled: boolean,
): void {
  const rate = update.lr / (1 - beta1 ** step);
  const root = Math.sqrt(1 - beta2 ** step);
  const keep = decoupled ? 1 - update.lr * update.weightDecay : 1;
  const [m, v] = [first.data, second.data];
  forWeights(update, decoupled ? 0 : update.weightDecay, (w, j, d) => {
    m[j] = beta1 * m[j] + (1 - beta1) * d;
    v[j] = beta2 * v[j] + (1 - beta2) * d * d;
    w[j] = w[j] * keep - (rate * m[j]) / (Math.sqrt(v[j]) / root + epsilon);
  });
}
