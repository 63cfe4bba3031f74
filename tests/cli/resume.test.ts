/**
 * A run that is killed, or stopped with Ctrl-C, and taken up again leaves what one leaves that was never stopped, bit
 * for bit. The run is started with far more steps than it will make, so that it cannot end before it is stopped;
 * resuming gives it its real end.
 */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  bytesOf,
  CLI_MS,
  complaint,
  contentsOf,
  corpus,
  dissipa,
  jsonLines,
  program,
  start,
  startCommand,
  succeed,
  temporaryFolder,
  untilStep,
  stepsIn,
} from './dissipa.js';

const EVERY = 10;
/** Two layers with dropout and a schedule without an end: all the state a run has takes part. */
const MODEL = '--cell lstm --layers 2 --dropout 0.2 --hidden 16 --batch 8 --window 16 --warmup 30 --keep 3';
const LOGS = `--checkpoint-every ${EVERY} --evaluate-every ${EVERY} --sample-every ${EVERY} --total-every 3 --lag-every 7`;
const TRAIN = ['train', corpus, ...`${MODEL} ${LOGS}`.split(' ')];
const ENDLESS = ['--steps', '1000000'];

/** The same run to `steps` without a stop: its folder's contents. */
async function uninterrupted(cwd: string, steps: number): Promise<Record<string, unknown>> {
  await succeed([...TRAIN, '--out', 'whole', '--steps', String(steps)], cwd);
  return contentsOf(join(cwd, 'whole'));
}

/** What a run of `steps` must have kept, so that a comparison of two runs compares something. */
function expectComplete(folder: string, steps: number): void {
  const [header, ...metrics] = jsonLines(join(folder, 'metrics.jsonl'));
  expect(header).toEqual({ format: 'dissipa.metrics', version: 1 });
  const losses = metrics.filter((line) => 'lossNats' in line);
  expect(losses.map(({ step }) => step)).toEqual(Array.from({ length: steps }, (_, i) => i + 1));
  const evaluations = metrics.filter((line) => 'validationLossNats' in line);
  expect(evaluations.map(({ step }) => step)).toEqual([
    ...Array.from({ length: Math.floor(steps / EVERY) }, (_, i) => (i + 1) * EVERY),
    ...(steps % EVERY === 0 ? [] : [steps]),
  ]);
  const [, ...gradients] = jsonLines(join(folder, 'gradients.jsonl'));
  const due = Array.from({ length: steps }, (_, i) => i + 1).filter((s) => s % 3 === 0 || s % 7 === 0);
  expect(gradients.map(({ step }) => step)).toEqual(due);
  const samples = readFileSync(join(folder, 'samples.txt'), 'utf8');
  expect([...samples.matchAll(/^--- step (\d+) ---$/gm)].map(([, step]) => Number(step))).toEqual(
    Array.from({ length: Math.floor(steps / EVERY) }, (_, i) => (i + 1) * EVERY),
  );
  expect(stepsIn(folder)).toHaveLength(3);
  expect(existsSync(join(folder, 'best.safetensors'))).toBe(true);
}

