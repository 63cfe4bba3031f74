/** NFC in pieces, against every character that has a decomposition. */
import { expect, test } from 'vitest';
import { Composition } from '../../src/text/clean.js';

test('every composed character is put together again, wherever its parts are cut', () => {
  let composed = 0;
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const whole = String.fromCodePoint(code);
    const parts = Array.from(whole.normalize('NFD'));
    if (parts.length < 2 || parts.join('').normalize('NFC') !== whole) continue;
    composed++;
    for (let cut = 1; cut < parts.length; cut++) {
      const composition = new Composition();
      const read =
        composition.push(`x${parts.slice(0, cut).join('')}`) +
        composition.push(`${parts.slice(cut).join('')}y`) +
        composition.end();
      if (read !== `x${whole}y`) expect(read, `U+${code.toString(16)} cut after ${cut}`).toBe(`x${whole}y`);
    }
  }
  // 11,172 of them are Hangul.
  expect(composed).toBeGreaterThan(12_000);
});
