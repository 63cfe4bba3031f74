/** Numbers by (row, column), few of all possible pairs: a hash table with open addressing. */

/** Places to begin with; at least half of them stay free. */
const PLACES = 2048;

export class PairTable {
  /** row · columns + column + 1, or 0 for a free place */
  #keys = new Float64Array(PLACES);
  #values = new Int32Array(PLACES);
  #size = 0;

  /** @param columns more than any column's number; row · columns stays below 2⁵³ */
  constructor(private readonly columns: number) {}

  /** How many pairs have a number. */
  get size(): number {
    return this.#size;
  }

  /** −1 for a pair that has none. */
  get(row: number, column: number): number {
    const place = placeIn(this.#keys, row * this.columns + column + 1);
    return this.#keys[place] === 0 ? -1 : this.#values[place];
  }

  set(row: number, column: number, value: number): void {
    const key = row * this.columns + column + 1;
    const place = placeIn(this.#keys, key);
    if (this.#keys[place] === 0) this.#add(place, key, value);
    else this.#values[place] = value;
  }

  /** The number of a pair, which becomes `value` where it has none. */
  getOrSet(row: number, column: number, value: number): number {
    const key = row * this.columns + column + 1;
    const place = placeIn(this.#keys, key);
    if (this.#keys[place] !== 0) return this.#values[place];
    this.#add(place, key, value);
    return value;
  }

  #add(place: number, key: number, value: number): void {
    if (2 * (this.#size + 1) > this.#keys.length) {
      this.#grow();
      place = placeIn(this.#keys, key);
    }
    this.#keys[place] = key;
    this.#values[place] = value;
    this.#size++;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    const larger = new Float64Array(2 * keys.length);
    this.#values = new Int32Array(2 * keys.length);
    keys.forEach((key, i) => {
      if (key === 0) return;
      const place = placeIn(larger, key);
      larger[place] = key;
      this.#values[place] = values[i];
    });
    this.#keys = larger;
  }
}

/** Where a key stands, or the free place where it would. A key is below 2⁵³: both halves of it are mixed. */
function placeIn(keys: Float64Array, key: number): number {
  const mask = keys.length - 1;
  const mixed = Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 2 ** 32) | 0, 0x85ebca6b);
  let place = (mixed ^ (mixed >>> 15)) & mask;
  while (keys[place] !== 0 && keys[place] !== key) place = (place + 1) & mask;
  return place;
}
