/** Files that are damaged or meant to harm: what is said of them, what is kept, and that a terminal obeys none of it. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeSafetensors, encodeSafetensors, type TensorData } from '../../src/store/safetensors.js';
import {
  CLI_MS,
  complaint,
  contentsOf,
  corpus,
  dissipa,
  program,
  stepsIn,
  succeed,
  temporaryFolder,
} from './dissipa.js';
import { runSync } from '../run-sync.js';

const SMALL = '--cell lstm --hidden 4 --batch 2 --window 8 --sample-every 0 --dropout 0';
const RUN = `${SMALL} --checkpoint-every 5 --evaluate-every 5 --total-every 5 --lag-every 5`;
const TRAIN = ['train', corpus, ...RUN.split(' '), '--keep', '9', '--out', 'run', '--steps'];

/** A file's tensors and entries changed; without digests, unless they are to stay. */
function alter(
  path: string,
  change: (tensors: Map<string, TensorData>, metadata: Map<string, string>) => void,
  withDigests = false,
): void {
  const file = decodeSafetensors(readFileSync(path), path);
  const [tensors, metadata] = [new Map(file.tensors), new Map(file.metadata)];
  if (!withDigests) for (const key of ['sha256', 'training_sha256']) metadata.delete(key);
  change(tensors, metadata);
  writeFileSync(path, encodeSafetensors({ tensors, metadata }));
}

const fill = (tensors: Map<string, TensorData>, prefix: string, value: number): void => {
  for (const [name, { shape, data }] of tensors)
    if (name.startsWith(prefix)) tensors.set(name, { shape, data: data.map(() => value) });
};
const patchState = (metadata: Map<string, string>, patch: object): void => {
  const state = JSON.parse(metadata.get('training') ?? '') as object;
  metadata.set('training', JSON.stringify({ ...state, ...patch }));
};

describe('a training whose newest checkpoint is not what it was', () => {
  let cwd: string;
  let expected: unknown;
  beforeAll(async () => {
    cwd = temporaryFolder();
    await succeed([...TRAIN, '15'], cwd);
    renameSync(join(cwd, 'run'), join(cwd, 'whole'));
    expected = contentsOf(join(cwd, 'whole'));
  }, CLI_MS);

  test.each<[string, (path: string) => void]>([
    [
      'has NaN in the optimiser',
      (path) => {
        alter(path, (tensors) => {
          fill(tensors, 'optimizer.', Number.NaN);
        });
      },
    ],
    [
      'has an infinity in the carry',
      (path) => {
        alter(path, (tensors) => {
          fill(tensors, 'carry.', Infinity);
        });
      },
    ],
    [
      'has a generator of one number',
      (path) => {
        alter(path, (_, metadata) => {
          patchState(metadata, { rng: [1] });
        });
      },
    ],
    [
      'has a generator of zeros',
      (path) => {
        alter(path, (_, metadata) => {
          patchState(metadata, { rng: [0, 0, 0, 0] });
        });
      },
    ],
    [
      'has a generator beyond 32 bits',
      (path) => {
        alter(path, (_, metadata) => {
          patchState(metadata, { rng: [1, 2, 3, 2 ** 40] });
        });
      },
    ],
    [
      'is of another step than its name says',
      (path) => {
        alter(path, (_, metadata) => {
          patchState(metadata, { step: 7 });
        });
      },
    ],
    [
      'has no training',
      (path) => {
        alter(path, (_, metadata) => {
          metadata.delete('training');
        });
      },
    ],
    [
      'lacks a tensor',
      (path) => {
        alter(path, (tensors) => {
          tensors.delete('carry.h_l0');
        });
      },
    ],
    [
      'has a tensor of another size',
      (path) => {
        alter(path, (tensors) => {
          tensors.set('carry.h_l0', { shape: [1], data: Float32Array.of(1) });
        });
      },
    ],
    [
      'has one weight changed in its last bit',
      (path) => {
        alter(
          path,
          (tensors) => {
            const { shape, data } = tensors.get('readout.bias') ?? { shape: [], data: Float32Array.of() };
            const changed = data.slice();
            new Int32Array(changed.buffer)[0] ^= 1;
            tensors.set('readout.bias', { shape, data: changed });
          },
          true,
        );
      },
    ],
    [
      'is cut short',
      (path) => {
        writeFileSync(path, readFileSync(path).subarray(0, 3000));
      },
    ],
  ])(
    '%s: that is said, and the one before it is taken, bit for bit',
    { timeout: CLI_MS },
    async (_, damage) => {
      const here = temporaryFolder();
      await succeed([...TRAIN, '10'], here);
      damage(join(here, 'run/step-10.safetensors'));
      const { code, stderr } = await dissipa(['train', '--resume', 'run', '--steps', '15'], here);
      expect({ code, stderr }).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/^passed over run\/step-10\.safetensors: [^\n]+$/m) as string,
      });
      expect(stderr).toMatch(/, from step 5\n/);
      expect(contentsOf(join(here, 'run'))).toEqual(expected);
    },
  );
});

