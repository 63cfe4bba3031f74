/** A cell from outside goes all the way: trained, kept, read, inspected, sampled, compared. */
import { describe, expect, test } from 'vitest';
import { openReference } from '../../src/kernels/reference.js';
import type { Cell } from '../../src/model/cells/cell.js';
import { addCell, CELLS } from '../../src/model/cells/index.js';
import { decodeCheckpoint } from '../../src/store/checkpoint.js';
import { memoryFiles } from '../../src/store/files-memory.js';
import { describeOptions } from '../../src/base/options.js';
import { check } from '../../src/study/check/measure.js';
import {
  beginComparison,
  readComparison,
  withResult,
  writeComparison,
} from '../../src/study/compare/comparison.js';
import { runJob } from '../../src/study/compare/job.js';
import { parseCompareOptions } from '../../src/study/compare/options.js';
import { comparisonPage } from '../../src/study/compare/page.js';
import { standingsOf } from '../../src/study/compare/standing.js';
import { comparedTable, TABLES } from '../../src/study/compare/tables.js';
import { evaluate } from '../../src/study/evaluate/evaluate.js';
import { inspectDeep } from '../../src/study/inspect/measure.js';
import { inspectionPage } from '../../src/study/inspect/page.js';
import { loadModel } from '../../src/study/model/model.js';
import { sampleMany, sampleOptions } from '../../src/study/sample/sample.js';
import { train } from '../../src/study/train/train.js';
import { Alphabet } from '../../src/text/alphabet.js';
import { splitText } from '../../src/text/split.js';
import { asSymbols } from '../../src/text/symbols.js';
import { parseTrainOptions, trainOptions } from '../../src/train/options.js';
import { en as english } from '../../src/words/en/words.js';

const TEXT = 'o vento leva a voz, a voz leva o vento.\n'.repeat(50);
const SMALL = { hidden: 6, layers: 2, batch: 3, window: 8 };

/** h = h⁻ + a: no activation, no W_hh, no second bias. */
const integrator: Cell = {
  label: 'Integrator',
  tensors: [
    { name: 'weight_ih', blocks: 1, by: 'inputs' },
    { name: 'bias_ih', blocks: 1, by: null },
  ],
  states: ['h'],
  ...{ blocks: 1, isInPlace: true, hasCache: false, slopes: 0, joinsBiases: true },
  activations: [],
  directPath: null,
  forward: (_kernels, { h, hPrev }) => {
    h.data.forEach((a, j, all) => (all[j] = a + hPrev.data[j]));
  },
  backward: (_kernels, _step, { dh, dhPrev, delta }) => {
    delta.data.set(dh.data);
    dh.data.forEach((d, j) => (dhPrev.data[j] += d));
  },
};

/** h = ½·h⁻ + ½·tanh(a + h⁻·W_hhᵀ), h̃ kept in the gates' buffer. */
const leaky: Cell = {
  label: 'Leaky tanh',
  tensors: [
    { name: 'weight_ih', blocks: 1, by: 'inputs' },
    { name: 'weight_hh', blocks: 1, by: 'units' },
    { name: 'bias_ih', blocks: 1, by: null },
  ],
  states: ['h'],
  ...{ blocks: 1, isInPlace: false, hasCache: false, slopes: 0, joinsBiases: true },
  activations: [{ name: 'candidate', kind: 'tanh', place: 0 }],
  directPath: null,
  forward: (kernels, { h, hPrev, gates }, { forward }) => {
    kernels.product(gates, hPrev, forward, gates);
    gates.data.forEach((a, j, all) => {
      all[j] = Math.tanh(a);
      h.data[j] = (hPrev.data[j] + all[j]) / 2;
    });
  },
  backward: (kernels, { gates }, { dh, dhPrev, delta }, { backward }) => {
    dh.data.forEach((d, j) => {
      delta.data[j] = (d / 2) * (1 - gates.data[j] ** 2);
      dhPrev.data[j] += d / 2;
    });
    kernels.product(dhPrev, delta, backward, dhPrev);
  },
};

const NAMES = [addCell('integrator', integrator), addCell('leaky', leaky)] as const;
const INTEGRATOR = NAMES[0];

