/**
 * The n-gram model in a comparison: the floor. It counts the training text once, whatever the budget. Its order is the
 * one best for the very characters it is scored on, so it is, if anything, flattered.
 */
import { NgramModel } from '../ngrams/model.js';
import { sampleText } from '../sample/sample.js';
import type { JobSetup, ScoredOn, Running } from './running.js';

// Done in one go; a generator because those are that tell of their progress.
export function* runNgrams(
  { alphabet, training, where, now }: JobSetup,
  { scored, curve, sampling }: ScoredOn,
): Running {
  const started = now();
  const model = new NgramModel(training, scored, alphabet, where);
  const seconds = Math.max(0, now() - started) / 1000;
  const heldOut = model.evaluate(scored, where);
  return {
    ...{ hidden: null, layers: null, parameters: model.parameters, order: model.order },
    ...{ charactersSeen: training.length, seconds, ended: 'budget', heldOut },
    curve: [{ characters: training.length, seconds, bitsPerChar: model.evaluate(curve, where).bitsPerChar }],
    ...{
      start: null,
      end: null,
      sample: sampleText({ run: (one) => model.sample(one) }, alphabet, sampling),
    },
  };
}
