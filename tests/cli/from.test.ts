/** A new run that begins with a model: its weights, its alphabet and what the text adds to it; and how it is resumed. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeCheckpoint, type Checkpoint } from '../../src/store/checkpoint.js';
import { CLI_MS, complaint, contentsOf, dissipa, stepsIn, succeed, temporaryFolder } from './dissipa.js';

const SMALL = '--batch 2 --window 8 --sample-every 0 --lag-every 0 --total-every 0'.split(' ');
const OLD = 'a casa tem uma porta e a porta dá para o mar. '.repeat(20);
/** Has letters that OLD has not, and lacks some that OLD has. */
const NEW = 'quem vê o brilho do sol no rio, vê; quem não, não. '.repeat(20);

const cwd = temporaryFolder();
writeFileSync(join(cwd, 'old.txt'), OLD);
writeFileSync(join(cwd, 'new.txt'), NEW);

const checkpointAt = (...path: string[]): Checkpoint => {
  const file = join(cwd, ...path);
  return decodeCheckpoint(readFileSync(file), file);
};
/** What belongs to one symbol: its column of W_ih, its row and its bias of the readout. */
function ofSymbol({ shape, alphabet, parameters }: Checkpoint, symbol: string): number[] {
  const [id, V, H] = [alphabet.indexOf(symbol), shape.symbols, shape.hidden];
  const table = [...(parameters.get('rnn.weight_ih_l0') ?? [])];
  return [
    ...table.filter((_, i) => i % V === id),
    ...(parameters.get('readout.weight') ?? []).slice(id * H, (id + 1) * H),
    (parameters.get('readout.bias') ?? [])[id],
  ];
}
const infoOf = (run: string) =>
  JSON.parse(readFileSync(join(cwd, run, 'run.json'), 'utf8')) as {
    options: Record<string, unknown>;
    from?: unknown;
    symbols: number;
  };

test('a model to begin with', { timeout: CLI_MS }, async () => {
  const model = '--cell gru --layers 2 --hidden 5 --lr 0.02 --steps 30 --checkpoint-every 15'.split(' ');
  await succeed(['train', 'old.txt', ...SMALL, ...model, '--out', 'model'], cwd);
  expect(stepsIn(join(cwd, 'model'))).toEqual([15, 30]);
});

