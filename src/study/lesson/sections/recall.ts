/**
 * Section 10: what is lost with the gradient. A network reads a string of random letters, k + 1 of them from a state of
 * zero, and is to name the first one at the last: what stood k steps back. The loss is that of this answer alone, so all
 * that it learns has travelled k timesteps back. One network of each cell for each k; then, how often it is right on strings
 * that are new to it, beside how much of the gradient reached the letter before the training and after.
 */
import type { Network } from '../../../model/network.js';
import { backwardWithProbes } from '../../../bptt/probing.js';
import { forward } from '../../../bptt/forward.js';
import { loss } from '../../../bptt/loss.js';
import { Unrolled } from '../../../bptt/unrolled.js';
import { Rng } from '../../../base/rng.js';
import { inRoom, scoped } from '../../../kernels/scoped.js';
import { inFloat64 } from '../../../model/float64.js';
import { relativeCurve } from '../../../probe/curve.js';
import { lag } from '../../../probe/lag.js';
import { NONE_BEGINS, type Beginnings } from '../../../text/windows.js';
import { parseTrainOptions } from '../../../train/options.js';
import { farEnd, type Log10 } from '../../../words/lesson/curve.js';
import { orNull } from '../curve.js';
import { CONTENDERS, shapeOf, updateCost, type Measuring } from '../doing.js';
import type { NetSpec } from '../../../words/lesson/doing.js';
import { Exercised } from '../exercise.js';
import { briefOptions, type Nets } from '../nets.js';
import { verdictOf } from '../outcome.js';
import type { Outcome, ClaimPart, ClaimVerdict } from '../../../words/lesson/outcome.js';
import { BATCH, seedOf, type LessonSetup } from '../setup.js';
import {
  type Recalling,
  type TrainedRecall,
  recalls,
  CHANCE,
  LETTERS,
  type RecallFigures,
  type RecallPart,
  type Concordance,
} from '../../../words/lesson/recall.js';

const REPEATS = 3;

/** Strings tested on, in windows of `BATCH`. */
const TESTS = 64;

/** The strings are drawn by other numbers than the weights: those to learn from and be tested on, and those measured on. */
const STRINGS = 0x5741;

const MEASURED = 0x6d65;

/** Of the pairs in which one network recalls and the other does not. */
export const TOGETHER_AT = 0.9;

export const APART_AT = 0.5;

/** A string needs less than a window, and more often. */
const updatesOf = ({ steps }: Pick<LessonSetup, 'steps'>): number => 2 * steps;

/** 1, 2, 4 … as long as the window has them. */
export function distances(window: number): number[] {
  const found = [1];
  for (let k = 2; k < window; k *= 2) found.push(k);
  return found;
}

const trainingCost = (setup: LessonSetup, spec: NetSpec, k: number): number =>
  (updatesOf(setup) * updateCost(shapeOf(setup, spec, LETTERS)) * (k + 1)) / setup.window;

export const recallCost = (setup: LessonSetup): number =>
  CONTENDERS.flatMap((spec) =>
    distances(setup.window).map((k) => REPEATS * trainingCost(setup, spec, k)),
  ).reduce((a, b) => a + b);

export function* measureRecall(nets: Nets): Measuring<RecallFigures> {
  const { setup } = nets;
  const found: Recalling[] = [];
  for (const spec of CONTENDERS) {
    const byK: { k: number; trained: TrainedRecall[] }[] = [];
    for (const k of distances(setup.window)) {
      const trained: TrainedRecall[] = [];
      for (let repeat = 0; repeat < REPEATS; repeat++)
        trained.push(yield* learnToRecall(setup, { ...spec, repeat }, k));
      byK.push({ k, trained });
    }
    found.push({ cell: spec.cell, init: spec.init, byK });
  }
  return {
    letters: LETTERS,
    chance: CHANCE,
    updates: updatesOf(setup),
    tests: TESTS * BATCH,
    nets: found,
    concordance: { start: concordanceOf(found, 'start'), end: concordanceOf(found, 'end') },
    ...recallVerdict(found),
  };
}

