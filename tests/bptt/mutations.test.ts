/**
 * The gradient check can fail: one backward line at a time is made wrong, and the check must say so, and where.
 * Each mutant is the reference engine with one kernel replaced.
 */
import { describe, expect, test } from 'vitest';
import type { Ids, Matrix } from '../../src/base/matrix.js';
import type { Activation, Kernels, Packed } from '../../src/kernels/kernels.js';
import { openReference } from '../../src/kernels/reference.js';
import type { CellName } from '../../src/model/shape.js';
import { WITH_MATRIX } from '../cells.js';
import { checkGradients, SEEDS } from './check.js';

interface Mutation {
  readonly line: string;
  readonly cells: readonly CellName[];
  readonly layers: 1 | 2;
  readonly dropout?: number;
  /** A tensor whose gradient it spoils. */
  readonly spoils: string;
  readonly mutate: (kernels: Kernels) => Partial<Kernels>;
}

const VANILLA = ['tanh', 'relu', 'sigmoid'] as const;
const W_HH = 'rnn.weight_hh_l0';

/** δ = dh ∘ slope(h), whatever the slope. */
const withSlope = (slope: (y: number) => number) => (): Partial<Kernels> => ({
  vanillaBackward(_: Activation, delta: Matrix, dh: Matrix, h: Matrix) {
    delta.data.forEach((_unit, j) => (delta.data[j] = dh.data[j] * slope(h.data[j])));
  },
});

/** The number of a unit's row and the unit's place in it, for gates of G blocks. */
const gatePlace = (unit: number, H: number, G: number): number => Math.floor(unit / H) * G * H + (unit % H);

type LstmBackward = Parameters<Kernels['lstmBackward']>;
/** Runs the true backward, then spoils its results; what went in is copied beforehand. */
const lstmThen =
  (
    spoil: (args: {
      unit: number;
      /** where the unit's gates i f g o are */
      gate: readonly [i: number, f: number, g: number, o: number];
      delta: Matrix;
      dc: Matrix;
      dcPrev: Matrix;
      /** dc as later timesteps sent it */
      sent: number;
      up: number;
      gates: Matrix;
      squashed: Matrix;
      cPrev: Matrix;
    }) => void,
  ) =>
  (kernels: Kernels): Partial<Kernels> => ({
    lstmBackward(...args: LstmBackward) {
      const [delta, dc, dcPrev, dh, gates, squashed, cPrev] = args;
      const sent = dc.data.slice();
      kernels.lstmBackward(...args);
      const H = dh.cols;
      for (let unit = 0; unit < dh.length; unit++) {
        const i = gatePlace(unit, H, 4);
        const gate = [i, i + H, i + 2 * H, i + 3 * H] as const;
        const up = dh.data[unit];
        spoil({ unit, gate, delta, dc, dcPrev, sent: sent[unit], up, gates, squashed, cPrev });
      }
    },
  });

type GruBackward = Parameters<Kernels['gruBackward']>;
const gruThen =
  (
    spoil: (args: {
      unit: number;
      /** where the unit's gates r z n are */
      gate: readonly [r: number, z: number, n: number];
      delta: Matrix;
      deltaRecurrent: Matrix;
      dhPrev: Matrix;
      up: number;
      gates: Matrix;
      hPrev: Matrix;
    }) => void,
  ) =>
  (kernels: Kernels): Partial<Kernels> => ({
    gruBackward(...args: GruBackward) {
      const [delta, deltaRecurrent, dhPrev, dh, gates, , hPrev] = args;
      kernels.gruBackward(...args);
      const H = dh.cols;
      for (let unit = 0; unit < dh.length; unit++) {
        const r = gatePlace(unit, H, 3);
        const gate = [r, r + H, r + 2 * H] as const;
        spoil({ unit, gate, delta, deltaRecurrent, dhPrev, up: dh.data[unit], gates, hPrev });
      }
    },
  });

/** Products with a weight packed untransposed are those of the way back. */
const inBackwardProducts =
  (spoil: (kernels: Kernels, c: Matrix, a: Matrix, b: Packed, plus: Matrix | null) => void) =>
  (kernels: Kernels): Partial<Kernels> => {
    const ofTheWayBack = new WeakSet<Packed>();
    return {
      pack(packed: Packed, source: Matrix, transposed: boolean) {
        if (!transposed) ofTheWayBack.add(packed);
        kernels.pack(packed, source, transposed);
      },
      product(c: Matrix, a: Matrix, b: Packed, plus: Matrix | null) {
        if (ofTheWayBack.has(b)) spoil(kernels, c, a, b, plus);
        else kernels.product(c, a, b, plus);
      },
    };
  };

