/** How many threads make the compiled kernels faster here. */
import { DissipaError } from '../base/errors.js';
import type { Kernels } from './kernels.js';
import { openNative } from './native.js';
import { openWasm } from './wasm.js';

/** Address space of an engine on trial. */
const TRIAL_BYTES = 2 ** 25;

const OPEN = {
  // For a moment, and small: where address space is limited, it is the training's.
  native: (threads: number) => openNative({ threads, mostBytes: TRIAL_BYTES }),
  wasm: (threads: number) => openWasm({ threads }),
} as const;
/** What can run on several threads. */
export type ThreadedName = keyof typeof OPEN;
export const THREADED = Object.keys(OPEN) as readonly ThreadedName[];

/** More have not been seen to help: the calls of a small network are too short to be cut finer. */
const MOST = 8;
/** What a doubling of the threads must gain to be worth the cores it takes. */
const WORTH = 1.25;
/** Of a product that is tried: (ROWS, SIZE) · (SIZE, 4·SIZE), a timestep of a middling LSTM, so many times. */
const [ROWS, SIZE, TIMES, ROUNDS] = [64, 128, 8, 5];

/** What a timestep's product took with so many threads. */
export interface ThreadTrial {
  readonly threads: number;
  readonly milliseconds: number;
}

const tried = new Map<ThreadedName, Promise<readonly ThreadTrial[]>>();

/** What was tried, from one thread on in doublings, until one gained too little. The last may be one that did. */
export function threadTrials(name: ThreadedName): Promise<readonly ThreadTrial[]> {
  const before = tried.get(name);
  if (before) return before;
  const trials = tryThreads(name);
  tried.set(name, trials);
  return trials;
}

/**
 * The number of threads, found by trying: what the system says of its processors tells neither of limits set on this
 * process nor of what else is running. The results of any number are the same bits, so nothing else hangs on it.
 */
export async function threadsThatHelp(name: ThreadedName): Promise<number> {
  const trials = await threadTrials(name);
  return trials.reduce((best, trial) => (gains(best, trial) ? trial : best)).threads;
}

const gains = (before: ThreadTrial, next: ThreadTrial): boolean =>
  next.milliseconds * WORTH <= before.milliseconds;

async function tryThreads(name: ThreadedName): Promise<ThreadTrial[]> {
  const most = Math.min(MOST, processors());
  const trial = async (threads: number): Promise<ThreadTrial> => {
    try {
      const engine = await OPEN[name](threads);
      return { threads, milliseconds: engine ? timeOf(engine) : Infinity };
    } catch (error) {
      // Where the first finds no room, the engine itself will say so; another is not worth the room.
      if (error instanceof DissipaError) return { threads, milliseconds: Infinity };
      throw error;
    }
  };
  const trials = [await trial(1)];
  for (let threads = 2; threads <= most; threads *= 2) {
    const [last, next] = [trials[trials.length - 1], await trial(threads)];
    trials.push(next);
    if (!gains(last, next)) break;
  }
  return trials;
}

/** The best of several rounds. */
function timeOf(engine: Kernels): number {
  const [a, c] = [engine.matrix(ROWS, SIZE), engine.matrix(ROWS, 4 * SIZE)];
  const b = engine.packed(SIZE, 4 * SIZE);
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    for (let i = 0; i < TIMES; i++) engine.product(c, a, b, null);
    best = Math.min(best, performance.now() - started);
  }
  return best / TIMES;
}

/**
 * As many as are asked for, of which more than a few a processor only take room and time (a thousand: 20 s to start).
 */
export const threadsToStart = (asked: number): number => Math.min(asked, Math.max(MOST, 4 * processors()));

function processors(): number {
  if (typeof process === 'undefined') return 1;
  return process.getBuiltinModule('node:os').availableParallelism();
}
