/** A network of this project in a comparison. */
import * as z from 'zod';
import { firstIssue } from '../../base/issue.js';
import { failure } from '../../base/errors.js';
import type { LayerReport } from '../../bptt/report.js';
import { lag } from '../../probe/lag.js';
import { saturation } from '../../probe/saturation.js';
import { parseTrainOptions } from '../../train/options.js';
import { Trainer } from '../../train/trainer.js';
import { bitsOf, evaluateIds, networkEvaluator } from '../evaluate/evaluate.js';
import { reportsOn } from '../inspect/reports.js';
import { Sampler, sampleText } from '../sample/sample.js';
import type { Contender } from './contenders.js';
import { snapshotBytes, snapshotIn } from '../jobs/snapshot.js';
import { drive, limitsOf, wayPoint, type WayPoint } from './course.js';
import { layersSchema } from './result.js';
import { FAILED, type JobSetup, type ScoredOn, type Running } from './running.js';

/** Without end: the course ends it. */
const STEPS = 2 ** 31 - 1;

export function* runOwn(
  { job, options, alphabet, training, where, kernels, now, from: bytes }: JobSetup,
  { scored, curve, window: beginning, sampling }: ScoredOn,
  { cell, init }: Extract<Contender, { kind: 'own' }>,
  hidden: number,
): Running {
  const { layers, window, batch, lr, clip, forgetBias } = options;
  const { size: symbols, end } = alphabet;
  const shape = { cell, layers, hidden, symbols, ...(end !== undefined && { end }) };
  const from = bytes ? snapshotIn(bytes, where) : null;
  const before = from === null ? null : wayIn(from.beside, where);
  const trainer = new Trainer({
    kernels,
    shape,
    options: parseTrainOptions({
      ...{ cell, init, layers, hidden, window, batch, lr, clip, forgetBias },
      ...{ seed: job.seed, steps: STEPS, probe: 'off', evaluateEvery: STEPS, checkpointEvery: STEPS },
    }),
    training,
    validation: new Uint16Array(),
    probes: [],
    where,
    ...(from && { from }),
  });
  const room = kernels.room();
  try {
    const { network } = trainer;
    /** Lag curve, memory and saturation. */
    const layersNow = () => reportsOn(network, beginning, [lag, saturation]);
    const start = before === null ? layersNow() : before.start;
    const evaluator = room.fill(() => networkEvaluator(network));
    const events = trainer.run();
    const driven = yield* drive({
      advance: () => {
        // Each step tells one thing: no probe, evaluation or checkpoint is due.
        const { value } = events.next();
        return value?.kind === 'step' ? value.step * batch * window : null;
      },
      score: () => bitsOf(evaluator.run(curve).lossNats),
      now,
      limits: limitsOf(options, false),
      from: before?.way,
      keep: (way) => ({
        ...{ kind: 'checkpoint', step: trainer.step, seconds: way.seconds },
        bytes: snapshotBytes(trainer, alphabet, { way, start }),
      }),
    });
    const facts = { hidden, layers, parameters: network.parameters.flat.length, start, ...driven };
    if (driven.ended === 'diverged') return { ...facts, ...FAILED };
    const heldOut = evaluateIds(evaluator, scored, alphabet, where);
    return {
      ...facts,
      heldOut: Number.isFinite(heldOut.lossNats) ? heldOut : null,
      end: layersNow(),
      sample: sampleText(
        room.fill(() => new Sampler({ network, alphabet })),
        alphabet,
        sampling,
      ),
    };
  } finally {
    room.release();
    trainer.release();
  }
}

/** What a checkpoint tells beside the training: how far its course is, and what was measured before it. */
interface Way {
  readonly way: WayPoint;
  readonly start: readonly LayerReport[] | null;
}

function wayIn(beside: unknown, where: string): Way {
  const { success, error } = z.object({ way: wayPoint, start: layersSchema }).safeParse(beside);
  if (success) return beside as Way;
  throw failure('state.wrong', { where, entry: 'study', issue: firstIssue(beside, error) });
}