const MUTATIONS: readonly Mutation[] = [
  // -- vanilla
  { line: 'tanh: slope 1 − y', cells: ['tanh'], layers: 1, spoils: W_HH, mutate: withSlope((y) => 1 - y) },
  { line: 'tanh: slope 1', cells: ['tanh'], layers: 1, spoils: W_HH, mutate: withSlope(() => 1) },
  { line: 'sigmoid: slope y', cells: ['sigmoid'], layers: 1, spoils: W_HH, mutate: withSlope((y) => y) },
  {
    line: 'sigmoid: tanh’s slope',
    cells: ['sigmoid'],
    layers: 1,
    spoils: W_HH,
    mutate: withSlope((y) => 1 - y * y),
  },
  { line: 'relu: slope 1 everywhere', cells: ['relu'], layers: 1, spoils: W_HH, mutate: withSlope(() => 1) },
  { line: 'relu: slope y', cells: ['relu'], layers: 1, spoils: W_HH, mutate: withSlope((y) => y) },

  // -- LSTM
  {
    line: 'lstm (B3): df without c⁻',
    cells: ['lstm'],
    layers: 1,
    spoils: W_HH,
    mutate: lstmThen(({ unit, gate: [, f], delta, dc, gates }) => {
      const y = gates.data[f];
      delta.data[f] = dc.data[unit] * y * (1 - y);
    }),
  },
  {
    line: 'lstm (B4): dc without 1 − tanh²(c)',
    cells: ['lstm'],
    layers: 1,
    spoils: W_HH,
    mutate: (kernels) => ({
      lstmBackward(...[delta, dc, dcPrev, dh, gates, squashed, cPrev, slopes]: LstmBackward) {
        // Gives dc what the true line then adds too little.
        dc.data.forEach((_, unit) => {
          const o = gates.data[gatePlace(unit, dh.cols, 4) + 3 * dh.cols];
          dc.data[unit] += dh.data[unit] * o * squashed.data[unit] ** 2;
        });
        kernels.lstmBackward(delta, dc, dcPrev, dh, gates, squashed, cPrev, slopes);
      },
    }),
  },
  {
    line: 'lstm (B4): dc = instead of dc +=',
    cells: ['lstm'],
    layers: 1,
    spoils: W_HH,
    mutate: (kernels) => ({
      lstmBackward(...args: LstmBackward) {
        args[1].data.fill(0);
        kernels.lstmBackward(...args);
      },
    }),
  },
  {
    line: 'lstm (B3): dc⁻ of what later timesteps sent alone',
    cells: ['lstm'],
    layers: 1,
    spoils: 'c0_l0',
    mutate: lstmThen(({ unit, gate: [, f], dcPrev, sent, gates }) => {
      dcPrev.data[unit] = sent * gates.data[f];
    }),
  },
  {
    line: 'lstm (B3): dc⁻ without f',
    cells: ['lstm'],
    layers: 1,
    spoils: 'c0_l0',
    mutate: lstmThen(({ unit, dc, dcPrev }) => {
      dcPrev.data[unit] = dc.data[unit];
    }),
  },
  {
    line: 'lstm (B3): di and dg changed over',
    cells: ['lstm'],
    layers: 1,
    spoils: W_HH,
    mutate: lstmThen(({ gate: [i, , g], delta }) => {
      [delta.data[i], delta.data[g]] = [delta.data[g], delta.data[i]];
    }),
  },
  {
    line: 'lstm (B2): δ_g with σ’s slope',
    cells: ['lstm'],
    layers: 1,
    spoils: 'rnn.bias_ih_l0',
    mutate: lstmThen(({ unit, gate: [i, , g], delta, dc, gates }) => {
      const y = gates.data[g];
      delta.data[g] = dc.data[unit] * gates.data[i] * y * (1 - y);
    }),
  },
  {
    line: 'lstm (B4): do with c for tanh(c)',
    cells: ['lstm'],
    layers: 1,
    spoils: 'rnn.weight_ih_l0',
    mutate: lstmThen(({ unit, gate: [, , , o], delta, squashed }) => {
      delta.data[o] *= Math.atanh(squashed.data[unit]) / squashed.data[unit];
    }),
  },

  // -- GRU
  {
    line: 'gru (B2): the reset gate left out of δ_n on the recurrent side',
    cells: ['gru'],
    layers: 1,
    spoils: W_HH,
    mutate: gruThen(({ gate: [, , n], delta, deltaRecurrent }) => {
      deltaRecurrent.data[n] = delta.data[n];
    }),
  },
  {
    line: 'gru (B2): the reset gate in δ_n on the input’s side too',
    cells: ['gru'],
    layers: 1,
    spoils: 'rnn.bias_ih_l0',
    mutate: gruThen(({ gate: [, , n], delta, deltaRecurrent }) => {
      delta.data[n] = deltaRecurrent.data[n];
    }),
  },
  {
    line: 'gru (B3): dh⁻ += dh∘z missing',
    cells: ['gru'],
    layers: 1,
    spoils: 'h0_l0',
    mutate: gruThen(({ unit, gate: [, z], dhPrev, up, gates }) => {
      dhPrev.data[unit] -= up * gates.data[z];
    }),
  },
  {
    line: 'gru (B3): dh⁻ += dh∘(1 − z)',
    cells: ['gru'],
    layers: 1,
    spoils: 'h0_l0',
    mutate: gruThen(({ unit, gate: [, z], dhPrev, up, gates }) => {
      dhPrev.data[unit] += up * (1 - 2 * gates.data[z]);
    }),
  },
  {
    line: 'gru (B3): dz without h⁻',
    cells: ['gru'],
    layers: 1,
    spoils: W_HH,
    mutate: gruThen(({ gate: [, z, n], delta, deltaRecurrent, up, gates }) => {
      const y = gates.data[z];
      delta.data[z] = deltaRecurrent.data[z] = -up * gates.data[n] * y * (1 - y);
    }),
  },
  {
    line: 'gru (B2): δ_r without b_n',
    cells: ['gru'],
    layers: 1,
    spoils: W_HH,
    mutate: gruThen(({ gate: [r, , n], delta, deltaRecurrent, gates }) => {
      const y = gates.data[r];
      delta.data[r] = deltaRecurrent.data[r] = delta.data[n] * y * (1 - y);
    }),
  },

  // -- without W_hh, and with a vector in its place
  {
    line: '(B3): dh⁻ without dh∘(1 − z)',
    cells: ['mingru'],
    layers: 1,
    spoils: 'h0_l0',
    mutate: (kernels) => ({
      minGruBackward(delta, dhPrev, ...others) {
        const before = dhPrev.data.slice();
        kernels.minGruBackward(delta, dhPrev, ...others);
        dhPrev.data.set(before);
      },
    }),
  },
  {
    line: '(B3): dz = dh∘(h⁻ − h̃)',
    cells: ['mingru'],
    layers: 1,
    spoils: 'rnn.weight_ih_l0',
    mutate: (kernels) => ({
      minGruBackward(delta, ...others) {
        kernels.minGruBackward(delta, ...others);
        for (let n = 0; n < delta.rows; n++)
          for (let j = 0; j < delta.cols / 2; j++) delta.data[n * delta.cols + j] *= -1;
      },
    }),
  },
  {
    line: '∂L/∂u of the first row alone',
    cells: ['indrnn'],
    layers: 1,
    spoils: W_HH,
    mutate: (kernels) => ({
      sumProducts(sum, a, b) {
        kernels.sumProducts(sum, a.rowRange(0, 1), b.rowRange(0, 1));
      },
    }),
  },

  // -- every cell
  {
    line: '(B1): dh⁻ = δ·W_hh, forgetting what came from above',
    cells: WITH_MATRIX,
    layers: 1,
    spoils: W_HH,
    mutate: inBackwardProducts((kernels, c, a, b) => {
      kernels.product(c, a, b, null);
    }),
  },
  {
    line: '(B1): nothing sent back in time (truncated after one step)',
    cells: WITH_MATRIX,
    layers: 1,
    spoils: 'h0_l0',
    mutate: inBackwardProducts((kernels, c, a, b, plus) => {
      if (!plus) kernels.product(c, a, b, null);
    }),
  },
  {
    line: '(B1): W_hhᵀ for W_hh',
    cells: VANILLA,
    layers: 1,
    spoils: 'h0_l0',
    mutate: (kernels) => ({
      pack(packed: Packed, source: Matrix, transposed: boolean) {
        kernels.pack(packed, source, transposed || source.rows === source.cols);
      },
    }),
  },
  {
    line: 'nothing sent to the layer below',
    cells: WITH_MATRIX,
    layers: 2,
    spoils: 'rnn.weight_ih_l0',
    mutate: inBackwardProducts((kernels, c, a, b, plus) => {
      const G = b.rows / b.cols;
      // Neither the readout's (V, H) nor in time: W_ih of layer 1.
      if (plus || !Number.isInteger(G)) kernels.product(c, a, b, plus);
    }),
  },
  {
    line: 'scatterRows: assigning instead of accumulating',
    cells: WITH_MATRIX,
    layers: 1,
    spoils: 'rnn.weight_ih_l0',
    mutate: () => ({
      scatterRows(table: Matrix, rows: Matrix, ids: Ids) {
        table.data.fill(0);
        ids.data.forEach((id, r) => {
          table.data.set(rows.rowRange(r, 1).data, id * rows.cols);
        });
      },
    }),
  },
  {
    line: 'sumRows: one row only',
    cells: ['gru'],
    layers: 1,
    spoils: 'rnn.bias_ih_l0',
    mutate: (kernels) => ({
      sumRows(sum: Matrix, a: Matrix) {
        kernels.sumRows(sum, a.rowRange(0, 1));
      },
    }),
  },
  {
    line: 'transposedProduct: sums of the first row only',
    cells: WITH_MATRIX,
    layers: 2,
    spoils: 'rnn.bias_hh_l1',
    mutate: (kernels) => ({
      transposedProduct(c: Matrix, a: Matrix, b: Matrix, sums: Matrix | null) {
        kernels.transposedProduct(c, a, b, sums);
        if (sums) kernels.copy(sums, a.rowRange(0, 1));
      },
    }),
  },
  {
    line: 'transposedProduct: sums of the last timestep’s rows only',
    cells: WITH_MATRIX,
    layers: 1,
    spoils: 'readout.bias',
    mutate: (kernels) => ({
      transposedProduct(c: Matrix, a: Matrix, b: Matrix, sums: Matrix | null) {
        kernels.transposedProduct(c, a, b, sums);
        if (sums) kernels.sumRows(sums, a.rowRange(a.rows - 2, 2));
      },
    }),
  },
  {
    line: 'transposedProduct: the last row left out',
    cells: WITH_MATRIX,
    layers: 1,
    spoils: W_HH,
    mutate: (kernels) => ({
      transposedProduct(c: Matrix, a: Matrix, b: Matrix, sums: Matrix | null) {
        kernels.transposedProduct(c, a.rowRange(0, a.rows - 1), b.rowRange(0, b.rows - 1), sums);
      },
    }),
  },
  {
    line: 'b_ih given no gradient',
    cells: ['tanh', 'relu', 'sigmoid', 'lstm'],
    layers: 1,
    spoils: 'rnn.bias_ih_l0',
    mutate: (kernels) => ({
      copy(c: Matrix, a: Matrix) {
        if (c.rows === 1) c.data.fill(0);
        else kernels.copy(c, a);
      },
    }),
  },
  {
    line: 'dropout’s mask forgotten on the way back',
    cells: WITH_MATRIX,
    layers: 2,
    dropout: 0.4,
    spoils: 'rnn.weight_hh_l0',
    mutate: (kernels) => ({
      multiply(c: Matrix, a: Matrix, b: Matrix) {
        if (c.address !== a.address || c.memory !== a.memory) kernels.multiply(c, a, b);
      },
    }),
  },
  {
    line: 'the loss: softmax without − one-hot',
    cells: ['tanh'],
    layers: 1,
    spoils: 'readout.bias',
    mutate: (kernels) => ({
      softmaxCrossEntropy(losses: Matrix, logits: Matrix, targets: Ids, scale: number) {
        kernels.softmaxCrossEntropy(losses, logits, targets, scale);
        targets.data.forEach((target, r) => (logits.data[r * logits.cols + target] += scale));
      },
    }),
  },
  {
    line: 'the loss: a sum where a mean is meant',
    cells: ['tanh'],
    layers: 1,
    spoils: 'readout.bias',
    mutate: (kernels) => ({
      softmaxCrossEntropy(losses: Matrix, logits: Matrix, targets: Ids) {
        kernels.softmaxCrossEntropy(losses, logits, targets, 1);
      },
    }),
  },
];

describe.each(MUTATIONS)('$line', ({ cells, layers, dropout = 0, spoils, mutate }) => {
  test.each(cells)('%s (seed in check.ts)', (cell) => {
    const gradientCase = { cell, layers, from: 'window', dropout, seed: SEEDS[cell] } as const;
    const kernels = openReference();
    const { violations } = checkGradients({ ...kernels, ...mutate(kernels) }, gradientCase);
    expect(violations.map(({ tensor }) => tensor)).toContain(spoils);
    // Not on the edge of the measure: a wrong line is wrong by a great deal.
    expect(Math.max(...violations.map(({ error }) => error))).toBeGreaterThan(1e-3);
  });
});
