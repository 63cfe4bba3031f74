/** `dissipa corpus [text…]`: what there is to know of a text before training on it. */
import { setImmediate } from 'node:timers/promises';
import * as z from 'zod';
import { interrupted } from '../../base/errors.js';
import { corpusPage, type CorpusReport, type SymbolReport } from '../../study/corpus/show.js';
import { whatWasDone } from '../../study/corpus/reading.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';
import { predictability } from '../../study/corpus/measure.js';
import { codePointOf } from '../../text/alphabet.js';
import { checkSymbolOptions, readingOptions, symbolOptions } from '../../text/reading.js';
import { END } from '../../text/records.js';
import type { SymbolCount } from '../../text/symbol-count.js';
import { trainOptions } from '../../train/options.js';
import type { Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { readIds } from '../ids.js';
import { tellJson } from '../results.js';
import { withScratch } from '../scratch.js';
import { checkHeldOut, partsOf } from '../../text/split.js';
import { jsonFlag } from './model.js';
import { bundledCorpus } from '../bundled-corpus.js';

const { minCount, validation, seed } = trainOptions.shape;
export const corpusFlags = z.strictObject({
  ...readingOptions,
  ...symbolOptions,
  ...{ minCount, validation },
  seed: seed.meta({ group: 'data' }),
  json: jsonFlag,
});

/** @returns the exit code */
export async function corpus(env: Environment, paths: readonly string[], argv: Given): Promise<number> {
  const { json, ...options } = readFlags(corpusFlags, argv);
  checkSymbolOptions(options);
  const texts = paths.length > 0 ? paths : [bundledCorpus()];
  const stop = env.interruption();
  return withScratch(env.processes, async (scratch) => {
    const read = await readIds(env, { paths: texts, options, near: scratch, stop });
    await read.keepIn(scratch);
    const symbols = read.symbolsIn(scratch);
    checkHeldOut(symbols.length, options.validation, read.where);
    const { end } = read.alphabet;
    const split = partsOf(symbols, end, options.validation, 0, read.where);
    const records = read.texts.reduce((sum, text) => sum + (text.records ?? 0), 0);
    const report: CorpusReport = {
      texts: read.texts,
      bytes: read.texts.reduce((sum, { bytes }) => sum + bytes, 0),
      characters: symbols.length,
      ...(end !== undefined && { records }),
      symbols: read.alphabet.size,
      minCount: options.minCount,
      training: split.training.length,
      validation: split.validation.length,
      ...(options.symbols === 'bytes' && { symbolsAre: 'bytes' as const }),
      alphabet: (await describeSymbols(read.count, options.symbols === 'bytes')).filter(
        ({ symbol }) => symbol !== END || end === undefined,
      ),
      predictability: predictability(
        ...([split.training, split.validation, read.alphabet.size] as const),
        ...([undefined, end] as const),
      ),
    };
    // Signals are only heard between two turns of the event loop.
    await setImmediate();
    if (stop.aborted) throw interrupted('interrupted.counting', {});
    const width = textWidth(env.outColumns);
    const done = whatWasDone(read.texts, env.words).map((line) => `\n${wrap(line, width)}\n`);
    if (json) tellJson(env, report);
    else env.out(`${corpusPage(report, env.words, width)}${done.join('')}`);
    return 0;
  });
}

async function describeSymbols(count: SymbolCount, areBytes: boolean): Promise<SymbolReport[]> {
  // Only here: the names of all characters take a while to load.
  const { unicodeReadableName } = await import('unicode-name');
  const { counts } = count;
  return count.symbols
    .map((symbol, number) => ({
      symbol,
      codePoint: areBytes ? `0x${codePointOf(symbol).slice(-2)}` : codePointOf(symbol),
      name: areBytes ? '' : (unicodeReadableName(symbol) ?? ''),
      count: counts[number],
    }))
    .sort((a, b) => b.count - a.count || (a.codePoint < b.codePoint ? -1 : 1));
}
