/** A run that is ready to be trained: one that has begun, or one that is resumed. */
import { failure } from '../../base/errors.js';
import type { Kernels } from '../../kernels/kernels.js';
import { scheduled } from '../../probe/training.js';
import type { RunFolder, StepCheckpoint } from '../../store/run-folder.js';
import type { Choice } from '../../study/train/minutes.js';
import { checkLength, partsOf, type TextParts } from '../../text/split.js';
import { checkFillsWindow } from '../../text/windows.js';
import type { TrainOptions } from '../../train/options.js';
import type { Recipe } from '../../train/recipes.js';
import { parseTrainingState, type RunVersion, type TrainingState } from '../../train/state.js';
import { Trainer } from '../../train/trainer.js';
import type { TextInIds } from '../ids.js';
import type { Origin } from '../origin.js';

export interface Prepared {
  readonly folder: RunFolder;
  readonly trainer: Trainer;
  readonly options: TrainOptions;
  readonly read: TextInIds;
  readonly split: TextParts;
  /** The texts' paths, as they were given; none for the bundled ones. */
  readonly paths: readonly string[];
  /** Where --minutes chose the options. */
  readonly choice: (Recipe & Choice) | null;
  /** What it begins with: its own weights are not drawn, and so are kept before the first step. */
  readonly origin?: Origin | null;
}

/** @throws DissipaError where the text is too short for the run */
export function splitFor(
  read: TextInIds,
  dir: string,
  { batch, window, validation, test }: TrainOptions,
): TextParts {
  const symbols = read.symbolsIn(dir);
  const size = { rows: batch, timesteps: window };
  checkLength(symbols.length, size, validation, read.where, test);
  const { end } = read.alphabet;
  const split = partsOf(symbols, end, validation, test, read.where);
  // A record that is held out whole may be longer than what is to be held out.
  if (end !== undefined) checkFillsWindow(split.training.length, size, read.where);
  return split;
}

export function makeTrainer(
  kernels: Kernels,
  read: TextInIds,
  { training, validation, test }: TextParts,
  options: TrainOptions,
  version: RunVersion,
  from?: StepCheckpoint,
  model?: Origin,
): Trainer {
  const { cell, layers, hidden } = options;
  const { size: symbols, end } = read.alphabet;
  const shape = { cell, layers, hidden, symbols, ...(end !== undefined && { end }) };
  return new Trainer({
    kernels,
    shape,
    options,
    training,
    validation,
    test,
    probes: scheduled(options),
    symbols: read.alphabet.symbols,
    where: from?.path ?? read.where,
    version,
    ...(model && { model }),
    ...(from && {
      from: {
        parameters: from.checkpoint.parameters,
        state: stateOf(from),
        tensors: from.checkpoint.training?.tensors ?? new Map(),
      },
    }),
  });
}

/** @throws DissipaError where it is not the state of a run at the step that the file's name says */
function stateOf({ step, path, checkpoint }: StepCheckpoint): TrainingState {
  const state = parseTrainingState(checkpoint.training?.state, path);
  if (state.step === step) return state;
  throw failure('run.other-step', { where: path, step: state.step, named: step });
}
