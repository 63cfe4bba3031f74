/** Opening MODEL: a .safetensors file, or a run folder, whose best checkpoint is meant. */
import * as z from 'zod';
import type { Scalar } from '../../base/matrix.js';
import type { OptionGroup, OptionMeta, Takes } from '../../base/options.js';
import { ENGINES } from '../../kernels/engine.js';
import { readCheckpoint } from '../../store/checkpoint.js';
import { resolveModelPath } from '../../store/run-folder.js';
import { loadModel, type Model } from '../../study/model/model.js';
import { readingOptions } from '../../text/reading.js';
import { UNKNOWNS } from '../../text/unknown.js';
import { openEngineFor } from '../engines.js';
import type { Environment } from '../environment.js';

/** The flags that every command over a model has. */
export const modelFlags = z.strictObject({
  engine: z.enum(ENGINES).default('auto').meta({ group: 'run' }),
  threads: z
    .union([z.literal('auto'), z.int().min(1).max(1024)])
    .default('auto')
    .meta({ group: 'run', takes: 'count' } satisfies OptionMeta),
});
export type ModelFlags = z.output<typeof modelFlags>;

/** The flags of a command that measures on a text; how the text is read beside it. */
export const textFlags = {
  text: z
    .string()
    .optional()
    .meta({ group: 'measuring', takes: 'text' } satisfies OptionMeta),
  encoding: readingOptions.encoding,
  badBytes: readingOptions.badBytes,
  ext: readingOptions.ext,
  keepBoilerplate: readingOptions.keepBoilerplate,
  unknown: z.enum(UNKNOWNS).optional().meta({ group: 'data' }),
};

/** What names a file, a folder, a model, a queue …: a text that is not empty. */
export const namedFlag = (group: OptionGroup, takes: Takes) =>
  z
    .string()
    .min(1)
    .optional()
    .meta({ group, takes } satisfies OptionMeta);

export const jsonFlag = z.boolean().default(false).meta({ group: 'run' });

/** @param scalar `f64`: in the engine's float64 alone, for what only measures */
export async function openModel(
  env: Environment,
  path: string,
  { engine, threads }: ModelFlags,
  scalar: Scalar = 'f32',
): Promise<Model> {
  const file = await resolveModelPath(env.files, path);
  const checkpoint = readCheckpoint(env.files, file, { withTraining: false });
  const kernels = await openEngineFor(env, engine, threads);
  return loadModel(scalar === 'f64' ? kernels.float64 : kernels, checkpoint);
}
