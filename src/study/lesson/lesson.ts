/** The lesson whole: ten claims, each measured on the same text, one after the other. */
import { toldAs } from '../../base/steps.js';
import { costOf, type Doing, type Measuring, type NetSpec } from './doing.js';
import { keyOf, Nets } from './nets.js';
import { depthCost, depthNets, measureDepth, type DepthFigures } from './sections/depth.js';
import { freezingCost, measureFreezing, type FreezingFigures } from './sections/freezing.js';
import { measureMethods, methodsNets, type MethodsFigures } from './sections/methods.js';
import { measureMisleading, misleadingNets, type MisleadingFigures } from './sections/misleading.js';
import { measureProduct, productNets, type ProductFigures } from './sections/product.js';
import { measureRecall, recallCost, type RecallFigures } from './sections/recall.js';
import { measureRegions, regionsCost, type RegionsFigures } from './sections/regions.js';
import { remediesOf, type RemediesFigures } from './sections/remedies.js';
import {
  measureSensitivity,
  sensitivityCost,
  sensitivityNets,
  type SensitivityFigures,
} from './sections/sensitivity.js';
import { measureSquashing, squashingNets, type SquashingFigures } from './sections/squashing.js';
import { BATCH, type LessonOptions, type LessonSetup, type TooShort } from './setup.js';
import type { Levels } from './levels.js';

/** The sections' figures, in the lesson's order. */
export interface LessonFigures {
  readonly sensitivity: SensitivityFigures;
  readonly squashing: SquashingFigures;
  readonly regions: RegionsFigures;
  readonly depth: DepthFigures;
  readonly freezing: FreezingFigures;
  readonly product: ProductFigures;
  readonly methods: MethodsFigures;
  readonly remedies: RemediesFigures;
  readonly misleading: MisleadingFigures;
  readonly recall: RecallFigures;
}
export type SectionName = keyof LessonFigures;
export const SECTIONS = [
  'sensitivity',
  'squashing',
  'regions',
  'depth',
  'freezing',
  'product',
  'methods',
  'remedies',
  'misleading',
  'recall',
] as const satisfies readonly SectionName[];

/** What was measured, and on what: the shape of `lesson --json`. */
export interface Lesson {
  readonly setup: LessonOptions & {
    readonly batch: number;
    /** Its name; null for the corpus that comes with the program. */
    readonly text: string | null;
    /** The text that was asked for, where it was too short; else null. */
    readonly insteadOf: TooShort | null;
    readonly characters: number;
    readonly symbols: number;
    /** What a network has to do better than on the held-out text, nats. */
    readonly levels: Levels;
    /** The window measured on. */
    readonly rows: number;
    readonly engine: string;
  };
  readonly sections: LessonFigures;
}

/** How far a lesson is. */
export interface LessonProgress {
  readonly section: SectionName;
  readonly doing: Doing;
  /** Share of all there is to do, from 0 to 1. */
  readonly done: number;
}

const TRAINED: readonly NetSpec[] = [
  ...sensitivityNets,
  ...squashingNets,
  ...depthNets,
  ...productNets,
  ...methodsNets,
  ...misleadingNets,
];

/** What all of it costs; each network is trained once. */
function wholeCost(setup: LessonSetup): number {
  const trained = new Map(TRAINED.map((spec) => [keyOf(spec), spec]));
  const training = [...trained.values()].reduce((sum, spec) => sum + costOf(setup, spec), 0);
  const others = [sensitivityCost, regionsCost, depthCost, freezingCost, recallCost];
  return others.reduce((sum, cost) => sum + cost(setup), training);
}

const pieceOf = ({ kind, spec, detail = 0 }: Doing): string => [kind, keyOf(spec), detail].join(' ');

/** @throws DissipaError where an engine runs out of memory */
export function* measureLesson(setup: LessonSetup): Generator<LessonProgress, Lesson, undefined> {
  const nets = new Nets(setup);
  const whole = wholeCost(setup);
  let before = 0;
  let last: Doing | null = null;

  function* run<Name extends SectionName>(
    section: Name,
    measure: (nets: Nets) => Measuring<LessonFigures[Name]>,
  ): Generator<LessonProgress, LessonFigures[Name], undefined> {
    return yield* toldAs(measure(nets), (doing) => {
      // A piece may end before its last step, as a training does whose numbers end.
      if (last !== null && (doing.done <= last.done || pieceOf(doing) !== pieceOf(last))) before += last.cost;
      last = doing;
      return { section, doing, done: Math.min(1, (before + (doing.cost * doing.done) / doing.of) / whole) };
    });
  }

  const sensitivity = yield* run('sensitivity', measureSensitivity);
  const squashing = yield* run('squashing', measureSquashing);
  const regions = yield* run('regions', measureRegions);
  const depth = yield* run('depth', measureDepth);
  const freezing = yield* run('freezing', measureFreezing);
  const product = yield* run('product', measureProduct);
  const methods = yield* run('methods', measureMethods);
  const remedies = remediesOf(methods.contenders);
  const misleading = yield* run('misleading', measureMisleading);
  const recall = yield* run('recall', measureRecall);
  return {
    setup: factsOf(setup),
    sections: {
      ...{ sensitivity, squashing, regions, depth, freezing },
      ...{ product, methods, remedies, misleading, recall },
    },
  };
}

/** The lesson's sizes and sources. */
export function factsOf(setup: LessonSetup): Lesson['setup'] {
  const { hidden, window, steps, seed, name, training, validation, alphabet, size, kernels, levels } = setup;
  return {
    ...{ hidden, window, steps, seed, batch: BATCH, text: name, levels },
    insteadOf: setup.insteadOf ?? null,
    characters: training.length + validation.length,
    symbols: alphabet.size,
    rows: size.rows,
    engine: kernels.name,
  };
}