describe('nothing of a file is obeyed by a terminal:', () => {
  /** Sets a window's title, clears the screen in eight bits, turns the writing round, colours what follows red. */
  const HARM = '\u001b]0;owned\u0007\u009b2J\u202e\u001b[31m\u001b[8m';
  const NAME = `x${HARM}`;
  const run = (name: string): string => join(NAME, name);
  let cwd: string;
  beforeAll(async () => {
    cwd = temporaryFolder();
    mkdirSync(join(cwd, NAME, 'texts'), { recursive: true });
    writeFileSync(join(cwd, NAME, 'texts/a.txt'), 'o rio corre para o mar. '.repeat(400));
    await succeed(
      ['train', run('texts'), ...RUN.split(' '), '--steps', '10', '--out', join(NAME, 'run')],
      cwd,
    );
    await succeed(
      [
        'compare',
        run('texts'),
        '--only',
        'tanh',
        '--hidden',
        '4',
        '--characters',
        '2000',
        '--window',
        '8',
        '--batch',
        '2',
        '--out',
        join(NAME, 'compare'),
      ],
      cwd,
    );
    const path = join(cwd, NAME, 'compare/compare.json');
    const comparison = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify({ ...comparison, engine: HARM }));
    const model = join(cwd, NAME, 'run/best.safetensors');
    const titled = join(cwd, 'title.safetensors');
    writeFileSync(titled, readFileSync(model));
    alter(titled, (_, metadata) => {
      const symbols = (JSON.parse(metadata.get('alphabet') ?? '') as string[]).map(
        (symbol, id) => Array.from('\u001b]0;own\u0007').at(id) ?? symbol,
      );
      metadata.set('alphabet', JSON.stringify(symbols));
    });
    const strange = join(cwd, 'strange.safetensors');
    writeFileSync(strange, readFileSync(model));
    alter(strange, (tensors) => {
      tensors.set(`rnn.${HARM}`, { shape: [1], data: Float32Array.of(1) });
    });
  }, CLI_MS);

  const commands: readonly (readonly [string, readonly string[]])[] = [
    ['an alphabet', ['sample', 'title.safetensors']],
    ['a tensor’s name', ['sample', 'strange.safetensors']],
    [
      'a text’s name, a run’s',
      ['train', run('texts'), ...RUN.split(' '), '--steps', '2', '--out', run('again')],
    ],
    ['a run’s name', ['train', '--resume', run('run'), '--steps', '12']],
    ['a comparison’s engine', ['compare', '--resume', run('compare'), '--html', run('page.html')]],
    ['what is inspected', ['inspect', run('run')]],
    ['a page’s name', ['inspect', run('run'), '--html', run('inspect.html')]],
    ['a table’s name', ['inspect', run('run'), '--csv', run('t.csv')]],
    ['a text that is measured', ['check', run('run'), '--entries', '1', '--text', run('texts/a.txt')]],
    ['a text that is counted', ['corpus', run('texts/a.txt')]],
    ['figures of it', ['corpus', run('texts/a.txt'), '--json']],
    ['a path that is not there', ['evaluate', run('none'), '--text', 'a']],
    ['a flag', ['train', `--${HARM}`]],
    ['a value', ['train', '--lr', HARM]],
    ['a word too many', ['sample', 'a', HARM]],
    ['a command', [HARM]],
    ['a symbol that is not in the alphabet', ['sample', run('run'), '--prompt', HARM]],
  ];

  test.each(commands)('%s', { timeout: CLI_MS }, async (_, args) => {
    const { stdout, stderr } = await dissipa(args, cwd);
    expect(stdout + stderr).not.toMatch(/failed in a way it should not/);
    expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n\t]|\p{Bidi_Control}/u);
  });

  test.runIf(existsSync('/usr/bin/script'))(
    'not in a terminal with colours either',
    { timeout: CLI_MS },
    () => {
      const quoted = (words: readonly string[]): string =>
        words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
      for (const [, args] of commands) {
        const line = quoted([process.execPath, program, ...args]);
        const { stdout } = runSync('script', ['-qec', line, '/dev/null'], {
          cwd,
          env: { ...process.env, FORCE_COLOR: '3', TERM: 'xterm-256color' },
        });
        expect(stdout).not.toContain('\u001b]');
        expect(stdout).not.toContain('\u001b[8m');
        expect(stdout).not.toMatch(/[\x80-\x9f\u202e\x07]/);
      }
    },
  );

  test('what would be obeyed by a shell is quoted for it', { timeout: CLI_MS }, async () => {
    const { stderr } = await dissipa(['train', '--resume', run('run'), '--steps', '12'], cwd);
    const word = /--resume (\$'[^']*')/.exec(stderr)?.[1] ?? '';
    expect(runSync('bash', ['-c', `printf %s ${word}`]).stdout).toBe(run('run'));
  });
});

