/**
 * The alphabet of a text and the text in ids, in one go: a symbol gets the next number the first time it is met, and
 * once all are known the numbers are translated to the ids of the alphabet, which is in the order of code points.
 */
import { failure } from '../base/errors.js';
import { Alphabet, MOST_SYMBOLS, UNKNOWN, symbolName, type SymbolKind } from './alphabet.js';
import { END } from './records.js';

/** Counts a text's symbols piece by piece, and numbers them as they are met. */
export class SymbolCount {
  /** By code point of the basic plane: 1 more than its number; 0 not met yet. */
  readonly #numbers = new Uint16Array(0x10000);
  readonly #beyond = new Map<number, number>();
  /** By number. */
  readonly #codePoints: number[] = [];
  #counts = new Float64Array(256);
  /** By number, of the piece that is being counted. */
  #recent = new Uint32Array(256);
  #characters = 0;

  /** @param where what the text is called in errors */
  constructor(private readonly where: string) {}

  /** What was counted before: symbols by number, and how often each was met. */
  static of(where: string, symbols: readonly string[], counts: readonly number[]): SymbolCount {
    const count = new SymbolCount(where);
    symbols.forEach((symbol, number) => {
      count.#meet(symbol.codePointAt(0) ?? 0);
      count.#counts[number] = counts[number];
      count.#characters += counts[number];
    });
    return count;
  }

  get characters(): number {
    return this.#characters;
  }

  /** Symbols by number. */
  get symbols(): string[] {
    return this.#codePoints.map((code) => String.fromCodePoint(code));
  }

  /** How often each symbol was met, by number. */
  get counts(): readonly number[] {
    return Array.from(this.#counts.subarray(0, this.#codePoints.length));
  }

  /**
   * Numbers the symbols of a piece of text (whole code points).
   * @param into at least `text.length` long
   * @returns how many symbols
   * @throws DissipaError for more than 65,535 distinct ones
   */
  add(text: string, into: Uint16Array): number {
    const numbers = this.#numbers;
    let recent = this.#recent;
    let length = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      let number = numbers[unit] - 1;
      if (number < 0) {
        const code = text.codePointAt(i) ?? 0;
        if (code > 0xffff) i++;
        number = (code > 0xffff ? this.#beyond.get(code) : undefined) ?? this.#meet(code);
        recent = this.#recent;
      }
      recent[number]++;
      into[length++] = number;
    }
    this.#characters += length;
    this.#settle();
    return length;
  }

  /** Whole numbers are counted up faster, but only to 2³². */
  #settle(): void {
    const [counts, recent] = [this.#counts, this.#recent];
    for (let number = 0; number < this.#codePoints.length; number++) counts[number] += recent[number];
    recent.fill(0, 0, this.#codePoints.length);
  }

  #meet(code: number): number {
    const number = this.#codePoints.length;
    if (number === MOST_SYMBOLS)
      throw failure('text.endless-symbols', { where: this.where, most: MOST_SYMBOLS });
    this.#codePoints.push(code);
    if (number === this.#counts.length) {
      const longer = new Float64Array(2 * number);
      longer.set(this.#counts);
      this.#counts = longer;
      const recent = new Uint32Array(2 * number);
      recent.set(this.#recent);
      this.#recent = recent;
    }
    if (code > 0xffff) this.#beyond.set(code, number);
    else this.#numbers[code] = number + 1;
    return number;
  }

  /**
   * The alphabet, and by number the ids in it. With `minCount` above 1 it has the symbol for unknown ones, and those met
   * fewer times are read as that.
   * @param kind with `records` END is there however few there are
   * @throws DissipaError where nothing is left to tell apart
   */
  alphabet(minCount = 1, kind: SymbolKind = {}): { readonly alphabet: Alphabet; readonly ids: Uint16Array } {
    const { symbols } = this;
    const isNeeded = (symbol: string): boolean => kind.records !== undefined && symbol === END;
    const kept = symbols.filter((symbol, number) => this.#counts[number] >= minCount || isNeeded(symbol));
    if (kept.length < 2)
      throw symbols.length < 2
        ? failure('text.one-symbol', {
            where: this.where,
            symbols: symbols.map(symbolName).join(),
            characters: this.#characters,
          })
        : failure('text.rare-symbols', {
            where: this.where,
            kept: kept.length,
            symbols: symbols.length,
            minCount,
          });
    const plain = Alphabet.of(minCount > 1 ? [...kept, UNKNOWN] : kept, this.where);
    const alphabet = new Alphabet(plain.symbols, kind);
    const unknown = alphabet.unknown ?? 0;
    return { alphabet, ids: Uint16Array.from(symbols, (symbol) => alphabet.idOf(symbol) ?? unknown) };
  }
}
