/** `dissipa evaluate RUN|MODEL` */
import { misuse } from '../../base/errors.js';
import { evaluationReport } from '../../study/evaluate/show.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';
import { TextEvaluator } from '../../study/evaluate/measure.js';
import type { Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { runAt, textFor } from '../measured-text.js';
import { tellUnknown } from '../unknown.js';
import { jsonFlag, modelFlags, openModel, textFlags } from './model.js';

export const evaluateFlags = modelFlags.extend({
  ...textFlags,
  json: jsonFlag,
});

/** @returns the exit code */
export async function evaluateModel(env: Environment, path: string, argv: Given): Promise<number> {
  const { json, unknown, ...flags } = readFlags(evaluateFlags, argv);
  const run = await runAt(env, path);
  if (run === null && flags.text === undefined) throw misuse('evaluate.no-text', { path });
  const model = await openModel(env, path, flags);
  const source = await textFor(env, run, flags, model.alphabet);
  const evaluator = new TextEvaluator(model, source.name, unknown);
  let evaluation;
  try {
    await source.read((piece) => {
      evaluator.push(piece);
      return false;
    });
    evaluation = evaluator.end();
  } finally {
    evaluator.release();
  }
  tellUnknown(env, source.name, evaluator.reader, model.alphabet);
  if (json) {
    env.out(`${JSON.stringify(evaluation)}\n`);
    return 0;
  }
  const { name: text, wasTrainedOn } = source;
  const told = evaluationReport(
    {
      ...{ symbols: model.alphabet.size, areBytes: model.alphabet.areBytes },
      ...{ evaluation, text, wasTrainedOn },
    },
    env.words,
  );
  env.out(told.map((paragraph) => `${wrap(paragraph, textWidth(env.outColumns))}\n`).join(''));
  return 0;
}
