/** What a finished run leaves on the screen: a sample, the gradient by lag, where the files lie, what to try next. */
import type { LayerReport } from '../bptt/report.js';
import { visible, visibleInLine } from '../base/visible.js';
import { openEngine } from '../kernels/engine.js';
import { sentences, standingTable, tryNext } from '../report/ending.js';
import { landingInWords, type Choice } from '../report/minutes.js';
import { lagChart } from '../report/terminal/lag-chart.js';
import { textWidth, wrap } from '../report/terminal/wrap.js';
import { memoryFindings } from '../report/findings.js';
import { flagFindings } from '../report/flags.js';
import { readCheckpoint } from '../store/checkpoint.js';
import { joinPath } from '../store/files.js';
import { readHistory } from '../store/history.js';
import { resolveModelPath, type RunFolder } from '../store/run-folder.js';
import { adviceOn } from '../study/advice.js';
import { countingFloor } from '../study/counting.js';
import type { RunResult } from '../store/run-info.js';
import { inspect } from '../study/inspect.js';
import { loadModel } from '../study/model.js';
import { Sampler, sampleOptions } from '../study/sample.js';
import { deadLayersOf, standingOf } from '../study/standing.js';
import { symbolsOf, type Alphabet } from '../text/alphabet.js';
import type { Split } from '../text/split.js';
import type { Symbols } from '../text/symbols.js';
import { flagsFor } from '../train/flags.js';
import type { TrainOptions } from '../train/options.js';
import type { Recipe } from '../train/recipes.js';
import type { Trainer } from '../train/trainer.js';
import type { Environment } from './environment.js';
import { promptFrom, readingCommand } from './run-words.js';
import { shellWord } from './shell-word.js';

const SAMPLE_LENGTH = 400;
const MOST_ROWS = 32;
export interface Finished {
  readonly folder: RunFolder;
  readonly trainer: Trainer;
  readonly options: TrainOptions;
  readonly read: { readonly alphabet: Alphabet };
  readonly split: Split;
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
  const width = textWidth(env.outColumns);
  const timesteps = options.window;
  const text = beginningOf(
    split.validation.length > 0 ? split.validation : split.training,
    alphabet,
    timesteps,
  );
  const { updates, evaluations } = await readHistory(files, folder.dir);
  const course = {
    ...{ symbols: alphabet.size, step: trainer.step, updates },
    evaluations: evaluations.map(({ step, validationLossNats: lossNats }) => ({ step, lossNats })),
    whole: result?.validation ? { step: result.step, lossNats: result.validation.lossNats } : null,
    isAnnealed: options.schedule !== 'constant',
  };
  const counting = countingFloor(split.training, split.validation, alphabet.size);
  const hasFailed = standingOf({ ...course, deadLayers: [] }, counting).findings.at(0)?.kind === 'failed';
  // Of a training that failed neither a sample nor a gradient says anything.
  const measured = hasFailed ? null : await measure(env, finished, text, timesteps);
  const standing = standingOf({ ...course, deadLayers: measured?.deadLayers ?? [] }, counting);
  const told = {
    standing,
    symbols: alphabet.size,
    lr: options.lr,
    step: trainer.step,
    testNats: result?.test?.lossNats ?? null,
  };

  const landing = choice && landingInWords({ ...choice, took: env.now() / 1000, training: seconds });
  const said = [...sentences(told), ...(landing === null ? [] : [landing])];
  out(`\n${said.map((sentence) => wrap(sentence, width)).join('\n')}\n`);
  const where = standingTable(told, width);
  if (where !== '') out(`\n${where}\n`);
  if (measured) {
    out(`\nA sample (temperature 0.8):\n\n${indent(measured.sample)}\n`);
    if (measured.layers) out(`\n${lagPicture(measured.layers, width)}\n`);
  }
  out(`\nFiles in ${visibleInLine(folder.dir)}:\n${await listing(env, folder, standing.best !== null)}`);
  const advice = adviceOn(standing, {
    ...{ options, step: trainer.step, minutes: seconds / 60, chosenFor: choice?.minutes ?? null },
  });
  const names = {
    dir: shellWord(folder.dir),
    prompt: promptFrom(text, alphabet),
    reading: (command: string, flags: readonly string[]) => readingCommand(command, paths, flags),
    flags: flagsFor(options),
  };
  out(`\n${tryNext(advice, names)}\n`);
}

