/**
 * Inspections to draw: the layers as the probes measure them on a small model, training steps made up from them, and
 * hand-made figures for what is measured elsewhere. Every number follows from the arguments.
 */
import { Rng } from '../../../src/base/rng.js';
import type { GradientStep, LayerReport } from '../../../src/bptt/report.js';
import type { Listening } from '../../../src/probe/listen.js';
import type { PairMatrix } from '../../../src/probe/matrix.js';
import type { Split } from '../../../src/probe/split.js';
import type { Theory } from '../../../src/probe/theory.js';
import { openReference } from '../../../src/kernels/reference.js';
import { initialise } from '../../../src/model/init.js';
import { Network } from '../../../src/model/network.js';
import type { CellName } from '../../../src/model/shape.js';
import { memoryOf } from '../../../src/probe/memory.js';
import type { InspectionData, Measured } from '../../../src/ui/inspection.js';
import { relativeCurve } from '../../../src/probe/curve.js';
import type { History } from '../../../src/store/history.js';
import { inspect, type Inspection } from '../../../src/study/inspect/measure.js';
import { Alphabet } from '../../../src/text/alphabet.js';
import { parseTrainOptions } from '../../../src/train/options.js';

const TEXT = 'o gradiente se dissipa no caminho de volta, e o que resta dele mal se lê. ';

export interface ExampleOptions {
  readonly cell?: CellName;
  readonly layers?: number;
  readonly timesteps?: number;
  readonly name?: string;
  readonly symbols?: readonly string[];
}

export function exampleInspection(cell: CellName, layers: number, timesteps: number): Inspection {
  const text = TEXT.repeat(Math.ceil((4 * timesteps + 1) / TEXT.length));
  const alphabet = Alphabet.of(text, 'example');
  const network = new Network(openReference(), { cell, layers, hidden: 16, symbols: alphabet.size });
  const options = parseTrainOptions({ cell, layers, hidden: 16 });
  initialise(network.parameters, options, Rng.fromSeed(7));
  network.refresh();
  return inspect({ network, alphabet }, text, { rows: 4, timesteps }, 'example');
}

/** The curve's steps shared out: the gates take more than it loses, the weights give the difference back. */
function splitOf(layer: LayerReport): Split {
  const curve = relativeCurve({ lagLog10: layer.lagLog10 ?? { h: [], c: null } });
  const steps = curve.slice(1).map((value, k) => {
    const before = curve[k];
    return value === null || before === null ? null : value - before;
  });
  const part = (share: number, plus: number): (number | null)[] =>
    steps.map((step) => (step === null ? null : step * share + plus));
  return { gates: part(1.2, -0.02), weights: part(-0.25, 0.01), arriving: part(0.05, 0.01) };
}

const theoryOf = (cell: CellName, isTop: boolean): Theory => {
  const isGated = cell === 'lstm' || cell === 'gru';
  const names = isGated ? (cell === 'lstm' ? ['i', 'f', 'g', 'o'] : ['r', 'z', 'n']) : [cell];
  return {
    blocks: names.map((name, i) => ({ name, sigma1: 0.91 + i / 10, spectralRadius: 0.46 + i / 20 })),
    boundLog10: isGated ? null : Math.log10(0.91),
    isTheorem: isTop && !isGated,
    lyapunov: [-0.21, -0.35, -0.5],
  };
};

export function exampleMatrix(layers: number, timesteps: number): PairMatrix {
  return {
    layers: Array.from({ length: layers }, (_, layer) => ({
      layer,
      log10: Array.from({ length: timesteps }, (_, s) =>
        Array.from({ length: s + 1 }, (_, t) =>
          // One exact 0, and a stretch that is remembered longer.
          s === 3 && t === 0
            ? null
            : -3 - (s - t) * (0.12 + 0.1 * layer) * (t > timesteps / 3 && t < timesteps / 2 ? 0.6 : 1),
        ),
      ),
    })),
  };
}

