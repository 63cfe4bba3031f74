/** A net of brain.js in a comparison: its own training loop, on windows of the same length. */
import { DissipaError } from '../../base/errors.js';
import { checkNet } from '../brainjs/gradient-check.js';
import type { NetKind } from '../brainjs/make.js';
import { BrainNet } from '../brainjs/net.js';
import { sampleText } from '../sample/sample.js';
import { drive, limitsOf } from './course.js';
import { FAILED, type JobSetup, type ScoredOn, type Running } from './running.js';

export function* runBaseline(
  { job, options, alphabet, training, where, now }: JobSetup,
  { scored, curve, window: { ids, size }, sampling }: ScoredOn,
  kind: NetKind,
  hidden: number,
): Running {
  const { layers, window, baselineLr } = options;
  const net = new BrainNet({ ...kind, layers, hidden, alphabet, seed: job.seed });
  const start = net.layers(ids, size);
  const steps = net.train(training, { window, lr: baselineLr });
  const driven = yield* drive({
    advance: () => {
      try {
        return steps.next().value.characters;
      } catch (error) {
        if (!(error instanceof DissipaError) || net.charactersSeen === 0) throw error;
        return null;
      }
    },
    score: () => net.evaluate(curve, where).bitsPerChar,
    now,
    limits: limitsOf(options, true),
  });
  const gradientCheck = checkNet(kind);
  const facts = { hidden, layers, parameters: net.parameters, start, gradientCheck, ...driven };
  if (driven.ended === 'diverged') return { ...facts, ...FAILED };
  return {
    ...facts,
    heldOut: net.evaluate(scored, where),
    end: net.layers(ids, size),
    sample: sampleText({ run: (options) => net.sample(options) }, alphabet, sampling),
  };
}
