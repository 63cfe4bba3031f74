/**
 * What a run that is taken up again may be told anew, and why the rest stays as it is. From the step at which it is taken
 * up the run is the one that these options make of it: the same checkpoint with the same options gives the same bits.
 */
import { UsageError } from '../base/errors.js';
import { flagOf } from '../base/options.js';
import { everyName, PROBE_NAMES } from '../probe/training.js';
import { readingOptions, symbolOptions } from '../text/reading.js';
import { trainOptions, type TrainOptionName } from './options.js';

const MODEL = 'the weights are those of such a model';
const BEGINNING = 'the weights began with it';
const WINDOW = 'the carry and the place in the text are for windows of that size';
const HELD_OUT = 'what it has been trained on would be held out, or the other way round';
const TEXT = 'the text would be another';
const OPTIMISER = "the optimiser's own numbers were made with it";

const WHY: Readonly<Partial<Record<TrainOptionName, string>>> = {
  ...{ cell: MODEL, layers: MODEL, hidden: MODEL },
  ...{ init: BEGINNING, forgetBias: BEGINNING },
  ...{ window: WINDOW, batch: WINDOW },
  ...{ validation: HELD_OUT, test: HELD_OUT },
  ...Object.fromEntries(Object.keys({ ...readingOptions, ...symbolOptions }).map((name) => [name, TEXT])),
  ...{ minCount: TEXT, unknown: TEXT },
  ...{ optimizer: OPTIMISER, momentum: OPTIMISER, alpha: OPTIMISER },
  ...{ beta1: OPTIMISER, beta2: OPTIMISER, epsilon: OPTIMISER },
  seed: 'its random numbers have been drawn from it',
  average: 'the average has been taken with it',
  evaluateCharacters: 'the best so far was found on so many',
};

/** Whether an option may be given anew. */
export const isResumable = (name: string): boolean =>
  trainOptions.shape[name as TrainOptionName].meta()?.resumable === true;

/** Why an option that may not be given anew may not. */
export const whyFixed = (name: string): string =>
  WHY[name as TrainOptionName] ?? 'what was trained so far was trained with it';

type Given = Readonly<Record<string, unknown>>;

/**
 * The options a run has, with those over them that are given anew; neither checked nor complete.
 * @throws UsageError for one that cannot change, saying why
 */
export function resumedWith(had: Given, given: Given): Record<string, unknown> {
  for (const [name, value] of Object.entries(given)) {
    if (!(name in trainOptions.shape) || isResumable(name) || value === had[name]) continue;
    throw new UsageError({
      where: flagOf(name),
      found: `the run has ${(JSON.stringify(had[name]) as string | undefined) ?? 'none'}`,
      expected: `it cannot change in a run: ${whyFixed(name)}`,
      advice: 'leave it out, or start a new run (--from begins it with the weights of this one)',
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
