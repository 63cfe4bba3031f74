/** `dissipa inspect MODEL --text FILE` */
import * as z from 'zod';
import { inspect, inspectDeep } from '../../study/inspect.js';
import { memoryInBrief } from '../../report/memory.js';
import type { Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { lagPicture } from '../summary.js';
import { readText } from '../texts.js';
import { jsonFlag, modelFlags, openModel, textFlag } from './model.js';

const size = (description: string, preset: number) =>
  z.int().min(1).max(65536).default(preset).meta({ description });

export const inspectFlags = modelFlags.extend({
  text: textFlag,
  window: size('timesteps of the window, T', 64),
  rows: size('rows of the window, N', 16),
  deep: z
    .boolean()
    .default(false)
    .meta({ description: 'also the audit, the matrix, and what the text listens to, with --json' }),
  json: jsonFlag,
});

/** @returns the exit code */
export async function inspectModel(env: Environment, path: string, argv: Given): Promise<number> {
  const { text, window: timesteps, rows, deep, json, engine } = readFlags(inspectFlags, argv, ['model']);
  const model = await openModel(env, path, engine);
  const measure = deep ? inspectDeep : inspect;
  const report = measure(model, await readText(env.files, text), { timesteps, rows }, text);
  if (json) {
    env.out(`${JSON.stringify(report)}\n`);
    return 0;
  }
  const { cell, layers, hidden } = report.model;
  env.out(
    `${cell} ${layers}×${hidden}, ${rows} rows of ${timesteps} timesteps of ${text}: ` +
      `loss ${report.loss.window.toFixed(4)} nats, of the last timestep ${report.loss.last.toFixed(4)}\n\n`,
  );
  env.out(`${lagPicture(report.layers, timesteps)}\n\n`);
  for (const { layer, memory } of report.layers)
    env.out(`layer ${layer}  ${memoryInBrief(memory, timesteps)}\n`);
  return 0;
}
