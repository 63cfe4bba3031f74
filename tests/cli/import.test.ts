/** `dissipa import`: bad calls and files, each with its own line; and models that PyTorch itself made, both ways. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeSafetensors, type TensorData } from '../../src/store/safetensors.js';
import { python, runPython } from '../pytorch.js';
import { complaint, projectRoot, succeed, temporaryFolder } from './dissipa.js';

const shipped = join(projectRoot, 'checkpoints/lstm-2x176.safetensors');

/** A GRU of two units over three symbols, of some numbers. */
function gruFile(): Uint8Array {
  const tensor = (...shape: number[]): TensorData => ({
    shape,
    data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i + 1)),
  });
  return encodeSafetensors({
    tensors: new Map([
      ['module.gru.weight_ih_l0', tensor(6, 3)],
      ['module.gru.weight_hh_l0', tensor(6, 2)],
      ['module.fc.weight', tensor(3, 2)],
      ['module.fc.bias', tensor(3)],
    ]),
    metadata: new Map(),
  });
}

describe('a call', () => {
  const folder = temporaryFolder();
  const file = (name: string, contents: string | Uint8Array): string => {
    writeFileSync(join(folder, name), contents);
    return name;
  };
  beforeAll(() => {
    file('w.safetensors', gruFile());
    file('abc.json', '["a","b","\\n"]');
  });

  test('makes a checkpoint beside the weights, which samples; and leaves one that is there alone', async () => {
    const said = await succeed(['import', 'w.safetensors', '--alphabet', 'abc.json'], folder);
    expect(said).toContain('gru 1×2, 3 symbols, 51 weights');
    expect(said).toMatch(/rnn\.weight_ih_l0 +module\.gru\.weight_ih_l0\n/);
    expect(said).toMatch(/rnn\.bias_hh_l0 +zeros/);
    expect(await succeed(['sample', 'w-dissipa.safetensors', '--length', '20'], folder)).toMatch(
      /[ab\n]{20}/,
    );
    const before = readFileSync(join(folder, 'w-dissipa.safetensors'));
    const again = await complaint(['import', 'w.safetensors', '--alphabet', 'abc.json'], folder, 1);
    expect(again).toMatch(/^w-dissipa\.safetensors: is there already; take another --out/);
    expect(readFileSync(join(folder, 'w-dissipa.safetensors')).equals(before)).toBe(true);
    // What was imported has an alphabet of its own.
    const json = await succeed(
      ['import', 'w-dissipa.safetensors', '--out', 'again.safetensors', '--json'],
      folder,
    );
    expect(JSON.parse(json)).toMatchObject({ out: 'again.safetensors', model: { cell: 'gru', symbols: 3 } });
  });

  test.each<[string, string[], 1 | 2, RegExp]>([
    ['no weights', [], 2, /^import: WEIGHTS is missing, expected a \.safetensors file; see/],
    ['no alphabet', ['w.safetensors'], 2, /^--alphabet: is missing/],
    ['no such file', ['x.safetensors', '--alphabet', 'abc.json'], 1, /^x\.safetensors: /],
    ['no such alphabet', ['w.safetensors', '--alphabet', 'x.json'], 1, /^x\.json: /],
    ['a folder', ['.', '--alphabet', 'abc.json', '--out', 'o.safetensors'], 1, /^\.: is a folder/],
    [
      'another cell',
      ['w.safetensors', '--alphabet', 'abc.json', '--cell', 'lstm'],
      1,
      /6×2, 3 blocks.*--cell gru/,
    ],
    [
      'no cell',
      ['w.safetensors', '--alphabet', 'abc.json', '--cell', 'rnn'],
      2,
      /^--cell: 'rnn' is not a cell/,
    ],
    ['another ending', ['w.safetensors', '--alphabet', 'abc.json', '--out', 'x.pt'], 2, /^--out: is x\.pt/],
    [
      'an alphabet too short',
      ['w.safetensors', '--alphabet', 'ab.json'],
      1,
      /of 3 symbols \(3×2\), the alphabet has 2/,
    ],
    [
      'an alphabet too long',
      ['w.safetensors', '--alphabet', 'abcd.json'],
      1,
      /3 symbols.*the alphabet has 4/,
    ],
    ['weights for an alphabet', ['w.safetensors', '--alphabet', 'w.safetensors'], 1, /no "alphabet" entry/],
    ['a pickle', ['m.pt', '--alphabet', 'abc.json'], 1, /^m\.pt: is a file of torch\.save\(\).*README/],
    ['an old pickle', ['old.pt', '--alphabet', 'abc.json'], 1, /^old\.pt: is a file of torch\.save\(\)/],
    ['a text', ['abc.json', '--alphabet', 'abc.json'], 1, /^abc\.json: is not a safetensors file/],
    ['an empty file', ['none.safetensors', '--alphabet', 'abc.json'], 1, /^none\.safetensors: is empty/],
    ['a huge alphabet', ['w.safetensors', '--alphabet', 'huge.json'], 1, /^huge\.json: has 4,194,305 bytes/],
    ['one word too many', ['w.safetensors', 'w.safetensors'], 2, /one argument too many for import/],
  ])('%s', async (_, args, code, message) => {
    file('ab.json', '["a","b"]');
    file('abcd.json', '["a","b","c","d"]');
    file('m.pt', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0]));
    file('old.pt', new Uint8Array([0x80, 2, 0x8a, 10, 0, 0, 0, 0, 0, 0]));
    file('none.safetensors', '');
    file('huge.json', ' '.repeat(64 * 65_536 + 1));
    const elsewhere = args.includes('--out') ? [] : ['--out', 'o.safetensors'];
    expect(await complaint(['import', ...args, ...elsewhere], folder, code)).toMatch(message);
    for (const name of ['x.pt', 'o.safetensors']) expect(existsSync(join(folder, name))).toBe(false);
  });
});

