/** `dissipa engine` */
import * as z from 'zod';
import { enginesReport } from '../../study/engine/show.js';
import { textWidth } from '../../ui/terminal/wrap.js';
import { surveyEngines } from '../../study/engine/measure.js';
import { buildNativeKernels } from '../engines.js';
import type { Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { tellJson } from '../results.js';
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
  if (json) tellJson(env, survey);
  else env.out(enginesReport(survey, name !== 'auto', env.words, textWidth(env.outColumns)));
  return 0;
}
