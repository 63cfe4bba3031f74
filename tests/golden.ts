/** PyTorch's numbers (tests/golden, made by its generate.py) and a window set up to repeat them. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Unrolled } from '../src/bptt/unrolled.js';
import type { Kernels } from '../src/kernels/kernels.js';
import { Network } from '../src/model/network.js';
import { Parameters } from '../src/model/parameters.js';
import type { CellName } from '../src/model/shape.js';

type Nested = number | Nested[];
interface Norms {
  h: number[][];
  c: number[][] | null;
}
export interface Golden {
  cell: CellName;
  symbols: number;
  hidden: number;
  layers: number;
  rows: number;
  timesteps: number;
  x: number[][];
  y: number[][];
  h0: number[][][];
  c0: number[][][] | null;
  weights: Record<string, Nested>;
  loss_nats: number;
  loss_by_timestep: number[];
  logits_last: number[][];
  gradients: Record<string, Nested>;
  total: Norms;
  last_loss_nats: number;
  lag: Norms;
  recurrent_by_timestep: number[][];
  training: Record<
    string,
    {
      steps: { loss_nats: number; grad_norm_before_clip: number }[];
      weights_after_norm: Record<string, number>;
    }
  >;
  clip_norm: number;
}

const folder = fileURLToPath(new URL('./golden/', import.meta.url));

export const goldenNames: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort();

export const readGolden = (name: string): Golden => JSON.parse(readFileSync(folder + name, 'utf8')) as Golden;

export const flatten = (nested: Nested): number[] =>
  typeof nested === 'number' ? [nested] : nested.flatMap(flatten);

/** The golden case's model and window in an engine, forward not yet run. */
export function setUp(golden: Golden, kernels: Kernels): { unrolled: Unrolled; gradients: Parameters } {
  const { cell, layers, hidden, symbols, rows, timesteps } = golden;
  const network = new Network(kernels, { cell, layers, hidden, symbols });
  network.parameters.load(new Map(Object.entries(golden.weights).map(([k, v]) => [k, flatten(v)])));
  network.refresh();
  const unrolled = new Unrolled(network, { rows, timesteps, gradients: true, dropout: 0 });
  unrolled.inputs.data.set(flatten(golden.x));
  unrolled.targets.data.set(flatten(golden.y));
  unrolled.carries().forEach(([h, c], l) => {
    h.data.set(flatten(golden.h0[l]));
    if (golden.c0) c.data.set(flatten(golden.c0[l]));
  });
  return { unrolled, gradients: new Parameters(kernels, network.shape) };
}
