/**
 * What a run that is taken up again may be told anew, and why the rest stays as it is. From the step at which it is taken
 * up the run is the one that these options make of it: the same checkpoint with the same options gives the same bits.
 */
import { misuse } from '../base/errors.js';
import { flagOf } from '../base/options.js';
import { everyName, PROBE_NAMES } from '../probe/training.js';
import { readingOptions, symbolOptions } from '../text/reading.js';
import { trainOptions, type TrainOptionName } from './options.js';

/** Why an option may not be given anew. */
export type WhyFixed =
  | 'model'
  | 'beginning'
  | 'window'
  | 'held-out'
  | 'text'
  | 'optimiser'
  | 'seed'
  | 'average'
  | 'best'
  | 'trained';

const WHY: Readonly<Partial<Record<TrainOptionName, WhyFixed>>> = {
  ...{ cell: 'model', layers: 'model', hidden: 'model' },
  ...{ init: 'beginning', forgetBias: 'beginning' },
  ...{ window: 'window', batch: 'window' },
  ...{ validation: 'held-out', test: 'held-out' },
  ...Object.fromEntries(Object.keys({ ...readingOptions, ...symbolOptions }).map((name) => [name, 'text'])),
  ...{ minCount: 'text', unknown: 'text' },
  ...{ optimizer: 'optimiser', momentum: 'optimiser', alpha: 'optimiser' },
  ...{ beta1: 'optimiser', beta2: 'optimiser', epsilon: 'optimiser' },
  ...{ seed: 'seed', average: 'average', evaluateCharacters: 'best' },
};

/** Whether an option may be given anew. */
export const isResumable = (name: string): boolean =>
  trainOptions.shape[name as TrainOptionName].meta()?.resumable === true;

/** Of an option that may not. */
export const whyFixed = (name: string): WhyFixed => WHY[name as TrainOptionName] ?? 'trained';

type Given = Readonly<Record<string, unknown>>;

/**
 * The options a run has, with those over them that are given anew; neither checked nor complete.
 * @throws UsageError for one that cannot change, saying why
 */
export function resumedWith(had: Given, given: Given): Record<string, unknown> {
  for (const [name, value] of Object.entries(given)) {
    if (!(name in trainOptions.shape) || isResumable(name) || value === had[name]) continue;
    throw misuse('train.fixed', {
      option: flagOf(name),
      had: (JSON.stringify(had[name]) as string | undefined) ?? null,
      why: whyFixed(name),
    });
  }
  // One of the two replaces the other; what the preset says of each probe goes with the preset.
  const replaced = new Set([
    ...(given.steps === undefined ? [] : ['epochs']),
    ...(given.epochs === undefined ? [] : ['steps']),
    ...(given.probe === undefined ? [] : PROBE_NAMES.map(everyName)),
  ]);
  const before = Object.fromEntries(Object.entries(had).filter(([name]) => !replaced.has(name)));
  return { ...before, ...given };
}