export function* learnToRecall(setup: LessonSetup, spec: NetSpec, k: number): Measuring<TrainedRecall> {
  const seed = seedOf(setup, spec.repeat);
  const shape = shapeOf(setup, spec, LETTERS);
  const strings = Rng.fromSeed(seed ^ STRINGS);
  const fill = (unrolled: Unrolled): Beginnings => {
    fillStrings(unrolled, strings);
    unrolled.resetCarry();
    return NONE_BEGINS;
  };
  const options = parseTrainOptions(briefOptions(setup, spec));
  const size = { rows: BATCH, timesteps: k + 1 };
  return yield* inRoom(
    setup.kernels,
    () => new Exercised(setup.kernels, shape, size, options, { from: 'last', fill, starts: 0 }),
    follow,
  );

  function* follow(exercised: Exercised): Measuring<TrainedRecall> {
    const reach = (): Log10 => orNull(farEnd(curveOf(exercised.network, k, Rng.fromSeed(seed ^ MEASURED))));
    const start = reach();
    const of = updatesOf(setup);
    const cost = trainingCost(setup, spec, k);
    for (const done of exercised.run(of)) yield { kind: 'recalling', spec, detail: k, done, of, cost };
    if (exercised.divergedAt !== null) return { seed, accuracy: null, start, end: null };
    return { seed, accuracy: accuracyOf(exercised.unrolled, strings), start, end: reach() };
  }
}

/** New strings, and the first letter of each as what its last timestep is to name. The other targets count for nothing. */
export function fillStrings({ inputs, targets, options, timesteps }: Unrolled, rng: Rng): void {
  const { rows: N } = options;
  const [x, y] = [inputs.data, targets.data];
  for (let j = 0; j < x.length; j++) x[j] = rng.uint32() % LETTERS;
  for (let n = 0; n < N; n++) y[(timesteps - 1) * N + n] = x[n];
}

/** The lag curve of the answer, in float64, on strings of its own. */
const curveOf = (trained: Network, k: number, rng: Rng): Log10[] =>
  scoped(trained.kernels, () => {
    const network = inFloat64(trained);
    const unrolled = new Unrolled(network, { rows: BATCH, timesteps: k + 1, gradients: true, dropout: 0 });
    fillStrings(unrolled, rng);
    forward(unrolled, k + 1);
    loss(unrolled);
    const [{ lagLog10 }] = backwardWithProbes(unrolled, null, [lag]) ?? [];
    return lagLog10 ? relativeCurve({ lagLog10 }) : [];
  });

export function accuracyOf(unrolled: Unrolled, rng: Rng): number {
  const { options, network, timesteps } = unrolled;
  const { rows: N } = options;
  const { symbols: V } = network.shape;
  let right = 0;
  for (let i = 0; i < TESTS; i++) {
    fillStrings(unrolled, rng);
    unrolled.resetCarry();
    forward(unrolled, timesteps);
    const logits = unrolled.logits.rowRange((timesteps - 1) * N, N).data;
    for (let n = 0; n < N; n++) {
      const row = logits.subarray(n * V, (n + 1) * V);
      if (row.indexOf(Math.max(...row)) === unrolled.inputs.data[n]) right++;
    }
  }
  return right / (TESTS * N);
}

/** Of networks of different cells for the same k: those that recall beside those that do not. */
export function concordanceOf(nets: readonly Recalling[], stage: RecallPart): Concordance {
  let together = 0;
  let pairs = 0;
  const distances = nets.at(0)?.byK ?? [];
  distances.forEach((_, i) => {
    for (const one of nets)
      for (const other of nets) {
        if (one === other) continue;
        for (const a of one.byK[i].trained.filter(recalls))
          for (const b of other.byK[i].trained.filter((trained) => !recalls(trained))) {
            pairs++;
            if ((a[stage] ?? -Infinity) > (b[stage] ?? -Infinity)) together++;
          }
      }
  });
  return { together, pairs };
}

export const recallVerdict = (nets: readonly Recalling[]): ClaimVerdict<RecallPart> =>
  verdictOf(
    (['start', 'end'] as const).map((name): ClaimPart<RecallPart> => {
      const { together, pairs } = concordanceOf(nets, name);
      let outcome: Outcome = 'partly';
      if (pairs === 0) outcome = 'open';
      else if (together >= TOGETHER_AT * pairs) outcome = 'holds';
      else if (together <= APART_AT * pairs) outcome = 'fails';
      return { name, held: together, cases: pairs, outcome, isBeside: false };
    }),
  );
