/**
 * Section 5: the early layers are hard to learn. Of a network of four layers only one learns, the others stay as they were
 * drawn: how well does the network predict then, by layer? Once with the readout as it was drawn too, once with a readout
 * that learns along; beside them the readout by itself, and all together.
 */
import { Evaluator, streamsFor } from '../../../train/evaluate.js';
import { parseTrainOptions } from '../../../train/options.js';
import { Windows } from '../../../text/windows.js';
import { inRoom, scoped } from '../../../kernels/scoped.js';
import { net, shapeOf, updateCost, type Measuring } from '../doing.js';
import type { NetSpec } from '../../../words/lesson/doing.js';
import { Exercised } from '../exercise.js';
import { MARGIN_NATS } from '../../../words/lesson/levels.js';
import { briefOptions, type Nets } from '../nets.js';
import { claimPart, verdictOf } from '../outcome.js';
import type { ClaimVerdict } from '../../../words/lesson/outcome.js';
import { BATCH, type LessonSetup } from '../setup.js';
import {
  gains,
  type Learnt,
  type Frozen,
  type FreezingFigures,
  type FreezingPart,
} from '../../../words/lesson/freezing.js';

const CELLS = ['sigmoid', 'tanh', 'relu'] as const;

export const FROZEN_LAYERS = 4;

/** Half a training: what a layer learns by itself it learns soon. */
const stepsOf = ({ steps }: Pick<LessonSetup, 'steps'>): number => Math.ceil(steps / 2);

const trainingCost = (setup: LessonSetup, spec: NetSpec): number =>
  stepsOf(setup) * updateCost(shapeOf(setup, spec));

export const freezingCost = (setup: LessonSetup): number =>
  CELLS.reduce(
    (sum, cell) => sum + (2 * FROZEN_LAYERS + 2) * trainingCost(setup, net(cell, { layers: FROZEN_LAYERS })),
    0,
  );

const ofLayer =
  (layer: number) =>
  (tensor: string): boolean =>
    tensor.startsWith('rnn.') && tensor.endsWith(`_l${layer}`);

const ofReadout = (tensor: string): boolean => tensor.startsWith('readout.');

export function* measureFreezing(nets: Nets): Measuring<FreezingFigures> {
  const { setup } = nets;
  const updates = stepsOf(setup);
  const found: Frozen[] = [];
  for (const cell of CELLS) {
    const spec = net(cell, { layers: FROZEN_LAYERS });
    const learn = (learns: (tensor: string) => boolean, detail: number): Measuring<Learnt> =>
      learnPart(setup, spec, { learns, detail, updates });
    const alone: Learnt[] = [];
    const withReadout: Learnt[] = [];
    for (let l = 0; l < FROZEN_LAYERS; l++) {
      alone.push(yield* learn(ofLayer(l), l + 1));
      withReadout.push(yield* learn((tensor) => ofLayer(l)(tensor) || ofReadout(tensor), l + 1));
    }
    const readout = yield* learn(ofReadout, 0);
    const all = yield* learn(() => true, -1);
    const start = lossAtStart(setup, spec);
    const without = Math.min(readout.lossNats ?? Infinity, setup.levels.unigram);
    found.push({ cell, start, alone, withReadout, readout, without, all });
  }
  return { layers: FROZEN_LAYERS, updates, nets: found, ...freezingVerdict(found) };
}

interface LearnOptions {
  readonly learns: (tensor: string) => boolean;
  readonly detail: number;
  readonly updates: number;
}

/** The training of `train`, but that only some tensors learn. */
export function* learnPart(
  setup: LessonSetup,
  spec: NetSpec,
  { learns, detail, updates }: LearnOptions,
): Measuring<Learnt> {
  const cost = trainingCost(setup, spec);
  return yield* inRoom(setup.kernels, () => exerciseOf(setup, spec, learns), follow);

  function* follow(exercised: Exercised): Measuring<Learnt> {
    for (const done of exercised.run(updates))
      yield { kind: 'freezing', spec, detail, done, of: updates, cost };
    const { firstNorm, divergedAt } = exercised;
    return { lossNats: divergedAt === null ? lossOf(setup, exercised) : null, firstNorm };
  }
}

function exerciseOf(setup: LessonSetup, spec: NetSpec, learns: (tensor: string) => boolean): Exercised {
  const { training, where, window } = setup;
  const size = { rows: BATCH, timesteps: window };
  const windows = new Windows(training, size, where);
  return new Exercised(
    setup.kernels,
    shapeOf(setup, spec),
    size,
    parseTrainOptions(briefOptions(setup, spec)),
    {
      from: 'window',
      learns,
      starts: windows.mostBeginnings,
      fill: ({ inputs, targets }, step) => windows.fill(step - 1, inputs, targets),
    },
  );
}

const lossOf = ({ kernels, validation }: LessonSetup, { network }: Exercised): number =>
  scoped(kernels, () => new Evaluator(network, streamsFor(validation.length)).run(validation).lossNats);

const lossAtStart = (setup: LessonSetup, spec: NetSpec): number =>
  scoped(setup.kernels, () =>
    lossOf(
      setup,
      exerciseOf(setup, spec, () => false),
    ),
  );

/** The first layer gains less than the last, by more than the margin; where no layer gains, there is no case. */
export const freezingVerdict = (found: readonly Frozen[]): ClaimVerdict<FreezingPart> =>
  verdictOf(
    found.flatMap(({ cell, start, alone, withReadout, without }) => {
      if (cell === 'relu') return [];
      const harder = (gain: number[] | null): boolean[] =>
        gain === null ? [] : [gain[0] < gain[gain.length - 1] - MARGIN_NATS];
      return [
        claimPart<FreezingPart>(`${cell} alone`, harder(gains(alone, start))),
        claimPart<FreezingPart>(`${cell} readout`, harder(gains(withReadout, without))),
      ];
    }),
  );
