/** brain.js's LSTM as shipped, in its own training loop: an update for each string of a window's length. */
import { Alphabet } from '../../src/text/alphabet.js';
import { Rng } from '../../src/base/rng.js';
import { BrainNet, LEARNING_RATE } from '../../src/study/brainjs/net.js';
import { versionOf } from './machine.js';
import { SEED, SYMBOLS, type Case } from './cases.js';
import { serve } from './side.js';

const alphabet = new Alphabet(Array.from({ length: SYMBOLS }, (_, id) => String.fromCodePoint(0x100 + id)));
const rng = Rng.fromSeed(SEED);
const text = Uint16Array.from({ length: 100_000 }, () => Math.floor(rng.uniform() * SYMBOLS));

await serve({
  about: `brain.js ${versionOf('brain.js')}`,
  prepare: ({ layers, hidden, timesteps }: Case) => {
    const net = new BrainNet({ net: 'LSTM', repaired: false, layers, hidden, alphabet, seed: SEED });
    const steps = net.train(text, { window: timesteps, lr: LEARNING_RATE });
    return Promise.resolve(() => {
      steps.next();
      return timesteps;
    });
  },
});
