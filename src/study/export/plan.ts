/** What is written beside the weights of a run that goes on in PyTorch: all that train.py reads of it, in run.json. */
import { kindEntries } from '../../store/checkpoint-alphabet.js';
import type { Checkpoint } from '../../store/checkpoint.js';
import type { RunInfo } from '../../store/run-info.js';
import { partsOf } from '../../text/split.js';
import type { Symbols } from '../../text/symbols.js';
import { DEFAULT_STEPS, type TrainOptions } from '../../train/options.js';
import { parseTrainingState } from '../../train/state.js';
import { walkOf } from '../../train/walk.js';

export interface ExportedRun {
  readonly format: 'dissipa.pytorch';
  /** How rows walk through the text; see RunVersion. */
  readonly version: RunInfo['version'];
  /** Those of the checkpoint: complete. */
  readonly options: TrainOptions;
  /** Updates made so far, and those of the whole training. */
  readonly step: number;
  readonly steps: number;
  /** V */
  readonly symbols: number;
  readonly alphabet: readonly string[];
  /** What a checkpoint's metadata say of the symbols: bytes, or which of them ends a record. */
  readonly kind: Readonly<Record<string, string>>;
  /**
   * Symbols of the text that are trained on, held out behind them, and kept for the end behind those. Of records the END
   * between two parts is in both.
   */
  readonly parts: { readonly training: number; readonly validation: number; readonly test: number };
}

/** @throws DissipaError where the checkpoint is not one of a training, or the text too short for its window */
export function exportedRun(checkpoint: Checkpoint, text: Symbols, path: string): ExportedRun {
  const { options, step, version } = parseTrainingState(checkpoint.training?.state, path);
  const complete = options as TrainOptions;
  const { shape, kind = {} } = checkpoint;
  const { training, validation, test } = partsOf(text, shape.end, options.validation, options.test, path);
  const size = { rows: options.batch, timesteps: options.window };
  const { perPass } = walkOf(version, training, size, path);
  return {
    ...{ format: 'dissipa.pytorch', version, options: complete, step },
    steps:
      options.epochs === undefined
        ? (options.steps ?? DEFAULT_STEPS)
        : Math.max(1, Math.round(options.epochs * perPass)),
    symbols: shape.symbols,
    alphabet: checkpoint.alphabet,
    kind: Object.fromEntries(kindEntries(kind)),
    parts: { training: training.length, validation: validation.length, test: test.length },
  };
}
