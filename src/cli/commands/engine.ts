/** `dissipa engine` */
import { visibleJson } from '../../base/visible.js';
import { enginesReport } from '../../study/engine/show.js';
import { textWidth } from '../../ui/terminal/wrap.js';
import { surveyEngines } from '../../study/engine/measure.js';
import type { Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { jsonFlag, modelFlags } from './model.js';

export const engineFlags = modelFlags.extend({ json: jsonFlag });

/** @returns the exit code */
export async function engine(env: Environment, argv: Given): Promise<number> {
  const { engine: name, threads, json } = readFlags(engineFlags, argv, []);
  const survey = await surveyEngines(name, threads);
  env.out(
    json
      ? `${visibleJson(JSON.stringify(survey))}\n`
      : enginesReport(survey, name !== 'auto', textWidth(env.outColumns)),
  );
  return 0;
}
