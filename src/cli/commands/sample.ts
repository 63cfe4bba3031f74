/** `dissipa sample MODEL` */
import { setImmediate } from 'node:timers/promises';
import { visibleJson } from '../../base/visible.js';
import { Sampler, sampleOptions } from '../../study/sample.js';
import { INTERRUPTED, type Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { jsonFlag, modelFlags, openModel } from './model.js';

export const sampleFlags = sampleOptions.extend({ ...modelFlags.shape, json: jsonFlag });

/** Characters between two looks at the signals. */
const BREATH = 32;

/** @returns the exit code */
export async function sample(env: Environment, path: string, argv: Given): Promise<number> {
  const { engine, threads, json, ...options } = readFlags(sampleFlags, argv, ['model']);
  const stop = env.interruption();
  const model = await openModel(env, path, { engine, threads });
  let text = '';
  let made = 0;
  for (const symbol of new Sampler(model).run(options)) {
    if (made === 0 && !json) env.out(options.prompt);
    made++;
    if (json) text += symbol;
    else env.out(symbol);
    if (made % BREATH === 0) await setImmediate();
    if (stop.aborted) break;
  }
  env.out(json ? `${visibleJson(JSON.stringify({ prompt: options.prompt, text, options }))}\n` : '\n');
  return stop.aborted ? INTERRUPTED : 0;
}
