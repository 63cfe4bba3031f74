/** What `dissipa corpus` says of a text, for people. */
import { visibleBytes } from '../../base/visible.js';
import type { RunText } from '../../store/run-info.js';
import { textName } from './reading.js';
import type { Predictability } from './measure.js';
import type { Words } from '../../words/words.js';
import { table } from '../../ui/terminal/table.js';
import { widthOf } from '../../ui/terminal/width.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';

export interface SymbolReport {
  readonly symbol: string;
  /** U+0061 */
  readonly codePoint: string;
  /** Unicode's. */
  readonly name: string;
  readonly count: number;
}

export interface CorpusReport {
  /** How each was read, and what was removed. */
  readonly texts: readonly RunText[];
  readonly bytes: number;
  /** With the lines put between texts. */
  readonly characters: number;
  /** With --records: how many there are; each has an end, which counts as a character. */
  readonly records?: number;
  readonly symbolsAre?: 'bytes';
  /** V */
  readonly symbols: number;
  /** Symbols met fewer times are read as one unknown symbol. */
  readonly minCount: number;
  readonly training: number;
  readonly validation: number;
  /** From the most frequent to the rarest. */
  readonly alphabet: readonly SymbolReport[];
  readonly predictability: Predictability;
}

/** Below this a network hardly learns a symbol. */
const RARE = 10;
/** Columns of a symbol, of how often it is met, and of a figure, at least. */
const [SYMBOL, TIMES, FIGURE] = [6, 7, 12];

/** Seen and known by itself: a letter, a digit, ASCII's punctuation. */
const isPlain = (symbol: string): boolean => /^[\p{L}\p{N}!-~]$/u.test(symbol);

const FEW: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t' };

function shown({ symbol, codePoint }: SymbolReport, words: Words): string {
  if (symbol === ' ') return words.reports.corpus.space;
  if (codePoint.startsWith('0x')) return FEW[symbol] ?? visibleBytes(symbol);
  return FEW[symbol] ?? (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(symbol) ? symbol : codePoint);
}

/** @param width of its prose, and of its table of symbols */
export function corpusPage(report: CorpusReport, words: Words, width: number = textWidth()): string {
  const { texts, alphabet } = report;
  const { corpus: say } = words.reports;
  const areBytes = report.symbolsAre === 'bytes';
  const prose = (text: string): string => wrap(text, width);
  const lines = [
    prose(
      `${texts.length === 1 ? textName(texts[0].path, words) : say.texts(texts.length)}: ${[
        ...(report.records === undefined ? [] : [say.records(report.records)]),
        say.characters(report.characters, areBytes, report.records !== undefined),
        ...(areBytes ? [] : [say.bytes(report.bytes)]),
        say.symbols(report.symbols),
      ].join(', ')}`,
    ),
    prose(
      report.validation === 0
        ? say.allToTrain
        : say.heldOut(report.training, areBytes, report.validation),
    ),
    '',
    prose(say.byFrequency),
    '',
    ...symbolTable(alphabet, width, words),
    ...rare(report, words).map(prose),
    ...(areBytes ? [] : odd(alphabet, prose, words, width)),
    '',
    ...predictions(report, prose, words),
  ];
  return `${lines.join('\n')}\n`;
}

function symbolTable(alphabet: readonly SymbolReport[], width: number, words: Words): string[] {
  const { count } = words.numbers;
  const names = alphabet.map((symbol) => shown(symbol, words));
  const widest = Math.max(SYMBOL, ...names.map(widthOf));
  const cells = alphabet.map(
    (symbol, i) =>
      `${' '.repeat(widest - widthOf(names[i]))}${names[i]} ${count(symbol.count).padEnd(TIMES)}`,
  );
  const columns = Math.max(1, Math.floor(width / (widest + 1 + TIMES)));
  return Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) =>
    cells
      .slice(row * columns, (row + 1) * columns)
      .join('')
      .trimEnd(),
  );
}

function rare({ alphabet, minCount }: CorpusReport, { reports: { corpus: say } }: Words): string[] {
  const fewer = (times: number): readonly SymbolReport[] => alphabet.filter(({ count }) => count < times);
  const unknown = fewer(minCount);
  if (unknown.length > 0) {
    const met = unknown.reduce((sum, { count }) => sum + count, 0);
    return ['', say.unknown(unknown.length, met)];
  }
  const few = fewer(RARE).length;
  if (minCount > 1 || few === 0) return [];
  return ['', say.rare(few, RARE)];
}

function odd(
  alphabet: readonly SymbolReport[],
  prose: (text: string) => string,
  words: Words,
  width: number,
): string[] {
  const { count } = words.numbers;
  const strange = alphabet.filter(({ symbol }) => !isPlain(symbol) && symbol !== ' ' && !(symbol in FEW));
  if (strange.length === 0) return [];
  return [
    '',
    prose(words.reports.corpus.odd),
    '',
    table(
      strange.map((symbol) => [
        `  ${shown(symbol, words)}`,
        symbol.codePoint,
        count(symbol.count),
        symbol.name.toLowerCase(),
      ]),
      [0, 1, 3],
      width,
      false,
    ),
  ];
}

function predictions(
  { predictability: { measured, orders }, characters, symbols, symbolsAre }: CorpusReport,
  prose: (text: string) => string,
  { numbers: { fixed }, reports: { corpus: say } }: Words,
): string[] {
  const held = orders.flatMap(({ heldOut }) => heldOut ?? []);
  const widths = [say.entropyHead, say.heldOutHead].map((head) => Math.max(FIGURE, widthOf(head) + 2));
  const column = (text: string, i: number): string => ' '.repeat(widths[i] - widthOf(text)) + text;
  const figure = (bits: number | null, i: number): string => (bits === null ? '' : column(fixed(bits, 3), i));
  return [
    prose(say.bits(measured < characters ? measured : null, symbols, symbolsAre === 'bytes')),
    '',
    `    k${column(say.entropyHead, 0)}${held.length > 0 ? column(say.heldOutHead, 1) : ''}`,
    ...orders.map(({ order, entropy, heldOut }) =>
      `    ${order}${figure(entropy, 0)}${figure(heldOut, 1)}`.trimEnd(),
    ),
    '',
    prose(say.entropy),
    ...(held.length > 0
      ? [
          prose(say.counting(held[1], Math.min(...held))),
        ]
      : []),
  ];
}
