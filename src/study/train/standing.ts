/**
 * Where a training stands at its end, and what is to be said of it: findings, the most important one first, each by a
 * condition on figures that are stated here. Losses are nats a character, as everywhere inside.
 */
import { cellOf } from '../../model/cells/index.js';
import type { LayerReport } from '../../bptt/report.js';
import { DEAD_AT } from '../../probe/memory.js';
import { bestOrder, type Counting } from './counting.js';
import type { Finding } from '../../words/training.js';

/** A loss, as it was at a step. */
export interface Loss {
  readonly step: number;
  readonly lossNats: number;
}

export interface LossCourse {
  /** V */
  readonly symbols: number;
  /** The last step made. */
  readonly step: number;
  /** On the held-out text, in order; all over the same characters. */
  readonly evaluations: readonly Loss[];
  /** Of the model that is kept, over all of the held-out text, where the evaluations may have looked at a part. */
  readonly whole?: Loss | null;
  /** What each update's own window cost before it, in order of steps. */
  readonly updates: readonly Loss[];
  /** The rate falls towards the end, and with it the loss, whatever else is so. */
  readonly isAnnealed: boolean;
  /** Layers of which the gradient has nowhere to go back, counted from 0. */
  readonly deadLayers: readonly number[];
}

export type { Finding } from '../../words/training.js';

export interface RunStanding {
  /** ln V */
  readonly evenNats: number;
  readonly counting: (Counting & { readonly order: number }) | null;
  /** The lowest, where it is better than even guessing: only then is it the best of anything. */
  readonly best: Loss | null;
  /** The last one. */
  readonly end: Loss | null;
  /** Of the last updates' windows, with dropout where there is any. */
  readonly trainingNats: number | null;
  /** From the most important one on. */
  readonly findings: readonly Finding[];
}

/** 0.03 bits: so much the held-out loss goes up and down from one evaluation to the next. */
export const RISE_NATS = 0.03 * Math.LN2;
/** 0.01 bits in a tenth of the steps: as many steps again bring more than a difference of rounding. */
export const GAIN_NATS = 0.01 * Math.LN2;
/** 0.1 bits between the text held out and that trained on: with less, hardly anything is learnt by heart. */
export const GAP_NATS = 0.1 * Math.LN2;
/** The loss of single windows is noise: means are taken over this share of the steps. */
const STRETCH = 1 / 20;

export function standingOf(course: LossCourse, counting: Counting | null): RunStanding {
  const evenNats = Math.log(course.symbols);
  const end = course.evaluations.at(-1) ?? null;
  const lowest = lowestOf(course.evaluations);
  const onTheWay = {
    evenNats,
    end,
    best: lowest && lowest.lossNats < evenNats ? lowest : null,
    trainingNats: trainingAt(course, course.step),
    counting: counting && { ...counting, order: bestOrder(counting) },
  };
  // How a loss went is told by figures over the same characters; what it is, by one over all of them.
  const told = (one: Loss | null): Loss | null =>
    course.whole && one?.step === course.whole.step ? course.whole : one;
  const figures = { ...onTheWay, best: told(onTheWay.best), end: told(end) };
  const findings = [
    courseOf(course, onTheWay),
    deadLayers(course),
    besideCounting(course, figures),
    improvement(course, onTheWay),
  ];
  return { ...figures, findings: findings.filter((finding) => finding !== null) };
}

type Figures = Omit<RunStanding, 'findings'>;

/** What went wrong, if anything did. */
function courseOf(course: LossCourse, { evenNats, end, best, trainingNats }: Figures): Finding | null {
  if (course.step === 0) return { kind: 'untrained', lossNats: end?.lossNats ?? null };
  const training = trainingNats ?? Infinity;
  const reached = end?.lossNats ?? training;
  if (best === null || end === null) {
    if (reached < evenNats) return null;
    return training < evenNats
      ? { kind: 'nothing-carries-over', lossNats: reached }
      : { kind: 'failed', lossNats: reached };
  }
  const rise = end.lossNats - best.lossNats;
  if (rise < RISE_NATS) return null;
  const since = best.step;
  const isLearntByHeart = training < (trainingAt(course, since) ?? Infinity);
  return { kind: isLearntByHeart ? 'overfitting' : 'diverged', since, rise };
}

const deadLayers = ({ deadLayers: layers }: LossCourse): Finding | null =>
  layers.length > 0 ? { kind: 'dead', layers } : null;

function besideCounting(course: LossCourse, { best, counting }: Figures): Finding | null {
  if (course.step === 0 || best === null || counting === null) return null;
  const by = best.lossNats - counting.lossNats[counting.order];
  return by > 0 ? { kind: 'behind-counting', by } : { kind: 'ahead-of-counting', by: -by };
}

function improvement(course: LossCourse, { best, end, trainingNats }: Figures): Finding | null {
  const { evaluations, step, isAnnealed } = course;
  if (step === 0 || best === null || end === null || best.step < 0.9 * step) return null;
  const before = lowestOf(evaluations.filter((one) => one.step <= 0.9 * step));
  if (before === null) return null;
  const by = before.lossNats - best.lossNats;
  if (by < GAIN_NATS) return null;
  // A rate that falls brings the loss down with it, so that this alone says nothing.
  if (isAnnealed && !(best.lossNats - (trainingNats ?? -Infinity) < GAP_NATS)) return null;
  return { kind: 'improving', by };
}

const lowestOf = (losses: readonly Loss[]): Loss | null =>
  losses.reduce<Loss | null>((low, one) => (low && low.lossNats <= one.lossNats ? low : one), null);

/** The mean over the last stretch of updates up to `step`; null where none was made. */
function trainingAt({ updates, step: last }: LossCourse, step: number): number | null {
  const from = step - Math.max(1, Math.ceil(last * STRETCH));
  const losses = updates.filter((one) => one.step > from && one.step <= step);
  if (losses.length === 0) return null;
  return losses.reduce((sum, { lossNats }) => sum + lossNats, 0) / losses.length;
}

/** Of a layer's units, on average over a window: so many at 0 leave the gradient hardly a way back. */
export const DEAD_SHARE = DEAD_AT;

/** ReLU's, the one activation that is 0 for good. @param layers with their saturation: the share of units at 0 by timestep */
export function deadLayersOf(cell: string, layers: readonly LayerReport[]): number[] {
  const relus = cellOf(cell).activations.filter(({ kind }) => kind === 'relu');
  return layers.flatMap(({ layer, saturation }) => {
    const shares = relus.flatMap(({ name }) => saturation?.[name] ?? []);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    return mean >= DEAD_SHARE ? [layer] : [];
  });
}
