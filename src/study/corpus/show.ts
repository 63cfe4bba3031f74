/** What `dissipa corpus` says of a text, for people. */
import { visibleBytes, visibleInLine } from '../../base/visible.js';
import { counted, plural } from '../../base/words.js';
import type { RunText } from '../../store/run-info.js';
import type { Predictability } from './measure.js';
import { count as grouped } from '../../words/numbers.js';
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
/** Columns of a cell of the table of symbols. */
const CELL = 14;

/** Seen and known by itself: a letter, a digit, ASCII's punctuation. */
const isPlain = (symbol: string): boolean => /^[\p{L}\p{N}!-~]$/u.test(symbol);

const FEW: Readonly<Record<string, string>> = { ' ': 'space', '\n': '\\n', '\t': '\\t' };

function shown({ symbol, codePoint }: SymbolReport): string {
  if (codePoint.startsWith('0x')) return FEW[symbol] ?? visibleBytes(symbol);
  return FEW[symbol] ?? (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(symbol) ? symbol : codePoint);
}

/** @param width of its prose, and of its table of symbols */
export function corpusPage(report: CorpusReport, width: number = textWidth()): string {
  const { texts, alphabet } = report;
  const prose = (text: string): string => wrap(text, width);
  const lines = [
    prose(
      `${texts.length === 1 ? visibleInLine(texts[0].path) : `${texts.length} texts`}: ${report.records === undefined ? '' : `${counted(grouped(report.records), 'record')}, `}${counted(grouped(report.characters), report.symbolsAre === 'bytes' ? 'byte' : 'character')}${report.records === undefined ? '' : ' with their ends'}, ` +
        `${report.symbolsAre === 'bytes' ? '' : `${counted(grouped(report.bytes), 'byte')}, `}${counted(report.symbols, 'symbol')}`,
    ),
    prose(
      report.validation === 0
        ? 'all of it to train on'
        : `${counted(grouped(report.training), report.symbolsAre === 'bytes' ? 'byte' : 'character')} to train on, the last ${grouped(report.validation)} held out`,
    ),
    '',
    prose('Symbols, from the most frequent to the rarest:'),
    '',
    ...table(alphabet, Math.floor(width / CELL)),
    ...rare(report).map(prose),
    ...(report.symbolsAre === 'bytes' ? [] : odd(alphabet)),
    '',
    ...predictions(report, prose),
  ];
  return `${lines.join('\n')}\n`;
}

function table(alphabet: readonly SymbolReport[], columns: number): string[] {
  const cells = alphabet.map((symbol) => `${shown(symbol).padStart(6)} ${grouped(symbol.count).padEnd(7)}`);
  return Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) =>
    cells
      .slice(row * columns, (row + 1) * columns)
      .join('')
      .trimEnd(),
  );
}

function rare({ alphabet, minCount }: CorpusReport): string[] {
  const fewer = (times: number): readonly SymbolReport[] => alphabet.filter(({ count }) => count < times);
  const unknown = fewer(minCount);
  if (unknown.length > 0) {
    const met = unknown.reduce((sum, { count }) => sum + count, 0);
    return [
      '',
      `${unknown.length} of them, met ${counted(grouped(met), 'time')} together, ${plural(unknown.length, 'is', 'are')} read as one unknown symbol.`,
    ];
  }
  const few = fewer(RARE).length;
  if (minCount > 1 || few === 0) return [];
  const advice = `--min-count ${RARE} reads them as one unknown symbol`;
  return ['', `${few} of them ${plural(few, 'is', 'are')} met fewer than ${RARE} times (${advice}).`];
}

function odd(alphabet: readonly SymbolReport[]): string[] {
  const strange = alphabet.filter(({ symbol }) => !isPlain(symbol) && !(symbol in FEW));
  if (strange.length === 0) return [];
  return [
    '',
    'Not letters, digits or ASCII:',
    '',
    ...strange.map(
      (symbol) =>
        `  ${shown(symbol).padEnd(8)}${symbol.codePoint.padEnd(9)}${grouped(symbol.count).padStart(9)}  ${symbol.name.toLowerCase()}`,
    ),
  ];
}

function predictions(
  { predictability: { measured, orders }, characters, symbols }: CorpusReport,
  prose: (text: string) => string,
): string[] {
  const part = measured < characters ? `, in ${grouped(measured)} of its characters` : '';
  const held = orders.flatMap(({ heldOut }) => heldOut ?? []);
  const column = (bits: number | null): string => (bits === null ? '' : bits.toFixed(3).padStart(12));
  return [
    prose(
      `Bits per character, given the k characters before it${part} (evenly among ${symbols} symbols: ${Math.log2(symbols).toFixed(3)}):`,
    ),
    '',
    `    k     entropy${held.length > 0 ? '    held out' : ''}`,
    ...orders.map(({ order, entropy, heldOut }) =>
      `    ${order}${column(entropy)}${column(heldOut)}`.trimEnd(),
    ),
    '',
    prose(
      'Entropy is counted on this very text. With a larger k most contexts are met once, and it falls far below what anybody could predict: the shorter the text, the sooner.',
    ),
    ...(held.length > 0
      ? [
          prose(
            `Held out is what a model that only counts (Witten–Bell) needs for the held-out part. A network that has learnt anything does better than ${held[1].toFixed(2)} soon, and a good one better than ${Math.min(...held).toFixed(2)}.`,
          ),
        ]
      : []),
  ];
}
