/** A state moved in the midst of a passage, and how far the predictions after it move: no gradient, but the thing itself. */
import { Rng } from '../../../base/rng.js';
import { forward } from '../../../bptt/forward.js';
import { Unrolled } from '../../../bptt/unrolled.js';
import { openReference } from '../../../kernels/reference.js';
import { Network } from '../../../model/network.js';
import { Nudging } from '../../../study/check/nudging.js';
import type { NudgeAsked, Nudged } from './protocol.js';

/**
 * @param passage ids of the window; read from a zero carry, in float64
 * @param asked the direction is drawn, the same at every call
 */
export function nudged(net: Network, passage: Uint16Array, { layer, lag, size }: NudgeAsked): Nudged {
  const nudging = new Nudging(openReference());
  const network = new Network(nudging.kernels, net.shape);
  network.parameters.load(net.parameters.inFloat32());
  network.refresh();
  const timesteps = passage.length;
  const unrolled = new Unrolled(network, { rows: 1, timesteps, gradients: false, dropout: 0 });
  unrolled.inputs.data.set(passage);
  const run = (): Float64Array[] => {
    unrolled.resetCarry();
    forward(unrolled, timesteps);
    return probabilities(unrolled.logits.data, timesteps, net.shape.symbols);
  };
  const before = run();
  const { hidden } = net.shape;
  const timestep = timesteps - 1 - lag;
  const state = unrolled.layers[layer].steps[timestep].h.data.slice();
  const rng = Rng.fromSeed(1);
  const direction = Array.from({ length: hidden }, () => rng.normal());
  const scale = (size * lengthOf(state)) / lengthOf(direction);
  const by = direction.map((d) => d * scale);
  const after = nudging.whileMoved(unrolled, { layer, timestep, by }, run);
  return { moved: before.slice(timestep).map((p, i) => variation(p, after[timestep + i])) };
}

const lengthOf = (v: ArrayLike<number>): number =>
  Math.sqrt(Array.from(v).reduce((sum, x) => sum + x * x, 0));

/** Half of Σ|p − q|: the share of the probability that has gone elsewhere. */
const variation = (p: Float64Array, q: Float64Array): number =>
  p.reduce((sum, x, i) => sum + Math.abs(x - q[i]), 0) / 2;

function probabilities(logits: ArrayLike<number>, timesteps: number, symbols: number): Float64Array[] {
  return Array.from({ length: timesteps }, (_, t) => {
    const row = Float64Array.from({ length: symbols }, (_, v) => logits[t * symbols + v]);
    const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const weights = row.map((x) => Math.exp(x - most));
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((w) => w / sum);
  });
}
