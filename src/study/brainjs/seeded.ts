/** A seed for a library that knows Math.random alone. */
import { Rng } from '../../base/rng.js';

/** What `make` gives, with Math.random drawing from `seed`; put back afterwards, whatever happens. */
export function withSeed<T>(seed: number, make: () => T): T {
  const rng = Rng.fromSeed(seed);
  const before = Math.random;
  Math.random = () => rng.uniform();
  try {
    return make();
  } finally {
    Math.random = before;
  }
}
