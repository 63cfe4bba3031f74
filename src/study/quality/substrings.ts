/**
 * All substrings of a sequence in its smallest automaton (Blumer et al. 1985), made in linear time and memory: whatever is
 * read from its start is a substring, and a state stands for those that end at the same places. `link` goes to the longest
 * suffix that ends at more places.
 */
import { PairTable } from '../../base/pair-table.js';

export class Substrings {
  /** By state: its longest substring, the link, and where (exclusive) the substring first ends. */
  readonly #longest: number[] = [0];
  readonly #link: number[] = [-1];
  readonly #end: number[] = [0];
  readonly #transitions: PairTable;
  /** By state: the symbols that lead on from it. */
  readonly #symbols: number[][] = [[]];
  /** By place: the state of the sequence up to and including it. */
  readonly prefixes: readonly number[];

  /** @param symbols more than any number of the sequence */
  constructor(sequence: ArrayLike<number>, symbols: number) {
    this.#transitions = new PairTable(symbols);
    const prefixes: number[] = [];
    let last = 0;
    for (let i = 0; i < sequence.length; i++) {
      last = this.#extend(last, sequence[i], i + 1);
      prefixes.push(last);
    }
    this.prefixes = prefixes;
  }

  get states(): number {
    return this.#longest.length;
  }

  /** Where (exclusive) the substrings of a state end first. */
  endOf(state: number): number {
    return this.#end[state];
  }

  /** By state with a substring of `length` for suffix: that suffix's state; −1 for shorter ones. */
  suffixes(length: number): Int32Array {
    const suffixes = new Int32Array(this.states).fill(-1);
    const order = Array.from({ length: this.states }, (_, state) => state);
    order.sort((a, b) => this.#longest[a] - this.#longest[b]);
    for (const state of order) {
      if (this.#longest[state] < length) continue;
      const link = this.#link[state];
      suffixes[state] = link >= 0 && this.#longest[link] >= length ? suffixes[link] : state;
    }
    return suffixes;
  }

  /** Reads a text and tells, symbol by symbol, the longest of its endings that is a substring. */
  reader(): (symbol: number, found: (state: number, length: number) => void) => void {
    let [state, length] = [0, 0];
    return (symbol, found) => {
      let next = this.#transitions.get(state, symbol);
      while (next < 0 && state > 0) {
        state = this.#link[state];
        length = this.#longest[state];
        next = this.#transitions.get(state, symbol);
      }
      if (next >= 0) {
        state = next;
        length++;
      }
      found(state, length);
    };
  }

  #extend(last: number, symbol: number, end: number): number {
    const made = this.#make(this.#longest[last] + 1, end);
    let state = last;
    while (state >= 0 && this.#transitions.get(state, symbol) < 0) {
      this.#lead(state, symbol, made);
      state = this.#link[state];
    }
    this.#link[made] = state < 0 ? 0 : this.#suffixOf(state, symbol);
    return made;
  }

  /** The state of what `symbol` makes of a state's longest substring; cut from one that stands for longer ones too. */
  #suffixOf(state: number, symbol: number): number {
    const joined = this.#transitions.get(state, symbol);
    if (this.#longest[joined] === this.#longest[state] + 1) return joined;
    const cut = this.#make(this.#longest[state] + 1, this.#end[joined]);
    for (const onward of this.#symbols[joined])
      this.#lead(cut, onward, this.#transitions.get(joined, onward));
    this.#link[cut] = this.#link[joined];
    this.#link[joined] = cut;
    for (let at = state; at >= 0 && this.#transitions.get(at, symbol) === joined; at = this.#link[at])
      this.#transitions.set(at, symbol, cut);
    return cut;
  }

  #make(longest: number, end: number): number {
    this.#link.push(-1);
    this.#end.push(end);
    this.#symbols.push([]);
    return this.#longest.push(longest) - 1;
  }

  #lead(from: number, symbol: number, to: number): void {
    this.#transitions.set(from, symbol, to);
    this.#symbols[from].push(symbol);
  }
}
