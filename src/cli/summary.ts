/** What a finished run leaves on the screen: a sample, the gradient by lag, where the files lie, what to try next. */
import type { LayerReport } from '../bptt/report.js';
import { openEngine } from '../kernels/engine.js';
import { lagChart } from '../report/terminal/lag-chart.js';
import { textWidth, wrap } from '../report/terminal/wrap.js';
import { memorySentence } from '../report/memory.js';
import { decodeCheckpoint } from '../store/checkpoint.js';
import { joinPath } from '../store/files.js';
import { resolveModelPath, type RunFolder } from '../store/run-folder.js';
import { bitsOf } from '../study/evaluate.js';
import { inspect } from '../study/inspect.js';
import { loadModel } from '../study/model.js';
import { Sampler, sampleOptions } from '../study/sample.js';
import { symbolsOf, type Alphabet } from '../text/alphabet.js';
import type { Symbols } from '../text/symbols.js';
import type { Trainer } from '../train/trainer.js';
import type { Environment } from './environment.js';
import { shellWord } from './shell-word.js';

const SAMPLE_LENGTH = 400;
const MOST_ROWS = 32;
/** Proposed to models that know its symbols. */
const PROMPT = 'A casa ';

interface Finished {
  readonly folder: RunFolder;
  readonly trainer: Trainer;
  readonly alphabet: Alphabet;
  /** The text measured on: the held-out one, or where nothing is held out the one trained on. */
  readonly text: string;
  readonly timesteps: number;
}

export async function summarise(env: Environment, finished: Finished): Promise<void> {
  const { folder, trainer, alphabet, text, timesteps } = finished;
  const { files, out } = env;
  const path = await resolveModelPath(files, folder.dir);
  const { shape, parameters } = decodeCheckpoint(await files.read(path), path);
  // An engine of its own: the memory of the one trained in is full of the training's buffers.
  const kernels = await openEngine(trainer.network.kernels.scalar === 'f64' ? 'reference' : 'auto');
  const model = loadModel(kernels, { shape, alphabet: alphabet.symbols, parameters });

  if (trainer.best) {
    const { step, lossNats } = trainer.best;
    const told = `Best on held-out text: ${bitsOf(lossNats).toFixed(3)} bits per character, at step ${step}.`;
    out(`\n${wrap(told, textWidth(env.outColumns))}\n`);
  }
  const sampled = new Sampler(model).run(sampleOptions.parse({ length: SAMPLE_LENGTH }));
  out(`\nA sample (temperature 0.8):\n\n${indent([...sampled].join('').trim())}\n`);

  const rows = Math.min(MOST_ROWS, Math.floor((symbolsOf(text).length - 1) / timesteps));
  if (rows >= 1 && timesteps > 1) {
    const { layers } = inspect(model, text, { timesteps, rows }, folder.dir);
    out(`\n${lagPicture(layers, timesteps, textWidth(env.outColumns))}\n`);
  }
  out(`\nFiles in ${folder.dir}:\n${await listing(env, folder)}`);
  const prompt = alphabet.knows(PROMPT) ? ` --prompt "${PROMPT}"` : '';
  out(
    `\nTry next:\n` +
      `  npx dissipa sample ${shellWord(folder.dir)}${prompt} --temperature 0.6\n` +
      `  npx dissipa train --cell ${shape.cell === 'lstm' ? 'gru' : 'lstm'}        (does its gradient reach further back?)\n` +
      `  npx dissipa train --cell sigmoid --layers 3    (watch it vanish)\n`,
  );
}

/** As much of a text as `summarise` measures on. */
export function beginningOf(symbols: Symbols, alphabet: Alphabet, timesteps: number): string {
  const ids = new Uint16Array(Math.min(symbols.length, MOST_ROWS * timesteps + 1));
  symbols.read(0, ids);
  return alphabet.decode(ids);
}

/** The layers' curves, and each layer's in a sentence. */
function lagPicture(layers: readonly LayerReport[], timesteps: number, width: number): string {
  const chart = lagChart(layers);
  const sentences = layers
    .map((layer) => wrap(memorySentence(layer, layers.length, timesteps), width))
    .join('\n');
  const title = "How much of the last loss's gradient is left, by timesteps travelled back:";
  return chart === '' ? sentences : `${wrap(title, width)}\n\n${chart}\n\n${sentences}`;
}

async function listing({ files }: Environment, { dir }: RunFolder): Promise<string> {
  const what: readonly (readonly [RegExp, string])[] = [
    [/^best\.safetensors$/, 'the best model'],
    [/^step-\d+\.safetensors$/, 'a checkpoint to go on from (--resume)'],
    [/^metrics\.jsonl$/, 'loss, gradient norm and rate by step'],
    [/^gradients\.jsonl$/, 'gradients by layer and timestep'],
    [/^samples\.txt$/, 'samples along the way'],
    [/^text\.ids$/, 'the text in symbols, made again where it is missing'],
    [/^run\.json$/, 'options, versions and texts of the run'],
  ];
  const known = (await files.list(dir)).flatMap((name) => {
    const meaning = what.find(([pattern]) => pattern.test(name))?.[1];
    return meaning === undefined ? [] : [{ path: joinPath(dir, name), meaning }];
  });
  const width = Math.max(...known.map(({ path }) => path.length));
  return known.map(({ path, meaning }) => `  ${path.padEnd(width)}  ${meaning}\n`).join('');
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
