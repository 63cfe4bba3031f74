/** Where memory is limited, a command ends as it should or says so in one line; what was trained is kept. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLI_MS, corpus, dissipa, program, startCommand, stepsIn, temporaryFolder } from './dissipa.js';

const SMALL = '--hidden 4 --batch 2 --window 8 --steps 4 --sample-every 0 --out run';

describe.runIf(process.platform === 'linux' && existsSync('/bin/bash'))('with so much address space', () => {
  const limited = (kib: number, args: string, cwd: string) =>
    startCommand('bash', ['-c', `ulimit -v ${kib}; exec '${process.execPath}' '${program}' ${args}`], cwd)
      .ended;

  test.each([1_500_000, 2_500_000])('%i KiB', { timeout: CLI_MS }, async (kib) => {
    for (const engine of ['native', 'wasm', 'reference']) {
      const cwd = temporaryFolder();
      const { code, stdout, stderr } = await limited(
        kib,
        `train '${corpus}' ${SMALL} --engine ${engine}`,
        cwd,
      );
      if (code === 0) expect(stepsIn(join(cwd, 'run'))).toEqual([4]);
      else {
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
        expect(stderr).toMatch(/^(memory|--engine \w+): [^\n]+\n$/);
      }
    }
  });

  test('3 GB are enough for a training', { timeout: CLI_MS }, async () => {
    const cwd = temporaryFolder();
    const { code, stderr } = await limited(3_000_000, `train '${corpus}' ${SMALL} --engine reference`, cwd);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  });
});

test('what no machine has is asked for in one line', { timeout: CLI_MS }, async () => {
  const cwd = temporaryFolder();
  for (const engine of ['wasm', 'reference', 'auto']) {
    const args = [
      'train',
      corpus,
      ...SMALL.split(' '),
      '--engine',
      engine,
      '--hidden',
      '16384',
      '--layers',
      '64',
      '--cell',
      'lstm',
    ];
    const { code, stdout, stderr } = await dissipa(args, cwd);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^memory: [\d,]+ MiB asked for, [^\n]+\n$/m);
    expect(stderr).not.toContain('report this');
    expect(existsSync(join(cwd, 'run'))).toBe(false);
  }
});

test('a thousand threads are not started', { timeout: CLI_MS }, async () => {
  const cwd = temporaryFolder();
  const { code, stderr } = await dissipa(
    ['train', corpus, ...SMALL.split(' '), '--engine', 'wasm', '--threads', '1000'],
    cwd,
  );
  expect(code).toBe(0);
  expect(Number(/(\d+) threads/.exec(stderr)?.[1])).toBeLessThan(1000);
});
