/** `dissipa export --pytorch`: bad calls; and, where PyTorch is, a training that goes on there as it would have here. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { python, runPython } from '../pytorch.js';
import { Ids } from '../../src/base/matrix.js';
import { walkOf } from '../../src/train/walk.js';
import { NEWEST_RUN, RUN_VERSIONS } from '../../src/train/state.js';
import { complaint, dissipa, jsonLines, projectRoot, succeed, temporaryFolder } from './dissipa.js';

const TEXT = 'O gradiente se dissipa no caminho de volta; nada fica.\nQuem o segue não o alcança. '.repeat(
  12,
);
/** Of 3 to 23 characters: a window of 25 has the beginnings of several. */
const NAMES = Array.from(
  { length: 90 },
  (_, i) => `${'ana ravi joão '.slice(0, 3 + (i % 11))}${'é'.repeat(i % 13)}`,
);
const folder = temporaryFolder();

/** A run of few steps: one window in eight or so meets the text's end. */
const train = (out: string, ...flags: string[]): Promise<string> => trainOn('text.txt', out, ...flags);
const trainOn = (text: string, out: string, ...flags: string[]): Promise<string> =>
  succeed(
    [
      'train',
      text,
      '--out',
      out,
      '--hidden',
      '12',
      '--batch',
      '4',
      '--window',
      '25',
      '--lr',
      '0.01',
      '--checkpoint-every',
      '5',
      '--evaluate-every',
      '5',
      '--probe',
      'off',
      '--engine',
      'wasm',
      '--threads',
      '1',
      ...flags,
    ],
    folder,
  );

beforeAll(async () => {
  writeFileSync(join(folder, 'text.txt'), TEXT);
  writeFileSync(join(folder, 'names.txt'), NAMES.join('\n'));
  await train('run', '--cell', 'lstm', '--layers', '2', '--steps', '10');
});

