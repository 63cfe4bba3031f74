/** The sides there are, and the processes they run in. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Case } from './cases.js';
import { CLEARED } from './peer.js';
import type { Answer, Request } from './side.js';

export interface SideSpec {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The fewest steps of one turn: so many that the probes come round in the turns together. */
  readonly leastSteps: number;
  readonly takes: (wanted: Case) => boolean;
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const tsx = (file: string, ...args: string[]): string[] => [
  process.execPath,
  '--import',
  'tsx',
  here(file),
  ...args,
];

const ours = (engine: string, threads: number): SideSpec => ({
  name: `${engine} ${threads}`,
  command: tsx('side-dissipa.ts', engine, String(threads)),
  leastSteps: 10,
  takes: () => true,
});

/** A PyTorch of several threads has two pools of them, its own and that of its BLAS; both are told. */
const torch = (python: string, threads: number): SideSpec => {
  const count = String(threads);
  return {
    name: `PyTorch ${count}`,
    command: [python, here('side-torch.py'), count],
    env: { OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count, MKL_NUM_THREADS: count },
    leastSteps: 2,
    takes: () => true,
  };
};

const brain: SideSpec = {
  name: 'brain.js',
  command: tsx('side-brain.ts'),
  leastSteps: 1,
  takes: ({ cell, layers, hidden }) => cell === 'lstm' && layers === 1 && hidden <= 256,
};

const tfjs: SideSpec = {
  name: 'tfjs',
  command: tsx('side-tfjs.ts'),
  leastSteps: 1,
  takes: ({ cell, layers, hidden }) => cell === 'lstm' && layers === 1 && hidden <= 128,
};

/** The first Python that has PyTorch; null where none has. */
function pythonWithTorch(wanted?: string): string | null {
  if (wanted !== undefined && spawnSync(wanted, ['-c', 'import torch']).status !== 0)
    throw new Error(`--python ${wanted} has no PyTorch`);
  const named = [wanted, process.env.PYTHON].filter((one) => one !== undefined);
  for (const python of [...named, 'python3', '/usr/bin/python3'])
    if (spawnSync(python, ['-c', 'import torch']).status === 0) return python;
  return null;
}

export interface Sides {
  readonly specs: readonly SideSpec[];
  /** What is missing, and how to get it. */
  readonly notes: readonly string[];
}

export function sides(withTfjs: boolean, wanted?: string): Sides {
  const python = pythonWithTorch(wanted);
  return {
    specs: [
      ...[ours('native', 1), ours('native', 2), ours('wasm', 1), ours('wasm', 2)],
      ...(python === null ? [] : [torch(python, 1), torch(python, 2)]),
      brain,
      ...(withTfjs ? [tfjs] : []),
    ],
    notes: [
      ...(python === null
        ? [
            'PyTorch: no python3 here has it. On Debian: apt install python3-torch libopenblas0-pthread; or name a Python with --python.',
          ]
        : []),
      ...(withTfjs ? [] : ['tfjs: left out; --tfjs installs it beside the project and measures it.']),
    ],
  };
}

/** A running side. */
export class Opponent {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(readonly spec: SideSpec) {
    const [command, ...args] = spec.command;
    const inherited = Object.entries(process.env).filter(([name]) => !CLEARED.some((one) => one === name));
    this.#child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...Object.fromEntries(inherited), ...spec.env },
    });
    const { stdout } = this.#child;
    if (!stdout) throw new Error('a side without an output');
    this.#lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  async ask(request: Request): Promise<Answer> {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error(`${this.spec.name} ended`);
    const answer = JSON.parse(line.value) as Answer;
    if (answer.error !== undefined) throw new Error(`${this.spec.name}: ${answer.error}`);
    return answer;
  }

  close(): void {
    this.#child.stdin?.end();
  }
}
