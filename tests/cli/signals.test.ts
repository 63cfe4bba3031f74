/**
 * Whatever ends a command from outside, what it had is kept and what it laid on the disk for itself goes: a training
 * leaves a checkpoint and no lock, every command's scratch is removed, and a read that would wait for ever is given up.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import {
  CLI_MS,
  complaint,
  corpus,
  jsonLines,
  program,
  startCommand,
  stepsIn,
  succeed,
  temporaryFolder,
  type Running,
} from './dissipa.js';
import { runSync } from '../run-sync.js';

const TRAIN =
  '--cell tanh --hidden 8 --batch 2 --window 8 --sample-every 0 --checkpoint-every 1000000 --evaluate-every 1000000';

/** Starts `dissipa …args` with scratch in a folder of its own. */
function startWithScratch(args: readonly string[], cwd: string): Running {
  mkdirSync(join(cwd, 'tmp'), { recursive: true });
  return startCommand('env', [`TMPDIR=${join(cwd, 'tmp')}`, process.execPath, program, ...args], cwd);
}

const until = (condition: () => boolean): Promise<unknown> =>
  vi.waitUntil(condition, { timeout: CLI_MS / 2, interval: 5 });

const STARTED = [
  ['SIGINT', 130],
  ['SIGTERM', 130],
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
] as const;

describe.runIf(process.platform !== 'win32').each(STARTED)('%s', (signal, code) => {
  test(
    `a training keeps what it has learnt, gives the folder free, ends with ${code}`,
    { timeout: CLI_MS },
    async () => {
      const cwd = temporaryFolder();
      const folder = join(cwd, 'run');
      const log = join(folder, 'metrics.jsonl');
      const run = startWithScratch(
        ['train', corpus, ...TRAIN.split(' '), '--out', 'run', '--steps', '1000000'],
        cwd,
      );
      // There is no checkpoint yet: all that was learnt is at stake.
      await until(() => existsSync(log) && /"step":\d{3},/.test(readFileSync(log, 'utf8')));
      run.child.kill(signal);
      expect(await run.ended).toMatchObject({ code, stdout: '' });
      const reached = stepsIn(folder).at(-1) ?? NaN;
      expect(jsonLines(log).at(-1)).toMatchObject({ step: reached });
      expect(readdirSync(folder)).not.toContain('lock.json');
      expect(readdirSync(join(cwd, 'tmp'))).toEqual([]);
      await succeed(['train', '--resume', 'run', '--steps', String(reached + 1)], cwd);
      expect(stepsIn(folder).at(-1)).toBe(reached + 1);
    },
  );

  test.each([
    ['lesson', ['lesson', corpus, '--steps', '100000', '--json', '-']],
    ['corpus', ['corpus', corpus]],
  ])(
    `%s ends with ${code}, once or twice signalled, and its scratch goes`,
    { timeout: CLI_MS },
    async (_, args) => {
      for (const times of [1, 2]) {
        const cwd = temporaryFolder();
        const run = startWithScratch(args, cwd);
        await until(() => readdirSync(join(cwd, 'tmp')).length > 0 || run.child.exitCode !== null);
        run.child.kill('SIGSTOP');
        run.child.kill(signal);
        if (times === 2) run.child.kill(signal === 'SIGTERM' ? 'SIGINT' : 'SIGTERM');
        run.child.kill('SIGCONT');
        const ended = await run.ended;
        expect(times === 1 ? [code] : [code, 130]).toContain(ended.code);
        expect(readdirSync(join(cwd, 'tmp'))).toEqual([]);
      }
    },
  );
});

