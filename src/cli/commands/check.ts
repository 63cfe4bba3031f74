/** `dissipa check [MODEL]` */
import * as z from 'zod';
import { misuse } from '../../base/errors.js';
import { flagOf } from '../../base/options.js';
import { Rng } from '../../base/rng.js';
import { visibleInLine } from '../../base/visible.js';
import { initialise } from '../../model/init.js';
import { Network } from '../../model/network.js';
import { checkTable } from '../../study/check/show.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';
import { check } from '../../study/check/measure.js';
import type { InspectedText } from '../../study/inspect/measure.js';
import type { Model } from '../../study/model/model.js';
import { Alphabet } from '../../text/alphabet.js';
import { textIn } from '../../text/symbols.js';
import { shortestText } from '../../text/windows.js';
import { trainOptions } from '../../train/options.js';
import { openEngineFor } from '../engines.js';
import type { Environment } from '../environment.js';
import { givenFlags, readFlags, type Given } from '../flags.js';
import { readBeginning, runAt, textFor } from '../measured-text.js';
import { tellJson } from '../results.js';
import { jsonFlag, modelFlags, openModel, textFlags } from './model.js';

/** What a fresh model is made of; a MODEL that is named has all of it. */
const fresh = {
  cell: trainOptions.shape.cell.unwrap().default('lstm').meta({ group: 'fresh' }),
  layers: z.int().min(1).max(64).default(2).meta({ group: 'fresh' }),
  hidden: z.int().min(1).max(16384).default(12).meta({ group: 'fresh' }),
  init: trainOptions.shape.init.unwrap().default('uniform').meta({ group: 'fresh' }),
};

export const checkFlags = modelFlags.extend({
  ...textFlags,
  window: z.int().min(1).max(4096).default(8).meta({ group: 'measuring' }),
  rows: z.int().min(1).max(4096).default(2).meta({ group: 'measuring' }),
  entries: z.int().min(0).default(12).meta({ group: 'measuring' }),
  seed: trainOptions.shape.seed,
  ...fresh,
  json: jsonFlag,
});

/** @returns the exit code: 1 where the gradients are wrong */
export async function checkModel(env: Environment, path: string | null, argv: Given): Promise<number> {
  const flags = readFlags(checkFlags, argv);
  const { window: timesteps, rows, entries, seed, json, engine, threads } = flags;
  const ofFresh = Object.keys(givenFlags(checkFlags, argv)).find((name) => name in fresh);
  if (path !== null && ofFresh !== undefined)
    throw misuse('command.fresh-only', { option: flagOf(ofFresh), path });
  const run = path === null ? null : await runAt(env, path);
  const named = path === null ? null : await openModel(env, path, flags);
  const source = await textFor(env, run, flags, named?.alphabet);
  const where = source.name;
  const characters = shortestText({ rows, timesteps });
  let model: Model;
  let text: InspectedText;
  if (named !== null) {
    model = named;
    text = await readBeginning(env, source, model.alphabet, characters, flags.unknown);
  } else {
    // The alphabet is the whole text's, which may come by once only.
    const symbols = new Set<string>();
    let beginning = '';
    await source.read((piece) => {
      const text = textIn(piece);
      for (const symbol of text) symbols.add(symbol);
      if (beginning.length < 2 * characters) beginning += text;
      return false;
    });
    text = beginning;
    const alphabet = Alphabet.of(symbols, where);
    const { cell, layers, hidden, init } = flags;
    const shape = { cell, layers, hidden, symbols: alphabet.size };
    const network = new Network(await openEngineFor(env, engine, threads), shape);
    initialise(network.parameters, { init, forgetBias: 1 }, Rng.fromSeed(seed));
    network.refresh();
    model = { network, alphabet };
  }
  const options = { timesteps, rows, entries: entries === 0 ? Infinity : entries, seed };
  const report = check(model, text, options, where);
  if (json) tellJson(env, report);
  else {
    const { cell, layers, hidden } = report.model;
    const width = textWidth(env.outColumns);
    const { check: say } = env.words.reports;
    const measured = say.measured(
      visibleInLine(path ?? say.fresh),
      `${cell} ${layers}×${hidden}`,
      env.words.window({ rows, timesteps }),
      visibleInLine(where),
      report.loss.window / Math.LN2,
    );
    env.out(`${wrap(measured, width)}\n\n${checkTable(report, env.words, width)}`);
  }
  return report.passed ? 0 : 1;
}
