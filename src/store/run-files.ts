/** What a run's files are called, and which of them a path means. */
import { DissipaError } from '../base/errors.js';
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
    throw new DissipaError({
      where: dir,
      found: 'a run is already there',
      advice: `resume it with --resume ${dir}, or give another --out`,
    });
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
    throw new DissipaError({
      where: dir,
      found: `holds ${kept.slice(0, 3).join(', ')} of an earlier run, but no ${RUN}`,
      advice: 'move them away, or give another --out',
    });
  }
}

/**
 * The checkpoint a MODEL argument means: a .safetensors file itself; a run folder's best.safetensors, else its newest
 * step. Throws DissipaError where there is none.
 */
export async function resolveModelPath(files: FileStore, path: string): Promise<string> {
  const expected = 'expected a .safetensors file or the folder of a run';
  const kind = await files.kind(path);
  if (kind === 'file') {
    if (/\.safetensors$/i.test(path)) return path;
    throw new DissipaError({
      where: path,
      found: 'is not a .safetensors file',
      expected,
      advice: 'check the path',
    });
  }
  if (kind === 'pipe')
    throw new DissipaError({
      where: path,
      found: 'is a pipe or a device',
      expected,
      advice: 'check the path',
    });
  if (kind === 'none') {
    const advice = 'check the path, or train one with `dissipa train`';
    throw new DissipaError({ where: path, found: 'there is nothing there', expected, advice });
  }
  const best = joinPath(path, BEST);
  if ((await files.kind(best)) === 'file') return best;
  const newest = (await listSteps(files, path)).at(-1);
  if (newest !== undefined) return joinPath(path, stepName(newest));
  throw new DissipaError({
    where: path,
    found: 'is a folder without a checkpoint',
    expected: `expected ${BEST} or step-<n>.safetensors in it`,
    advice: 'train longer, or check the path',
  });
}
