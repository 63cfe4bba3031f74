/** Threads of the engine in a page: workers of its worker, where the page is isolated from others and memory may be shared. */
import type { StartThread } from '../kernels/wasm-threads.js';

/** As Node's threads (kernels/wasm-threads.ts): it says that it is here, and serves for good. */
const PROGRAM = `
onmessage = ({ data: { module, memory, team, member, stack } }) => {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  exports.__stack_pointer.value = stack;
  postMessage('here');
  exports.serve(team, member);
};
`;

/** For a net at most; more are of no use to nets of this size. */
const MOST = 4;

/** Threads for each of two nets that train side by side, of what the machine has; 1 where memory cannot be shared. */
export const threadsForEach = (processors: number, isIsolated: boolean): number =>
  isIsolated ? Math.max(1, Math.min(MOST, Math.floor(processors / 2))) : 1;

export const startThread: StartThread = (seat) =>
  new Promise((resolve) => {
    const url = URL.createObjectURL(new Blob([PROGRAM], { type: 'text/javascript' }));
    const worker = new Worker(url);
    URL.revokeObjectURL(url);
    worker.onmessage = worker.onerror = () => {
      resolve(worker);
    };
    worker.postMessage(seat);
  });
