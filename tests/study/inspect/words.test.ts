/** The layers' memory in a line, in warnings and in sentences; figures as they are written. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LayerReport, LayerWith } from '../../../src/bptt/report.js';
import type { Flag } from '../../../src/probe/flags.js';
import { finiteOf, memoryOf } from '../../../src/probe/memory.js';
import { theory } from '../../../src/probe/theory.js';
import { clippingOf } from '../../../src/study/inspect/clipping.js';
import * as found from '../../../src/study/inspect/findings.js';
import { flagFindings } from '../../../src/ui/flags.js';
import type { InspectionData } from '../../../src/ui/inspection.js';
import * as remembered from '../../../src/study/inspect/memory.js';
import { headlineOf } from '../../../src/study/inspect/headline.js';
import { en } from '../../../src/words/en/words.js';
import { pt } from '../../../src/words/pt/words.js';
import { declaredFindings } from '../../../src/study/inspect/declared.js';
import { inspectionPage } from '../../../src/study/inspect/page.js';
import { terminalReport } from '../../../src/study/inspect/terminal.js';
import { exampleData } from './example.js';

/** What is found, as it is told in a language. */
function toldIn(spoken: typeof en) {
  const { memory, findings } = spoken.inspect;
  const maybe = <T>(value: T | null, say: (value: T) => string): string | null =>
    value === null ? null : say(value);
  return {
    memorySentence: (...of: Parameters<typeof remembered.memoryFinding>) =>
      maybe(remembered.memoryFinding(...of), memory.sentence) ?? '',
    memoryWarning: (...of: Parameters<typeof remembered.memoryWarning>) =>
      maybe(remembered.memoryWarning(...of), memory.warning),
    memoryLine: (...of: Parameters<typeof remembered.memoryLine>) => {
      const line = remembered.memoryLine(...of);
      return line && memory.line(line);
    },
    headline: (...of: Parameters<typeof remembered.headline>) => {
      const headline = remembered.headline(...of);
      return headline === null
        ? memory.sentence({ is: 'no-way-back', layer: null })
        : memory.headline(headline);
    },
    flags: (...of: Parameters<typeof flagFindings>) => flagFindings(...of).map(memory.flag),
    theoryFinding: (layer: LayerWith<'theory'>, timesteps: number) => {
      const seen = { timesteps, layers: 1, cell: null, course: () => [], latest: () => [] };
      return theory.view([layer], seen)?.said.map(findings.theory).join('') ?? '';
    },
    totalFinding: (data: InspectionData) => declaredFindings('total', data, spoken).sentences.at(0) ?? null,
    auditFinding: (data: InspectionData) => declaredFindings('audit', data, spoken).sentences.at(0) ?? null,
    clippingFinding: (data: InspectionData) => maybe(found.clippingFinding(data), findings.clipping),
    matrixFindings: (data: InspectionData) => declaredFindings('matrix', data, spoken).sentences,
  };
}
const { memorySentence, memoryWarning, memoryLine, headline, flags, theoryFinding, ...told } = toldIn(en);
const { auditFinding, clippingFinding, matrixFindings } = told;

/** A layer whose gradient changes by so many decades a step. */
function layerOf(layer: number, decades: number, timesteps = 64): LayerWith<'memory' | 'lagLog10'> {
  const lagLog10 = { h: Array.from({ length: timesteps }, (_, k) => -3 + k * decades), c: null };
  return { layer, lagLog10, memory: memoryOf(lagLog10) };
}

/** Falls by `decades` over `steps`, then goes on at `pace` a step. */
const twoParts = (decades: number, steps: number, pace: number, timesteps = 64): number[] =>
  Array.from({ length: timesteps }, (_, k) =>
    k < steps ? (-decades * k) / steps : -decades + pace * (k - steps),
  );

function layerWith(
  h: readonly (number | null)[],
  more: Partial<LayerReport> & { readonly atZero?: number } = {},
): LayerWith<'memory' | 'lagLog10'> {
  const { atZero = null, ...rest } = more;
  const lagLog10 = { h, c: null };
  return { layer: 0, lagLog10, memory: memoryOf(lagLog10, { atZero }), ...rest };
}
const sentenceOf = (layer: LayerReport, layers = 1): string =>
  memorySentence(layer, layers, layer.lagLog10?.h.length ?? 0);