/** The lines that README has for it, as they stand there. */
const LINES =
  /^```python\n(.*?)^```$/ms.exec(readFileSync(join(projectRoot, 'README.md'), 'utf8'))?.[1] ?? '';

test('README has the lines for both ways, and they need PyTorch alone', () => {
  expect(LINES).toMatch(/^def load\(path\):.*^def save\(state, path\):/ms);
  expect([...LINES.matchAll(/^import (.*)$/gm)].map(([, names]) => names)).toEqual([
    'ctypes, json, struct, torch',
  ]);
});

const TEXT = 'O coração dissipa-se: nada volta.\n'.repeat(40);

describe.skipIf(python === null)('PyTorch', () => {
  const folder = temporaryFolder();
  const evaluated = async (model: string, text: string): Promise<number> =>
    (JSON.parse(await succeed(['evaluate', model, '--text', text, '--json'], folder)) as { lossNats: number })
      .lossNats;

  beforeAll(() => {
    writeFileSync(join(folder, 'text.txt'), TEXT);
    writeFileSync(join(folder, 'lines.py'), LINES);
    // In front of a cell: one-hot symbols or an embedding. The mean cross-entropy of every character but the first.
    writeFileSync(
      join(folder, 'loss.py'),
      `
import json, sys, torch
from lines import load, save
from torch import nn

class Model(nn.Module):
    def __init__(self, kind, V, H, L, E=None, tied=False, **options):
        super().__init__()
        self.V, self.emb = V, nn.Embedding(V, E) if E else None
        self.core = kind(E or V, H, L, batch_first=True, **options)
        self.head = nn.Linear(H, V)
        if tied: self.head.weight = self.emb.weight
    def forward(self, ids):
        x = self.emb(ids) if self.emb else nn.functional.one_hot(ids, self.V).to(next(self.parameters()).dtype)
        return self.head(self.core(x)[0])

def loss(model, ids):
    with torch.no_grad():
        return nn.functional.cross_entropy(model(ids[None, :-1])[0], ids[1:]).item()
`,
    );
  });

  test('a model that is trained here predicts the same there', { timeout: 300_000 }, async () => {
    const text = readFileSync(join(projectRoot, 'corpus', 'README.md'), 'utf8');
    const { alphabet } = JSON.parse(
      runPython(
        [
          '-c',
          `import json; from lines import load; print(json.dumps({'alphabet': load(${JSON.stringify(shipped)})[1]}))`,
        ],
        folder,
      ),
    ) as { alphabet: string[] };
    const known = new Set(alphabet);
    const kept = Array.from(text.normalize('NFC'))
      .filter((symbol) => known.has(symbol))
      .join('')
      .slice(0, 2000)
      .trim();
    writeFileSync(join(folder, 'known.txt'), kept);
    const there = runPython(
      [
        '-c',
        `
from loss import *
state, alphabet = load(${JSON.stringify(shipped)})
model = nn.ModuleDict({'rnn': nn.LSTM(len(alphabet), 176, 2), 'readout': nn.Linear(176, len(alphabet))})
model.load_state_dict(state)
ids = torch.tensor([alphabet.index(c) for c in open('known.txt', encoding='utf8').read()])
x = nn.functional.one_hot(ids, len(alphabet)).float()
with torch.no_grad():
    print(nn.functional.cross_entropy(model['readout'](model['rnn'](x[:-1])[0]), ids[1:]).item())
`,
      ],
      folder,
    );
    expect(Number(there)).toBeCloseTo(await evaluated(shipped, 'known.txt'), 5);
  });

  test.each([
    ['an LSTM over one-hot symbols', 'nn.LSTM, V, 11, 2', '', []],
    ['a GRU behind an embedding', 'nn.GRU, V, 9, 1, E=5', '', []],
    ['tied, and the embedding saved once', 'nn.GRU, V, 8, 2, E=8, tied=True', "state.pop('head.weight')", []],
    ['tied, and both saved', 'nn.LSTM, V, 8, 1, E=8, tied=True', '', []],
    [
      'an RNN of ReLU without biases',
      "nn.RNN, V, 10, 1, nonlinearity='relu', bias=False",
      '',
      ['--cell', 'relu'],
    ],
    [
      'tanh, compiled and distributed',
      'nn.RNN, V, 7, 3',
      "state = {'module._orig_mod.' + k: v for k, v in state.items()}",
      ['--cell', 'tanh'],
    ],
  ])(
    'a model that is trained there predicts the same here: %s',
    { timeout: 300_000 },
    async (_, arguments_, change, flags) => {
      const there = runPython(
        [
          '-c',
          `
from loss import *
text = open('text.txt', encoding='utf8').read()
alphabet = sorted(set(text)); V = len(alphabet)
torch.manual_seed(5)
model = Model(${arguments_})
ids = torch.tensor([alphabet.index(c) for c in text])
optimiser = torch.optim.Adam(model.parameters(), 0.02)
for _ in range(15):
    optimiser.zero_grad()
    nn.functional.cross_entropy(model(ids[None, :200])[0], ids[1:201]).backward()
    optimiser.step()
state = model.state_dict()
${change}
save(state, 'weights.safetensors')
json.dump(alphabet, open('alphabet.json', 'w'))
print(loss(model, ids))
`,
        ],
        folder,
      );
      const out = join(temporaryFolder(), 'mine.safetensors');
      await succeed(
        ['import', 'weights.safetensors', '--alphabet', 'alphabet.json', '--out', out, ...flags],
        folder,
      );
      expect(await evaluated(out, 'text.txt')).toBeCloseTo(Number(there), 5);
    },
  );
});