interface Measured {
  readonly sample: string;
  /** Null where the text is too short for it. */
  readonly layers: readonly LayerReport[] | null;
  readonly deadLayers: readonly number[];
}

/** What the model that is kept writes, and how far back its gradient goes. */
async function measure(
  { files }: Environment,
  { folder, trainer, read: { alphabet } }: Finished,
  text: string,
  timesteps: number,
): Promise<Measured> {
  const path = await resolveModelPath(files, folder.dir);
  const { shape, parameters } = readCheckpoint(files, path, { withTraining: false });
  // An engine of its own: the memory of the one trained in is full of the training's buffers.
  const kernels = await openEngine(trainer.network.kernels.scalar === 'f64' ? 'reference' : 'auto');
  const model = loadModel(kernels, { shape, alphabet: alphabet.symbols, parameters });
  const sampled = new Sampler(model).run(sampleOptions.parse({ length: SAMPLE_LENGTH }));
  const sample = visible([...sampled].join('').trim());
  const rows = Math.min(MOST_ROWS, Math.floor((symbolsOf(text).length - 1) / timesteps));
  if (rows < 1 || timesteps === 1) return { sample, layers: null, deadLayers: [] };
  const { layers } = inspect(model, text, { timesteps, rows }, folder.dir);
  return { sample, layers, deadLayers: deadLayersOf(shape.cell, layers) };
}

/** As much of a text as is measured on. */
function beginningOf(symbols: Symbols, alphabet: Alphabet, timesteps: number): string {
  const ids = new Uint16Array(Math.min(symbols.length, MOST_ROWS * timesteps + 1));
  symbols.read(0, ids);
  return alphabet.decode(ids);
}

/** The layers' curves, and each layer's in a sentence. */
function lagPicture(layers: readonly LayerReport[], width: number): string {
  const chart = lagChart(layers);
  const sentences = [...memoryFindings(layers), ...flagFindings(layers)]
    .map((sentence) => wrap(sentence, width))
    .join('\n');
  const title = "How much of the last loss's gradient is left, by timesteps travelled back:";
  return chart === '' ? sentences : `${wrap(title, width)}\n\n${chart}\n\n${sentences}`;
}

/** @param isGood the model kept as best is better than even guessing */
async function listing({ files }: Environment, { dir }: RunFolder, isGood: boolean): Promise<string> {
  const what: readonly (readonly [RegExp, string])[] = [
    [/^best\.safetensors$/, isGood ? 'the best model' : 'the model of the lowest held-out loss'],
    [/^step-\d+\.safetensors$/, 'a checkpoint to go on from (--resume)'],
    [/^metrics\.jsonl$/, 'loss, gradient norm and rate by step'],
    [/^gradients\.jsonl$/, 'gradients by layer and timestep'],
    [/^samples\.txt$/, 'samples along the way'],
    [/^text\.ids$/, 'the text in symbols, made again where it is missing'],
    [/^run\.json$/, 'options, versions and texts of the run'],
  ];
  const known = (await files.list(dir)).flatMap((name) => {
    const meaning = what.find(([pattern]) => pattern.test(name))?.[1];
    return meaning === undefined ? [] : [{ path: visibleInLine(joinPath(dir, name)), meaning }];
  });
  const width = Math.max(...known.map(({ path }) => path.length));
  return known.map(({ path, meaning }) => `  ${path.padEnd(width)}  ${meaning}\n`).join('');
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