test('a window of one timestep has no memory to speak of', () => {
  expect(memorySentence(layerOf(0, -0.3, 1), 2, 1)).toMatch(/one timestep.* layer 1.*--window/);
});

describe('the line', () => {
  const lineOf = (...layers: readonly LayerReport[]): string => memoryLine(layers, 64)?.text ?? '';
  test('of one layer: the lag at 1%, and the tail', () => {
    expect(lineOf(layerOf(0, -0.3))).toBe('gradient under 1% beyond 7 of 64 steps, tail −0.30 decades/step');
    expect(lineOf(layerOf(0, -0.01))).toContain('beyond >63 of 64 steps, tail −0.01');
    expect(lineOf(layerWith(twoParts(5.4, 8, 0)))).toContain('beyond 3 of 64 steps, tail level');
    expect(memoryLine([layerOf(0, -0.3)], 64)?.short).toBe('under 1% beyond 7');
  });

  test('of several names each lag, and the steepest and the flattest tail', () => {
    expect(lineOf(layerOf(0, -0.3), layerOf(1, -0.15), layerOf(2, -0.02))).toBe(
      'gradient under 1% beyond 7, 14, >63 of 64 steps, tail −0.30 to −0.020 decades/step',
    );
    expect(lineOf(layerOf(0, -0.3), layerOf(1, -0.3))).toBe(lineOf(layerOf(0, -0.3)));
  });

  test('counts what is no reach', () => {
    expect(lineOf(layerOf(0, 0.1), layerOf(1, -0.3))).toMatch(/beyond 7 of .*, 1 of 2 exploding$/);
    expect(lineOf(layerOf(0, 0.1))).toMatch(/^gradient tail \+0\.10 decades\/step, exploding$/);
    expect(lineOf(layerWith([0, NaN, 1]))).toBe('gradient not finite');
    expect(lineOf(layerWith(twoParts(0, 8, 0), { atZero: 0.97 }))).toBe('gradient tail level, dead');
    expect(memoryLine([layerWith([0, NaN, 1])], 64)?.short).toBe('not finite');
  });

  test('of many names the ends alone, so that it fits a line', () => {
    const many = Array.from({ length: 12 }, (_, l) => layerOf(l, -0.1 - l / 10));
    expect(lineOf(...many)).toContain('beyond 2–20 of 64 steps');
  });

  test('of layers without a measurement there is none', () => {
    expect(memoryLine([{ layer: 0 }], 64)).toBeNull();
  });
});

test('a warning tells the layer, the kind and how far; what lasts gives none', () => {
  expect(memoryWarning(layerOf(1, -2), 64)).toMatch(
    /^layer 2: the gradient vanishes, .*beyond 1 of 64 steps, tail −2\.00 /,
  );
  expect(memoryWarning(layerOf(0, 0.5), 64)).toMatch(
    /^layer 1: the gradient explodes, .*31\.5 decades within 64 /,
  );
  expect(memoryWarning(layerWith([0, -1, Infinity]), 64)).toMatch(/^layer 1.* not finite/);
  const saturation = { relu: [0.96, 0.98] };
  expect(memoryWarning(layerWith([0, 0, 0], { atZero: 0.97, saturation }), 64)).toMatch(/dead: 97% /);
  expect(memoryWarning(layerWith([0, 0, 0], { atZero: 0.97 }), 64)).toMatch(/dead: 95% or more /);
  for (const silent of [layerOf(0, 0), layerWith(twoParts(5, 8, 0)), { layer: 0 }])
    expect(memoryWarning(silent, 64)).toBeNull();
});