describe.each(NAMES)('%s', (cell) => {
  test('is trained, kept, read, and measured', async () => {
    const kernels = openReference();
    const trained = await train({ text: TEXT, cell, ...SMALL, steps: 60, probe: 'full', kernels });
    const { model, options, validation } = trained;
    expect(options.cell).toBe(cell);
    // An integrator's states grow with the text: it learns little of one that is longer than its window.
    const most = cell === INTEGRATOR ? Infinity : Math.log2(model.alphabet.size);
    expect(validation?.bitsPerChar).toBeLessThan(most);
    const read = loadModel(kernels, decodeCheckpoint(trained.checkpoint(), 'own'));
    expect(evaluate(read, TEXT, 'text').predictions).toBe(TEXT.length - 1);
    expect([...sampleMany(read, sampleOptions.parse({ length: 20 }))].at(-1)?.end).toBe('length');

    const checked = check(read, TEXT, { rows: 2, timesteps: 5, entries: 6, seed: 1 }, 'text');
    expect(checked.passed).toBe(true);
    // All its weights and carries; its states are in no call of the kernels, and cannot be moved.
    const weights = [...read.network.parameters.byName.keys()];
    expect(checked.tensors.map(({ name }) => name)).toEqual([...weights, 'h0_l0', 'h0_l1']);

    const inspection = inspectDeep(read, TEXT, { rows: 3, timesteps: 12 }, 'text');
    const [lower, top] = inspection.layers;
    expect(top.lagLog10.h.every((x) => x !== null && Number.isFinite(x))).toBe(true);
    expect(lower.memory.verdict).not.toBe('not-finite');
    const page = inspectionPage(
      { name: 'own', model: inspection.model, measured: { ...inspection, text: 'text' }, history: null },
      english,
    );
    expect(page).toContain('<svg');
    expect(page).not.toMatch(/\b(?:NaN|undefined)\b/);
  });
});

test('an integrator loses nothing: each layer’s gradient is the same at every lag', async () => {
  const { model } = await train({ text: TEXT, cell: INTEGRATOR, ...SMALL, layers: 1, steps: 5 });
  const { layers } = inspectDeep(model, TEXT, { rows: 2, timesteps: 9 }, 'text');
  expect(layers[0].memory.verdict).toBe('preserved');
  for (const log10 of layers[0].lagLog10.h) expect(log10).toBeCloseTo(layers[0].lagLog10.h[0] ?? NaN, 6);
  expect(layers[0].theory.blocks).toBeNull();
});

test('they take part in a comparison, which is kept and read', async () => {
  const options = parseCompareOptions({
    ...{ only: 'leaky, tanh,integrator', hidden: 6, window: 8, batch: 3, scored: 60, characters: 400 },
  });
  // This project's first, in their order.
  expect(options.only).toEqual(['tanh', 'integrator', 'leaky']);
  const alphabet = Alphabet.of(TEXT, 'text');
  const split = splitText(asSymbols(alphabet.encode(TEXT, 'text')), 0.2);
  let comparison = beginComparison({
    ...{ options, versions: { dissipa: '0' }, digest: '0'.repeat(64), texts: [], symbols: alphabet.size },
    ...{ engine: 'reference', createdAt: new Date(0).toISOString() },
    characters: { training: split.training.length, validation: split.validation.length },
  });
  let milliseconds = 0;
  for (const contender of options.only)
    for (const event of runJob({
      job: { contender, seed: 1 },
      ...{ options, alphabet, ...split, where: 'text', kernels: openReference() },
      now: () => ++milliseconds,
    }))
      if (event.kind === 'result') comparison = withResult(comparison, event.result);
  const files = memoryFiles();
  await files.makeFolder('c');
  await writeComparison(files, 'c', comparison);
  const read = await readComparison(files, 'c');
  expect(read.results.map(({ contender }) => contender)).toEqual(options.only);
  const page = comparisonPage(read, english);
  expect(page).toContain('Leaky tanh');
  expect(page).not.toMatch(/\b(?:NaN|undefined)\b/);
  for (const columns of TABLES)
    expect(JSON.stringify(comparedTable(columns, standingsOf(read), english))).not.toMatch(/NaN|undef/);
});

describe('the options', () => {
  test('take its name as soon as it is added; help and completion show this project’s', () => {
    expect(parseTrainOptions({ cell: 'leaky' }).cell).toBe('leaky');
    const cell = describeOptions(trainOptions).find(({ name }) => name === 'cell');
    expect(cell).toMatchObject({ type: 'string', choices: CELLS, default: 'tanh' });
    expect(() => parseTrainOptions({ cell: 'twice' })).toThrow(/twice/);
    addCell('twice', integrator);
    expect(parseTrainOptions({ cell: 'twice' }).cell).toBe('twice');
  });

  test.each([['elman'], [7], [null], ['toString'], ['']])(
    '%j is refused in a line, with all there are',
    (cell) => {
      expect(() => parseTrainOptions({ cell })).toThrow(/cell.*tanh.*leaky/);
    },
  );

  test('a contender that there is not is refused, the nearest named', () => {
    expect(() => parseCompareOptions({ only: 'leeky' })).toThrow(/leaky/);
  });
});
