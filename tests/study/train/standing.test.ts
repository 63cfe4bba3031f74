/** What is said of a training's end follows from its figures: each finding at its condition, and not beside it. */
import { describe, expect, test } from 'vitest';
import {
  deadLayersOf,
  GAIN_NATS,
  GAP_NATS,
  RISE_NATS,
  standingOf,
  type LossCourse,
  type Finding,
  type Loss,
} from '../../../src/study/train/standing.js';
import type { LayerReport } from '../../../src/bptt/report.js';

const STEPS = 1000;
const EVEN = Math.log(50);

/** Losses at every hundredth step, by a function of the step. */
const losses = (at: (step: number) => number, every = 10): Loss[] =>
  Array.from({ length: STEPS / every }, (_, i) => ({
    step: (i + 1) * every,
    lossNats: at((i + 1) * every),
  }));

const course = (given: Partial<LossCourse> = {}): LossCourse => ({
  symbols: 50,
  step: STEPS,
  evaluations: losses(() => 2, 100),
  updates: losses(() => 1.9),
  isAnnealed: false,
  deadLayers: [],
  ...given,
});

const kinds = (given: Partial<LossCourse>, counted: number | null = null): Finding['kind'][] =>
  standingOf(
    course(given),
    counted === null ? null : { lossNats: [3, counted], measured: 100, isWhole: true },
  ).findings.map(({ kind }) => kind);

/** Falls to `low` at step 500 and stands `rise` above it at the end. */
const upAgain = (low: number, rise: number): Loss[] =>
  losses((step) => (step < 500 ? low + 0.5 : step === 500 ? low : low + rise), 100);

describe('how a training went', () => {
  test('no step: as it was drawn, whatever the loss', () => {
    expect(kinds({ step: 0, updates: [], evaluations: [{ step: 0, lossNats: 9 }] })).toEqual(['untrained']);
  });

  test('worse than even guessing on both parts: failed; on the held-out one alone: nothing carries over', () => {
    const evaluations = losses(() => EVEN + 0.1, 100);
    expect(kinds({ evaluations, updates: losses(() => EVEN + 0.1) })).toEqual(['failed']);
    expect(kinds({ evaluations })).toEqual(['nothing-carries-over']);
    expect(kinds({ evaluations: [], updates: losses(() => 1.9) })).toEqual([]);
    expect(kinds({ evaluations: [], updates: losses(() => NaN) })).toContain('failed');
  });

  test('the held-out loss rises while the other falls: overfitting, from where it was lowest', () => {
    const updates = losses((step) => 2 - step / STEPS);
    const { findings, best, end } = standingOf(
      course({ evaluations: upAgain(2, 2 * RISE_NATS), updates }),
      null,
    );
    expect(findings).toEqual([
      { kind: 'overfitting', since: 500, rise: expect.closeTo(2 * RISE_NATS, 12) as number },
    ]);
    expect(best?.step).toBe(500);
    expect(end?.step).toBe(STEPS);
  });

  test('both rise: the training came apart', () => {
    const updates = losses((step) => 1 + step / STEPS);
    expect(kinds({ evaluations: upAgain(2, 2 * RISE_NATS), updates })).toEqual(['diverged']);
  });

  test('a rise that evaluations make by themselves is none', () => {
    expect(kinds({ evaluations: upAgain(2, 0.9 * RISE_NATS) })).toEqual([]);
  });
});

describe('beside counting', () => {
  test('by how much, and on which side', () => {
    expect(kinds({}, 1.8)).toEqual(['behind-counting']);
    expect(kinds({}, 2.3)).toEqual(['ahead-of-counting']);
    const [finding] = standingOf(course(), { lossNats: [3, 1.8, 1.9], measured: 1, isWhole: true }).findings;
    expect(finding).toMatchObject({ kind: 'behind-counting', by: expect.closeTo(0.2, 12) as number });
  });

  test('the figure over all of the held-out text counts, where evaluations looked at a part', () => {
    expect(kinds({ whole: { step: 100, lossNats: 1.7 } }, 1.8)).toEqual(['ahead-of-counting']);
    // Of another step it says nothing of the best one.
    expect(kinds({ whole: { step: 900, lossNats: 1.7 } }, 1.8)).toEqual(['behind-counting']);
  });

  test('what never beat even guessing is compared with nothing', () => {
    expect(kinds({ evaluations: losses(() => EVEN + 1, 100) }, 1.8)).toEqual(['nothing-carries-over']);
  });
});

describe('still improving', () => {
  const falling = (lastTenth: number): Loss[] =>
    losses((step) => (step <= 0.9 * STEPS ? 2 : 2 - lastTenth), 50);

  test('the last tenth brought enough, or it did not', () => {
    expect(kinds({ evaluations: falling(2 * GAIN_NATS) })).toEqual(['improving']);
    expect(kinds({ evaluations: falling(0.9 * GAIN_NATS) })).toEqual([]);
  });

  test('a falling rate brings the loss down with it: only what has learnt nothing by heart goes on', () => {
    const evaluations = falling(2 * GAIN_NATS);
    const apart = (gap: number): Partial<LossCourse> => ({
      ...{ evaluations, isAnnealed: true },
      updates: losses(() => 2 - 2 * GAIN_NATS - gap),
    });
    expect(kinds(apart(2 * GAP_NATS))).toEqual([]);
    expect(kinds(apart(GAP_NATS / 2))).toEqual(['improving']);
  });
});

test('dead layers are those of ReLU, with nearly all units at 0 on average', () => {
  const layer = (number: number, shares: readonly number[]): LayerReport => ({
    layer: number,
    saturation: { relu: shares },
  });
  const layers = [layer(0, [0.4, 0.6]), layer(1, [1, 1])];
  expect(deadLayersOf('relu', layers)).toEqual([1]);
  expect(deadLayersOf('tanh', layers)).toEqual([]);
  expect(kinds({ deadLayers: [1] })).toEqual(['dead']);
});