describe('the sentence', () => {
  test('of a gradient that vanishes along one line', () => {
    const told = sentenceOf(layerOf(0, -1, 10));
    expect(told).toMatch(/half .* after 1 step back.* 1% after 2.* millionth after 6; each step keeps 10% /);
    expect(told).toMatch(/: it vanishes\.$/);
    expect(sentenceOf(layerOf(2, -1, 10), 3)).toContain(' in layer 3 ');
    expect(sentenceOf(layerOf(0, -1 / 8, 21))).toMatch(/after 3 .* after 16; each step keeps 75% /);
    // Of 99.7% one would not see that it falls.
    expect(sentenceOf(layerOf(0, -0.0015, 2000))).toMatch(/from lag 1,000 on it halves every 201 steps/);
  });

  test('of two parts: the drop, and then what the tail does', () => {
    expect(sentenceOf(layerWith(twoParts(5.4, 50, 0, 256)))).toMatch(
      /1% after 19.*; it falls 5\.2 decades within 48 steps and then stays level: .* thin/,
    );
    expect(sentenceOf(layerWith(twoParts(4, 8, -0.1)))).toMatch(
      /falls 4\.0 decades within 8 steps and then keeps 79% .*: it vanishes/,
    );
    // At the tail's own pace the beginning loses as much: one line.
    expect(sentenceOf(layerWith(twoParts(0.9, 4, -0.2)))).not.toMatch(/decades within/);
  });

  test('of a tail that is no line, or may be chance, no pace is told', () => {
    const rough = twoParts(4, 8, -0.06).map((y, k) => y + (k % 2));
    expect(sentenceOf(layerWith(rough))).toMatch(/falls on, unevenly/);
    expect(sentenceOf(layerWith(rough))).not.toMatch(/keeps|halves/);
    const unsure = layerWith(twoParts(4, 8, -0.02));
    const { memory } = unsure;
    const tail = { decadesPerStep: -0.02, standardError: 0.011 };
    expect(sentenceOf({ ...unsure, memory: { ...memory, tail } })).toMatch(/no clear fall or rise/);
  });

  test('of levels that are passed in one step the strongest is told', () => {
    expect(sentenceOf(layerWith([0, -7, -7, -7, -7, -7]))).toMatch(
      /^At most a millionth .* after 1 step back;/,
    );
    expect(sentenceOf(layerWith([0, -1, null, null]))).toMatch(
      /half .* after 1 step back, nothing after 2: it vanishes/,
    );
    expect(sentenceOf(layerWith([null, null, null]))).toMatch(/is 0 from the beginning: it vanishes/);
  });

  test('of one that is preserved: how much is left, and whether a longer window would show more', () => {
    expect(sentenceOf(layerOf(0, 0, 33))).toMatch(
      /^After 32 steps back 100% .*: it is preserved in this window\.$/,
    );
    expect(sentenceOf(layerOf(0, -0.01, 31))).toMatch(
      /^After 30 steps back 50% .* preserved in this window\.$/,
    );
    expect(sentenceOf(layerOf(0, -0.05, 31))).toMatch(/3\.2% .* preserved in this window, and would vanish/);
    expect(sentenceOf(layerOf(0, 0.05, 31))).toMatch(
      /grown to 31\.6 times .* preserved in this window, and would explode/,
    );
  });

  test('of one that explodes: by how much', () => {
    expect(sentenceOf(layerWith([0, 1, 2, 3]))).toMatch(/explodes: .*3\.0 decades within 4 timesteps\.$/);
    expect(sentenceOf(layerWith(twoParts(5, 8, 0.05)))).toMatch(
      /explodes: from lag 32 on .*0\.050 decades a step/,
    );
  });

  test('of a dead layer: how many units are at 0', () => {
    const saturation = { relu: [0.96, 0.98] };
    expect(sentenceOf(layerWith([0, 0, 0, 0, 0, 0], { atZero: 0.97, saturation }))).toMatch(/ 97% .*dead/);
  });

  test('of what is no number, or cannot be followed, gives no figure', () => {
    expect(sentenceOf(layerWith([0, -1, NaN]))).not.toMatch(/\d/);
    expect(sentenceOf(layerWith([0, -1, -2], { flags: ['chaotic'] }))).toBe('');
    expect(memorySentence({ layer: 0 }, 1, 5)).toBe('');
  });
});

describe('the headline', () => {
  test('of one layer', () => {
    expect(headline([layerOf(0, -0.3)], 64)).toMatch(/^The gradient vanishes: .* after 7 of 64 timesteps\.$/);
    expect(headline([layerWith(twoParts(5, 8, 0))], 64)).toMatch(
      /thin.*: .* after 4 of 64 .* 10⁻⁵ at the far end\.$/,
    );
    expect(headline([layerWith([0, 30, 60])], 3)).toMatch(
      /explodes: it grows by 60\.0 decades within 3 timesteps/,
    );
    expect(headline([layerWith([0, NaN, 60])], 3)).toBe('The gradient is not finite.');
  });

  test('speaks of all layers at once', () => {
    expect(headline([layerOf(0, -0.3), layerOf(1, -0.15)], 64)).toMatch(
      /vanishes in both layers: .* after 7 to 14 of 64 timesteps, by layer\.$/,
    );
    expect(headline([layerOf(0, -0.3), layerOf(1, 0), layerOf(2, 0.2)], 64)).toMatch(
      /vanishes in layer 1, explodes in layer 3 and is preserved in layer 2: .* after 7 to beyond the window /,
    );
    // What explodes, or is no number, reaches no lag.
    expect(headline([layerOf(0, 0.3), layerOf(1, -0.3)], 64)).toMatch(
      /layer 1: .* after 7 of 64 timesteps\.$/,
    );
  });
});

