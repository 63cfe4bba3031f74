/** A model of records: each is predicted, and made, as if nothing had been before it. */
import { expect, test } from 'vitest';
import { openReference } from '../../../src/kernels/reference.js';
import { CELLS } from '../../../src/model/shape.js';
import { decodeCheckpoint, encodeCheckpoint } from '../../../src/store/checkpoint.js';
import { evaluate, TextEvaluator } from '../../../src/study/evaluate/measure.js';
import { loadModel, type Model } from '../../../src/study/model/model.js';
import { sampleMany, Sampler, sampleOptions } from '../../../src/study/sample/sample.js';
import { END } from '../../../src/text/records.js';
import { messageOf } from '../../store/fixtures.js';
import { makeModel } from '../models.js';

const SYMBOLS = [' ', 'a', 'ç', '🙂', 'z', END];
const RECORDS = ['a', 'zaç', '🙂 a🙂', 'aaaa', 'ç', 'za za za'];
const END_ID = SYMBOLS.indexOf(END);

/** The same weights, and every END a beginning. */
function ofRecords({ network, alphabet }: Model): Model {
  const shape = { ...network.shape, end: END_ID };
  const parameters = network.parameters.toFloat32();
  const kind = { end: END_ID, records: 'line' } as const;
  return loadModel(network.kernels, { shape, alphabet: alphabet.symbols, kind, parameters });
}

test.each(CELLS)('%s: records one after the other cost what each costs alone', (cell) => {
  const plain = makeModel(openReference(), { cell, symbols: SYMBOLS });
  const alone = RECORDS.map((one) => evaluate(plain, END + one + END, 't'));
  const predictions = alone.reduce((sum, one) => sum + one.predictions, 0);
  const nats = alone.reduce((sum, one) => sum + one.lossNats * one.predictions, 0);
  const together = evaluate(ofRecords(plain), `${RECORDS.join('\n')}\n`, 't');
  expect(together.predictions).toBe(predictions);
  expect(together.lossNats).toBeCloseTo(nats / predictions, 12);
  expect(together.records?.count).toBe(RECORDS.length);
  expect(together.records?.bitsPerRecord).toBeCloseTo(nats / Math.LN2 / RECORDS.length, 10);
  // Each END is the line feed that it was.
  const bytes = new TextEncoder().encode(`${RECORDS.join('\n')}\n`).length;
  expect(together.bitsPerByte).toBeCloseTo(nats / Math.LN2 / bytes, 12);
  // A model that does not begin anew finds otherwise.
  expect(evaluate(plain, END + RECORDS.join(END) + END, 't').lossNats).not.toBeCloseTo(nats / predictions, 6);
});

test('records longer than a window are cut in pieces that make no difference', () => {
  const model = ofRecords(makeModel(openReference(), { symbols: SYMBOLS }));
  const text = `${'za ç'.repeat(200)}\n${'a'.repeat(300)}\n`;
  const evaluator = new TextEvaluator(model, 't');
  for (const symbol of model.alphabet.symbolsIn(text)) evaluator.push(symbol);
  expect(evaluator.end()).toEqual(evaluate(model, text, 't'));
});

test('samples begin where records do and end where they do, many as one', () => {
  const model = ofRecords(makeModel(openReference(), { symbols: SYMBOLS }));
  const options = sampleOptions.parse({ count: 8, length: 40, temperature: 1.5 });
  const made = Array.from({ length: 8 }, () => ({ text: '', end: '' }));
  for (const { sample, text, end } of sampleMany(model, options)) {
    made[sample].text += text;
    made[sample].end ||= end ?? '';
  }
  const sampler = new Sampler(model);
  for (const [k, { text, end }] of made.entries()) {
    expect([...sampler.run({ ...options, seed: options.seed + k })].join('')).toBe(text);
    expect(text).not.toContain(END);
    expect(end).toBe(text.length < 40 && Array.from(text).length < 40 ? 'record' : 'length');
  }
  expect(made.some(({ end }) => end === 'record')).toBe(true);
});

test('what asks for a line of a record of one line is refused', async () => {
  const model = ofRecords(makeModel(openReference(), { symbols: SYMBOLS }));
  const sampled = (given: Record<string, unknown>) => () =>
    [...sampleMany(model, sampleOptions.parse(given))].length;
  expect(await messageOf(sampled({ lines: 2 }))).toContain('--count says how many records');
  expect(await messageOf(sampled({ start: 'word' }))).toContain('begins where a record does');
});

test('a checkpoint says what ends its records, and what its symbols are', () => {
  const { network, alphabet } = ofRecords(makeModel(openReference(), { symbols: SYMBOLS }));
  const parameters = network.parameters.toFloat32();
  const { shape } = network;
  const contents = { shape, alphabet: alphabet.symbols, kind: alphabet.kind, parameters, training: null };
  const read = decodeCheckpoint(encodeCheckpoint(contents), 'm');
  expect(read.shape).toEqual(shape);
  expect(read.kind).toEqual({ end: END_ID, records: 'line' });
  const plain = { cell: shape.cell, layers: shape.layers, hidden: shape.hidden, symbols: shape.symbols };
  const bytes = encodeCheckpoint({ ...contents, shape: plain, kind: {} });
  expect(decodeCheckpoint(bytes, 'm')).not.toHaveProperty('kind');
});
