/**
 * How predictable a text is from its last few characters: n-grams up to a length, counted in one pass.
 *
 *   H_k = −Σ p(c₁…c_k, x)·log₂ p(x | c₁…c_k)          the text's own conditional entropy, bits per character
 *
 * and, of a text not counted, the cross-entropy of a model with Witten–Bell's smoothing (Witten and Bell 1991, method C,
 * interpolated): where the context c was met C times, followed by D distinct symbols, x c times of them,
 *
 *   P_k(x) = (c + D·P_{k−1}(x)) / (C + D),   P_{−1} = 1/V.
 *
 * An n-gram is a node of a tree: its children are the n-grams one symbol longer.
 */
import { PairTable } from '../../base/pair-table.js';

/** Room for so many to begin with. */
const NODES = 1024;

export class Ngrams {
  /** By node: how often it was met; how often, and by how many distinct symbols, it was followed; its length. */
  #met = new Uint32Array(NODES);
  #followed = new Uint32Array(NODES);
  #followers = new Int32Array(NODES);
  #length = new Uint8Array(NODES);
  #nodes = 1;
  readonly #children: PairTable;
  /** By k: the node of the k symbols last seen; −1 where they were not all counted. */
  #context: Int32Array;

  /** @param orders contexts of up to so many symbols are looked at */
  constructor(
    /** V */
    private readonly size: number,
    readonly orders: number,
    /** The symbol that ends a record: what stands before it says nothing of what follows. */
    private readonly end?: number,
  ) {
    this.#children = new PairTable(size);
    this.#context = new Int32Array(orders + 2);
    this.forget();
  }

  /** What comes next does not go on from what was seen. */
  forget(): void {
    this.#context.fill(-1).fill(0, 0, 1);
  }

  /** Counts ids, going on from those before. */
  add(ids: Uint16Array): void {
    const context = this.#context;
    for (const id of ids) {
      // From the longest: a context of k symbols and the next one make that of k + 1.
      for (let k = this.orders; k >= 0; k--) {
        const node = context[k];
        let child = -1;
        if (node >= 0) {
          child = this.#childOf(node, id);
          if (this.#met[child] === 0) this.#followers[node]++;
          this.#met[child]++;
          this.#followed[node]++;
        }
        context[k + 1] = child;
      }
      if (id === this.end) context.fill(-1, 2);
    }
  }

  /** Takes ids that were counted before as what is gone on from. */
  follow(ids: Uint16Array): void {
    this.bitsOf(ids);
  }

  /** By order k: bits that the models need for ids (which are not counted), going on from those before. */
  bitsOf(ids: Uint16Array): number[] {
    const context = this.#context;
    const bits = new Array<number>(this.orders + 1).fill(0);
    const found = new Int32Array(this.orders + 1);
    for (const id of ids) {
      let p = 1 / this.size;
      for (let k = 0; k <= this.orders; k++) {
        const node = context[k];
        found[k] = node < 0 ? -1 : this.#children.get(node, id);
        if (node >= 0 && this.#followed[node] > 0) {
          const followers = this.#followers[node];
          const met = found[k] < 0 ? 0 : this.#met[found[k]];
          p = (met + followers * p) / (this.#followed[node] + followers);
        }
        bits[k] -= Math.log2(p);
      }
      context.set(found, 1);
      if (id === this.end) context.fill(-1, 2);
    }
    return bits;
  }

  /** P_k of every symbol after what was seen last, into V numbers. */
  probabilities(k: number, into: Float64Array): void {
    into.fill(1 / this.size);
    for (let order = 0; order <= k; order++) {
      const node = this.#context[order];
      if (node < 0 || this.#followed[node] === 0) continue;
      const followers = this.#followers[node];
      for (let id = 0; id < this.size; id++) {
        const child = this.#children.get(node, id);
        const met = child < 0 ? 0 : this.#met[child];
        into[id] = (met + followers * into[id]) / (this.#followed[node] + followers);
      }
    }
  }

  /** How many n-grams are counted. */
  get held(): number {
    return this.#nodes - 1;
  }

  /** How many n-grams a model of order k has counted: those of 1 to k + 1 symbols. */
  countsHeld(k: number): number {
    let held = 0;
    for (let node = 1; node < this.#nodes; node++) if (this.#length[node] <= k + 1) held++;
    return held;
  }

  /** By order k: H_k, in bits per character, of what was counted. */
  entropies(): number[] {
    const wide = this.orders + 2;
    const [met, followed, predictions] = [
      new Float64Array(wide),
      new Float64Array(wide),
      new Float64Array(wide),
    ];
    const weighted = (count: number): number => (count > 0 ? count * Math.log2(count) : 0);
    for (let node = 0; node < this.#nodes; node++) {
      const length = this.#length[node];
      met[length] += weighted(this.#met[node]);
      followed[length] += weighted(this.#followed[node]);
      predictions[length] += this.#followed[node];
    }
    return Array.from({ length: this.orders + 1 }, (_, k) =>
      predictions[k] === 0 ? 0 : Math.max(0, (followed[k] - met[k + 1]) / predictions[k]),
    );
  }

  /** The node of an n-gram one symbol longer, which is made where it is new. */
  #childOf(node: number, id: number): number {
    const child = this.#children.getOrSet(node, id, this.#nodes);
    if (child === this.#nodes) {
      if (this.#nodes === this.#met.length) this.#grow();
      this.#nodes++;
      this.#length[child] = this.#length[node] + 1;
    }
    return child;
  }

  #grow(): void {
    this.#met = lengthened(this.#met);
    this.#followed = lengthened(this.#followed);
    this.#followers = lengthened(this.#followers);
    this.#length = lengthened(this.#length);
  }
}

function lengthened<T extends Uint32Array | Int32Array | Uint8Array>(numbers: T): T {
  const longer = new (numbers.constructor as new (length: number) => T)(2 * numbers.length);
  longer.set(numbers);
  return longer;
}
