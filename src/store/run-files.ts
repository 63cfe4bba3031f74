/** What a run's files are called, and which of them a path means. */
import { failure } from '../base/errors.js';
import { joinPath, type FileStore } from './files.js';
import { isStep, logHeader } from './json-lines.js';

export const METRICS_FORMAT = 'dissipa.metrics';
export const GRADIENTS_FORMAT = 'dissipa.gradients';

export const RUN = 'run.json';
export const METRICS = 'metrics.jsonl';
export const GRADIENTS = 'gradients.jsonl';
export const SAMPLES = 'samples.txt';
export const BEST = 'best.safetensors';
/** Only beside a run on a large text. */
export const TEXT_IDS = 'text.ids';
export const LOGS = [
  [METRICS, METRICS_FORMAT],
  [GRADIENTS, GRADIENTS_FORMAT],
] as const;

export const stepName = (step: number): string => `step-${step}.safetensors`;

/** The steps a folder has checkpoints of, ascending. */
export async function listSteps(files: FileStore, dir: string): Promise<number[]> {
  const names = await files.list(dir);
  return names
    .map((name) => Number(/^step-(0|[1-9]\d{0,15})\.safetensors$/.exec(name)?.[1] ?? Number.NaN))
    .filter(isStep)
    .sort((a, b) => a - b);
}

/** Throws DissipaError where `dir` holds anything that a new run would overwrite or be mixed up with. */
export async function refuseOldRun(files: FileStore, dir: string): Promise<void> {
  const names = await files.list(dir);
  if (names.includes(RUN)) {
    throw failure('run.taken', { where: dir });
  }
  const kept = names.filter((name) => name === BEST || /^step-\d+\.safetensors$/.test(name));
  for (const [name, begun] of [
    ...LOGS.map(([log, format]) => [log, logHeader(format)] as const),
    [SAMPLES, ''],
  ] as const) {
    // What a creation that was broken off leaves is no loss: a header and nothing else.
    if (names.includes(name) && (await files.read(joinPath(dir, name))).length > begun.length)
      kept.push(name);
  }
  if (kept.length > 0) {
    throw failure('run.leftovers', { where: dir, names: kept.slice(0, 3), missing: RUN });
  }
}

/**
 * The checkpoint a MODEL argument means: a .safetensors file itself; a run folder's best.safetensors, else its newest
 * step. Throws DissipaError where there is none.
 */
export async function resolveModelPath(files: FileStore, path: string): Promise<string> {
  const kind = await files.kind(path);
  if (kind === 'file' && /\.safetensors$/i.test(path)) return path;
  if (kind !== 'folder') throw failure('model.none', { where: path, kind });
  const best = joinPath(path, BEST);
  if ((await files.kind(best)) === 'file') return best;
  const newest = (await listSteps(files, path)).at(-1);
  if (newest !== undefined) return joinPath(path, stepName(newest));
  throw failure('model.empty-folder', { where: path, best: BEST });
}
