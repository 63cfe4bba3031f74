/**
 * Threads of a WebAssembly engine: workers, each with an instance of the module over the engine's memory. Node's, or those
 * that whoever opens the engine knows to start.
 */
import type { Arena } from './arena.js';

/** Of each thread, the first too: the products' room is on it (products.c). */
export const STACK_BYTES = 2 ** 20;

/**
 * What a worker runs. As text, since a worker is given a file or a text, and where this module lies as a file differs
 * between sources, a build and a bundle.
 */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const { module, memory, team, member, stack } = workerData;
const { exports } = new WebAssembly.Instance(module, { env: { memory } });
exports.__stack_pointer.value = stack;
parentPort.postMessage('here');
exports.serve(team, member);
`;

export interface ThreadedEngine {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The team's address. */
  readonly team: number;
  /** How many threads to start. */
  readonly members: number;
  readonly arena: Arena;
  /** The threads end when nothing holds it any more. */
  readonly owner: object;
}

/** What a thread is given: its place in the team, and the end of the stack that it has to itself. */
export interface Seat {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly team: number;
  readonly member: number;
  readonly stack: number;
}

export interface Thread {
  readonly terminate: () => unknown;
}

/** Starts a thread; resolves when it serves, or has failed to start: the team goes on without it. */
export type StartThread = (seat: Seat) => Promise<Thread>;

/** Node's workers; null where there are none. */
export function nodeThreads(): StartThread | null {
  if (typeof process === 'undefined') return null;
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  return (workerData) =>
    new Promise((resolve) => {
      // Without the flags of this process: what loads its files (tsx, say) has no place in a thread of kernels.
      const worker = new Worker(PROGRAM, {
        eval: true,
        execArgv: [],
        // For code of JavaScript: the kernels' own lies elsewhere.
        resourceLimits: { codeRangeSizeMb: 4 },
        workerData,
      });
      for (const event of ['message', 'error', 'exit'] as const)
        worker.once(event, () => {
          worker.unref();
          resolve(worker);
        });
    });
}

const owners = new FinalizationRegistry<readonly Thread[]>((threads) => {
  for (const thread of threads) void thread.terminate();
});

/** Resolves when every thread has been started. */
export async function startThreads(
  { members, arena, owner, ...engine }: ThreadedEngine,
  start: StartThread,
): Promise<void> {
  const threads = await Promise.all(
    Array.from({ length: members }, (_, member) =>
      start({ ...engine, member, stack: arena.allocate(STACK_BYTES) + STACK_BYTES }),
    ),
  );
  owners.register(owner, threads);
}
