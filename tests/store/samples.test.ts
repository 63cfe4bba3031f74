import { expect, it } from 'vitest';
import { encodeSample, keepSamplesThrough } from '../../src/store/samples.js';
import { utf8 } from './fixtures.js';

const length = (text: string): number => utf8(text).length;

it('a sample is a heading, the text and an empty line', () => {
  expect(encodeSample(400, 'um\ndois')).toBe('--- step 400 ---\num\ndois\n\n');
});

it('samples are kept through a step', () => {
  const blocks = [100, 200, 300].map((step) => encodeSample(step, 'não\n\n- é -'));
  const bytes = utf8(`note\n${blocks.join('')}`);
  const kept = [99, 100, 250, 300, 301].map((step) => keepSamplesThrough(bytes, step));
  const expected = [0, 1, 2, 3, 3].map((count) => length(`note\n${blocks.slice(0, count).join('')}`));
  expect(kept).toEqual(expected);
});

it('a text that looks like a heading is not taken for one', () => {
  const text = encodeSample(100, 'a\n--- step 900 ---\n--- step 900 ---\r\nb');
  expect(keepSamplesThrough(utf8(text), 100)).toBe(length(text));
});

it('a sample torn at its end is cut off, wherever it tore, and the one before is kept', () => {
  const whole = utf8(encodeSample(100, 'um'));
  const torn = utf8(encodeSample(200, 'é - ou'));
  for (let size = 0; size < torn.length; size++) {
    const bytes = Uint8Array.of(...whole, ...torn.subarray(0, size));
    expect(keepSamplesThrough(bytes, 200)).toBe(whole.length);
  }
});

it('a file without headings is left alone', () => {
  expect(keepSamplesThrough(utf8('só um texto'), 0)).toBe(length('só um texto'));
  expect(keepSamplesThrough(new Uint8Array(), 0)).toBe(0);
});
