/** What a finished run leaves on the screen: a sample, the gradient by lag, where the files lie, what to try next. */
import type { LayerReport } from '../bptt/report.js';
import { visible, visibleInLine } from '../base/visible.js';
import { sentences, standingTable, tryNext } from '../study/train/ending.js';
import { landingInWords, type Choice } from '../study/train/minutes.js';
import { lagChart } from '../ui/terminal/lag-chart.js';
import { table } from '../ui/terminal/table.js';
import { widthOf } from '../ui/terminal/width.js';
import { foldVerse, textWidth, wrap } from '../ui/terminal/wrap.js';
import { memoryFindings } from '../study/inspect/findings.js';
import { flagFindings } from '../ui/flags.js';
import { joinPath } from '../store/files.js';
import { readHistory } from '../store/history.js';
import type { RunFolder } from '../store/run-folder.js';
import { adviceOn } from '../study/train/advice.js';
import { countingFloor } from '../study/train/counting.js';
import type { RunResult } from '../store/run-info.js';
import { deadLayersOf, standingOf } from '../study/train/standing.js';
import type { Alphabet } from '../text/alphabet.js';
import type { TextParts } from '../text/split.js';
import type { Symbols } from '../text/symbols.js';
import type { TrainOptions } from '../train/options.js';
import type { Recipe } from '../train/recipes.js';
import type { Trainer } from '../train/trainer.js';
import type { Environment } from './environment.js';
import { measureKept, MOST_ROWS } from './kept-model.js';
import { promptFrom, readingCommand, runFlags } from './run-words.js';
import { shellWord } from '../base/shell-word.js';
import type { Words } from '../words/words.js';

const SAMPLE_LENGTH = 400;

export interface Finished {
  readonly folder: RunFolder;
  readonly trainer: Trainer;
  readonly options: TrainOptions;
  readonly read: { readonly alphabet: Alphabet };
  readonly split: TextParts;
  /** The texts, as a command names them. */
  readonly paths: readonly string[];
  /** Where --minutes chose the options. */
  readonly choice: (Recipe & Choice) | null;
  /** Over all of the text held out; null for none. */
  readonly result: RunResult | null;
  /** What the training took. */
  readonly seconds: number;
}

export async function summarise(env: Environment, finished: Finished): Promise<void> {
  const { folder, trainer, options, split, paths, choice, seconds, result } = finished;
  const { alphabet } = finished.read;
  const { files, out } = env;
  const { summary: words } = env.words.training;
  const width = textWidth(env.outColumns);
  const timesteps = options.window;
  const text = beginningOf(split.validation.length > 0 ? split.validation : split.training, timesteps);
  const { updates, evaluations } = await readHistory(files, folder.dir);
  const course = {
    ...{ symbols: alphabet.size, step: trainer.step, updates },
    evaluations: evaluations.map(({ step, validationLossNats: lossNats }) => ({ step, lossNats })),
    whole: result?.validation ? { step: result.step, lossNats: result.validation.lossNats } : null,
    isAnnealed: options.schedule !== 'constant',
  };
  const counting = countingFloor(split.training, split.validation, alphabet.size, undefined, alphabet.end);
  const hasFailed = standingOf({ ...course, deadLayers: [] }, counting).findings.at(0)?.kind === 'failed';
  // Of a training that failed neither a sample nor a gradient says anything.
  const on = { dir: folder.dir, text, timesteps, sampleLength: SAMPLE_LENGTH };
  const measured = hasFailed ? null : await measureKept(files, trainer, on);
  const standing = standingOf(
    { ...course, deadLayers: deadLayersOf(options.cell, measured?.layers ?? []) },
    counting,
  );
  const told = {
    standing,
    symbols: alphabet.size,
    lr: options.lr,
    step: trainer.step,
    isPart: (evaluations.at(-1)?.predictions ?? 0) < (result?.validation?.predictions ?? 0),
    testNats: result?.test?.lossNats ?? null,
  };

  const landing =
    choice && landingInWords({ ...choice, took: env.now() / 1000, training: seconds }, env.words);
  const said = [...sentences(told, env.words), ...(landing === null ? [] : [landing])];
  out(`\n${said.map((sentence) => wrap(sentence, width)).join('\n')}\n`);
  const where = standingTable(told, width, env.words);
  if (where !== '') out(`\n${where}\n`);
  if (measured) {
    if (measured.sample !== '')
      out(`\n${words.sample}\n\n${foldVerse(visible(measured.sample), width, '  ')}\n`);
    if (measured.layers) {
      const note = alphabet.end === undefined ? '' : `${wrap(words.reach, width)}\n`;
      out(`\n${lagPicture(measured.layers, env.words, width)}\n${note}`);
    }
  }
  out(`\n${words.files(visibleInLine(folder.dir))}\n${await listing(env, folder, standing.best !== null)}`);
  const advice = adviceOn(standing, {
    ...{ options, step: trainer.step, minutes: seconds / 60, chosenFor: choice?.minutes ?? null },
  });
  const names = {
    dir: shellWord(folder.dir),
    prompt: promptFrom(alphabet.readable(alphabet.decode(text)), alphabet),
    reading: (command: string, flags: readonly string[]) =>
      readingCommand(command, paths, [...symbolFlags(command, options, flags), ...flags]),
    flags: runFlags(options, folder.info.from?.path ?? null),
  };
  out(`\n${tryNext(advice, names, env.words, width)}\n`);
}

