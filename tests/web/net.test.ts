/** A net of the playground as its worker has it, without a browser. */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { scoped } from '../../src/kernels/scoped.js';
import { openWasm } from '../../src/kernels/wasm.js';
import { CELLS } from '../../src/model/cells/index.js';
import { decodeCheckpoint } from '../../src/store/checkpoint.js';
import { trainOptions } from '../../src/train/options.js';
import { fromAddress, toAddress, type Address } from '../../src/web/playground/address.js';
import { Net, optionsOf } from '../../src/web/playground/net/net.js';
import type { Opening } from '../../src/web/playground/net/protocol.js';
import {
  DEFAULTS,
  differences,
  FIELD_NAMES,
  FIELDS,
  FIRST_PAIR,
  FORKABLE,
  isUsed,
  valueOf,
  type Settings,
} from '../../src/web/playground/settings.js';
import { networkAddress, serve } from '../../src/web/server-node.js';

const text = {
  name: 'text',
  bytes: new TextEncoder().encode('o gradiente se dissipa, passo a passo. '.repeat(200)),
};
const opening = (settings: Partial<Settings> = {}): Opening => ({
  settings: { ...DEFAULTS, hidden: 8, window: 8, batch: 4, ...settings },
  texts: [text],
  language: 'en',
});
const openNet = async (): Promise<Net> => new Net(await openWasm({ allowRelaxed: false }));
const trainTo = (net: Net, step: number): number[] => {
  net.goal = step;
  const losses: number[] = [];
  while (net.isDue()) losses.push(...net.work(1000).rows.map(({ lossNats }) => lossNats));
  return losses;
};

describe('a net', () => {
  test('is measured before its first step, and along the way', async () => {
    const net = await openNet();
    const { measured, step } = net.open(opening());
    expect(step).toBe(0);
    expect(measured.layers[0].lagLog10?.h).toHaveLength(8);
    net.goal = 30;
    const report = net.work(60_000);
    expect(report.step).toBe(30);
    expect(report.measured.map((one) => one.step)).toContain(0);
    expect(report.rows).toHaveLength(30);
  });

  test('two hundred restarts take no more memory than the third', async () => {
    const kernels = await openWasm({ allowRelaxed: false });
    const net = new Net(kernels);
    const held = kernels.held();
    const size = (): number => scoped(kernels, () => kernels.matrix(1, 1).data.buffer.byteLength);
    let [early, last] = [0, 0];
    for (let restart = 0; restart < 200; restart++) {
      net.open(opening({ cell: restart % 2 === 0 ? 'gru' : 'tanh', hidden: 64, window: 32 }));
      trainTo(net, 1);
      net.sample();
      net.listen({ length: 40 });
      net.close();
      expect(kernels.held()).toBe(held);
      last = size();
      if (restart === 3) early = last;
    }
    expect(last).toBe(early);
  });

  test('a fork goes on as the net itself would have: bit for bit', async () => {
    const [net, other] = [await openNet(), await openNet()];
    const settings = opening({ cell: 'lstm', layers: 2, dropout: 0.2 });
    net.open(settings);
    trainTo(net, 7);
    const from = net.snapshot();
    other.open({ ...settings, fork: { from, changed: null, before: settings.settings } });
    expect(trainTo(other, 12)).toEqual(trainTo(net, 12));
  });

  test('a fork with another gain differs in W_hh alone, by that factor', async () => {
    const [net, other] = [await openNet(), await openNet()];
    const before = opening({ cell: 'gru' });
    net.open(before);
    trainTo(net, 3);
    const from = net.snapshot();
    const settings = { ...before.settings, gain: 2 };
    other.open({ ...before, settings, fork: { from, changed: 'gain', before: before.settings } });
    for (const [name, data] of other.snapshot().parameters) {
      const factor = name.includes('weight_hh') ? 2 : 1;
      expect(Array.from(data), name).toEqual(
        Array.from(from.parameters.get(name) ?? [], (w) => Math.fround(w * factor)),
      );
    }
  });

  test('its checkpoint is read, and opened again it is the same model', async () => {
    const net = await openNet();
    net.open(opening({ cell: 'gru' }));
    trainTo(net, 4);
    const bytes = net.checkpoint();
    const { shape, parameters } = decodeCheckpoint(bytes, 'checkpoint');
    const other = await openNet();
    const opened = other.open({ ...opening({ cell: 'tanh' }), checkpoint: { name: 'a.safetensors', bytes } });
    expect(opened.shape).toEqual(shape);
    expect(opened.settings.cell).toBe('gru');
    expect(other.snapshot().parameters).toEqual(parameters);
  });

  test('a nudge moves the predictions after it, a larger one further', async () => {
    const net = await openNet();
    net.open(opening({ cell: 'gru', layers: 2 }));
    trainTo(net, 20);
    const [small, large] = [0.01, 0.5].map((size) => net.nudge({ layer: 0, lag: 5, size }).moved);
    expect(small).toHaveLength(6);
    expect(large[0]).toBeGreaterThan(small[0]);
    expect(net.nudge({ layer: 1, lag: 5, size: 0 }).moved.every((moved) => moved === 0)).toBe(true);
  });

  test('a text too short, and a checkpoint that is none, are refused and leave the net usable', async () => {
    const net = await openNet();
    const short = { ...opening(), texts: [{ name: 'short', bytes: new TextEncoder().encode('curto') }] };
    expect(() => net.open(short)).toThrow('short');
    const bad = { ...opening(), checkpoint: { name: 'x.safetensors', bytes: new Uint8Array(40) } };
    expect(() => net.open(bad)).toThrow('x.safetensors');
    net.open(opening());
    expect(trainTo(net, 2)).toHaveLength(2);
  });
});

