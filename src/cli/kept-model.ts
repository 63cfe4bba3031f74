/** What the model that a run keeps writes, and how far back its gradient reaches: in the memory the training had. */
import type { LayerReport } from '../bptt/report.js';
import { scoped } from '../kernels/scoped.js';
import type { ModelShape } from '../model/shape.js';
import { readCheckpoint } from '../store/checkpoint.js';
import { DissipaError } from '../base/errors.js';
import { isOutOfMemory } from '../base/memory.js';
import type { FileStore } from '../store/files.js';
import { resolveModelPath } from '../store/run-files.js';
import { reach } from '../study/inspect/measure.js';
import { loadModel } from '../study/model/model.js';
import { Sampler, sampleOptions, sampleText } from '../study/sample/sample.js';
import { reachBytes } from '../train/bytes.js';
import type { Trainer } from '../train/trainer.js';

export const MOST_ROWS = 32;
/** A training that took less is no reason to look at fewer rows. */
const FEW_BYTES = 2 ** 25;

export interface KeptModel {
  readonly shape: ModelShape;
  readonly sample: string;
  /** Null where the text is too short, or the window has nothing to go back. */
  readonly layers: readonly LayerReport[] | null;
}

export interface MeasuredOn {
  readonly dir: string;
  /** Ids of its beginning. */
  readonly text: Uint16Array;
  readonly timesteps: number;
  readonly sampleLength: number;
}

/** @param trainer is through: its memory is given back first */
export async function measureKept(
  files: FileStore,
  trainer: Trainer,
  { dir, text, timesteps, sampleLength }: MeasuredOn,
): Promise<KeptModel> {
  const path = await resolveModelPath(files, dir);
  const contents = readCheckpoint(files, path, { withTraining: false });
  const { shape } = contents;
  const { kernels } = trainer.network;
  const mostBytes = Math.max(FEW_BYTES, trainer.bytes);
  trainer.release();
  const sampled = scoped(kernels, () =>
    unlessOverflown(() => {
      const model = loadModel(kernels, contents);
      const options = sampleOptions.parse({ length: sampleLength });
      return model.alphabet.readable(sampleText(new Sampler(model), model.alphabet, options)).trim();
    }),
  );
  const sample = sampled ?? '';
  let rows = Math.min(MOST_ROWS, Math.floor((text.length - 1) / timesteps));
  if (rows < 1 || timesteps === 1) return { shape, sample, layers: null };
  while (rows > 1 && reachBytes(shape, { rows, timesteps }) > mostBytes) rows--;
  const layers = scoped(kernels, () =>
    unlessOverflown(() => {
      // In float64 from the start: a network in float32 beside it would be of no use.
      const model = loadModel(kernels.float64, contents);
      return reach(model, text, { timesteps, rows }, dir);
    }),
  );
  return { shape, sample, layers };
}

/** Null where the model's numbers leave the engine's: the training was done, and its ending goes on without them. */
function unlessOverflown<T>(measure: () => T): T | null {
  try {
    return measure();
  } catch (error) {
    if (error instanceof DissipaError || isOutOfMemory(error)) return null;
    throw error;
  }
}
