/** `train --steps 0`: a fresh net measured, with a checkpoint and a log of step 0, and a run that goes on from there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeSafetensors } from '../../src/store/safetensors.js';
import { CLI_MS, corpus, jsonLines, succeed, temporaryFolder } from './dissipa.js';

const TRAIN =
  `train ${corpus} --cell lstm --hidden 12 --batch 4 --window 16 --validation 2000 --probe full --sample-every 0`.split(
    ' ',
  );
/** Run against run: the rest of the metadata holds dates and folders. */
const tensorsOf = (path: string): [string, number[]][] =>
  [...decodeSafetensors(readFileSync(path), path).tensors].map(([name, { data }]) => [
    name,
    Array.from(data),
  ]);

test(
  'a fresh net: its log and its checkpoint; going on from it gives what a run from the start gives',
  async () => {
    const cwd = temporaryFolder();
    const stdout = await succeed([...TRAIN, '--steps', '0', '--out', 'fresh'], cwd);
    expect(stdout).not.toMatch(/failed|NaN|undefined/);
    const [, first, ...others] = jsonLines(join(cwd, 'fresh/gradients.jsonl')) as {
      step: number;
      layers: object[];
    }[];
    expect(first.step).toBe(0);
    expect(others).toEqual([]);
    expect(Object.keys(first.layers[0])).toEqual(
      expect.arrayContaining(['total', 'lagLog10', 'split', 'theory']),
    );
    expect(Object.keys(first)).toEqual(expect.arrayContaining(['matrix', 'audit', 'listen']));
    expect(first).not.toHaveProperty('updates');
    await succeed(['train', '--resume', 'fresh', '--steps', '3'], cwd);
    await succeed([...TRAIN, '--steps', '3', '--out', 'whole'], cwd);
    const [resumed, whole] = ['fresh', 'whole'].map((run) => tensorsOf(join(cwd, run, 'step-3.safetensors')));
    expect(resumed.length).toBeGreaterThan(6);
    expect(resumed).toEqual(whole);
  },
  CLI_MS,
);
