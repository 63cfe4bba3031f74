/**
 * Trains the models in checkpoints/ on the bundled corpus: `npx tsx scripts/make-checkpoints.ts`, about six minutes on two cores. Another
 * run writes the same bytes (`--check` only compares): wasm with relaxed SIMD, whose products are fused on any processor of
 * these ten years, so that machines with and without a C compiler agree.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeEnvironment } from '../src/cli/environment.js';
import { readTexts } from '../src/cli/texts.js';
import { openEngine } from '../src/kernels/engine.js';
import { encodeCheckpoint } from '../src/store/checkpoint.js';
import { Alphabet } from '../src/text/alphabet.js';
import { splitText } from '../src/text/split.js';
import { asSymbols } from '../src/text/symbols.js';
import { parseTrainOptions } from '../src/train/options.js';
import { Trainer } from '../src/train/trainer.js';
import { en } from '../src/words/en/words.js';

/** The LSTM is the best found that stays under 2 MB: dropout between two layers, and a learning rate that ends at zero. */
const MODELS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'tanh-1x128': { cell: 'tanh', layers: 1, hidden: 128, steps: 10_000, lr: 0.004, schedule: 'cosine' },
  'lstm-2x176': {
    ...{ cell: 'lstm', layers: 2, hidden: 176, dropout: 0.5 },
    ...{ steps: 6000, lr: 0.004, schedule: 'cosine' },
  },
};

const here = (path: string): string => relative('', fileURLToPath(new URL(`../${path}`, import.meta.url)));
const environment = nodeEnvironment((text) => process.stdout.write(text), en);

async function make(name: string): Promise<Uint8Array> {
  const options = parseTrainOptions({ ...MODELS[name], probe: 'off' });
  const { text } = await readTexts(environment, [here('corpus')], options);
  const alphabet = Alphabet.of(text, 'corpus');
  const { training, validation } = splitText(asSymbols(alphabet.encode(text, 'corpus')), options.validation);
  const { cell, layers, hidden } = options;
  const shape = { cell, layers, hidden, symbols: alphabet.size };
  const trainer = new Trainer({
    ...{
      kernels: await openEngine('wasm', 'auto'),
      shape,
      options,
      training,
      validation,
      probes: [],
      where: 'corpus',
    },
  });
  let best = trainer.network.parameters.toFloat32();
  for (const event of trainer.run()) {
    if (event.kind === 'diverged') throw new Error(`${name} diverged at step ${event.step}`);
    if (event.kind !== 'evaluation') continue;
    const bits = (event.lossNats / Math.LN2).toFixed(3);
    process.stderr.write(
      `${name}: step ${event.step} of ${trainer.steps}, ${bits} bits per character held out\n`,
    );
    if (event.isBest) best = trainer.network.parameters.toFloat32();
  }
  return encodeCheckpoint({ shape, alphabet: alphabet.symbols, parameters: best, training: null });
}

const [mode] = process.argv.slice(2);
let same = true;
for (const name of Object.keys(MODELS)) {
  const path = here(`checkpoints/${name}.safetensors`);
  const bytes = await make(name);
  if (mode === '--check') {
    const isSame = Buffer.compare(readFileSync(path), bytes) === 0;
    same &&= isSame;
    console.log(`${path}: ${isSame ? 'the same bytes' : 'DIFFERENT'}`);
  } else {
    writeFileSync(path, bytes);
    console.log(`${path}: ${bytes.length} bytes`);
  }
}
if (!same) process.exitCode = 1;
