/** A job that comes by a queue is another's: it is one this machine can make, or an error of one line. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DissipaError } from '../../src/base/errors.js';
import { packText, unpackText } from '../../src/cli/jobs/kept.js';
import { checkSize, queuedOf, readJob } from '../../src/cli/jobs/queued.js';
import { parseCompareOptions } from '../../src/study/compare/options.js';
import type { StudyJob } from '../../src/study/jobs/job.js';
import { sweepPlan } from '../../src/study/sweep/options.js';

const VERSION = '1.2.3';
const around = { version: VERSION, text: 'a'.repeat(64), id: 'x-0', of: 'x', label: 'cell=gru' };
const { options } = sweepPlan({ grid: 'cell=gru hidden=64,128', lr: 0.001 });
const JOBS: readonly StudyJob[] = [
  { study: 'sweep', job: { index: 1, share: 0.25, options: options[1] } },
  {
    study: 'compare',
    job: { contender: 'brainjs-repaired', seed: 3 },
    options: parseCompareOptions({ only: 'lstm,brainjs-repaired', seeds: 3, characters: 1000 }),
  },
  {
    study: 'compare',
    job: { contender: 'ngram', seed: 1 },
    options: parseCompareOptions({ minutes: 0.5, match: 'parameters' }),
  },
];
/** As it comes out of Redis. */
const sent = (made: StudyJob): Record<string, unknown> =>
  JSON.parse(JSON.stringify(queuedOf(made, around))) as Record<string, unknown>;

test('a job is read as it was put there, of either study', () => {
  for (const made of JOBS) expect(readJob(sent(made), VERSION, 'x').made).toEqual(made);
});

/** The one line that it ends with. */
function complaintOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(DissipaError);
    const { message } = error as Error;
    expect(message).not.toMatch(/\n|undefined|\[object/);
    return message;
  }
  throw new Error('nothing was wrong with it');
}

test('what is no job of this version is said to be none', () => {
  const [sweep, compare] = JOBS.map(sent);
  for (const wrong of [
    null,
    [],
    'job',
    {},
    { ...sweep, version: '1.2.4' },
    { ...sweep, study: 'lesson' },
    { ...sweep, text: '../../etc/passwd' },
    { ...sweep, id: '../x' },
    { ...sweep, index: -1 },
    { ...sweep, share: 2 },
    { ...sweep, more: 1 },
    { ...sweep, options: { ...options[0], hidden: '64' } },
    { ...sweep, options: { ...options[0], cell: 'constructor' } },
    { ...sweep, options: { ...options[0], module: '/tmp/x.js' } },
    { ...compare, contender: '__proto__' },
    { ...compare, options: { only: ['lstm'] } },
    { ...compare, label: 'x'.repeat(1000) },
  ])
    complaintOf(() => readJob(wrong, VERSION, 'x'));
});

test('anything in place of any of its values is an error of one line (seed 17)', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...JOBS.map(sent)),
      fc.nat(20),
      fc.anything({ maxDepth: 2 }),
      (job, at, value) => {
        const keys = Object.keys(job);
        try {
          readJob({ ...job, [keys[at % keys.length]]: value }, VERSION, 'x');
        } catch (error) {
          expect(error).toBeInstanceOf(DissipaError);
        }
      },
    ),
    { seed: 17, numRuns: 500 },
  );
});

test('what would take a machine’s memory is refused before it does, by its alphabet too', () => {
  const large = (given: Record<string, unknown>): StudyJob => ({
    study: 'sweep',
    job: { index: 0, share: null, options: { ...options[0], ...given } },
  });
  const compared = (given: Record<string, unknown>): StudyJob => ({
    study: 'compare',
    job: { contender: 'brainjs', seed: 1 },
    options: parseCompareOptions(given),
  });
  for (const made of JOBS) checkSize(made, 100, 'x');
  complaintOf(() => {
    checkSize(large({ hidden: 100_000 }), 2, 'x');
  });
  complaintOf(() => {
    checkSize(large({ hidden: 4096 }), 65_000, 'x');
  });
  complaintOf(() => {
    checkSize(large({ batch: 4096, window: 4096 }), 2, 'x');
  });
  complaintOf(() => {
    checkSize(large({ batch: 64, window: 512 }), 65_000, 'x');
  });
  complaintOf(() => {
    checkSize(compared({ hidden: 1e9, match: 'parameters' }), 100, 'x');
  });
  complaintOf(() => {
    checkSize(compared({ hidden: 4000 }), 100, 'x');
  });
});

test('a text is what was sent, and anything else none', () => {
  const text = { alphabet: ['a', '\n', 'é'], ids: Uint16Array.of(0, 1, 2, 1, 0), where: 'a.txt' };
  expect(unpackText(packText(text).bytes, 'x')).toEqual({ ...text, ids: expect.anything() as unknown });
  expect([...unpackText(packText(text).bytes, 'x').ids]).toEqual([...text.ids]);
  const packed = (head: string, body: readonly number[]): Uint8Array =>
    gzipSync(Buffer.concat([Buffer.from(head), Buffer.from(body)]));
  const head = '{"alphabet":["a","b"],"where":"x"}\n';
  for (const wrong of [
    new Uint8Array(),
    Buffer.from('not packed'),
    packText(text).bytes.subarray(0, 30),
    packed('', []),
    packed('{"alphabet":["a"]}\n', [0, 0]),
    packed('{"alphabet":["a","a"],"where":"x"}\n', [0, 0]),
    packed(`${'['.repeat(100_000)}\n`, [0, 0]),
    packed(head, [2, 0]),
    packed(head, [0]),
    // Twice what may be unpacked, of zeros: half a megabyte.
    gzipSync(Buffer.alloc(2 ** 29 + 1)),
  ])
    complaintOf(() => unpackText(wrong, 'x'));
});
