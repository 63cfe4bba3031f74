/** How many threads make the native kernels faster here. */
import { openNative } from './native.js';

/** More have not been seen to help: the calls of a small network are too short to be cut finer. */
const MOST = 8;
/** What a doubling of the threads must gain to be worth the cores it takes. */
const WORTH = 1.25;
/** Of a product that is tried: (ROWS, SIZE) · (SIZE, 4·SIZE), a timestep of a middling LSTM, so many times. */
const [ROWS, SIZE, TIMES, ROUNDS] = [64, 128, 8, 5];

let found: number | undefined;

/**
 * The number of threads, found by trying: what the system says of its processors tells neither of limits set on this
 * process nor of what else is running. The results of any number are the same bits, so nothing else hangs on it.
 */
export function threadsThatHelp(): number {
  return (found ??= find());
}

function find(): number {
  const most = Math.min(MOST, processors());
  let [threads, time] = [1, most > 1 ? timeWith(1) : 0];
  for (let next = 2; next <= most; next *= 2) {
    const faster = timeWith(next);
    if (faster * WORTH > time) break;
    [threads, time] = [next, faster];
  }
  return threads;
}

/** The best of several rounds, in ms. */
function timeWith(threads: number): number {
  const engine = openNative({ threads });
  if (engine === null) return Infinity;
  const [a, c] = [engine.matrix(ROWS, SIZE), engine.matrix(ROWS, 4 * SIZE)];
  const b = engine.packed(SIZE, 4 * SIZE);
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    for (let i = 0; i < TIMES; i++) engine.product(c, a, b, false);
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

function processors(): number {
  if (typeof process === 'undefined') return 1;
  return process.getBuiltinModule('node:os').availableParallelism();
}
