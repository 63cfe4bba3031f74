/** `dissipa engine` */
import * as z from 'zod';
import { visibleJson } from '../../base/visible.js';
import { enginesReport } from '../../study/engine/show.js';
import { textWidth } from '../../ui/terminal/wrap.js';
import { surveyEngines } from '../../study/engine/measure.js';
import { buildNativeKernels } from '../engines.js';
import type { Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { jsonFlag, modelFlags } from './model.js';

export const engineFlags = modelFlags.extend({
  build: z.boolean().default(false).meta({ group: 'run' }),
  json: jsonFlag,
});

/** @returns the exit code */
export async function engine(env: Environment, argv: Given): Promise<number> {
  const { engine: name, threads, build, json } = readFlags(engineFlags, argv);
  if (build) env.err(`${await buildNativeKernels(env)}\n`);
  const survey = await surveyEngines(name, threads);
  env.out(
    json
      ? `${visibleJson(JSON.stringify(survey))}\n`
      : enginesReport(survey, name !== 'auto', env.words, textWidth(env.outColumns)),
  );
  return 0;
}