describe('train --from', () => {
  test(
    'begins with the weights: of new symbols the rows are drawn as a new run draws them, all else is the model’s',
    { timeout: CLI_MS },
    async () => {
      const { code, stderr } = await dissipa(
        [
          'train',
          'new.txt',
          '--from',
          'model',
          ...SMALL,
          '--seed',
          '5',
          '--steps',
          '4',
          '--keep',
          '9',
          '--out',
          'run',
        ],
        cwd,
      );
      expect({ code, stderr }).toMatchObject({ code: 0 });
      const [model, begun] = [checkpointAt('model/best.safetensors'), checkpointAt('run/step-0.safetensors')];
      const added = [...new Set(NEW)].filter((symbol) => !model.alphabet.includes(symbol)).sort();
      expect(added.length).toBeGreaterThan(3);
      expect(begun.alphabet).toEqual([...model.alphabet, ...added]);
      expect(stderr).toContain(`${added.length} new symbols`);
      expect(infoOf('run')).toMatchObject({
        options: { cell: 'gru', layers: 2, hidden: 5 },
        from: { path: 'model/best.safetensors', symbols: model.alphabet.length },
        symbols: begun.alphabet.length,
      });
      for (const symbol of model.alphabet) expect(ofSymbol(begun, symbol)).toEqual(ofSymbol(model, symbol));
      for (const [name, numbers] of model.parameters)
        if (!/weight_ih_l0|readout/.test(name)) expect(begun.parameters.get(name)).toEqual(numbers);

      // A run of the same seed and alphabet without a model: what its new symbols have is what they have here.
      writeFileSync(join(cwd, 'all.txt'), `${OLD}\n${NEW}`.replace('\n', ''));
      const fresh = ['--cell', 'gru', '--layers', '2', '--hidden', '5', '--seed', '5', '--steps', '0'];
      await succeed(['train', 'all.txt', ...SMALL, ...fresh, '--out', 'fresh'], cwd);
      const drawn = checkpointAt('fresh/step-0.safetensors');
      expect([...drawn.alphabet].sort()).toEqual([...begun.alphabet].sort());
      const at = (symbol: string): string => drawn.alphabet[begun.alphabet.indexOf(symbol)];
      for (const symbol of added) expect(ofSymbol(begun, symbol)).toEqual(ofSymbol(drawn, at(symbol)));
    },
  );

  test('is resumed bit for bit, from its beginning too, without the model', { timeout: CLI_MS }, async () => {
    const begun = ['train', 'new.txt', '--from', 'model', ...SMALL, '--keep', '9', '--checkpoint-every', '2'];
    await succeed([...begun, '--steps', '8', '--out', 'whole'], cwd);
    for (const killedAt of [0, 4]) {
      cpSync(join(cwd, 'whole'), join(cwd, `part-${killedAt}`), { recursive: true });
      for (const step of stepsIn(join(cwd, 'whole')).filter((one) => one > killedAt))
        rmSync(join(cwd, `part-${killedAt}`, `step-${step}.safetensors`));
      cpSync(join(cwd, 'model'), join(cwd, 'moved'), { recursive: true });
      rmSync(join(cwd, 'model'), { recursive: true });
      await succeed(['train', '--resume', `part-${killedAt}`], cwd);
      cpSync(join(cwd, 'moved'), join(cwd, 'model'), { recursive: true });
      expect(contentsOf(join(cwd, `part-${killedAt}`))).toEqual(contentsOf(join(cwd, 'whole')));
    }
    for (const step of stepsIn(join(cwd, 'part-0'))) rmSync(join(cwd, 'part-0', `step-${step}.safetensors`));
    expect(await complaint(['train', '--resume', 'part-0'], cwd, 1)).toMatch(
      /^part-0: has no checkpoint, .*model\/best\.safetensors.*--from/,
    );
  });

  test('goes on better than a new model begins', { timeout: CLI_MS }, async () => {
    const lossOf = async (flags: readonly string[], out: string): Promise<number> => {
      await succeed(['train', 'old.txt', ...SMALL, ...flags, '--steps', '1', '--out', out], cwd);
      const [, line] = readFileSync(join(cwd, out, 'metrics.jsonl'), 'utf8').split('\n');
      return (JSON.parse(line) as { lossNats: number }).lossNats;
    };
    const own = await lossOf(['--from', 'model/step-30.safetensors'], 'again');
    const fresh = await lossOf('--cell gru --layers 2 --hidden 5'.split(' '), 'anew');
    expect(own).toBeLessThan(fresh - 0.2);
  });

  test.each([
    ['skip', 0],
    ['replace', 0],
  ])('--unknown %s adds no symbol', { timeout: CLI_MS }, async (unknown, added) => {
    const out = `run-${unknown}`;
    const args = ['train', 'new.txt', '--from', 'model', ...SMALL, '--unknown', unknown, '--steps', '4'];
    await succeed([...args, '--checkpoint-every', '2', '--keep', '9', '--out', out], cwd);
    const model = checkpointAt('model/best.safetensors');
    expect(checkpointAt(out, 'step-4.safetensors').alphabet).toEqual(model.alphabet);
    expect(infoOf(out).symbols).toBe(model.alphabet.length + added);
    const before = contentsOf(join(cwd, out));
    rmSync(join(cwd, out, 'step-4.safetensors'));
    await succeed(['train', '--resume', out], cwd);
    expect(contentsOf(join(cwd, out))).toEqual(before);
    // What is skipped is not there: fewer characters than in the file.
    const [{ characters }] = (infoOf(out) as unknown as { texts: [{ characters: number }] }).texts;
    const known = Array.from(NEW).filter((symbol) => model.alphabet.includes(symbol)).length;
    expect(characters).toBe(unknown === 'skip' ? known : Array.from(NEW).length);
  });

  test.each([
    [['--cell', 'lstm'], 2, /^--cell: is lstm, and the model to begin with has gru/],
    [['--layers', '1'], 2, /^--layers: is 1, and the model to begin with has 2/],
    [['--hidden', '6'], 2, /^--hidden: is 6, and the model to begin with has 5/],
    [['--unknown', 'refuse'], 1, /the model's alphabet does not have .*'q' \(U\+0071\)/],
    [['--resume', 'model'], 2, /^--from: goes with a new run/],
    [['--unknown', 'ask'], 2, /^--unknown: is ask, expected one of add, /],
  ] as const)('%j', { timeout: CLI_MS }, async (flags, code, message) => {
    expect(await complaint(['train', 'new.txt', '--from', 'model', ...SMALL, ...flags], cwd, code)).toMatch(
      message,
    );
  });

  test('what is no model, and --unknown without one', { timeout: CLI_MS }, async () => {
    expect(await complaint(['train', 'new.txt', '--from', 'new.txt', ...SMALL], cwd, 1)).toMatch(
      /^new\.txt: is not a \.safetensors file/,
    );
    expect(await complaint(['train', 'new.txt', '--unknown', 'skip', ...SMALL], cwd, 2)).toMatch(
      /^--unknown: .*--from/,
    );
  });
});