describe('theory in a sentence', () => {
  const told = (boundLog10: number | null, isTheorem: boolean, timesteps = 64): string =>
    theoryFinding(
      {
        ...layerOf(0, -0.3),
        theory: {
          blocks: [{ name: 'tanh', sigma1: 2, spectralRadius: 1 }],
          boundLog10,
          isTheorem,
          lyapunov: [],
        },
      },
      timesteps,
    );

  test('that it must vanish follows from what the whole window can keep, not from one step', () => {
    expect(told(Math.log10(0.95), true)).toMatch(/0\.95 < 1: .* 95%, 63 steps no more than 3\.9%/);
    expect(told(Math.log10(0.95), true)).not.toContain('must vanish');
    expect(told(Math.log10(0.9), true)).toMatch(/63 steps no more than 0\.13%: .* must vanish/);
    expect(told(Math.log10(0.9), false)).toMatch(/what comes through its own recurrence must vanish/);
    expect(told(Math.log10(0.9), true, 1)).not.toMatch(/steps|must vanish/);
  });

  test('σ₁γ is below 1 by more than rounding, and what is written shows it', () => {
    expect(told(-1e-12, true)).toMatch(/σ₁γ .*= 1 ≥ 1/);
    expect(told(Math.log10(0.99999), true)).toMatch(/σ₁γ .*= 0\.99999 < 1/);
    expect(told(0.1, true)).toMatch(/1\.26 ≥ 1/);
    expect(told(null, false)).toMatch(/no bound/);
  });

  test('what a step keeps is told of a tail that is a line', () => {
    expect(told(0.1, true)).toMatch(/\blag 32\b.* 50%\.$/);
  });
});

describe('the total beside the lag', () => {
  const data = exampleData({ cell: 'tanh', layers: 1 });
  /** With such a total, in log10, beside a lag curve that loses so much a step. */
  const totalOf = (totalLog10: readonly (number | null)[], decades = -0.3) => {
    const shown: InspectionData = {
      ...data,
      history: null,
      measured: {
        ...data.measured,
        layers: [
          {
            ...layerOf(0, decades, totalLog10.length),
            total: { h: totalLog10.map((value) => (value === null ? 0 : 10 ** value)), c: null },
            totalLog10: { h: totalLog10, c: null },
          },
        ],
      },
    };
    const sentence = told.totalFinding(shown);
    const { title } = declaredFindings('total', shown, en);
    return sentence === null ? null : { hides: title.includes('hides'), sentence };
  };
  const level = Array.from({ length: 32 }, (_, t) => -3 + (t % 2) / 2);

  test('is level within a factor of ten, and hides what is lost', () => {
    expect(totalOf(level)).toEqual({
      sentence: expect.stringMatching(/within a factor of 3\.16 .*, while 10⁻⁹ /) as string,
      hides: true,
    });
    expect(totalOf(level, -0.01)?.hides).toBe(false);
    expect(totalOf(level, -0.01)?.sentence).not.toContain('while');
  });

  test('beyond that it grows or falls, by so many decades', () => {
    const rising = Array.from({ length: 32 }, (_, t) => 300 - 20 * t);
    expect(totalOf(rising, 2)?.sentence).toMatch(/grows by 620\.0 decades/);
    expect(totalOf([...rising].reverse())?.sentence).toMatch(/falls by 620\.0 decades/);
    expect(totalOf(level.map((y, t) => (t === 9 ? y + 4 : y)))?.sentence).toMatch(/varies by 4\.5 decades/);
    for (const total of [rising, level.map((y, t) => (t === 9 ? y + 4 : y))])
      expect(totalOf(total)).toMatchObject({ hides: false });
  });

  test('of one timestep, with an exact 0 or without a number nothing is said', () => {
    expect(totalOf([-3])).toBeNull();
    expect(totalOf([-3, null, -3])).toBeNull();
    expect(totalOf([-3, NaN, -3])).toBeNull();
    expect(totalOf([])).toBeNull();
  });
});