describe('a call', () => {
  test('writes all that is needed, into a new folder or an empty one, and says how to go on', async () => {
    mkdirSync(join(folder, 'empty'));
    const said = await succeed(['export', 'run', '--pytorch', 'empty'], folder);
    expect(said).toContain('run/step-10.safetensors');
    expect(said).toContain('python3 empty/train.py');
    expect(readdirSync(join(folder, 'empty')).sort()).toEqual([
      ...['checkpoint.safetensors', 'run.json', 'text.u16', 'train.py'],
    ]);
    const run = JSON.parse(readFileSync(join(folder, 'empty/run.json'), 'utf8')) as {
      alphabet: string[];
      step: number;
      steps: number;
      parts: { training: number; validation: number };
    };
    expect(run).toMatchObject({ step: 10, steps: 10, symbols: run.alphabet.length });
    const bytes = readFileSync(join(folder, 'empty/text.u16'));
    const ids = Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readUInt16LE(2 * i));
    expect(
      ids
        .map((id) => run.alphabet[id])
        .join('')
        .trimEnd(),
    ).toBe(TEXT.trimEnd());
    expect(run.parts.training + run.parts.validation).toBe(ids.length);
  });

  test.each<[string, string[], 1 | 2, RegExp]>([
    ['no run', [], 2, /^export: RUN is missing, expected the folder of a run/],
    ['no folder to write to', ['run'], 2, /^--pytorch: is missing/],
    [
      'no such run',
      ['nowhere', '--pytorch', 'new'],
      1,
      /^nowhere: there is nothing there, expected the folder of a run/,
    ],
    ['a folder that is none', ['texts', '--pytorch', 'new'], 1, /^texts: holds no run\.json/],
    [
      'a model',
      ['run/best.safetensors', '--pytorch', 'new'],
      1,
      /best\.safetensors: is a file.*name the folder/,
    ],
    ['a folder in use', ['run', '--pytorch', 'texts'], 1, /^texts: is not empty \(a\.txt\)/],
    ['a file', ['run', '--pytorch', 'text.txt'], 1, /^text\.txt: is a file, expected a new folder/],
    [
      'another text',
      ['run', '--pytorch', 'new', '--text', 'texts/a.txt'],
      1,
      /not the text the run was started with/,
    ],
    [
      'a text that is gone',
      ['gone', '--pytorch', 'new'],
      1,
      /text that the run was started with is not there.*export gone --text/,
    ],
    ['no checkpoint', ['bare', '--pytorch', 'new'], 1, /^bare: has no checkpoint to go on from/],
    ['all damaged', ['damaged', '--pytorch', 'new'], 1, /damaged/],
  ])('%s', async (_, args, code, message) => {
    if (!existsSync(join(folder, 'texts'))) {
      mkdirSync(join(folder, 'texts'));
      writeFileSync(join(folder, 'texts/a.txt'), 'another text');
      for (const copy of ['gone', 'bare', 'damaged'])
        cpSync(join(folder, 'run'), join(folder, copy), { recursive: true });
      const path = join(folder, 'gone/run.json');
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('text.txt', 'moved.txt'));
      for (const step of [5, 10]) {
        rmSync(join(folder, `bare/step-${step}.safetensors`));
        writeFileSync(join(folder, `damaged/step-${step}.safetensors`), 'torn');
      }
    }
    if (args[0] === 'damaged') {
      // Each that is passed over is named on a line of its own, before.
      const { code: found, stderr } = await dissipa(['export', ...args], folder);
      expect(found).toBe(1);
      expect(stderr).toMatch(/^(passed over .*\n){2}damaged: none of its checkpoints can be read/);
    } else expect(await complaint(['export', ...args], folder, code)).toMatch(message);
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  test('a newest checkpoint that is damaged is passed over; a text that was moved is named', async () => {
    cpSync(join(folder, 'run'), join(folder, 'torn'), { recursive: true });
    writeFileSync(join(folder, 'torn/step-10.safetensors'), 'torn');
    renameSync(join(folder, 'text.txt'), join(folder, 'moved.txt'));
    try {
      const said = await succeed(['export', 'torn', '--pytorch', 'older', '--text', 'moved.txt'], folder);
      expect(said).toContain('torn/step-5.safetensors');
    } finally {
      renameSync(join(folder, 'moved.txt'), join(folder, 'text.txt'));
    }
    expect(JSON.parse(readFileSync(join(folder, 'older/run.json'), 'utf8'))).toMatchObject({ step: 5 });
  });
});

/** Starts two as torchrun does, by what it sets for each: Debian's torchrun 1.13 does not start on its Python 3.12. */
const TWO = `
import os, socket, subprocess, sys
with socket.socket() as free:
    free.bind(('127.0.0.1', 0))
    port = str(free.getsockname()[1])
shared = {**os.environ, 'WORLD_SIZE': '2', 'MASTER_ADDR': '127.0.0.1', 'MASTER_PORT': port}
both = [subprocess.Popen([sys.executable, *sys.argv[1:]], env={**shared, 'RANK': r, 'LOCAL_RANK': r}) for r in '01']
try:
    sys.exit(max(process.wait(timeout=240) for process in both))
finally:
    for process in both: process.kill()
`;

const evaluated = async (model: string): Promise<number> => {
  const json = await succeed(['evaluate', model, '--json'], folder);
  return (JSON.parse(json) as { lossNats: number }).lossNats;
};
const heldOut = (said: string): number[] =>
  [...said.matchAll(/held out ([\d.]+) nats/g)].map(([, nats]) => Number(nats));
const trainedOn = (said: string): number[] =>
  [...said.matchAll(/trained on ([\d.]+) nats/g)].map(([, nats]) => Number(nats));
/** Of a run of 15 steps that was never stopped, what its log says of step 6 and the last. */
const lossesHere = (run: string): number[] =>
  jsonLines(join(folder, run, 'metrics.jsonl'))
    .filter(
      ({ step, lossNats, lr }) => (step === 6 || step === 15) && lossNats !== undefined && lr !== undefined,
    )
    .map(({ lossNats }) => Number(lossNats));

