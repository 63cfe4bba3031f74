/** How often a run looks at the held-out text, and at how much of it: what that costs, and when the first look is. */
import { describe, expect, test } from 'vitest';
import { openReference } from '../../src/kernels/reference.js';
import type { Symbols } from '../../src/text/symbols.js';
import { cadenceFor, isDue, type Cadence, type Lengths } from '../../src/train/cadence.js';
import { parseTrainOptions, trainOptions } from '../../src/train/options.js';
import type { TrainerSetup } from '../../src/train/setup.js';
import { Trainer } from '../../src/train/trainer.js';

const SIZE = { rows: 32, timesteps: 64 };
/** Nine tenths of a text are trained on. */
const lengthsOf = (characters: number, size = SIZE): Lengths => ({
  size,
  windowsPerPass: (0.9 * characters) / (size.rows * size.timesteps),
  heldOut: Math.floor(0.1 * characters),
});
const dueIn = (cadence: Cadence, steps: number): number[] =>
  Array.from({ length: steps }, (_, i) => i + 1).filter((step) => isDue(cadence, step));

describe('the cadence', () => {
  test.each([3_000, 369_015, 1_115_394, 5e7, 9.8e7])(
    'on %d characters costs a tenth of the work, not more, whenever the run ends',
    (characters) => {
      for (const size of [SIZE, { rows: 1, timesteps: 64 }, { rows: 64, timesteps: 256 }]) {
        const lengths = lengthsOf(characters, size);
        const cadence = cadenceFor(lengths, {});
        // A prediction costs a third of what a step does with it.
        const evaluating = Math.min(cadence.evaluateCharacters, lengths.heldOut) / 3;
        dueIn(cadence, 20_000).forEach((step, i) => {
          const work = (i + 1) * evaluating;
          const share = work / (work + step * size.rows * size.timesteps);
          // The first few come sooner.
          expect(share).toBeLessThanOrEqual(step < 8 * cadence.evaluateEvery ? 0.2 : 0.125);
        });
      }
    },
  );

  test('looks at all of a text that is not long, and at a bounded part of one that is', () => {
    const usual = { evaluateFirst: 55, evaluateEvery: 250, evaluateCharacters: 36_901 };
    expect(cadenceFor(lengthsOf(369_015), {})).toEqual(usual);
    expect(cadenceFor(lengthsOf(9.8e7), {})).toEqual({
      ...usual,
      evaluateFirst: 96,
      evaluateCharacters: 65_536,
    });
  });

  test('looks early, then at twice the step, then regularly', () => {
    expect(dueIn(cadenceFor(lengthsOf(369_015), {}), 800)).toEqual([55, 110, 220, 250, 500, 750]);
  });

  test('of a short text looks often, as it is soon learnt by heart', () => {
    const cadence = cadenceFor(lengthsOf(3_000), {});
    expect(cadence.evaluateEvery).toBeLessThan(20);
    // The best was at step 100.
    expect(dueIn(cadence, 120).some((step) => Math.abs(step - 100) <= 10)).toBe(true);
  });

  test('of a run whose windows are small looks in a thousand steps at the latest', () => {
    for (const size of [
      { rows: 1, timesteps: 64 },
      { rows: 4, timesteps: 32 },
    ])
      expect(cadenceFor(lengthsOf(5e7, size), {}).evaluateEvery).toBeLessThanOrEqual(1_000);
  });

  test('what is given is as it is given', () => {
    const given = { evaluateEvery: 7, evaluateCharacters: 999 };
    expect(cadenceFor(lengthsOf(5e7), given)).toEqual({ ...given, evaluateFirst: 7 });
    expect(dueIn(cadenceFor(lengthsOf(5e7), given), 22)).toEqual([7, 14, 21]);
    expect(dueIn(cadenceFor(lengthsOf(5e7), { evaluateEvery: 10, evaluateFirst: 3 }), 22)).toEqual([
      3, 6, 10, 20,
    ]);
    // The one is chosen for the other.
    expect(cadenceFor(lengthsOf(5e7), { evaluateCharacters: 5e6 }).evaluateEvery).toBeGreaterThan(5_000);
  });
});

/** A text that counts how many of its symbols are read. */
function counting(length: number): Symbols & { readonly reads: () => number } {
  let reads = 0;
  return {
    length,
    read: (from, into) => {
      reads += into.length;
      for (let i = 0; i < into.length; i++) into[i] = ((from + i) * 7) % 5;
    },
    reads: () => reads,
  };
}

describe('a trainer', () => {
  const make = (options: Record<string, unknown>, setup: Partial<TrainerSetup> = {}): Trainer =>
    new Trainer({
      kernels: openReference(),
      shape: { cell: 'tanh', layers: 1, hidden: 3, symbols: 5 },
      options: parseTrainOptions({ hidden: 3, batch: 2, window: 8, steps: 40, ...options }),
      training: counting(500),
      validation: counting(200),
      probes: [],
      where: 'text',
      ...setup,
    });

  test('completes its options, in the order of the table; as a snapshot has them', () => {
    const trainer = make({});
    expect(trainer.options).toMatchObject({ evaluateFirst: 38, evaluateEvery: 250, evaluateCharacters: 200 });
    const names = Object.keys(trainer.options);
    expect(names).toEqual(Object.keys(trainOptions.shape).filter((name) => names.includes(name)));
    expect(trainer.snapshot().state.options).toEqual(trainer.options);
  });

  test('goes on at its cadence when it is given more steps', () => {
    const first = make({ steps: 400 });
    const events = [...first.run()];
    const options = { ...first.options, steps: 4_000 };
    const second = make({}, { options, from: first.snapshot() });
    expect(second.options).toEqual(options);
    expect(events.filter(({ kind }) => kind === 'evaluation').map(({ step }) => step)).toEqual([
      38, 76, 152, 250, 400,
    ]);
  });

  test('one of version 1 keeps its cadence, and all of the held-out text', () => {
    const trainer = make(
      { evaluateEvery: 20, validation: 0.5 },
      { version: 1, validation: counting(70_000) },
    );
    expect(trainer.options).toEqual(parseTrainOptions({ ...trainer.options }));
    expect(trainer.options.evaluateCharacters).toBeUndefined();
    const [evaluation] = [...trainer.run()].filter((event) => event.kind === 'evaluation');
    expect(evaluation.predictions).toBe(32 * Math.floor(69_999 / 32));
  });

  test('looks at a part of a long held-out text on the way, the same each time, and at all of it at the end', () => {
    const [validation, text] = [counting(100_000), counting(50_000)];
    const trainer = make({ evaluateEvery: 20, evaluateCharacters: 4_096 }, { validation, test: text });
    const evaluations = [...trainer.run()].filter((event) => event.kind === 'evaluation');
    expect(evaluations.map(({ predictions }) => predictions)).toEqual([4_096, 4_096]);
    expect(validation.reads()).toBeLessThan(20_000);
    expect(text.reads()).toBe(0);
    const figures = trainer.figures();
    const shares: number[] = [];
    let result = figures.next();
    for (; result.done !== true; result = figures.next()) shares.push(result.value);
    expect(result.value.validation?.predictions).toBe(99_999);
    expect(result.value.test?.predictions).toBe(49_999);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});