export function exampleListening(symbols: readonly string[]): Listening {
  return {
    symbols,
    log10: symbols.map((_, s) =>
      Array.from({ length: s }, (_, t) =>
        t === 1 && s > 4 ? null : -0.5 - 0.15 * (s - t) + Math.sin(7 * t) / 3,
      ),
    ),
    probability: symbols.map((_, s) => (s === 0 ? null : 1 / (s + 1))),
  };
}

/** A run of `steps` logged steps whose memory grows as it trains. */
function exampleHistory(inspection: Inspection, steps: number): History {
  const { cell, layers, hidden } = inspection.model;
  const { timesteps } = inspection.window;
  const gradients: GradientStep[] = Array.from({ length: steps }, (_, i) => ({
    step: 50 * (i + 1),
    layers: inspection.layers.map((layer) => {
      const fading = (values: readonly (number | null)[]): (number | null)[] =>
        values.map((value, k) => (value === null ? null : value - (k * (steps - i)) / steps / 20));
      const lagLog10 = {
        h: fading(layer.lagLog10.h),
        c: layer.lagLog10.c && fading(layer.lagLog10.c),
      };
      return { layer: layer.layer, total: layer.total, lagLog10, memory: memoryOf(lagLog10) };
    }),
    updates: { 'rnn.weight_hh_l0': 0.002 / (i + 1), 'readout.weight': 0.004 / (i + 1) },
  }));
  return {
    info: {
      format: 'dissipa.run',
      version: 1,
      options: { cell, layers, hidden, window: timesteps, clip: 5, clipMode: 'norm', validation: 0.1 },
      versions: { dissipa: '0.1.0' },
      engine: 'reference',
      texts: [{ path: 'example.txt', bytes: 80, characters: 76 }],
      digest: 'ab'.repeat(32),
      symbols: inspection.model.symbols,
      createdAt: '2026-01-31T12:00:00.000Z',
    },
    updates: Array.from({ length: 50 * steps }, (_, i) => ({
      step: i + 1,
      lossNats: 1.5 + 2 / (1 + i / 40) + Math.sin(i) / 20,
      gradientNorm: 6 / (1 + i / 100) + Math.cos(i) / 10,
      clipScale: Math.min(1, 5 / (6 / (1 + i / 100) + Math.cos(i) / 10)),
      lr: 0.002,
      elapsedMs: 12 * i,
    })),
    evaluations: Array.from({ length: Math.floor(steps / 5) }, (_, i) => ({
      step: 250 * (i + 1),
      validationLossNats: 1.6 + 1 / (i + 1),
      predictions: 100,
      isBest: true,
    })),
    gradients,
  };
}

/** Everything there can be to see. */
export function exampleData(
  options: ExampleOptions = {},
): InspectionData & { readonly measured: Measured; readonly history: History } {
  const { cell = 'lstm', layers = 2, timesteps = 32, name = 'checkpoints/example' } = options;
  const { symbols = Array.from(TEXT) } = options;
  const inspection = exampleInspection(cell, layers, timesteps);
  const measured: Measured = {
    ...inspection,
    text: 'example.txt',
    layers: inspection.layers.map((layer) => ({
      ...layer,
      split: splitOf(layer),
      theory: theoryOf(cell, layer.layer === layers - 1),
      ...(cell === 'lstm' && {
        activation: Object.fromEntries(
          ['i', 'f', 'g', 'o'].map((gate, g) => [
            gate,
            Array.from({ length: timesteps }, (_, t) =>
              gate === 'g' ? 0.1 * Math.sin(t) : 0.4 + g / 10 + Math.sin(t + g) / 20,
            ),
          ]),
        ),
      }),
    })),
    audit: {
      timesteps: 4 * timesteps,
      cuts: [1, 2, 4, 8, 16, timesteps, 2 * timesteps],
      share: [0.9, 0.7, 0.4, 0.15, 0.03, 0.004, 1e-4],
      byLayer: Array.from({ length: layers }, (_, l) =>
        [0.9, 0.7, 0.4, 0.15, 0.03, 0.004, 1e-4].map((x) => x / (l + 1)),
      ),
    },
    matrix: exampleMatrix(layers, timesteps),
    listen: exampleListening(symbols),
  };
  return { name, model: inspection.model, measured, history: exampleHistory(inspection, 40) };
}
