/** The figures that a run ends with: its best model over all of the text held out, kept in run.json. */
import type { RunFolder } from '../../store/run-folder.js';
import type { RunResult } from '../../store/run-info.js';
import type { Evaluation } from '../../train/evaluate.js';
import type { Trainer } from '../../train/trainer.js';

/**
 * To be called when the run is through. Yields the share that is done.
 * @returns null where nothing is held out
 */
export async function* conclude(
  trainer: Trainer,
  folder: RunFolder,
): AsyncGenerator<number, RunResult | null> {
  const best = trainer.best === null ? null : await folder.best();
  const measuring = trainer.figures(best?.parameters);
  for (;;) {
    const { done, value } = measuring.next();
    if (done !== true) {
      yield value;
      continue;
    }
    const [validation, test] = [finite(value.validation), finite(value.test)];
    if (validation === null && test === null) return null;
    const result = { step: (best === null ? null : trainer.best?.step) ?? trainer.step, validation, test };
    await folder.updateInfo({ result });
    return result;
  }
}

/** Weights that are numbers can still be such that their predictions are none. */
const finite = (evaluation: Evaluation | null): Evaluation | null =>
  evaluation !== null && Number.isFinite(evaluation.lossNats) ? evaluation : null;
