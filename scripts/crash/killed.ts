/** The built command line in processes of its own: killed at a call to the disk, or at any moment, and taken up again. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { contentsOf, differenceOf } from './contents.js';
import type { Plan } from './faults.js';
import type { Outcome, Tally } from './tally.js';

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** What a program is started with to be hit, in plain JavaScript, as threads are started with it too. */
function hooksIn(folder: string): readonly string[] {
  for (const name of ['faults', 'preload']) {
    const source = readFileSync(new URL(`./${name}.ts`, import.meta.url), 'utf8');
    const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
    const { outputText } = ts.transpileModule(source, { compilerOptions: options });
    writeFileSync(join(folder, `${name}.mjs`), outputText.replace("'./faults.js'", "'./faults.mjs'"));
  }
  return ['--import', pathToFileURL(join(folder, 'preload.mjs')).href];
}

/** What is begun, what takes it up, and the file from which on there is something to take up. */
interface Scenario {
  readonly name: string;
  readonly begin: readonly string[];
  readonly resume: readonly string[] | null;
  readonly marker: string;
}

const SMALL = '--hidden 3 --batch 2 --window 6';
const words = (line: string): string[] => line.split(' ');
const SCENARIOS: readonly Scenario[] = [
  {
    name: 'train',
    begin: words(
      `train text.txt ${SMALL} --cell gru --dropout 0.1 --steps 400 --checkpoint-every 20 --evaluate-every 20 --sample-every 50 --lag-every 10 --engine wasm --threads 1 --out out`,
    ),
    resume: words('train --resume out'),
    marker: 'out/run.json',
  },
  {
    name: 'compare',
    begin: words(
      `compare text.txt ${SMALL} --only tanh,ngram,lstm --characters 3000 --threads 1 --engine wasm --out out`,
    ),
    resume: words('compare --resume out'),
    marker: 'out/compare.json',
  },
  {
    name: 'lesson',
    begin: words(
      'lesson text.txt --hidden 4 --window 8 --steps 2 --engine wasm --threads 1 --html out/lesson.html --json out/lesson.json',
    ),
    resume: null,
    marker: 'out/none',
  },
];
const TEXT = 'o rio corre para o mar, e a carta chega tarde.\n'.repeat(60);

export interface Killing {
  readonly folder: string;
  readonly until: number;
  /** Kills at any moment, of each command. */
  readonly random: number;
  /** At every call, or every so many. */
  readonly stride: number;
  readonly rng: () => number;
}

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

interface Life {
  readonly hooks?: readonly string[];
  readonly afterMs?: number | undefined;
  readonly plan?: Plan | undefined;
  readonly count?: string;
}

async function live(
  cwd: string,
  args: readonly string[],
  { afterMs, hooks = [], plan, count }: Life = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...hooks, program, ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      TMPDIR: join(cwd, 'tmp'),
      ...(plan && { CRASH_PLAN: JSON.stringify(plan) }),
      ...(count !== undefined && { CRASH_COUNT: count }),
    },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, stderr });
    });
  });
  if (afterMs !== undefined) {
    await Promise.race([ended, setTimeout(afterMs)]);
    child.kill('SIGKILL');
  }
  return ended;
}

function freshFolder(folder: string, name: string): string {
  const cwd = join(folder, name);
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(join(cwd, 'tmp'), { recursive: true });
  mkdirSync(join(cwd, 'out'), { recursive: true });
  writeFileSync(join(cwd, 'text.txt'), TEXT);
  return cwd;
}

const argsNow = (cwd: string, { begin, resume, marker }: Scenario): readonly string[] =>
  resume && existsSync(join(cwd, marker)) ? resume : begin;

export async function kill(tally: Tally, { folder, until, random, stride, rng }: Killing): Promise<void> {
  const hooks = hooksIn(folder);
  const begun = Date.now();
  for (const [i, scenario] of SCENARIOS.entries()) {
    // Each has a third of the time: half of it at calls, half at any moment.
    const moment = (share: number): number => begun + ((until - begun) * (i + share)) / SCENARIOS.length;
    const whole = freshFolder(folder, `${scenario.name}-whole`);
    const count = join(whole, 'count');
    const started = Date.now();
    const first = await live(whole, scenario.begin, { hooks, count });
    const took = Date.now() - started;
    if (first.code !== 0) throw new Error(`${scenario.name}: ${first.stderr}`);
    const expected = contentsOf(join(whole, 'out'));
    const calls = Number(readFileSync(count, 'utf8'));

    /** Takes it up until it is through. */
    const finish = async (cwd: string): Promise<Outcome> => {
      const { code, stderr } = await live(cwd, argsNow(cwd, scenario));
      if (code !== 0) return { failed: `not taken up: ${stderr.trim().slice(-300)}` };
      const difference = differenceOf(expected, contentsOf(join(cwd, 'out')));
      const left = readdirSync(join(cwd, 'tmp'));
      if (difference === null && left.length > 0)
        return { failed: `left in the scratch folder: ${left.join(', ')}` };
      if (difference === null) rmSync(cwd, { recursive: true });
      return { failed: difference };
    };

    for (let at = 1; at <= calls; at += stride) {
      if (Date.now() > moment(0.5)) break;
      const cwd = freshFolder(folder, `${scenario.name}-call-${at}`);
      await live(cwd, scenario.begin, { hooks, plan: { at, how: at % 2 === 0 ? 'torn' : 'kill' } });
      tally.add(`${scenario.name}, killed at a call`, `call ${at} of ${calls}`, await finish(cwd));
    }
    for (let n = 0; n < random && Date.now() <= moment(1); n++) {
      const cwd = freshFolder(folder, `${scenario.name}-random-${n}`);
      const moments: number[] = [];
      for (let times = 1 + Math.floor(3 * rng()); times > 0; times--) {
        moments.push(Math.floor(took * rng()));
        await live(cwd, argsNow(cwd, scenario), { afterMs: moments.at(-1) });
        tally.add(`${scenario.name}, killed at any moment`, '', { failed: null });
      }
      tally.add(`${scenario.name}, taken up then`, `after ${moments.join(', ')} ms`, await finish(cwd));
    }
  }
}
