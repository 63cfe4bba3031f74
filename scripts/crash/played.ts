/** `train` in this process, hit at each of its calls to the disk in each way, taken up again, compared bit for bit. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DissipaError } from '../../src/base/errors.js';
import { train } from '../../src/cli/commands/train.js';
import type { Environment } from '../../src/cli/environment.js';
import { nodeFiles } from '../../src/store/files-node.js';
import { nodeProcesses } from '../../src/store/processes-node.js';
import type { ProcessInfo } from '../../src/store/processes.js';
import { speak, wordsIn } from '../../src/words/words.js';
import { contentsOf, differenceOf } from './contents.js';
import { Disk, FAULTS, type Fault, type Plan } from './faults.js';
import type { Outcome, Tally } from './tally.js';

const OPTIONS = {
  ...{ cell: 'lstm', hidden: '3', layers: '2', batch: '2', window: '6', dropout: '0.2', average: '0.9' },
  ...{ steps: '8', checkpointEvery: '3', evaluateEvery: '2', sampleEvery: '4', keep: '2' },
  ...{ totalEvery: '2', lagEvery: '3', engine: 'reference' },
};
const TEXT = 'o rio corre para o mar, e a carta chega tarde.\n'.repeat(12);

export interface Played {
  /** Until then. */
  readonly until: number;
  /** Every so many calls. */
  readonly stride: number;
}

/** @returns how many calls a training makes */
export async function play(folder: string, tally: Tally, { until, stride }: Played): Promise<number> {
  const words = await wordsIn('en');
  speak(words);
  const disk = await Disk.patch(() => undefined);
  mkdirSync(folder, { recursive: true });
  const text = join(folder, 'text.txt');
  writeFileSync(text, TEXT);
  let lives = 0;

  /** One process, as far as the disk can tell. */
  async function live(dir: string, plan: Plan | null): Promise<Error | null> {
    const own = nodeProcesses();
    // A number that no process of this system has: once this life is over, its lock is that of the dead.
    const pid = 0x40000000 + lives++;
    const processes: ProcessInfo = {
      ...own,
      ...{ pid, startedAt: () => Promise.resolve(null), isAlive: (of) => Promise.resolve(of === pid) },
      keepFresh: () => ({ stop: () => Promise.resolve() }),
    };
    const silent = (): void => undefined;
    const env: Environment = {
      ...{ files: nodeFiles(undefined, processes), processes, words, out: silent, err: silent },
      ...{ isTerminal: false, now: () => performance.now() },
      interruption: () => new AbortController().signal,
    };
    disk.begin(plan);
    try {
      if (existsSync(join(dir, 'run.json'))) await train(env, [], { resume: dir });
      else await train(env, [text], { ...OPTIONS, out: dir });
      return null;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  const whole = join(folder, 'whole');
  const problem = await live(whole, null);
  if (problem !== null) throw problem;
  const calls = disk.count;
  const expected = contentsOf(whole);

  async function outcomeOf(at: number, how: Fault): Promise<Outcome> {
    const dir = join(folder, `${how}-${at}`);
    const hit = await live(dir, { at, how });
    const isPlayedDeath = how === 'kill' || how === 'torn';
    if (hit !== null && !isPlayedDeath && !(hit instanceof DissipaError))
      return { failed: `defect: ${hit.message}` };
    const again = await live(dir, null);
    if (again !== null) return { failed: `not taken up: ${again.message}` };
    const difference = differenceOf(expected, contentsOf(dir));
    rmSync(dir, { recursive: true });
    return { failed: difference };
  }

  for (let at = 1; at <= calls; at += stride)
    for (const how of FAULTS) {
      if (Date.now() > until) return calls;
      tally.add(`train, ${how} at a call`, `call ${at} of ${calls}`, await outcomeOf(at, how));
    }
  return calls;
}
