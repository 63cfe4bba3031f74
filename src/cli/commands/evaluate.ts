/** `dissipa evaluate MODEL --text FILE` */
import { counted } from '../../base/words.js';
import { count } from '../../report/numbers.js';
import { textWidth, wrap } from '../../report/terminal/wrap.js';
import { evaluate } from '../../study/evaluate.js';
import type { Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { readTexts } from '../texts.js';
import { jsonFlag, modelFlags, openModel, textFlags } from './model.js';

export const evaluateFlags = modelFlags.extend({ ...textFlags, json: jsonFlag });

/** @returns the exit code */
export async function evaluateModel(env: Environment, path: string, argv: Given): Promise<number> {
  const { text, json, engine, threads, ...reading } = readFlags(evaluateFlags, argv, ['model']);
  const model = await openModel(env, path, { engine, threads });
  const read = await readTexts(env, [text], reading);
  const report = evaluate(model, read.text, text);
  if (json) {
    env.out(`${JSON.stringify(report)}\n`);
    return 0;
  }
  const uniform = Math.log2(model.alphabet.size);
  const told =
    `${report.bitsPerChar.toFixed(4)} bits per character, ${report.bitsPerByte.toFixed(4)} per UTF-8 byte ` +
    `(${report.lossNats.toFixed(4)} nats), over ${counted(count(report.predictions), 'prediction')}; ` +
    `guessing among the ${model.alphabet.size} symbols evenly would need ${uniform.toFixed(4)}`;
  env.out(`${wrap(told, textWidth(env.outColumns))}\n`);
  return 0;
}
