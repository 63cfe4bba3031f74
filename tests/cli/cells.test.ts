/** The cells that are not PyTorch's, on the command line as a user has them: trained, gone on with, looked at, sampled, compared. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeCheckpoint } from '../../src/store/checkpoint.js';
import { CLI_MS, contentsOf, succeed, temporaryFolder } from './dissipa.js';

const TEXT = 'a onda vai, a onda vem; o barco fica onde está.\n'.repeat(80);
const SIZE = '--hidden 8 --layers 2 --batch 2 --window 8';
const TENSORS = {
  mingru: ['rnn.bias_ih_l0', 'rnn.bias_ih_l1', 'rnn.weight_ih_l0', 'rnn.weight_ih_l1'],
  indrnn: [
    ...['rnn.bias_ih_l0', 'rnn.bias_ih_l1', 'rnn.weight_hh_l0', 'rnn.weight_hh_l1'],
    ...['rnn.weight_ih_l0', 'rnn.weight_ih_l1'],
  ],
} as const;

interface Inspected {
  readonly model: { readonly cell: string; readonly layers: number };
  readonly layers: readonly {
    readonly lagLog10: { readonly h: readonly (number | null)[]; readonly c: unknown };
    readonly recurrent: readonly number[] | null;
    readonly theory: { readonly blocks: readonly { readonly name: string }[] | null };
    readonly memory: { readonly verdict: string };
  }[];
}

describe.each(['mingru', 'indrnn'] as const)('%s', (cell) => {
  const cwd = temporaryFolder();
  const run = (args: string) => succeed(args.split(' '), cwd);
  beforeAll(async () => {
    writeFileSync(join(cwd, 'text.txt'), TEXT);
    await run(
      `train text.txt --cell ${cell} ${SIZE} --steps 30 --probe full --checkpoint-every 10 --out run`,
    );
  }, CLI_MS);

  test('its file has its own tensors', () => {
    const path = join(cwd, 'run/best.safetensors');
    const own = [...decodeCheckpoint(readFileSync(path), path).parameters.keys()]
      .filter((name) => name.startsWith('rnn.'))
      .sort();
    expect(own).toEqual(TENSORS[cell]);
    expect(JSON.parse(readFileSync(join(cwd, 'run/run.json'), 'utf8'))).toMatchObject({ options: { cell } });
  });

  test('a run that is gone on with is the run that was not stopped', { timeout: CLI_MS }, async () => {
    // The first part's end is where the whole is evaluated too.
    const rest = `--cell ${cell} ${SIZE} --checkpoint-every 10 --evaluate-every 10 --evaluate-first 10`;
    await run(`train text.txt ${rest} --steps 20 --out whole`);
    await run(`train text.txt ${rest} --steps 10 --out parts`);
    await run('train --resume parts --steps 20');
    expect(contentsOf(join(cwd, 'parts'))).toEqual(contentsOf(join(cwd, 'whole')));
  });

  test('is inspected: in figures, in the terminal, as a page', { timeout: CLI_MS }, async () => {
    const inspected = await run('inspect run --json --deep');
    const { model, layers } = JSON.parse(inspected) as Inspected;
    expect(model).toMatchObject({ cell, layers: 2 });
    for (const { lagLog10, recurrent, theory } of layers) {
      expect(lagLog10.h).toHaveLength(8);
      expect(lagLog10.h[0]).toEqual(expect.any(Number));
      expect(lagLog10.c).toBeNull();
      // minGRU has no W_hh; IndRNN has a vector in its place.
      expect([recurrent === null, theory.blocks === null]).toEqual([cell === 'mingru', cell === 'mingru']);
    }
    expect(await run('inspect run')).not.toMatch(/NaN|undefined|null/);
    await run('inspect run --html page.html');
    expect(readFileSync(join(cwd, 'page.html'), 'utf8')).not.toMatch(/>[^<]*\b(?:NaN|undefined)\b/);
  });

  test('writes, is evaluated, and its gradients are checked', { timeout: CLI_MS }, async () => {
    const sample = await run('sample run --length 40 --seed 3');
    expect(await run('sample run --length 40 --seed 3')).toBe(sample);
    expect(Array.from(sample.trimEnd()).length).toBeGreaterThan(20);
    const evaluation = JSON.parse(await run('evaluate run --text text.txt --json')) as object;
    expect(evaluation).toMatchObject({ predictions: TEXT.length - 1 });
    await run(`check --cell ${cell} --text text.txt --hidden 6`);
  });
});

test('both take part in a comparison where they are named', { timeout: CLI_MS }, async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), TEXT);
  const compared = ['tanh', 'mingru', 'indrnn'];
  const flags = '--hidden 8 --window 8 --batch 2 --characters 2000 --scored 100';
  const table = await succeed(`compare text.txt --only indrnn,tanh,mingru ${flags} --out c`.split(' '), cwd);
  for (const name of compared) expect(table).toContain(name);
  const kept = JSON.parse(readFileSync(join(cwd, 'c/compare.json'), 'utf8')) as {
    readonly results: readonly { readonly contender: string; readonly end: readonly object[] | null }[];
  };
  expect(kept.results.map(({ contender }) => contender)).toEqual(compared);
  for (const { end } of kept.results) expect(end).toHaveLength(1);
});
