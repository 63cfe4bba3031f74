/** The models in checkpoints/ are what their README says of them, and work. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { nodeEnvironment } from '../src/cli/environment.js';
import { readTexts } from '../src/cli/texts.js';
import { openEngine } from '../src/kernels/engine.js';
import { decodeCheckpoint } from '../src/store/checkpoint.js';
import { loadModel, type Model } from '../src/study/model/model.js';
import { TrainingText } from '../src/study/quality/quality.js';
import { Sampler, sampleOptions } from '../src/study/sample/sample.js';
import { splitText } from '../src/text/split.js';
import { asSymbols, type Symbols } from '../src/text/symbols.js';
import { Evaluator, streamsFor } from '../src/train/evaluate.js';
import { trainOptions } from '../src/train/options.js';
import { en } from '../src/words/en/words.js';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
/** `| `name` | bits |`, with a decimal comma in Portuguese */
const statedIn = (readme: string): Map<string, number> =>
  new Map(
    [
      ...readFileSync(at(`checkpoints/${readme}`), 'utf8').matchAll(/^\| `([^`]+)` +\| +(\d[.,]\d{3}) /gm),
    ].map(([, name, bits]) => [name, Number(bits.replace(',', '.'))]),
  );
const stated = statedIn('README.md');
const names = [...stated.keys()];
const modelOf = async (name: string): Promise<Model> =>
  loadModel(await openEngine('auto'), decodeCheckpoint(readFileSync(at(join('checkpoints', name))), name));
/** The share that training holds out. */
const share = trainOptions.shape.validation.parse(undefined);

async function idsFor({ alphabet }: Model): Promise<Symbols> {
  const { text } = await readTexts(
    nodeEnvironment(() => undefined, en),
    [at('corpus')],
    {},
  );
  return asSymbols(alphabet.encode(text, 'corpus'));
}

test('two are described, alike in Portuguese, and small', () => {
  expect(names.length).toBe(2);
  expect(statedIn('README.pt-BR.md')).toEqual(stated);
  for (const name of names)
    expect(readFileSync(at(join('checkpoints', name))).length).toBeLessThan(2_000_000);
});

describe.each(names)('%s', (name) => {
  test('predicts the held-out text as well as is said', async () => {
    const { network, alphabet } = await modelOf(name);
    const { text } = await readTexts(
      nodeEnvironment(() => undefined, en),
      [at('corpus')],
      {},
    );
    const ids = asSymbols(alphabet.encode(text, 'corpus'));
    const { validation } = splitText(ids, trainOptions.shape.validation.parse(undefined));
    const { lossNats } = new Evaluator(network, streamsFor(validation.length)).run(validation);
    expect(lossNats / Math.LN2).toBeCloseTo(stated.get(name) ?? NaN, 2);
  });

  test('writes mostly words of its training text', async () => {
    const model = await modelOf(name);
    const { training } = splitText(await idsFor(model), share);
    const options = sampleOptions.parse({ prompt: 'A casa ', length: 1000, temperature: 0.5 });
    const sample = [...new Sampler(model).run(options)].join('');
    expect(sample).toHaveLength(1000);
    expect(new TrainingText(training, model.alphabet).qualityOf(sample).knownWords).toBeGreaterThan(0.7);
  });
});
