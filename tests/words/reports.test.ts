/** Reports in two languages: whatever reads the same in both was not worded, but for names and figures. */
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { comparisonPage } from '../../src/study/compare/page.js';
import { comparisonReport } from '../../src/study/compare/terminal.js';
import { inspectionPage } from '../../src/study/inspect/page.js';
import { terminalReport } from '../../src/study/inspect/terminal.js';
import { en } from '../../src/words/en/words.js';
import { pt } from '../../src/words/pt/words.js';
import { everyone } from '../study/compare/example.js';
import { exampleData } from '../study/inspect/example.js';

/** What is the same in every language: units, symbols, and the names of cells, tensors, files and programs. */
const NAMES = new Set(
  [
    ...[
      'bits',
      'bit',
      'byte',
      'nats',
      'T',
      'k',
      'M',
      'N',
      'H',
      'e',
      'h',
      'c',
      'f',
      'g',
      'i',
      'o',
      'r',
      'n',
      'z',
    ],
    ...[
      'ReLU',
      'LSTM',
      'GRU',
      'tanh',
      'lstm',
      'gru',
      'irnn',
      'relu',
      'sigmoid',
      'ngram',
      'W_hh',
      'Witten',
      'Bell',
    ],
    ...[
      'brain',
      'js',
      'brainjs',
      'mingru',
      'indrnn',
      'repaired',
      'dissipa',
      'inspect',
      'compare',
      'tensor',
      'total',
      'backend',
      'a',
      'native',
    ],
    ...[
      'weight_hh_l0',
      'weight_ih_l0',
      'rnn',
      'readout',
      'bias',
      'weight',
      'bias_hh_l0',
      'example',
      'checkpoints',
      'txt',
    ],
  ].map((name) => name.toLowerCase()),
);

const wordsOf = (text: string): string[] =>
  [...text.matchAll(/\p{L}[\p{L}\p{N}_]*/gu)]
    .map(([word]) => word)
    .filter((word) => word.length > 3 && !NAMES.has(word.toLowerCase()));

/** Texts with a word that is no name. */
const said = (texts: readonly string[]): string[] => texts.filter((text) => wordsOf(text).length > 0);

function textsOf(page: string): string[] {
  const { document } = parseHTML(page);
  // Samples and passages are the reader's own texts; file names too; flags are the same in both.
  for (const element of document.querySelectorAll(
    'script, style, .sample, .passage, .facts b, h1, td, .flag',
  ))
    element.remove();
  const texts: string[] = [];
  for (const element of document.querySelectorAll('*')) {
    const own = [...element.childNodes]
      .filter(({ nodeType }) => nodeType === 3)
      .map(({ textContent }) => textContent ?? '');
    texts.push(...own, element.getAttribute('aria-label') ?? '', element.getAttribute('title') ?? '');
  }
  // The parts that the drawing library names for itself.
  return texts
    .map((text) => text.trim())
    .filter((text) => !/^[xy]-(axis|grid)|^(line|text|rule|dot|tip)$/.test(text));
}

const alike = (a: readonly string[], b: readonly string[]): string[] => {
  const others = new Set(b);
  return [...new Set(said(a).filter((text) => others.has(text)))];
};

describe('nothing of a report was left in one language', () => {
  test.each(['lstm', 'tanh', 'relu'] as const)('inspect, %s', (cell) => {
    const data = exampleData({ cell, layers: 2 });
    const [english, portuguese] = [en, pt].map((words) => ({
      page: textsOf(inspectionPage(data, words)),
      lines: terminalReport(data, words).split('\n'),
    }));
    expect(said(english.page).length).toBeGreaterThan(60);
    expect(alike(english.page, portuguese.page)).toEqual([]);
    expect(alike(english.lines, portuguese.lines).filter((line) => line !== data.name)).toEqual([]);
  });

  test('compare', () => {
    const [english, portuguese] = [en, pt].map((words) => ({
      page: textsOf(comparisonPage(everyone(), words)),
      lines: comparisonReport(everyone(), words).split('\n'),
    }));
    expect(said(english.page).length).toBeGreaterThan(40);
    expect(alike(english.page, portuguese.page)).toEqual([]);
    expect(alike(english.lines, portuguese.lines)).toEqual([]);
  });

  test('each page says which language it is in', () => {
    expect(inspectionPage(exampleData(), pt)).toContain('<html lang="pt-BR">');
    expect(comparisonPage(everyone(), en)).toContain('<html lang="en">');
  });
});

test('what was done with one thing is said of one, in Portuguese too', () => {
  const { reading } = pt.reports;
  for (const [one, several] of Object.values(reading.changes)) {
    expect(one).not.toMatch(/(?:lid|remov|retirad|post|substitu|omitid)\p{L}*s\b/u);
    expect(several).toMatch(/(?:lid|remov|retirad|post|substitu|omitid)\p{L}*s\b/u);
  }
  const told = { what: 'a.txt', characters: 9, named: 'x', more: 0 } as const;
  for (const done of ['skip', 'nearest', 'symbol'] as const) {
    expect(reading.unknown({ ...told, times: 1, done })).toMatch(/ não está .*, (?:omitido|lido)\b/);
    expect(reading.unknown({ ...told, times: 2, done })).toMatch(/ não estão .*, (?:omitidos|lidos)\b/);
  }
});
