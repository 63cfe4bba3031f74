/** What the playground says of figures, in both languages: nouns follow the figure as it is written, and every factor is one. */
import { expect, test } from 'vitest';
import { playground as en } from '../../src/words/en/playground.js';
import { playground as pt } from '../../src/words/pt/playground.js';

test.each([en, pt])('nothing is beyond what a number can hold: $locale', ({ verdict }) => {
  for (const said of [verdict.apart(420, 511), verdict.grown('A', 420, 511)]) {
    expect(said).toContain('10⁴²⁰');
    expect(said).not.toContain('–');
  }
});

test('a noun goes with the figure as it is written', () => {
  expect(pt.verdict.apart(1.97, 63)).toContain('2,0 potências');
  expect(pt.verdict.apart(1.94, 63)).toContain('1,9 potência ');
  expect(pt.draw.score('A', 1.97)).toContain('2,0 potências');
  expect(pt.verdict.grown('A', 0.5, 1)).toContain('1 caractere ');
  expect(en.verdict.grown('A', 0.5, 1)).toContain('1 character ');
  expect(pt.verdict.gone('A', 1)).toContain('1 caractere.');
});
