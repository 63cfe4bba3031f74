/** What the tests of `store/` share: a small model, a run's facts, processes made up, a disk that fails on demand. */
import { tensorShapes, type ModelShape } from '../../src/model/shape.js';
import { DissipaError } from '../../src/base/errors.js';
import type { Checkpoint } from '../../src/store/checkpoint.js';
import { memoryFiles } from '../../src/store/files-memory.js';
import type { FileStore, PositionedFile } from '../../src/store/files.js';
import type { Place, ProcessInfo } from '../../src/store/processes.js';
import type { RunInfo } from '../../src/store/run-info.js';
import { runSync } from '../run-sync.js';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const fromUtf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export const SHAPE: ModelShape = { cell: 'lstm', layers: 2, hidden: 3, symbols: 5 };

/** All weights differ, and differ with `seed`. */
export function makeCheckpoint(seed = 1, withTraining = true): Checkpoint {
  const parameters = new Map(
    tensorShapes(SHAPE).map(({ name, rows, cols }, index) => [
      name,
      Float32Array.from({ length: rows * cols }, (_, i) => Math.sin(seed + 10 * index + i)),
    ]),
  );
  const training = {
    state: { step: seed, best: null, rng: [1, -2, 3] },
    tensors: new Map([
      ['carry.h', { shape: [2, 4, 3], data: new Float32Array(24).fill(seed) }],
      ['optimizer.loss', { shape: [], data: Float64Array.of(1 / 3) }],
    ]),
  };
  return {
    shape: SHAPE,
    alphabet: ['a', 'é', '🙂', '\n', '\uFFFD'],
    parameters,
    training: withTraining ? training : null,
  };
}

export const RUN_INFO: RunInfo = {
  format: 'dissipa.run',
  version: 1,
  options: { cell: 'lstm', lr: 0.1 + 0.2, steps: 400 },
  versions: { dissipa: '0.1.0', node: '20.20.2' },
  engine: 'native (AVX-512)',
  texts: [{ path: 'corpus/a.txt', bytes: 12, characters: 11 }],
  digest: 'ab'.repeat(32),
  symbols: 5,
  createdAt: '2025-01-31T12:00:00.000Z',
};

export const HERE: Place = { host: 'here', bootId: 'boot 1', pidNamespace: 'pid:[1]' };

/** Processes of a made-up machine: those in `alive` run, each having started at its own time. None keeps a file fresh. */
export function fakeProcesses(
  pid: number,
  alive: ReadonlyMap<number, string | null> = new Map([[pid, `start of ${pid}`]]),
  place: Partial<Place> = {},
): ProcessInfo {
  let tokens = 0;
  const where = { ...HERE, ...place };
  return {
    pid,
    ...where,
    place: Object.values(where).join('').replace(/\W/g, ''),
    keepFresh: () => ({ stop: () => Promise.resolve() }),
    isAlive: (asked) => Promise.resolve(alive.has(asked)),
    startedAt: (asked) => Promise.resolve(alive.get(asked) ?? null),
    newToken: () => `token-${pid}-${++tokens}`,
  };
}

/**
 * The same files, but each call waits for `before`, which may throw what the call is to fail with. What reads by position
 * cannot wait: it has a look of its own.
 */
export function interceptedFiles(
  files: FileStore,
  before: (method: keyof FileStore, path: string) => Promise<void>,
  beforeReadAt: (path: string) => void = () => undefined,
): FileStore {
  const at = (path: string): PositionedFile => {
    const file = files.at(path);
    const looked = <T>(work: () => T): T => {
      beforeReadAt(path);
      return work();
    };
    return {
      size: () => looked(() => file.size()),
      read: (position, into) => {
        looked(() => {
          file.read(position, into);
        });
      },
      close: () => {
        file.close();
      },
    };
  };
  const call =
    (method: keyof FileStore) =>
    async (path: string, ...rest: unknown[]): Promise<unknown> => {
      await before(method, path);
      return Reflect.apply(files[method].bind(files), undefined, [path, ...rest]) as unknown;
    };
  return new Proxy(files, {
    get: (_, property) => (property === 'at' ? at : call(property as keyof FileStore)),
  });
}

/** Files of which `before` is told each call, and may throw what it is to fail with. */
export const watchedFiles = (
  before: (method: keyof FileStore, path: string) => void,
  files = memoryFiles(),
): FileStore =>
  interceptedFiles(
    files,
    async (method, path) => {
      await Promise.resolve();
      before(method, path);
    },
    (path) => {
      before('at', path);
    },
  );

/** The DissipaError that `work` ends with; fails where it ends otherwise. */
export async function complaintOf(work: () => unknown): Promise<DissipaError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof DissipaError) return error;
    throw error;
  }
  throw new Error('there was no complaint');
}

export const messageOf = async (work: () => unknown): Promise<string> => (await complaintOf(work)).message;

/**
 * Runs `decode` on hostile bytes: it must answer, or complain with a DissipaError that begins with `where`, within
 * 100 ms (the best of three: the machine may be busy). Returns the answer, or undefined for a complaint.
 */
export function surviving<T>(decode: () => T, where: string): T | undefined {
  let fastest = Infinity;
  let answer: T | undefined;
  for (let round = 0; round < 3 && fastest > 100; round++) {
    const startMs = performance.now();
    try {
      answer = decode();
    } catch (error) {
      if (!(error instanceof DissipaError)) throw error;
      if (!error.message.startsWith(where)) throw new Error(`does not name the file: ${error.message}`);
      if (/undefined|\[object|NaN bytes/.test(error.message)) throw new Error(`unclear: ${error.message}`);
    }
    fastest = Math.min(fastest, performance.now() - startMs);
  }
  if (fastest > 100) throw new Error(`took ${fastest} ms`);
  return answer;
}

/** Runs a module's text in a Node of its own, after the shell commands of `setUp`; `files` is there already. */
export function inChild(
  script: string,
  setUp = 'true',
  user?: number,
): { signal: string | null; stdout: string } {
  const module = `import './tests/english.ts'; import { nodeFiles } from './src/store/files-node.ts'; const files = nodeFiles();
    const attempt = async (work) => { try { await work(); console.log('done'); } catch (error) { console.log(error.message); } };
    ${script}`;
  const child = runSync(
    'bash',
    ['-c', `${setUp}; exec "$0" --import tsx --input-type=module -e "$1"`, process.execPath, module],
    {
      env: { ...process.env, TSX_DISABLE_CACHE: '1' },
      ...(user === undefined ? {} : { uid: user, gid: user }),
    },
  );
  if (child.signal === null && child.status !== 0) throw new Error(child.stderr);
  return { signal: child.signal, stdout: child.stdout };
}
