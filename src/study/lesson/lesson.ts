/** The lesson whole: six claims, each measured on the same text, one after the other. */
import { depthNets, measureDepth, type DepthFigures } from './depth.js';
import { measureMethods, methodsNets, type MethodsFigures } from './methods.js';
import { measureMisleading, type MisleadingFigures } from './misleading.js';
import { costOf, Nets, type Doing, type NetSpec } from './nets.js';
import { measureProduct, type ProductFigures } from './product.js';
import { measureSensitivity, sensitivityNets, type SensitivityFigures } from './sensitivity.js';
import { BATCH, type LessonOptions, type LessonSetup } from './setup.js';
import { measureSquashing, type SquashingFigures } from './squashing.js';

/** The sections' figures, in the lesson's order. */
export interface LessonFigures {
  readonly sensitivity: SensitivityFigures;
  readonly squashing: SquashingFigures;
  readonly depth: DepthFigures;
  readonly product: ProductFigures;
  readonly methods: MethodsFigures;
  readonly misleading: MisleadingFigures;
}
export type SectionName = keyof LessonFigures;
export const SECTIONS = [
  'sensitivity',
  'squashing',
  'depth',
  'product',
  'methods',
  'misleading',
] as const satisfies readonly SectionName[];

/** What was measured, and on what: the shape of `lesson --json`. */
export interface Lesson {
  readonly setup: LessonOptions & {
    readonly batch: number;
    /** Its name; null for the corpus that comes with the program. */
    readonly text: string | null;
    readonly characters: number;
    readonly symbols: number;
    /** The window measured on. */
    readonly rows: number;
    readonly engine: string;
  };
  readonly sections: LessonFigures;
}

export interface LessonProgress {
  readonly section: SectionName;
  readonly doing: Doing;
  /** Share of all there is to do, from 0 to 1. */
  readonly done: number;
}

/** What nudging a network costs, in updates of it: a hundred passes in float64, before and after the training. */
const NUDGING_STEPS = 1000;

const isSame = (a: NetSpec, b: NetSpec): boolean =>
  a.cell === b.cell && a.init === b.init && a.layers === b.layers && a.clip === b.clip;

/** @throws DissipaError where an engine runs out of memory */
export async function* measureLesson(setup: LessonSetup): AsyncGenerator<LessonProgress, Lesson, undefined> {
  const nets = new Nets(setup);
  const all = [...depthNets, ...methodsNets].filter(
    (spec, i, specs) => specs.findIndex((other) => isSame(spec, other)) === i,
  );
  const nudging = (spec: NetSpec): number => (costOf(setup, spec) / setup.steps) * NUDGING_STEPS;
  const sum = (costs: readonly number[]): number => costs.reduce((a, b) => a + b, 0);
  const whole = sum(all.map((spec) => costOf(setup, spec))) + sum(sensitivityNets.map(nudging));
  let before = 0;
  let now = 0;
  let last: Doing | null = null;
  const progress = (section: SectionName, doing: Doing): LessonProgress => {
    if (last !== null && (last.kind !== doing.kind || !isSame(last.spec, doing.spec))) {
      before += now;
      now = 0;
    }
    last = doing;
    now =
      doing.kind === 'training'
        ? (costOf(setup, doing.spec) * doing.step) / doing.steps
        : (nudging(doing.spec) * doing.done) / doing.of;
    return { section, doing, done: Math.min(1, (before + now) / whole) };
  };

  const measures = {
    sensitivity: measureSensitivity,
    squashing: measureSquashing,
    depth: measureDepth,
    product: measureProduct,
    methods: measureMethods,
    misleading: measureMisleading,
  } as const;
  async function* run<Name extends SectionName>(
    name: Name,
  ): AsyncGenerator<LessonProgress, LessonFigures[Name], undefined> {
    const measuring = measures[name](nets) as AsyncGenerator<Doing, LessonFigures[Name], undefined>;
    for (;;) {
      const next = await measuring.next();
      if (next.done === true) return next.value;
      yield progress(name, next.value);
    }
  }

  const sections: LessonFigures = {
    sensitivity: yield* run('sensitivity'),
    squashing: yield* run('squashing'),
    depth: yield* run('depth'),
    product: yield* run('product'),
    methods: yield* run('methods'),
    misleading: yield* run('misleading'),
  };
  return { setup: await factsOf(setup), sections };
}

/** The lesson's sizes and sources. */
export async function factsOf(setup: LessonSetup): Promise<Lesson['setup']> {
  const { hidden, window, steps, seed, name, training, validation, alphabet, size, open } = setup;
  return {
    ...{ hidden, window, steps, seed, batch: BATCH, text: name },
    characters: training.length + validation.length,
    symbols: alphabet.size,
    rows: size.rows,
    engine: (await open()).name,
  };
}
