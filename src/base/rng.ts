/** Random numbers whose state can be saved, so that a resumed run draws what it would have drawn. */
import { cosOfTurns, log } from './elementary.js';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

const SPREAD = 64;

/** Random numbers from a seed, with a state that can be kept. */
export class Rng {
  #generator;

  private constructor(generator: ReturnType<typeof xoroshiro128plus>) {
    this.#generator = generator;
  }

  /** The same seed, the same numbers. */
  static fromSeed(seed: number): Rng {
    const generator = xoroshiro128plus(seed);
    // A seed fills few of the state's bits: the first numbers of all small seeds are alike until they have spread.
    for (let i = 0; i < SPREAD; i++) generator.next();
    return new Rng(generator);
  }

  /** Whether `state` can have given it: 128 bits in four numbers, of which one bit at least is set. */
  static isState(state: readonly number[]): boolean {
    return (
      state.length === 4 && state.every((word) => word === (word | 0)) && state.some((word) => word !== 0)
    );
  }

  /** Goes on from a state that `state` once gave. */
  static fromState(state: readonly number[]): Rng {
    return new Rng(xoroshiro128plusFromState(state));
  }

  get state(): readonly number[] {
    return [...this.#generator.getState()];
  }

  /** Uniform in [0, 1), in steps of 2⁻⁵³. */
  uniform(): number {
    return uniformFloat64(this.#generator);
  }

  /** Uniform over the 2³² whole numbers from 0: one draw, for masks that need many. */
  uint32(): number {
    return this.#generator.next() >>> 0;
  }

  /** Normal with mean 0 and deviation 1 (Box & Muller 1958; the second value is let go). */
  normal(): number {
    const radius = Math.sqrt(-2 * log(1 - this.uniform()));
    return radius * cosOfTurns(this.uniform());
  }
}
