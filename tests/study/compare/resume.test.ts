/** A contender that was interrupted goes on bit for bit, whichever checkpoint it is taken up from. */
import { describe, expect, test } from 'vitest';
import { DissipaError } from '../../../src/base/errors.js';
import { openReference } from '../../../src/kernels/reference.js';
import { openWasm } from '../../../src/kernels/wasm.js';
import type { Kernels } from '../../../src/kernels/kernels.js';
import type { ContenderName } from '../../../src/study/compare/contenders.js';
import { compareKind } from '../../../src/study/compare/kind.js';
import { parseCompareOptions } from '../../../src/study/compare/options.js';
import type { JobEvent, JobResult } from '../../../src/study/compare/result.js';
import type { CheckpointEvent } from '../../../src/study/jobs/checkpoint.js';
import { runStudyJob } from '../../../src/study/jobs/job.js';
import { Alphabet } from '../../../src/text/alphabet.js';

const TEXT = 'O vento não diz nada; quem o ouve é que responde.\n'.repeat(60);
const alphabet = Alphabet.of(TEXT, 'text');
const text = { alphabet: alphabet.symbols, ids: alphabet.encode(TEXT, 'text'), where: 'text' };
const options = parseCompareOptions({
  ...{ hidden: 6, layers: 2, window: 8, batch: 3, scored: 200, characters: 900, validation: 0.2 },
});

/** A look at the clock is three seconds after the last: a checkpoint comes every few steps. */
function eventsOf(contender: ContenderName, kernels: Kernels, from: CheckpointEvent | null): JobEvent[] {
  let seconds = 0;
  const job = { contender, seed: 5 };
  return [
    ...runStudyJob({
      ...{ made: compareKind(options).made(job), text, kernels },
      ...{ from: from?.bytes ?? null, spent: from?.seconds ?? 0, now: () => 1000 * (seconds += 3) },
    }),
  ] as JobEvent[];
}

const checkpointsOf = (events: readonly JobEvent[]): CheckpointEvent[] =>
  events.flatMap((event) => (event.kind === 'checkpoint' ? [event] : []));

/** Without what the clock says. */
function resultOf(events: readonly JobEvent[]): Omit<JobResult, 'seconds'> {
  const last = events.at(-1);
  if (last?.kind !== 'result') throw new Error('no result');
  const { seconds, ...result } = last.result;
  expect(seconds).toBeGreaterThan(0);
  return { ...result, curve: result.curve.map((point) => ({ ...point, seconds: 0 })) };
}

describe.each([
  ['reference', () => openReference()],
  ['wasm', () => openWasm()],
])('%s', (_, open) => {
  test.each<ContenderName>(['tanh', 'lstm', 'gru', 'irnn'])('%s', async (contender) => {
    const kernels = await open();
    const whole = eventsOf(contender, kernels, null);
    const checkpoints = checkpointsOf(whole);
    expect(checkpoints.length).toBeGreaterThan(3);
    const expected = resultOf(whole);
    for (const from of checkpoints) {
      const rest = eventsOf(contender, kernels, from);
      expect(resultOf(rest)).toEqual(expected);
      expect(checkpointsOf(rest).every(({ step }) => step > from.step)).toBe(true);
    }
    // Interrupted again and again.
    let [from, events] = [checkpoints[0], whole];
    for (let times = 0; times < 3; times++) {
      events = eventsOf(contender, kernels, from);
      from = checkpointsOf(events).at(0) ?? from;
    }
    expect(resultOf(events)).toEqual(expected);
  });
});

test('brain.js and the counting model have none; what is no checkpoint of a contender is refused', () => {
  expect(checkpointsOf(eventsOf('ngram', openReference(), null))).toEqual([]);
  const bad = { kind: 'checkpoint', step: 1, seconds: 1, bytes: new Uint8Array(40) } as const;
  expect(() => eventsOf('tanh', openReference(), bad)).toThrow(DissipaError);
});