/** Of a command that reads the text anew: what its symbols are, where the flags at hand do not say it. */
function symbolFlags(
  command: string,
  { records, symbols }: TrainOptions,
  given: readonly string[],
): string[] {
  if ((command !== 'train' && command !== 'corpus') || given.includes('--steps')) return [];
  const flags = [
    ...(records ? ['--records', records] : []),
    ...(symbols === 'bytes' ? ['--symbols', symbols] : []),
  ];
  return flags.some((flag) => given.includes(flag)) ? [] : flags;
}

/** As much of a text as is measured on. */
function beginningOf(symbols: Symbols, timesteps: number): Uint16Array {
  const ids = new Uint16Array(Math.min(symbols.length, MOST_ROWS * timesteps + 1));
  symbols.read(0, ids);
  return ids;
}

/** The layers' curves, and each layer's in a sentence. */
function lagPicture(layers: readonly LayerReport[], words: Words, width: number): string {
  const chart = lagChart(layers, words, undefined, width);
  const { memory, terminal } = words.inspect;
  const sentences = [...memoryFindings(layers).map(memory.sentence), ...flagFindings(layers).map(memory.flag)]
    .map((sentence) => wrap(sentence, width))
    .join('\n');
  return chart === '' ? sentences : `${wrap(`${terminal.reach}:`, width)}\n\n${chart}\n\n${sentences}`;
}

/** What a file is stands below its path where there is less room than this beside it. */
const NARROWEST_MEANING = 20;

/** @param isGood the model kept as best is better than even guessing */
async function listing(
  { files, outColumns, words: { training } }: Environment,
  { dir }: RunFolder,
  isGood: boolean,
): Promise<string> {
  const { summary: words } = training;
  const what: readonly (readonly [RegExp, string])[] = [
    [/^best\.safetensors$/, isGood ? words.best : words.lowest],
    [/^step-\d+\.safetensors$/, words.checkpoint],
    [/^metrics\.jsonl$/, words.metrics],
    [/^gradients\.jsonl$/, words.gradients],
    [/^samples\.txt$/, words.samples],
    [/^text\.ids$/, words.ids],
    [/^run\.json$/, words.run],
  ];
  const known = (await files.list(dir)).flatMap((name) => {
    const meaning = what.find(([pattern]) => pattern.test(name))?.[1];
    return meaning === undefined ? [] : [{ path: visibleInLine(joinPath(dir, name)), meaning }];
  });
  const width = textWidth(outColumns);
  const beside = width - Math.max(...known.map(({ path }) => widthOf(path))) - 4;
  if (beside >= NARROWEST_MEANING) {
    const rows = known.map(({ path, meaning }) => [`  ${path}`, meaning]);
    return `${table(rows, [0, 1], width, false)}\n`;
  }
  return known.map(({ path, meaning }) => `  ${path}\n${wrap(meaning, width, '      ')}\n`).join('');
}