describe('a run that is stopped', () => {
  test(
    'kill -9 in the midst, twice, each time then --resume: as if never stopped',
    { timeout: CLI_MS },
    async () => {
      const cwd = temporaryFolder();
      const folder = join(cwd, 'run');
      const run = start([...TRAIN, '--out', 'run', ...ENDLESS], cwd);
      const { child, ended } = run;
      const reached = await untilStep(run, folder, EVERY);
      child.kill('SIGKILL');
      expect(await ended).toMatchObject({ code: null, signal: 'SIGKILL', stdout: '' });
      // The process could not give the folder free.
      expect(readdirSync(folder)).toContain('lock.json');
      const again = start(['train', '--resume', 'run'], cwd);
      await untilStep(again, folder, reached + 3 * EVERY);
      again.child.kill('SIGKILL');
      expect(await again.ended).toMatchObject({ code: null, signal: 'SIGKILL' });

      // An evaluation of a later step may be in the logs, but none beyond the next checkpoint's.
      const steps = (stepsIn(folder).at(-1) ?? NaN) + 2 * EVERY + 5;
      const { code, stderr } = await dissipa(['train', '--resume', 'run', '--steps', String(steps)], cwd);
      expect({ code, stderr }).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/, from step \d+\n/) as string,
      });
      const expected = await uninterrupted(cwd, steps);
      expectComplete(folder, steps);
      expect(contentsOf(folder)).toEqual(expected);
      for (const name of [`step-${steps}.safetensors`, 'best.safetensors'])
        expect(bytesOf(folder, name), name).toBe(bytesOf(cwd, 'whole', name));
    },
  );

  test(
    'Ctrl-C: a checkpoint, exit code 130, a hint; then --resume. Meanwhile the folder is in use',
    { timeout: CLI_MS },
    async () => {
      const cwd = temporaryFolder();
      const folder = join(cwd, 'run');
      const run = start([...TRAIN, '--out', 'run', ...ENDLESS], cwd);
      const { child, ended } = run;
      await untilStep(run, folder, EVERY);

      const inUse = `run: in use by process ${child.pid ?? NaN} on this machine, wait for it`;
      expect((await complaint(['train', '--resume', 'run'], cwd, 1)).replace('; ', ', ')).toContain(inUse);
      expect(await complaint([...TRAIN, '--out', 'run'], cwd, 1)).toMatch(
        /^run: a run is already there; resume it with --resume run, or give another --out$/,
      );

      child.kill('SIGINT');
      const { code, stdout, stderr } = await ended;
      expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
      const step = Number(/^interrupted after step (\d+); go on with: (.*)$/m.exec(stderr)?.[1]);
      expect(stderr).toMatch(/ go on with: npx dissipa train --resume run\n$/);
      expect(stepsIn(folder).at(-1)).toBe(step);
      expect(readdirSync(folder)).not.toContain('lock.json');

      // No more checkpoints than two: of --keep 3 one is left for the one of the stop.
      const steps = step + EVERY;
      await succeed(['train', '--resume', 'run', '--steps', String(steps)], cwd);
      const expected = await uninterrupted(cwd, steps);
      // The stop itself left one checkpoint more, which --keep counts.
      const found = new Map(Object.entries(contentsOf(folder)));
      expect(found.delete(`step-${step}.safetensors`)).toBe(true);
      expect(expected).toMatchObject(Object.fromEntries(found));
      const last = `step-${steps}.safetensors`;
      expect(bytesOf(folder, last)).toBe(bytesOf(cwd, 'whole', last));
      expectComplete(folder, steps);
    },
  );

  test.runIf(existsSync('/bin/sh'))(
    'a second signal ends it at once, and the folder can be taken up',
    { timeout: CLI_MS },
    async () => {
      const cwd = temporaryFolder();
      const folder = join(cwd, 'run');
      const run = start([...TRAIN, '--out', 'run', ...ENDLESS], cwd);
      const { child, ended } = run;
      await untilStep(run, folder, EVERY);
      // Stopped, so that both wait for it when it goes on. (Two of the same kind would become one.)
      child.kill('SIGSTOP');
      child.kill('SIGINT');
      child.kill('SIGTERM');
      child.kill('SIGCONT');
      const { code, stderr } = await ended;
      expect(code).toBe(130);
      expect(stderr).not.toContain('interrupted after step');
      const steps = (stepsIn(folder).at(-1) ?? NaN) + 5;
      await succeed(['train', '--resume', 'run', '--steps', String(steps)], cwd);
      expect(stepsIn(folder).at(-1)).toBe(steps);
    },
  );

  test('a run at its end does nothing more when it is taken up', { timeout: CLI_MS }, async () => {
    const cwd = temporaryFolder();
    await succeed([...TRAIN, '--out', 'run', '--steps', '12'], cwd);
    const before = contentsOf(join(cwd, 'run'));
    expect(await succeed(['train', '--resume', 'run'], cwd)).toContain('step 12');
    expect(contentsOf(join(cwd, 'run'))).toEqual(before);
  });

  test('SIGTERM is heard as Ctrl-C is', { timeout: CLI_MS }, async () => {
    const cwd = temporaryFolder();
    const run = start([...TRAIN, '--out', 'run', ...ENDLESS], cwd);
    const { child, ended } = run;
    await untilStep(run, join(cwd, 'run'), EVERY);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({
      code: 130,
      stderr: expect.stringContaining('interrupted after step') as string,
    });
  });
});

test(
  'what may change in a run changes from there on, and gives the same bits each time',
  { timeout: CLI_MS },
  async () => {
    const cwd = temporaryFolder();
    await succeed([...TRAIN, '--out', 'run', '--steps', '20'], cwd);
    const before = jsonLines(join(cwd, 'run/metrics.jsonl'));
    cpSync(join(cwd, 'run'), join(cwd, 'twin'), { recursive: true });
    const changes =
      '--steps 40 --lr 0.004 --schedule cosine --warmup 0 --min-lr 0.001 --weight-decay 0.01 --clip 0.3 --dropout 0.4 --evaluate-every 5 --checkpoint-every 40 --probe off --saturation-every 4'.split(
        ' ',
      );
    for (const run of ['run', 'twin']) await succeed(['train', '--resume', run, ...changes], cwd);
    expect(contentsOf(join(cwd, 'run'))).toEqual(contentsOf(join(cwd, 'twin')));
    const after = jsonLines(join(cwd, 'run/metrics.jsonl'));
    expect(after.slice(0, before.length)).toEqual(before);
    const steps = after.filter((line) => 'lossNats' in line);
    // The new rate has the course that it would have had from the start.
    expect(steps[39].lr).toBe(0.001);
    expect(steps[20].lr).toBeCloseTo(0.001 + (0.003 * (1 + Math.cos((Math.PI * 20) / 39))) / 2, 12);
    const evaluated = after.filter((line) => 'validationLossNats' in line).map(({ step }) => step);
    expect(evaluated).toEqual([10, 20, 25, 30, 35, 40]);
    const { options } = JSON.parse(readFileSync(join(cwd, 'run/run.json'), 'utf8')) as {
      options: Record<string, unknown>;
    };
    expect(options).toMatchObject({
      clip: 0.3,
      dropout: 0.4,
      weightDecay: 0.01,
      lagEvery: 0,
      saturationEvery: 4,
    });
    // Without them it goes on as it is now.
    await succeed(['train', '--resume', 'run', '--steps', '42'], cwd);
    expect(jsonLines(join(cwd, 'run/metrics.jsonl')).at(-1)).toMatchObject({ step: 42 });
  },
);

