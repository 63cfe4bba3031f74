/** Opening MODEL: a .safetensors file, or a run folder, whose best checkpoint is meant. */
import * as z from 'zod';
import { ENGINES, openEngine } from '../../kernels/engine.js';
import { readCheckpoint } from '../../store/checkpoint.js';
import { resolveModelPath } from '../../store/run-folder.js';
import { loadModel, type Model } from '../../study/model.js';
import { readingOptions } from '../../text/reading.js';
import type { Environment } from '../environment.js';

/** The flags that every command over a model has. */
export const modelFlags = z.strictObject({
  engine: z
    .enum(ENGINES)
    .default('auto')
    .meta({ description: 'arithmetic; auto takes the fastest there is' }),
  threads: z
    .union([z.literal('auto'), z.int().min(1).max(1024)])
    .default('auto')
    .meta({ description: 'threads that share the work; auto takes as many as help' }),
});
export type ModelFlags = z.output<typeof modelFlags>;

/** The flags of a command that measures on a text; how the text is read beside it. */
export const textFlags = {
  text: z.string().meta({ description: 'text to measure on; - for standard input' }),
  encoding: readingOptions.encoding,
  badBytes: readingOptions.badBytes,
  ext: readingOptions.ext,
  keepBoilerplate: readingOptions.keepBoilerplate,
};

export const jsonFlag = z
  .boolean()
  .default(false)
  .meta({ description: 'print one JSON object, for programs' });

export async function openModel(
  { files }: Environment,
  path: string,
  { engine, threads }: ModelFlags,
): Promise<Model> {
  const file = await resolveModelPath(files, path);
  const checkpoint = readCheckpoint(files, file, { withTraining: false });
  return loadModel(await openEngine(engine, threads), checkpoint);
}