describe.skipIf(python === null)('PyTorch', () => {
  test.each([
    ['lstm-adam', ['--cell', 'lstm', '--layers', '2']],
    [
      'gru-adamw',
      [
        '--cell',
        'gru',
        '--optimizer',
        'adamw',
        '--weight-decay',
        '0.01',
        '--schedule',
        'cosine',
        '--warmup',
        '3',
      ],
    ],
    ['tanh-average', ['--cell', 'tanh', '--average', '0.9', '--clip', '0.1']],
    [
      'relu-sgd',
      ['--cell', 'relu', '--optimizer', 'sgd', '--momentum', '0.9', '--clip-mode', 'value', '--clip', '0.01'],
    ],
    [
      'sigmoid-rmsprop',
      ['--cell', 'sigmoid', '--layers', '2', '--optimizer', 'rmsprop', '--schedule', 'linear'],
    ],
    ['mingru', ['--cell', 'mingru', '--layers', '2']],
    ['indrnn', ['--cell', 'indrnn', '--layers', '2']],
    ['gru-adagrad', ['--cell', 'gru', '--optimizer', 'adagrad']],
    ['lstm-records', ['--cell', 'lstm', '--layers', '2', '--records', 'line'], 'names.txt'],
    ['mingru-records', ['--cell', 'mingru', '--records', 'line', '--test', '0.1'], 'names.txt'],
    ['tanh-bytes', ['--cell', 'tanh', '--symbols', 'bytes', '--records', 'line'], 'names.txt'],
  ])('goes on as the run itself: %s', { timeout: 600_000 }, async (name, flags, text = 'text.txt') => {
    // Stopped at step 5 of 15: the later checkpoints are taken away.
    await trainOn(text, name, '--steps', '15', '--keep', '9', ...flags);
    for (const step of [10, 15]) rmSync(join(folder, name, `step-${step}.safetensors`));
    const there = `${name}-there`;
    await succeed(['export', name, '--pytorch', there], folder);
    const said = runPython([join(there, 'train.py'), '--device', 'cpu'], folder);
    expect(heldOut(said)[0]).toBeCloseTo(await evaluated(join(name, 'step-5.safetensors')), 5);
    const [sixth, last] = trainedOn(said);
    const [sixthHere, lastHere] = lossesHere(name);
    expect(sixth).toBeCloseTo(sixthHere, 4);
    expect(last).toBeCloseTo(lastHere, 3);
    // And back: what PyTorch says of its last model is what dissipa finds.
    const theirs = join(there, 'last.safetensors');
    const own = /^(?:mingru|indrnn)/.exec(name)?.[0];
    if (own !== undefined) {
      // PyTorch has no such module: the file is a model as it is, and import says so.
      expect(await complaint(['import', theirs], folder, 1)).toMatch(new RegExp(`is of the cell ${own}`));
      cpSync(join(folder, theirs), join(folder, `${name}.safetensors`));
    } else await succeed(['import', theirs, '--out', `${name}.safetensors`], folder);
    cpSync(join(folder, `${name}.safetensors`), join(folder, name, 'step-15.safetensors'));
    expect(await evaluated(join(name, 'step-15.safetensors'))).toBeCloseTo(heldOut(said).at(-1) ?? NaN, 5);
    // Started again it goes on where it was.
    const more = runPython([join(there, 'train.py'), '--device', 'cpu', '--steps', '17'], folder);
    expect(heldOut(more)[0]).toBe(heldOut(said).at(-1));
    expect(more).toMatch(/step 17 of 17: trained on/);
  });

  test.each(RUN_VERSIONS)('walks through the text as runs of version %i do', async (version) => {
    const [length, rows, timesteps, windows] = [211, 5, 8, 150];
    const walk = walkOf(
      version,
      Uint16Array.from({ length }, (_, i) => i),
      { rows, timesteps },
      'text',
    );
    const idsOf = () => new Ids({ buffer: new ArrayBuffer(4 * rows * timesteps) }, 0, rows * timesteps);
    const [inputs, targets] = [idsOf(), idsOf()];
    const here = Array.from({ length: windows }, (_, index) => {
      const begins = new Array<boolean>(rows * timesteps).fill(false);
      for (const [t, begun] of walk.fill(index, inputs, targets))
        for (const n of begun) begins[t * rows + n] = true;
      return { places: [...inputs.data], begins };
    });
    await succeed(['export', 'run', '--pytorch', `walk-${version}`], folder);
    const said = runPython(
      [
        '-c',
        `import json, sys
sys.path.insert(0, 'walk-${version}')
from train import Windows
windows = Windows(${length}, ${rows}, ${timesteps}, ${version}, False)
found = [windows.places(index) for index in range(${windows})]
print(json.dumps([{'places': p.flatten().tolist(), 'begins': b.flatten().tolist()} for p, b in found]))`,
      ],
      folder,
    );
    const there = JSON.parse(said) as typeof here;
    // In the first window nothing is before any row: whether it begins makes no difference.
    expect(there.slice(1)).toEqual(here.slice(1));
    expect(there[0].places).toEqual(here[0].places);
  });

  test.each(RUN_VERSIONS.filter((version) => version !== NEWEST_RUN))(
    'a run of version %i goes on as it would have here',
    { timeout: 600_000 },
    async (version) => {
      const cwd = temporaryFolder();
      const made = join(projectRoot, `tests/cli/fixtures/run-version-${version}`);
      cpSync(made, join(cwd, 'run'), { recursive: true });
      cpSync(join(made, 'text.txt'), join(cwd, 'text.txt'));
      await succeed(['export', 'run', '--pytorch', 'there'], cwd);
      const said = trainedOn(runPython([join('there', 'train.py'), '--device', 'cpu'], cwd));
      const here = jsonLines(join(made, 'metrics.jsonl')).filter(({ lr }) => lr !== undefined);
      const lossAt = (at: number) => Number(here.find(({ step }) => step === at)?.lossNats);
      expect(said[0]).toBeCloseTo(lossAt(21), 4);
      expect(said.at(-1)).toBeCloseTo(lossAt(60), 3);
    },
  );

  test('two processes share the rows, and come to what one comes to', { timeout: 600_000 }, async () => {
    const [alone, shared] = ['alone', 'shared'];
    writeFileSync(join(folder, 'two.py'), TWO);
    for (const there of [alone, shared]) await succeed(['export', 'run', '--pytorch', there], folder);
    const arguments_ = ['--device', 'cpu', '--steps', '30'];
    const one = runPython([join(alone, 'train.py'), ...arguments_], folder);
    const two = runPython(['two.py', join(shared, 'train.py'), ...arguments_], folder);
    expect(two).toContain('2 processes');
    expect(heldOut(two)).toHaveLength(heldOut(one).length);
    heldOut(one).forEach((nats, i) => {
      expect(heldOut(two)[i]).toBeCloseTo(nats, 3);
    });
    // And back: the model that two have made is what they say it is.
    await succeed(['import', join(shared, 'last.safetensors'), '--out', 'shared.safetensors'], folder);
    cpSync(join(folder, 'run'), join(folder, 'back'), { recursive: true });
    cpSync(join(folder, 'shared.safetensors'), join(folder, 'back/step-30.safetensors'));
    expect(await evaluated('back/step-30.safetensors')).toBeCloseTo(heldOut(two).at(-1) ?? NaN, 5);
    // Its carry is whole again: one process goes on from what two have left.
    expect(runPython([join(shared, 'train.py'), '--device', 'cpu', '--steps', '31'], folder)).toContain(
      'step 31 of 31',
    );
  });
});
