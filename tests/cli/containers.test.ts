/**
 * Two containers over one folder: the same host name, process numbers of their own. Where this system does not allow a
 * new set of process numbers (`unshare`), the tests are skipped.
 */
import { utimesSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  CLI_MS,
  contentsOf,
  corpus,
  dissipa,
  jsonLines,
  program,
  startCommand,
  stepsIn,
  succeed,
  temporaryFolder,
  untilStep,
  type Ended,
  type Running,
} from './dissipa.js';
import { runSync } from '../run-sync.js';

const UNSHARE = ['--pid', '--fork', '--mount-proc', '--kill-child'];
const isAllowed = runSync('unshare', [...UNSHARE, 'true']).status === 0;
if (!isAllowed) console.warn('skipped: unshare --pid is not allowed here');

const startInside = (args: readonly string[], cwd: string): Running =>
  startCommand('unshare', [...UNSHARE, process.execPath, program, ...args], cwd);
const inside = (args: readonly string[], cwd: string): Promise<Ended> => startInside(args, cwd).ended;

const SMALL =
  '--hidden 8 --batch 2 --window 8 --sample-every 0 --checkpoint-every 10 --evaluate-every 1000000';
const TRAIN = ['train', corpus, ...SMALL.split(' '), '--out', 'run', '--steps'];
const CLOCK_BACK_S = 3600;

describe.runIf(isAllowed)('a run that another container works on', () => {
  test(
    'is refused from within and from without, whatever has its number there',
    { timeout: CLI_MS },
    async () => {
      const cwd = temporaryFolder();
      const folder = join(cwd, 'run');
      const run = startInside([...TRAIN, '1000000'], cwd);
      await untilStep(run, folder, 10);
      const owner = JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8')) as { pid: number };
      // In each container the first process has this number: a lock that says no more than that is stolen.
      expect(owner.pid).toBe(1);
      for (const again of [dissipa, inside]) {
        const { code, stderr } = await again(['train', '--resume', 'run', '--steps', '2000000'], cwd);
        expect({ code, stderr }).toMatchObject({
          code: 1,
          stderr: expect.stringContaining('in use by process 1') as string,
        });
      }
      run.child.kill('SIGKILL');
      await run.ended;
      const steps = jsonLines(join(folder, 'metrics.jsonl')).flatMap(({ step }) => step ?? []);
      expect(steps).toEqual(Array.from(steps, (_, i) => i + 1));
    },
  );

  test(
    'is taken up once that one is dead and its lock has grown old, bit for bit',
    { timeout: CLI_MS },
    async () => {
      const cwd = temporaryFolder();
      const folder = join(cwd, 'run');
      const run = startInside([...TRAIN, '1000000'], cwd);
      await untilStep(run, folder, 10);
      run.child.kill('SIGKILL');
      await run.ended;
      const lock = join(folder, 'lock.json');
      const steps = String((stepsIn(folder).at(-1) ?? NaN) + 20);
      const resume = ['train', '--resume', 'run', '--steps', steps];
      expect((await dissipa(resume, cwd)).code).toBe(1);
      const old = Date.now() / 1000 - CLOCK_BACK_S;
      utimesSync(lock, old, old);
      await succeed(resume, cwd);
      expect(readdirSync(folder)).not.toContain('lock.json');
      await succeed([...TRAIN.map((word) => (word === 'run' ? 'whole' : word)), steps], cwd);
      expect(contentsOf(folder)).toEqual(contentsOf(join(cwd, 'whole')));
    },
  );

  test(
    'that was only paused writes nothing once another has taken its run over',
    { timeout: CLI_MS },
    async () => {
      const cwd = temporaryFolder();
      const folder = join(cwd, 'run');
      const run = startInside([...TRAIN, '1000000'], cwd);
      await untilStep(run, folder, 10);
      // The process itself, not the shell around it.
      const pid = Number(runSync('pgrep', ['-P', String(run.child.pid)]).stdout.trim());
      process.kill(pid, 'SIGSTOP');
      const old = Date.now() / 1000 - CLOCK_BACK_S;
      utimesSync(join(folder, 'lock.json'), old, old);
      const steps = (stepsIn(folder).at(-1) ?? NaN) + 20;
      await succeed(['train', '--resume', 'run', '--steps', String(steps)], cwd);
      // Paused in the midst of a write, it takes its own unfinished file away when it wakes.
      const finished = (): Record<string, unknown> =>
        Object.fromEntries(Object.entries(contentsOf(folder)).filter(([name]) => !name.endsWith('.tmp')));
      const after = finished();
      process.kill(pid, 'SIGCONT');
      // unshare stops with what it has started.
      run.child.kill('SIGCONT');
      const { code, stderr } = await run.ended;
      expect({ code, stderr }).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^run: its lock is gone/m) as string,
      });
      expect(finished()).toEqual(after);
    },
  );
});
