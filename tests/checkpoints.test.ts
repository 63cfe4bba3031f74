/** The models in checkpoints/ are what their README says of them, and work. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { nodeEnvironment } from '../src/cli/environment.js';
import { readTexts } from '../src/cli/texts.js';
import { openEngine } from '../src/kernels/engine.js';
import { decodeCheckpoint } from '../src/store/checkpoint.js';
import { loadModel, type Model } from '../src/study/model.js';
import { Sampler, sampleOptions } from '../src/study/sample.js';
import { splitText } from '../src/text/split.js';
import { asSymbols } from '../src/text/symbols.js';
import { Evaluator, streamsFor } from '../src/train/evaluate.js';
import { trainOptions } from '../src/train/options.js';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const readme = readFileSync(at('checkpoints/README.md'), 'utf8');
const names = readdirSync(at('checkpoints')).filter((name) => name.endsWith('.safetensors'));
/** `| `name` | bits |` */
const stated = new Map(
  [...readme.matchAll(/^\| `([^`]+)` +\| +(\d\.\d{3}) /gm)].map(([, name, bits]) => [name, Number(bits)]),
);
const modelOf = async (name: string): Promise<Model> =>
  loadModel(await openEngine('auto'), decodeCheckpoint(readFileSync(at(join('checkpoints', name))), name));

test('each is described, and small', () => {
  expect(new Set(stated.keys())).toEqual(new Set(names));
  expect(names.length).toBe(2);
  for (const name of names)
    expect(readFileSync(at(join('checkpoints', name))).length).toBeLessThan(2_000_000);
});

describe.each(names)('%s', (name) => {
  test('predicts the held-out text as well as is said', async () => {
    const { network, alphabet } = await modelOf(name);
    const { text } = await readTexts(
      nodeEnvironment(() => undefined),
      [at('corpus')],
      {},
    );
    const ids = asSymbols(alphabet.encode(text, 'corpus'));
    const { validation } = splitText(ids, trainOptions.shape.validation.parse(undefined));
    const { lossNats } = new Evaluator(network, streamsFor(validation.length)).run(validation);
    expect(lossNats / Math.LN2).toBeCloseTo(stated.get(name) ?? NaN, 2);
  });

  test('writes words of Portuguese', async () => {
    const options = sampleOptions.parse({ prompt: 'A casa ', length: 400, temperature: 0.5 });
    const sample = [...new Sampler(await modelOf(name)).run(options)].join('');
    expect(sample).toHaveLength(400);
    for (const word of ['que', 'de']) expect(sample.split(/[^\p{L}]+/u)).toContain(word);
  });
});
