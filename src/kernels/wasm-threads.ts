/** Threads of a WebAssembly engine: Node's workers, each with an instance of the module over the engine's memory. */
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

export const canStartThreads = (): boolean => typeof process !== 'undefined';

const owners = new FinalizationRegistry<readonly { readonly terminate: () => unknown }[]>((workers) => {
  for (const worker of workers) void worker.terminate();
});

/** Resolves when every thread serves, or has failed to start: the team goes on without it. */
export async function startThreads({ members, arena, owner, ...engine }: ThreadedEngine): Promise<void> {
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const workers: InstanceType<typeof Worker>[] = [];
  const start = (member: number): Promise<void> =>
    new Promise((resolve) => {
      const stack = arena.allocate(STACK_BYTES) + STACK_BYTES;
      // Without the flags of this process: what loads its files (tsx, say) has no place in a thread of kernels.
      const worker = new Worker(PROGRAM, {
        eval: true,
        execArgv: [],
        // For code of JavaScript: the kernels' own lies elsewhere.
        resourceLimits: { codeRangeSizeMb: 4 },
        workerData: { ...engine, member, stack },
      });
      workers.push(worker);
      for (const event of ['message', 'error', 'exit'] as const)
        worker.once(event, () => {
          worker.unref();
          resolve();
        });
    });
  await Promise.all(Array.from({ length: members }, (_, member) => start(member)));
  owners.register(owner, workers);
}