describe('flags', () => {
  test('tell the layers and the lag', () => {
    expect(flags([{ layer: 1, flags: ['float32-digits'], digitsFromLag: 120 }])).toEqual([
      expect.stringMatching(/^Layer 2: float32.* lag 120 .*float64/),
    ]);
    const chaotic: readonly LayerReport[] = [0, 1].map((layer) => ({
      layer,
      flags: ['chaotic-float32', 'chaotic'],
    }));
    expect(flags(chaotic)).toEqual([expect.stringMatching(/^Layers 1 and 2: .*30.* not resolved/)]);
    expect(flags([{ layer: 0 }, { layer: 1, flags: [] }])).toEqual([]);
  });

  test('of a chaotic layer no figure of its gradient is shown anywhere', () => {
    const { measured, ...rest } = exampleData({ cell: 'tanh', layers: 2 });
    const layers = measured.layers.map((layer) => ({ ...layer, flags: ['chaotic' as const] }));
    const data = { ...rest, history: null, measured: { ...measured, layers, matrix: undefined } };
    const page = inspectionPage(data, en).replace(/<script.*?<\/script>/gs, '');
    for (const text of [terminalReport(data, en), page]) {
      expect(text).toContain('not resolved');
      expect(text).not.toMatch(
        /it vanishes|preserved in this window|Where it goes|total gradient beside it|Cut off/,
      );
      expect(text).not.toMatch(/measured: from lag/);
    }
    // One of two: the other stands as it is.
    const one = { ...data, measured: { ...data.measured, layers: [layers[0], measured.layers[1]] } };
    expect(terminalReport(one, en)).toMatch(/^1 .*unresolved$/m);
    expect(terminalReport(one, en)).toMatch(/^2 .*(vanishing|thin|preserved)$/m);
    expect(terminalReport(one, en)).toMatch(/The gradient [a-z ]+ in layer 2: /);
  });
});

