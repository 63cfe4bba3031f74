/**
 * A window forward in plain numbers, unit by unit, from the formulas of PyTorch's documentation: what the probes are
 * held to, through finite differences. Any state, and W_hh at any one timestep, can be nudged.
 */
import { Rng } from '../../src/base/rng.js';
import { forward } from '../../src/bptt/forward.js';
import { loss } from '../../src/bptt/loss.js';
import { Unrolled } from '../../src/bptt/unrolled.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { Network } from '../../src/model/network.js';
import { tensorShapes, type CellName, type ModelShape } from '../../src/model/shape.js';

export interface NaiveModel {
  readonly shape: ModelShape;
  readonly rows: number;
  readonly timesteps: number;
  readonly weights: ReadonlyMap<string, readonly number[]>;
  /** [t][n] */
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  /** [layer][n][unit] */
  readonly carry: { readonly h: number[][][]; readonly c: number[][][] };
  /** By timestep: rows whose states before it are 0. */
  readonly begins?: ReadonlyMap<number, readonly number[]>;
}

/** Added to one number as soon as it is there. */
export interface Nudge {
  readonly what: 'h' | 'c' | 'weightHh' | 'preactivation' | 'input';
  readonly layer: number;
  readonly timestep: number;
  /** Of a state: n·H + unit. Of W_hh: row·H + column, for this timestep alone. Of h⁻·W_hhᵀ + b_hh, or u∘h⁻: n·G·H + row. Of x: n·V + symbol. */
  readonly entry: number;
  readonly by: number;
}