describe.runIf(existsSync('/usr/bin/mkfifo'))('a text that never comes', () => {
  test.each([
    ['train', 'SIGINT', 130],
    ['compare', 'SIGTERM', 130],
    ['corpus', 'SIGHUP', 129],
    ['lesson', 'SIGINT', 130],
  ] as const)('%s waits for it until %s', { timeout: CLI_MS }, async (command, signal, code) => {
    const cwd = temporaryFolder();
    runSync('mkfifo', [join(cwd, 'text.txt')]);
    // The first text is read before: then the command surely listens.
    writeFileSync(join(cwd, 'a.txt'), 'o rio corre para o mar. '.repeat(99));
    const run = startWithScratch([command, 'a.txt', 'text.txt'], cwd);
    await until(() => runSync('ls', ['-l', `/proc/${run.child.pid ?? 0}/fd`]).stdout.includes('text.txt'));
    run.child.kill(signal);
    expect(await run.ended).toMatchObject({
      code,
      stdout: '',
      stderr: expect.stringMatching(/^interrupted: [^\n]+\n$/) as string,
    });
    expect(readdirSync(join(cwd, 'tmp'))).toEqual([]);
    expect(readdirSync(cwd).sort()).toEqual(['a.txt', 'text.txt', 'tmp']);
  });

  test('a model is not waited for', { timeout: CLI_MS }, async () => {
    const cwd = temporaryFolder();
    runSync('mkfifo', [join(cwd, 'm.safetensors')]);
    writeFileSync(join(cwd, 'a.txt'), 'o rio corre para o mar. '.repeat(99));
    for (const args of [['sample'], ['evaluate', '--text', 'a.txt'], ['inspect', '--text', 'a.txt']]) {
      const [command, ...rest] = args;
      expect(await complaint([command, 'm.safetensors', ...rest], cwd, 1)).toMatch(
        /^m\.safetensors: is a pipe/,
      );
    }
  });
});

describe.runIf(existsSync('/bin/bash') && existsSync('/dev/fd'))(
  'texts that have no name of their own',
  () => {
    const SMALL = '--hidden 2 --batch 1 --window 4 --steps 1 --sample-every 0';
    const TEXT = 'o rio corre para o mar. '.repeat(20);

    test.each([
      ['a pipe that stands for standard input', `cat a.txt | dissipa train /dev/stdin ${SMALL}`],
      ['a file that stands for it', `dissipa train /dev/stdin ${SMALL} < a.txt`],
      ['what another command writes', `dissipa train <(cat a.txt) <(cat a.txt) ${SMALL}`],
      ['a named pipe', `mkfifo p; (cat a.txt > p) & dissipa train p ${SMALL}`],
      ['a name that begins with a dash', `cp a.txt -- -a.txt; dissipa train ${SMALL} -- -a.txt`],
      ['a name that looks like a flag', `cp a.txt -- --help; dissipa train ${SMALL} -- --help`],
      ['standard input behind the dashes', `dissipa train ${SMALL} -- - < a.txt`],
    ])('%s', { timeout: CLI_MS }, async (name, line) => {
      const cwd = temporaryFolder();
      writeFileSync(join(cwd, 'a.txt'), TEXT);
      const script = line.replaceAll('dissipa train', `'${process.execPath}' '${program}' train --out run`);
      const { code, stderr } = await startCommand('bash', ['-c', script], cwd).ended;
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      const { texts } = JSON.parse(readFileSync(join(cwd, 'run/run.json'), 'utf8')) as {
        texts: { characters: number }[];
      };
      expect(texts.map(({ characters }) => characters)).toEqual(
        Array.from({ length: name === 'what another command writes' ? 2 : 1 }, () => TEXT.length),
      );
    });

    test('once they are gone, a resumed training asks for them', { timeout: CLI_MS }, async () => {
      const cwd = temporaryFolder();
      writeFileSync(join(cwd, 'a.txt'), TEXT);
      const { code } = await startCommand(
        'bash',
        ['-c', `'${process.execPath}' '${program}' train <(cat a.txt) ${SMALL} --out run`],
        cwd,
      ).ended;
      expect(code).toBe(0);
      expect(await complaint(['train', '--resume', 'run', '--steps', '2'], cwd, 1)).toContain(
        'train TEXT --resume run',
      );
      await succeed(['train', 'a.txt', '--resume', 'run', '--steps', '2'], cwd);
    });
  },
);
