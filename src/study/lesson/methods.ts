/**
 * Section 5: it is a matter of training method and activation, not of networks as such. The same task, the same width, one
 * layer: what is left by lag with sigmoid, tanh, ReLU (uniform and identity start), LSTM and GRU, before and after the
 * training; and what ReLU costs: dead units, gradients that explode, trainings that end in no numbers.
 */
import type { Memory } from '../../bptt/report.js';
import { forward } from '../../bptt/forward.js';
import { Unrolled } from '../../bptt/unrolled.js';
import { fillStreams, type WindowSize } from '../../text/windows.js';
import { inspect } from '../inspect.js';
import { loadModel, type Model, type ModelContents } from '../model.js';
import { net, type BriefRun, type Measuring, type Nets, type NetSpec } from './nets.js';
import { outcomeOf, type BeforeAndAfter, type Outcome } from './outcome.js';
import { relative } from './product.js';

/** What keeps a hundred times more than tanh does at the window's far end has another fate. */
export const FAR_MORE = 2;
/** A gradient a hundred times its usual size explodes. */
export const EXPLODES_AT = 100;

export interface Reach {
  /** log10 of the state norm by lag, relative to lag 0. */
  readonly curve: readonly (number | null)[];
  readonly memory: Memory;
  /** Share of the units that are 0 at every timestep of every row; null for cells other than ReLU. */
  readonly dead: number | null;
}

/** The gradients of a training's steps, before clipping; null where there is none, since the first one ended in no number. */
export interface Norms {
  readonly median: number | null;
  readonly largest: number | null;
  readonly divergedAt: number | null;
}

export interface Contender extends BeforeAndAfter<Reach> {
  readonly cell: NetSpec['cell'];
  readonly init: NetSpec['init'];
  readonly validationLossNats: number | null;
  readonly clipped: number;
  readonly clippedNorms: Norms;
  /** The same training without a limit to the gradient; null where it was not tried. */
  readonly freeNorms: Norms | null;
}

export interface MethodsFigures {
  readonly contenders: readonly Contender[];
  readonly outcome: Outcome;
}

const CONTENDERS: readonly NetSpec[] = [
  net('sigmoid'),
  net('tanh'),
  net('relu'),
  net('relu', { init: 'identity' }),
  net('lstm'),
  net('gru'),
];
/** ReLU's price is set beside what tanh pays. */
const isTriedFree = ({ cell }: NetSpec): boolean => cell === 'relu' || cell === 'tanh';
const free = (spec: NetSpec): NetSpec => ({ ...spec, clip: false });

export const methodsNets: readonly NetSpec[] = [...CONTENDERS, ...CONTENDERS.filter(isTriedFree).map(free)];

export async function* measureMethods(nets: Nets): Measuring<MethodsFigures> {
  const { measured, size, open, where } = nets.setup;
  const contenders: Contender[] = [];
  for (const spec of CONTENDERS) {
    const run = yield* nets.get(spec);
    const reach = async (contents: ModelContents): Promise<Reach> => {
      const model = loadModel(await open(), contents);
      const [layer] = inspect(model, measured, size, where).layers;
      const dead = spec.cell === 'relu' ? deadUnits(model, measured, size) : null;
      return { curve: relative(layer), memory: layer.memory, dead };
    };
    contenders.push({
      cell: spec.cell,
      init: spec.init,
      start: await reach(run.start),
      end: run.end && (await reach(run.end)),
      validationLossNats: run.validationLossNats,
      clipped: run.clipped,
      clippedNorms: normsOf(run),
      freeNorms: isTriedFree(spec) ? normsOf(yield* nets.get(free(spec))) : null,
    });
  }
  return { contenders, outcome: methodsOutcome(contenders) };
}

export function normsOf({
  gradientNorms,
  divergedAt,
}: Pick<BriefRun, 'gradientNorms' | 'divergedAt'>): Norms {
  const sorted = [...gradientNorms].sort((a, b) => a - b);
  return {
    median: sorted.at(sorted.length >> 1) ?? null,
    largest: sorted.at(-1) ?? null,
    divergedAt,
  };
}

/** The largest gradient in terms of the usual one; of none it is nothing. */
export const besideUsual = ({ median, largest }: Norms): number =>
  median === null || largest === null ? 0 : largest / median;

/** Its gradient was a hundred times its usual size, or ended in no number. */
export const exploded = (norms: Norms): boolean =>
  norms.divergedAt !== null || besideUsual(norms) >= EXPLODES_AT;

/** Share of the only layer's units that are 0 on the whole window. */
export function deadUnits({ network, alphabet }: Model, text: string, size: WindowSize): number {
  const unrolled = new Unrolled(network, { ...size, gradients: false, dropout: 0 });
  const symbols = alphabet.encode(text, '');
  fillStreams(symbols, size.timesteps, 0, size, unrolled.inputs, unrolled.targets);
  forward(unrolled, size.timesteps);
  const { data, cols: H } = unrolled.layers[0].output;
  const alive = new Set<number>();
  data.forEach((h, j) => {
    if (h > 0) alive.add(j % H);
  });
  return 1 - alive.size / H;
}

/** log10 of what is left at the window's far end; −∞ for nothing. */
export const farEnd = ({ curve }: Pick<Reach, 'curve'>): number => curve.at(-1) ?? -Infinity;

/** It predicts the held-out text no worse than the sigmoid does: what reaches far and has learnt nothing is no way out. */
const hasLearnt = ({ end, validationLossNats }: Contender, limit: number): boolean =>
  end !== null && validationLossNats !== null && validationLossNats <= limit;

/** Of those that are neither sigmoid nor tanh, and have learnt, the one whose gradient reaches furthest after the training. */
export function furthest(contenders: readonly Contender[]): Contender | null {
  const limit = contenders.find(({ cell }) => cell === 'sigmoid')?.validationLossNats ?? Infinity;
  const reach = ({ end }: Contender): number => (end ? farEnd(end) : -Infinity);
  return contenders
    .filter((one) => one.cell !== 'sigmoid' && one.cell !== 'tanh' && hasLearnt(one, limit))
    .reduce<Contender | null>((best, one) => (best && reach(best) >= reach(one) ? best : one), null);
}

/** Of sigmoid and tanh the gradient vanishes, both; another keeps a hundred times what tanh keeps. */
export function methodsParts(contenders: readonly Contender[]): {
  readonly vanish: boolean;
  readonly reaches: boolean;
} {
  const squashing = contenders.filter(({ cell }) => cell === 'sigmoid' || cell === 'tanh');
  const best = furthest(contenders)?.end;
  const tanh = contenders.find(({ cell }) => cell === 'tanh');
  const other = tanh ? farEnd(tanh.end ?? tanh.start) : -Infinity;
  return {
    vanish: squashing.every(({ start, end }) => (end ?? start).memory.verdict === 'vanishing'),
    reaches: best !== undefined && best !== null && farEnd(best) > other + FAR_MORE,
  };
}

export function methodsOutcome(contenders: readonly Contender[]): Outcome {
  const { vanish, reaches } = methodsParts(contenders);
  return outcomeOf([vanish, reaches]);
}
