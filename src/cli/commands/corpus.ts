/** `dissipa corpus [text…]`: what there is to know of a text before training on it. */
import { setImmediate } from 'node:timers/promises';
import * as z from 'zod';
import { corpusPage, type CorpusReport, type SymbolReport } from '../../study/corpus/show.js';
import { whatWasDone } from '../../study/corpus/reading.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';
import { predictability } from '../../study/corpus/measure.js';
import { codePointOf } from '../../text/alphabet.js';
import { visibleJson } from '../../base/visible.js';
import { readingOptions } from '../../text/reading.js';
import type { SymbolCount } from '../../text/symbol-count.js';
import { trainOptions } from '../../train/options.js';
import { InterruptedError, type Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { readIds } from '../ids.js';
import { withScratch } from '../scratch.js';
import { checkHeldOut, splitText } from '../../text/split.js';
import { jsonFlag } from './model.js';
import { bundledCorpus } from './train.js';

const { minCount, validation } = trainOptions.shape;
export const corpusFlags = z.strictObject({ ...readingOptions, minCount, validation, json: jsonFlag });

/** @returns the exit code */
export async function corpus(env: Environment, paths: readonly string[], argv: Given): Promise<number> {
  const { json, ...options } = readFlags(corpusFlags, argv);
  const texts = paths.length > 0 ? paths : [bundledCorpus()];
  const stop = env.interruption();
  return withScratch(env.processes, async (scratch) => {
    const read = await readIds(env, { paths: texts, options, near: scratch, stop });
    await read.keepIn(scratch);
    const symbols = read.symbolsIn(scratch);
    checkHeldOut(symbols.length, options.validation, read.where);
    const split = splitText(symbols, options.validation);
    const report: CorpusReport = {
      texts: read.texts,
      bytes: read.texts.reduce((sum, { bytes }) => sum + bytes, 0),
      characters: symbols.length,
      symbols: read.alphabet.size,
      minCount: options.minCount,
      training: split.training.length,
      validation: split.validation.length,
      alphabet: await describeSymbols(read.count),
      predictability: predictability(split.training, split.validation, read.alphabet.size),
    };
    // Signals are only heard between two turns of the event loop.
    await setImmediate();
    if (stop.aborted)
      throw new InterruptedError({ where: 'interrupted', found: 'the texts were still being counted' });
    const width = textWidth(env.outColumns);
    env.out(
      json
        ? `${visibleJson(JSON.stringify(report))}\n`
        : `${corpusPage(report, width)}${whatWasDone(read.texts)
            .map((line) => `\n${wrap(line, width)}\n`)
            .join('')}`,
    );
    return 0;
  });
}

async function describeSymbols(count: SymbolCount): Promise<SymbolReport[]> {
  // Only here: the names of all characters take a while to load.
  const { unicodeReadableName } = await import('unicode-name');
  const { counts } = count;
  return count.symbols
    .map((symbol, number) => ({
      symbol,
      codePoint: codePointOf(symbol),
      name: unicodeReadableName(symbol) ?? '',
      count: counts[number],
    }))
    .sort((a, b) => b.count - a.count || (a.codePoint < b.codePoint ? -1 : 1));
}