describe('a net about to diverge', () => {
  test('whose predictions are no numbers any more writes nothing, and goes on until it ends', async () => {
    const net = await openNet();
    net.open(
      opening({ cell: 'relu', gain: 10, optimizer: 'sgd', lr: 10, clip: 1000, hidden: 64, window: 32 }),
    );
    net.goal = 1;
    expect(net.work(60_000).step).toBe(1);
    expect(net.sample()).toBeNull();
    net.goal = 100;
    expect(net.work(60_000).ended).toBe('diverged');
  });
});

describe('settings', () => {
  test('every range lies within that of train, and its ends are accepted by it', () => {
    for (const name of FIELD_NAMES) {
      if (name === 'gain') continue;
      const field = FIELDS[name];
      const values = field.kind === 'choice' ? field.choices : [field.least, field.most];
      for (const value of values)
        expect(trainOptions.shape[name].safeParse(value).success, `${name} ${value}`).toBe(true);
    }
    expect(optionsOf(DEFAULTS).hidden).toBe(DEFAULTS.hidden);
  });

  test('what a field does not allow is none of its values; a comma is a point', () => {
    expect(valueOf('lr', '0,01')).toBe(0.01);
    for (const text of ['', ' ', 'x', '1e999', '-1', '0']) expect(valueOf('lr', text), text).toBeNull();
    expect(valueOf('layers', '2.5')).toBeNull();
    expect(valueOf('cell', 'transformer')).toBeNull();
  });

  test.each(CELLS)(
    '%s is a cell of the page: it trains, and what a fork changes is one tensor or none',
    async (cell) => {
      const net = await openNet();
      const opened = net.open(opening({ cell, hidden: 8, window: 16, batch: 2 }));
      expect(opened.shape.cell).toBe(cell);
      expect(trainTo(net, 3)).toHaveLength(3);
      const { settings } = opened;
      const from = net.snapshot();
      for (const what of FORKABLE.filter((one) => isUsed(one, settings))) {
        const other = await openNet();
        const after = { ...settings, [what]: settings[what] + 0.5 };
        other.open({ ...opening(after), fork: { from, changed: what, before: settings } });
        const moved = [...other.snapshot().parameters].filter(
          ([name, data]) => !isDeepStrictEqual(data, from.parameters.get(name)),
        );
        const touched = { gain: 'rnn.weight_hh_l0', forgetBias: 'rnn.bias_ih_l0', clip: null, lr: null }[
          what
        ];
        expect(moved.map(([name]) => name)).toEqual(touched === null ? [] : [touched]);
      }
      expect(net.sample()?.text.length).toBeGreaterThan(0);
    },
  );

  test('a forget bias counts as a difference only where one of the two has it', () => {
    const b = { ...DEFAULTS, forgetBias: 3 };
    expect(differences({ a: DEFAULTS, b })).toEqual([]);
    expect(differences({ a: DEFAULTS, b: { ...b, cell: 'lstm' } })).toEqual(['cell', 'forgetBias']);
  });
});

describe('the address', () => {
  const first: Address = {
    nets: FIRST_PAIR,
    text: { piece: null },
    language: null,
    lesson: null,
    isProjected: false,
  };

  test('says nothing of the page as it begins, and all of any other', () => {
    expect(toAddress(first)).toBe('');
    expect(fromAddress('')).toEqual(first);
    const other: Address = {
      nets: { a: { ...DEFAULTS, cell: 'lstm', forgetBias: -2, lr: 0.01 }, b: { ...DEFAULTS, layers: 3 } },
      text: { own: 'ação & reação #1\n' },
      language: 'pt',
      lesson: 2,
      isProjected: true,
    };
    expect(fromAddress(`#${toAddress(other)}`)).toEqual(other);
  });

  test('what cannot be is passed over', () => {
    expect(fromAddress('#a.hidden=99999&b.cell=x&lesson=-4&lang=xx&a.__proto__=1&%%%')).toEqual(first);
  });
});

describe('the server', () => {
  test('serves the page cross-origin isolated, and nothing else', async () => {
    const serving = await serve({ port: 0, isShared: false, page: () => '<p>page</p>' });
    try {
      const page = await fetch(serving.address);
      expect(await page.text()).toBe('<p>page</p>');
      expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      expect((await fetch(`${serving.address}../../etc/passwd`)).status).toBe(404);
      expect((await fetch(`${serving.address}?from=phone`)).status).toBe(200);
      expect((await fetch(serving.address, { method: 'POST' })).status).toBe(405);
      expect(serving.shared).toBeNull();
      const port = Number(new URL(serving.address).port);
      await expect(serve({ port, isShared: false, page: () => '' })).rejects.toThrow(String(port));
    } finally {
      await serving.close();
    }
  });

  test('an address for others is one that they reach', () => {
    const one = (address: string, internal = false) =>
      [{ address, internal, family: 'IPv4', netmask: '', mac: '', cidr: null }] as const;
    expect(networkAddress({ lo: [...one('127.0.0.1', true)] })).toBeNull();
    expect(networkAddress({ a: [...one('169.254.3.4')], b: [...one('192.168.1.7')] })).toBe('192.168.1.7');
  });
});
