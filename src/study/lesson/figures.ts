/** The lesson's sections: what each finds, how it is measured, and what that costs. */
import { toldAs } from '../../base/steps.js';
import { costOf, type Measuring } from './doing.js';
import type { Doing, NetSpec } from '../../words/lesson/doing.js';
import { netKey, type Nets } from './nets.js';
import { depthCost, depthNets, measureDepth } from './sections/depth.js';
import { freezingCost, measureFreezing } from './sections/freezing.js';
import { measureMethods, methodsNets } from './sections/methods.js';
import { measureMisleading, misleadingNets } from './sections/misleading.js';
import { measureProduct, productNets } from './sections/product.js';
import { measureRecall, recallCost } from './sections/recall.js';
import { measureRegions, regionsCost } from './sections/regions.js';
import { remediesOf } from './sections/remedies.js';
import { measureSensitivity, sensitivityCost, sensitivityNets } from './sections/sensitivity.js';
import { measureSquashing, squashingNets } from './sections/squashing.js';
import type { LessonSetup } from './setup.js';
import type { LessonFigures, LessonProgress, SectionName } from '../../words/lesson/figures.js';

type Measure<Name extends SectionName> = (nets: Nets) => Measuring<LessonFigures[Name]>;

const MEASURES: { readonly [Name in SectionName]: Measure<Name> } = {
  sensitivity: measureSensitivity,
  squashing: measureSquashing,
  regions: measureRegions,
  depth: measureDepth,
  freezing: measureFreezing,
  product: measureProduct,
  methods: measureMethods,
  *remedies(nets) {
    return remediesOf((yield* measureMethods(nets)).contenders);
  },
  misleading: measureMisleading,
  recall: measureRecall,
};

interface Cost {
  /** Trained for it, or for another section before. */
  readonly nets?: readonly NetSpec[];
  readonly more?: (setup: LessonSetup) => number;
}

const COSTS: Readonly<Record<SectionName, Cost>> = {
  sensitivity: { nets: sensitivityNets, more: sensitivityCost },
  squashing: { nets: squashingNets },
  regions: { more: regionsCost },
  depth: { nets: depthNets, more: depthCost },
  freezing: { more: freezingCost },
  product: { nets: productNets },
  methods: { nets: methodsNets },
  remedies: { nets: methodsNets },
  misleading: { nets: misleadingNets },
  recall: { more: recallCost },
};

/** What some sections cost together; each network is trained once. */
function costOfSections(setup: LessonSetup, names: readonly SectionName[]): number {
  const costs = names.map((name) => COSTS[name]);
  const trained = new Map(costs.flatMap(({ nets = [] }) => nets.map((spec) => [netKey(spec), spec])));
  const training = [...trained.values()].reduce((sum, spec) => sum + costOf(setup, spec), 0);
  return costs.reduce((sum, { more }) => sum + (more?.(setup) ?? 0), training);
}

const pieceOf = ({ kind, spec, detail = 0 }: Doing): string => [kind, netKey(spec), detail].join(' ');

type Told<T> = Generator<LessonProgress, T, undefined>;

type Section = <Name extends SectionName>(name: Name) => Told<LessonFigures[Name]>;

/** Measures sections one after the other, and tells how much of all of them is done. */
export function tracked(nets: Nets, sections: readonly SectionName[]): Section {
  const whole = costOfSections(nets.setup, sections);
  let before = 0;
  let last: Doing | null = null;
  return function* (section) {
    return yield* toldAs(MEASURES[section](nets), (doing) => {
      // A piece may end before its last step, as a training does whose numbers end.
      if (last !== null && (doing.done <= last.done || pieceOf(doing) !== pieceOf(last))) before += last.cost;
      last = doing;
      return { section, doing, done: Math.min(1, (before + (doing.cost * doing.done) / doing.of) / whole) };
    });
  };
}

/** A section by itself, as a reader measures it again; what `nets` has trained before is not trained again. */
export const measureSection = <Name extends SectionName>(nets: Nets, name: Name): Told<LessonFigures[Name]> =>
  tracked(nets, [name])(name);