describe('whatever the figures', () => {
  const value = fc.oneof(
    { weight: 8, arbitrary: fc.double({ min: -60, max: 60, noNaN: true }) },
    fc.constantFrom(null, NaN, Infinity, -Infinity, 1e308, -1e308, 0, -0),
  );
  const shapes = [
    fc.array(value, { minLength: 1, maxLength: 40 }),
    // Curves that have a shape.
    fc
      .record({
        ...{ decades: fc.double({ min: -3, max: 20, noNaN: true }), steps: fc.nat(20) },
        ...{ pace: fc.double({ min: -2, max: 2, noNaN: true }), timesteps: fc.integer({ min: 1, max: 60 }) },
      })
      .map(({ decades, steps, pace, timesteps }) => twoParts(decades, steps, pace, timesteps)),
  ];
  const layers = fc
    .array(
      fc.record({
        h: fc.oneof(...shapes),
        total: fc.array(value, { maxLength: 40 }),
        atZero: fc.constantFrom(undefined, 0.5, 0.96),
        flags: fc.subarray<Flag>(['float32-digits', 'chaotic-float32', 'chaotic']),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((all) =>
      all.map(({ h, total, atZero, flags }, layer): LayerWith<'memory' | 'lagLog10'> => {
        const reached = layerWith(h, { layer, ...(atZero !== undefined && { atZero }) });
        // As the lag probe hands it on.
        const lagLog10 = finiteOf(reached.lagLog10);
        const numbers = total.map((y) => y ?? 0);
        return {
          ...{ ...reached, lagLog10, flags, digitsFromLag: flags.length > 1 ? 3 : null },
          total: { h: numbers.map((y) => 10 ** y), c: null },
          totalLog10: { h: total, c: null },
          split: { gates: h.slice(1), weights: h.slice(1), arriving: h.slice(1) },
        };
      }),
    );
  const WRONG = /NaN|Infinity|undefined|\[object/;

  test('no sentence, line, warning, table or page holds what is no number', () => {
    const { model, measured, name } = exampleData({ cell: 'relu', layers: 1, timesteps: 4 });
    fc.assert(
      fc.property(layers, (reports) => {
        const timesteps = reports[0].lagLog10.h.length;
        const { window, text, loss } = measured;
        const data = {
          ...{ name, model, history: null },
          measured: { window, text, loss, layers: reports },
        };
        for (const words of [en, pt]) {
          const say = toldIn(words);
          const all = [
            ...reports.map((layer) => say.memorySentence(layer, reports.length, timesteps)),
            ...reports.map((layer) => say.memoryWarning(layer, timesteps) ?? ''),
            say.memoryLine(reports, timesteps)?.text ?? '',
            say.memoryLine(reports, timesteps)?.short ?? '',
            say.headline(reports, timesteps),
            say.totalFinding(data) ?? '',
            ...say.flags(reports),
            terminalReport(data, words),
          ];
          for (const text of all) expect(text).not.toMatch(WRONG);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('nor does a page', () => {
    const { model, measured, name } = exampleData({ cell: 'relu', layers: 1, timesteps: 4 });
    fc.assert(
      fc.property(layers, fc.constantFrom(en, pt), (reports, words) => {
        const { window, text, loss } = measured;
        const measuredNow = { window, text, loss, layers: reports };
        const page = inspectionPage({ name, model, history: null, measured: measuredNow }, words);
        expect(WRONG.exec(page.replace(/<script.*?<\/script>/gs, ''))?.[0]).toBeUndefined();
      }),
      { numRuns: 25 },
    );
  });
});

test('clipping counts the steps that were scaled down, and by how much', () => {
  const scales = [1, 0.5, 0.25, 1, 0.1, 1].map((clipScale) => ({ clipScale }));
  expect(clippingOf(scales)).toEqual({ steps: 6, clipped: 3, medianScale: 0.25, smallestScale: 0.1 });
  expect(clippingOf([{ clipScale: 1 }])).toEqual({
    steps: 1,
    clipped: 0,
    medianScale: null,
    smallestScale: null,
  });
});

test('of a window of one timestep the headline says so', () => {
  expect(headline([layerOf(0, -0.3, 1)], 1)).toBe(
    'A window of one timestep has no way back: take a longer --window.',
  );
  expect(headlineOf({ ...exampleData(), measured: null, history: null }, pt)).toMatch(/^Nenhum gradiente/);
});

test('clipping in a sentence: of no step, one, several', () => {
  const { history, ...rest } = exampleData();
  const told = (...scales: number[]): string | null =>
    clippingFinding({
      ...rest,
      history: {
        ...history,
        updates: scales.map((clipScale, i) => ({ ...history.updates[0], step: i + 1, clipScale })),
      },
    });
  expect(told(1)).toBe('The one step was not clipped at norm 5.');
  expect(told(0.5)).toBe('The one step was clipped at norm 5, by a factor of 0.5.');
  expect(told(1, 1)).toBe('None of 2 steps was clipped at norm 5.');
  expect(told(1, 1, 0.25, 1)).toBe('1 of 4 steps (25%) was clipped at norm 5, by a factor of 0.25.');
  expect(told(0.5, 0.25, 0.125, 1)).toBe(
    '3 of 4 steps (75%) were clipped at norm 5; half of those by a factor of 0.25 or less, the strongest by 0.125.',
  );
});

test('the audit is told at the window it was measured on, whatever the run trains with', () => {
  const data = exampleData({ timesteps: 32 });
  expect(auditFinding(data)).toBe(
    'Cut off after 32 timesteps, the gradient lacks 0.4% of what 128 timesteps give.',
  );
  // As `inspect --window 8` of the same run.
  const { audit, window } = exampleData({ timesteps: 8 }).measured;
  const shorter = { ...data, measured: { ...data.measured, window, audit } };
  expect(data.history.info.options['window']).toBe(32);
  expect(auditFinding(shorter)).toMatch(/^Cut off after 8 timesteps, .* of what 32 timesteps give\.$/);
  expect(inspectionPage(shorter, en)).toContain('T = 8');
  expect(inspectionPage(shorter, en)).not.toContain('T = 32');
});

test('a range whose ends read the same is one figure', () => {
  expect(en.numbers.between('1%', '1%')).toBe('1%');
  const data = exampleData();
  const log10 = [[0], [-7.1, 0]];
  const same = { ...data, measured: { ...data.measured, matrix: { layers: [{ layer: 0, log10 }] } } };
  expect(matrixFindings(same)).toEqual([
    "Layer 1: 1 timestep back 10⁻⁷ of a loss's gradient is left, wherever in the window the loss is.",
  ]);
});