describe.runIf(existsSync('/bin/bash'))('a disk that takes no more', () => {
  test('ends the run with one line; what it had stays, and goes on', { timeout: CLI_MS }, async () => {
    const cwd = temporaryFolder();
    const folder = join(cwd, 'run');
    await succeed([...TRAIN, '--out', 'run', '--steps', '20'], cwd);
    const before = contentsOf(folder);
    // No file may grow beyond 64 KiB: the logs stay below it, a checkpoint with Adam's state does not.
    const bash = ['-c', 'ulimit -f 64; exec "$0" "$@"', process.execPath, program];
    const { ended } = startCommand('bash', [...bash, 'train', '--resume', 'run', '--steps', '40'], cwd);
    const { code, signal, stderr } = await ended;
    expect({ code, signal }).toEqual({ code: 1, signal: null });
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^run\/step-30\.safetensors: the file would grow beyond what the system allows, nothing was changed; see `ulimit -f`, or take another disk$/,
    );
    const kept = contentsOf(folder);
    for (const name of ['step-10.safetensors', 'step-20.safetensors'])
      expect(kept[name]).toEqual(before[name]);
    expect(Object.keys(kept)).toEqual(Object.keys(before));
    await succeed(['train', '--resume', 'run', '--steps', '40'], cwd);
    expect(contentsOf(folder)).toEqual(await uninterrupted(cwd, 40));
  });
});

describe('a run at its end', () => {
  test(
    'says so and how to go on; an end before where it is is refused, and changes nothing',
    { timeout: CLI_MS },
    async () => {
      const cwd = temporaryFolder();
      const small = '--hidden 4 --batch 2 --window 8 --sample-every 0'.split(' ');
      await succeed(['train', corpus, ...small, '--steps', '4', '--out', 'run'], cwd);
      const before = readFileSync(join(cwd, 'run/run.json'), 'utf8');
      const again = await dissipa(['train', '--resume', 'run'], cwd);
      expect(again.code).toBe(0);
      expect(again.stderr).toContain(
        "step 4 is the run's last; go on with: npx dissipa train --resume run --steps 8\n",
      );
      expect(await complaint(['train', '--resume', 'run', '--steps', '3'], cwd, 2)).toBe(
        '--steps: is 3, and the run is at step 4 already; give more than that',
      );
      expect(await complaint(['train', '--resume', 'run', '--epochs', '1e-9'], cwd, 2)).toBe(
        '--epochs: 1e-9 ends at step 1, and the run is at step 4 already; give more than that',
      );
      expect(readFileSync(join(cwd, 'run/run.json'), 'utf8')).toBe(before);
      const { stderr } = await dissipa(['train', '--resume', 'run', '--steps', '8'], cwd);
      expect(stderr).not.toContain("the run's last");
      expect(stepsIn(join(cwd, 'run'))).toEqual([4, 8]);
    },
  );

  test(
    'that patience brought about says so, when it ends and when it is taken up',
    { timeout: CLI_MS },
    async () => {
      const cwd = temporaryFolder();
      // Steps this small change no weight of float32: the first evaluation stays the best.
      const options = '--hidden 4 --batch 2 --window 8 --lr 1e-30 --evaluate-every 1 --patience 2'.split(' ');
      const ended = await dissipa(['train', corpus, ...options, '--steps', '90', '--out', 'run'], cwd);
      const told =
        'step 3 of 90: the last 2 evaluations brought nothing better (--patience, early stopping); go on with: npx dissipa train --resume run --patience 4\n';
      expect(ended.stderr).toContain(told);
      expect((await dissipa(['train', '--resume', 'run'], cwd)).stderr).toContain(told);
    },
  );

  test('from another folder its texts are not there: it asks for them', { timeout: CLI_MS }, async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.txt'), 'uma casa pequena '.repeat(9));
    const small = '--hidden 4 --batch 2 --window 8 --steps 2'.split(' ');
    await succeed(['train', 'a.txt', ...small, '--out', 'run'], cwd);
    const elsewhere = temporaryFolder();
    const run = join(cwd, 'run');
    expect(await complaint(['train', '--resume', run, '--steps', '4'], elsewhere, 1)).toBe(
      `a.txt: the text that the run was started with is not there; name it where it is now, as in: npx dissipa train TEXT --resume ${run}`,
    );
    await succeed(['train', join(cwd, 'a.txt'), '--resume', run, '--steps', '4'], elsewhere);
    expect(stepsIn(run)).toEqual([2, 4]);
  });
});
