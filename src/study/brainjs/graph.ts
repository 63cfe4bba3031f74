/**
 * A graph of a net's timesteps beside the one that it trains with: to read and to probe leaves the training as it is, to
 * the bit. The parameters are the same matrices in both.
 */
import { NetMatrixClass, type Equation, type NetMatrix, type Rnn } from './library.js';

export class Graph {
  readonly equations: readonly Equation[];
  /** h by timestep and layer: (H, 1) */
  readonly states: readonly (readonly NetMatrix[])[];
  /** h before the first timestep, by layer. */
  readonly before: readonly NetMatrix[];

  constructor(
    protected readonly net: Rnn,
    timesteps: number,
  ) {
    const { model } = net;
    const { initialLayerInputs } = net;
    const { equations, equationConnections } = model;
    const hidden = model.hiddenLayers.map((layer) => Object.values(layer)[0].rows);
    try {
      model.equations = [];
      model.equationConnections = [];
      net.initialLayerInputs = hidden.map((rows) => new NetMatrixClass(rows, 1));
      for (let t = 0; t < timesteps; t++) net.bindEquation();
      this.equations = model.equations;
      this.states = model.equationConnections;
      this.before = net.initialLayerInputs;
    } finally {
      model.equations = equations;
      model.equationConnections = equationConnections;
      net.initialLayerInputs = initialLayerInputs;
    }
  }

  /** Does `work`; then the parameters' deltas, some of which the net's next update may still use, are what they were. */
  probe<T>(work: () => T): T {
    const kept = this.net.model.allMatrices.map(({ deltas }) => deltas.slice());
    try {
      return work();
    } finally {
      this.net.model.allMatrices.forEach(({ deltas }, i) => {
        deltas.set(kept[i]);
      });
    }
  }
}

/**
 * The same in float64, for difference quotients. The library's loops are compiled for float32 and run slower ever after in
 * the thread where they have met float64: not to be used before they are timed.
 */
export class ExactGraph extends Graph {
  constructor(net: Rnn, timesteps: number) {
    super(net, timesteps);
    const parameters = new Set(net.model.allMatrices);
    for (const { states } of this.equations)
      for (const { left, right, product } of states)
        for (const matrix of [left, right, product])
          if (typeof matrix === 'object' && !parameters.has(matrix)) widen(matrix);
  }

  /** Does `work` with the parameters in float64, their deltas zeros; then they are what they were. */
  override probe<T>(work: () => T): T {
    const { model } = this.net;
    const { equations } = model;
    const kept = model.allMatrices.map(({ weights, deltas }) => ({ weights, deltas }));
    try {
      model.equations = [...this.equations];
      model.allMatrices.forEach(widen);
      return work();
    } finally {
      model.equations = equations;
      model.allMatrices.forEach((matrix, i) => Object.assign(matrix, kept[i]));
    }
  }
}

function widen(matrix: NetMatrix): void {
  matrix.weights = Float64Array.from(matrix.weights);
  matrix.deltas = new Float64Array(matrix.weights.length);
}

/** ∂ −ln softmax(logits)[target] / ∂ logits, into the logits' deltas. @returns the loss, nats */
export function crossEntropy(logits: NetMatrix, target: number): number {
  const { weights } = logits;
  const largest = Math.max(...weights);
  let sum = 0;
  for (const logit of weights) sum += Math.exp(logit - largest);
  weights.forEach((logit, row) => {
    logits.deltas[row] = Math.exp(logit - largest) / sum - (row === target ? 1 : 0);
  });
  return Math.log(sum) + largest - weights[target];
}
