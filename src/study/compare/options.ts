/** The options of a comparison: one table, from which the flags, their help, their checks and compare.json come. */
import * as z from 'zod';
import { misuse } from '../../base/errors.js';
import { nearest } from '../../base/nearest.js';
import { parseOptions, type OptionGroup, type OptionMeta } from '../../base/options.js';
import { trainOptions } from '../../train/options.js';
import { LEARNING_RATE } from '../brainjs/net.js';
import {
  CONTENDER_NAMES,
  contenderNames,
  MATCHES,
  USUAL_CONTENDERS,
  type ContenderName,
} from './contenders.js';

const option = <T extends z.ZodType>(schema: T, group: OptionGroup): T =>
  schema.meta({ group } satisfies OptionMeta);
const count = (least: number, most = 2 ** 31 - 1) => z.int().min(least).max(most);

/** The whole comparison in about two minutes on two cores. */
export const DEFAULT_CHARACTERS = 3_000_000;

const { layers, hidden, window, batch, lr, clip, forgetBias, seed, engine } = trainOptions.shape;
const { encoding, badBytes, ext, keepBoilerplate, lowercase, records, minCount } = trainOptions.shape;

export const compareOptions = z.strictObject({
  only: option(z.string().optional(), 'contenders').meta({
    takes: 'list',
    listOf: CONTENDER_NAMES,
  } satisfies OptionMeta),
  seeds: option(count(1, 1000).default(1), 'contenders'),
  match: option(z.enum(MATCHES).default('hidden'), 'contenders'),
  ...{ layers, hidden },
  characters: option(count(1, 2 ** 40).optional(), 'budget').meta({
    usual: DEFAULT_CHARACTERS,
  } satisfies OptionMeta),
  minutes: option(z.number().positive().optional(), 'budget'),
  baselineMinutes: option(z.number().positive().default(0.75), 'budget'),
  scored: option(count(2).default(10_000), 'data'),
  validation: option(z.number().gt(0).lt(1).default(0.1), 'data'),
  ...{ window, batch, encoding, badBytes, ext, keepBoilerplate, lowercase, records, minCount },
  ...{ lr, clip, forgetBias, seed },
  baselineLr: option(z.number().positive().default(LEARNING_RATE), 'training'),
  engine,
});

type Checked = z.output<typeof compareOptions>;
/** Complete: a budget of characters or of minutes, and the contenders by name. */
export type CompareOptions = Readonly<Omit<Checked, 'only'>> & { readonly only: readonly ContenderName[] };

/**
 * Completes and checks options.
 * @throws UsageError for an unknown option or contender, a value out of range, two budgets at once
 */
export function parseCompareOptions(given: Readonly<Record<string, unknown>>): CompareOptions {
  const checked = parseOptions(compareOptions, given);
  if (checked.characters !== undefined && checked.minutes !== undefined)
    throw misuse('compare.two-budgets', {});
  const budget =
    checked.minutes === undefined ? { characters: checked.characters ?? DEFAULT_CHARACTERS } : {};
  return { ...checked, ...budget, only: contendersIn(checked.only) };
}

/** In the table's order, each once. */
function contendersIn(list: string | undefined): ContenderName[] {
  if (list === undefined) return [...USUAL_CONTENDERS];
  const names = list.split(',').map((name) => name.trim());
  const all = contenderNames();
  for (const name of names) {
    if (all.includes(name)) continue;
    const guess = nearest(name, all);
    throw misuse('compare.no-contender', { name, names: all, guess: guess ?? null });
  }
  return all.filter((name) => names.includes(name));
}
