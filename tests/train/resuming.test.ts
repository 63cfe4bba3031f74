/** What a run that is taken up again may be told anew. */
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/base/errors.js';
import { flagOf } from '../../src/base/options.js';
import { parseTrainOptions, trainOptions } from '../../src/train/options.js';
import { isResumable, resumedWith, whyFixed } from '../../src/train/resuming.js';

const HAD = parseTrainOptions({ cell: 'lstm', layers: 2, steps: 40 });
/** Another value than the run's for each option. */
const OTHERS: Readonly<Record<string, unknown>> = {
  ...{ cell: 'gru', layers: 3, hidden: 64, init: 'glorot', forgetBias: 2, dropout: 0.5 },
  ...{ window: 32, batch: 16, validation: 0.2, test: 0.1, encoding: 'utf-8', keepBoilerplate: true },
  ...{ lowercase: true, minCount: 2, steps: 80, epochs: 2, lr: 0.1, schedule: 'cosine', warmup: 5 },
  ...{ minLr: 1e-5, clip: 1, clipMode: 'value', patience: 3, seed: 2, optimizer: 'sgd', momentum: 0.5 },
  ...{ alpha: 0.5, beta1: 0.5, beta2: 0.5, epsilon: 1e-6, weightDecay: 0.1, evaluateEvery: 9 },
  ...{ evaluateFirst: 3, evaluateCharacters: 50, checkpointEvery: 7, keep: 5, sampleEvery: 3, probe: 'full' },
  ...{ engine: 'reference', threads: 2, lagEvery: 3, average: 0.9 },
};

const names = Object.keys(trainOptions.shape).filter((name) => name in OTHERS);

test('most options are tried', () => {
  expect(names.length).toBeGreaterThan(35);
  expect(names.filter(isResumable)).toEqual(
    expect.arrayContaining([
      'lr',
      'schedule',
      'warmup',
      'minLr',
      'weightDecay',
      'clip',
      'clipMode',
      'dropout',
      'probe',
    ]),
  );
});

describe.each(names)('%s', (name) => {
  const value = OTHERS[name];
  test.runIf(isResumable(name))('may be given anew', () => {
    expect(parseTrainOptions(resumedWith(HAD, { [name]: value }))).toMatchObject({ [name]: value });
  });

  test.runIf(!isResumable(name))('may not, unless it is what the run has; it is said why', () => {
    expect(resumedWith(HAD, { [name]: HAD[name as keyof typeof HAD] })).toEqual(HAD);
    try {
      resumedWith(HAD, { [name]: value });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      expect(error).toMatchObject({ where: flagOf(name) });
      expect((error as UsageError).problem).toMatchObject({ values: { why: whyFixed(name) } });
      expect(whyFixed(name)).not.toBe(whyFixed('none of them'));
    }
  });
});

test('a preset of probes is given with all its schedules, but for those given beside it', () => {
  const full = parseTrainOptions({ probe: 'full' });
  const options = parseTrainOptions(resumedWith(HAD, { probe: 'full', lagEvery: 3 }));
  expect(options.splitEvery).toBe(full.splitEvery);
  expect(options.splitEvery).not.toBe(HAD.splitEvery);
  expect(options.lagEvery).toBe(3);
});