export interface NaiveResult {
  /** L and ℓ */
  readonly window: number;
  readonly last: number;
  /** By layer and timestep: every activation's values over rows and units. */
  readonly activations: readonly (readonly Readonly<Record<string, readonly number[]>>[])[];
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const sum = (terms: readonly number[]): number => terms.reduce((s, x) => s + x, 0);
const sigma = (x: number): number => 1 / (1 + Math.exp(-x));

export function naivePass(model: NaiveModel, nudge?: Nudge): NaiveResult {
  const { shape, rows, timesteps, weights, inputs, targets, carry } = model;
  const { cell, layers, hidden: H, symbols: V } = shape;
  const of = (name: string): readonly number[] => weights.get(name) ?? [];
  const isAt = (what: Nudge['what'], layer: number, timestep: number): boolean =>
    nudge?.what === what && nudge.layer === layer && nudge.timestep === timestep;
  const activations: Record<string, number[]>[][] = [];
  // [t][n][…]: one-hot symbols, then each layer's h
  let below: number[][][] = inputs.map((symbols, t) =>
    symbols.map((id, n) =>
      range(V).map(
        (v) =>
          (v === id ? 1 : 0) + (nudge && isAt('input', 0, t) && nudge.entry === n * V + v ? nudge.by : 0),
      ),
    ),
  );

  for (const l of range(layers)) {
    const [wIh, bIh, bHh] = [of(`rnn.weight_ih_l${l}`), of(`rnn.bias_ih_l${l}`), of(`rnn.bias_hh_l${l}`)];
    let [h, c] = [carry.h[l], carry.c[l]];
    const outputs: number[][][] = [];
    activations[l] = [];
    for (const t of range(timesteps)) {
      const begun = model.begins?.get(t) ?? [];
      const kept = (states: number[][]): number[][] =>
        states.map((state, n) => (begun.includes(n) ? state.map(() => 0) : state));
      [h, c] = [kept(h), kept(c)];
      const wHh = [...of(`rnn.weight_hh_l${l}`)];
      if (nudge && isAt('weightHh', l, t)) wHh[nudge.entry] += nudge.by;
      const seen: Record<string, number[]> = (activations[l][t] = {});
      const note = (name: string, value: number): number => {
        (seen[name] ??= []).push(value);
        return value;
      };
      const next = range(rows).map((n) => {
        const x = below[t][n];
        // The share of the input and of the state in row g·H + j.
        const a = (g: number, j: number): number =>
          sum(x.map((value, k) => value * wIh[(g * H + j) * x.length + k])) + bIh[g * H + j];
        const moved = (g: number, j: number): number =>
          nudge && isAt('preactivation', l, t) && nudge.entry === n * bIh.length + g * H + j ? nudge.by : 0;
        const b = (g: number, j: number): number =>
          sum(h[n].map((value, k) => value * wHh[(g * H + j) * H + k])) + bHh[g * H + j] + moved(g, j);
        return range(H).map((j) => {
          const nudged = (what: 'h' | 'c', value: number): number =>
            nudge && isAt(what, l, t) && nudge.entry === n * H + j ? value + nudge.by : value;
          if (cell === 'lstm') {
            const i = note('i', sigma(a(0, j) + b(0, j)));
            const f = note('f', sigma(a(1, j) + b(1, j)));
            const g = note('g', Math.tanh(a(2, j) + b(2, j)));
            const o = note('o', sigma(a(3, j) + b(3, j)));
            const state = nudged('c', f * c[n][j] + i * g);
            return { c: state, h: nudged('h', o * note('tanh(c)', Math.tanh(state))) };
          }
          if (cell === 'gru') {
            const r = note('r', sigma(a(0, j) + b(0, j)));
            const z = note('z', sigma(a(1, j) + b(1, j)));
            const fresh = note('n', Math.tanh(a(2, j) + r * b(2, j)));
            return { c: 0, h: nudged('h', (1 - z) * fresh + z * h[n][j]) };
          }
          if (cell === 'mingru') {
            const z = note('z', sigma(a(0, j)));
            return { c: 0, h: nudged('h', h[n][j] + z * (a(1, j) - h[n][j])) };
          }
          if (cell === 'indrnn')
            return {
              c: 0,
              h: nudged('h', note('relu', Math.max(0, a(0, j) + wHh[j] * h[n][j] + moved(0, j)))),
            };
          const functions = { tanh: Math.tanh, relu: (s: number) => Math.max(0, s), sigmoid: sigma };
          return {
            c: 0,
            h: nudged('h', note(cell, functions[cell as keyof typeof functions](a(0, j) + b(0, j)))),
          };
        });
      });
      h = next.map((units) => units.map((unit) => unit.h));
      c = next.map((units) => units.map((unit) => unit.c));
      outputs.push(h);
    }
    below = outputs;
  }

  const [wOut, bOut] = [of('readout.weight'), of('readout.bias')];
  const byTimestep = range(timesteps).map((t) =>
    sum(
      range(rows).map((n) => {
        const logits = range(V).map((v) => sum(below[t][n].map((x, k) => x * wOut[v * H + k])) + bOut[v]);
        return Math.log(sum(logits.map(Math.exp))) - logits[targets[t][n]];
      }),
    ),
  );
  return {
    window: sum(byTimestep) / (rows * timesteps),
    last: byTimestep[timesteps - 1] / rows,
    activations,
  };
}

/** The same window, broken off after `timesteps`. */
export const cutShort = (model: NaiveModel, timesteps: number): NaiveModel => ({
  ...model,
  timesteps,
  inputs: model.inputs.slice(0, timesteps),
  targets: model.targets.slice(0, timesteps),
});

/** ∂loss of each of `count` numbers, by central differences of 1e-5. */
export function differences(
  model: NaiveModel,
  from: 'window' | 'last',
  at: Omit<Nudge, 'entry' | 'by'>,
  count: number,
): number[] {
  const s = 1e-5;
  const lossAt = (entry: number, by: number): number => naivePass(model, { ...at, entry, by })[from];
  return range(count).map((entry) => (lossAt(entry, s) - lossAt(entry, -s)) / (2 * s));
}

export const norm = (values: readonly number[]): number => Math.sqrt(sum(values.map((x) => x * x)));

/** A model and a window for it, every number from the seed; weights and carries within ±spread. */
export function drawModel(
  cell: CellName,
  layers: number,
  seed: number,
  spread: number,
  [rows, timesteps]: readonly [number, number] = [2, 5],
): NaiveModel {
  const rng = Rng.fromSeed(seed);
  const shape = { cell, layers, hidden: 3, symbols: 4 };
  const draw = (count: number): number[] =>
    Array.from({ length: count }, () => Math.fround(spread * (2 * rng.uniform() - 1)));
  const ids = (): number[][] =>
    range(timesteps).map(() => range(rows).map(() => rng.uint32() % shape.symbols));
  const states = (): number[][][] => range(layers).map(() => range(rows).map(() => draw(shape.hidden)));
  return {
    shape,
    rows,
    timesteps,
    weights: new Map(tensorShapes(shape).map((tensor) => [tensor.name, draw(tensor.rows * tensor.cols)])),
    inputs: ids(),
    targets: ids(),
    carry: { h: states(), c: states() },
  };
}

/** The same model and window in an engine, passed forward. */
export function passIn(
  kernels: Kernels,
  model: NaiveModel,
): { unrolled: Unrolled; window: number; last: number } {
  const { shape, rows, timesteps, weights, inputs, targets, carry } = model;
  const network = new Network(kernels, shape);
  network.parameters.load(weights);
  network.refresh();
  const starts = model.begins ?? new Map<number, readonly number[]>();
  const unrolled = new Unrolled(network, {
    ...{ rows, timesteps, gradients: true, dropout: 0, starts: starts.size },
  });
  unrolled.starts = starts;
  unrolled.inputs.data.set(inputs.flat());
  unrolled.targets.data.set(targets.flat());
  unrolled.carries().forEach(([h, c], l) => {
    h.data.set(carry.h[l].flat());
    if (c.rows > 0) c.data.set(carry.c[l].flat());
  });
  forward(unrolled, timesteps);
  return { unrolled, ...loss(unrolled) };
}