test('an alphabet with control characters is refused by every command', { timeout: CLI_MS }, async () => {
  const cwd = temporaryFolder();
  await succeed([...TRAIN, '5'], cwd);
  expect(stepsIn(join(cwd, 'run'))).toEqual([5]);
  alter(join(cwd, 'run/best.safetensors'), (_, metadata) => {
    metadata.set('alphabet', (metadata.get('alphabet') ?? '').replace('"a"', '"\\u009b"'));
  });
  for (const args of [
    ['sample'],
    ['evaluate', '--text', 'a.txt'],
    ['inspect', '--text', 'a.txt'],
    ['check'],
  ]) {
    const [command, ...rest] = args;
    writeFileSync(join(cwd, 'a.txt'), 'o rio corre para o mar. '.repeat(99));
    expect(await complaint([command, 'run/best.safetensors', ...rest], cwd, 1)).toContain('U+009B');
  }
});

describe('a list of which a million entries are wrong is one fault, and takes no gigabytes', () => {
  const many = (entry: string): string => `[${Array.from({ length: 1_000_000 }, () => entry).join(',')}]`;
  const names = Array.from({ length: 500_000 }, (_, i) => `"k${i}":[]`).join(',');
  test.each([
    [
      'compare.json',
      `{"format":"dissipa.compare","version":2,"results":${many('{}')}}`,
      ['compare', '--resume'],
    ],
    [
      'compare.json',
      `{"format":"dissipa.compare","version":2,"options":{"only":${many('7')}}}`,
      ['compare', '--resume'],
    ],
    ['run.json', `{"format":"dissipa.run","version":2,"texts":${many('{}')}}`, ['train', '--resume']],
    ['sweep.json', `{"format":"dissipa.sweep","version":1,"texts":${many('7')}}`, ['sweep', '--merge']],
    ['sweep.json', `{"format":"dissipa.sweep","version":1,"options":{${names}}}`, ['sweep', '--resume']],
  ])('%s %.60s', { timeout: CLI_MS }, (file, content, command) => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'it'));
    writeFileSync(join(cwd, 'it', file), content);
    const args = ['--max-old-space-size=400', program, ...command, 'it'];
    const { status, stderr } = runSync(process.execPath, args, { cwd });
    expect(stderr).toMatch(new RegExp(`^[^\\n]*${file}[^\\n]*\\n$`));
    expect(status).toBe(1);
  });
});
