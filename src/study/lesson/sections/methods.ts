/**
 * Section 7: it is a matter of training method and activation, not of networks as such. The same task, the same width, one
 * layer: what is left by lag with sigmoid, tanh, ReLU (uniform and identity initialisation), LSTM and GRU, before and after
 * the training; and what each costs: dead units, gradients that explode, trainings that end in no numbers.
 */
import { forward } from '../../../bptt/forward.js';
import { windowOf } from '../../../bptt/window.js';
import type { WindowSize } from '../../../text/windows.js';
import { relativeCurve } from '../../../probe/curve.js';
import type { Model } from '../../model/model.js';
import { vanishes } from '../curve.js';
import { CONTENDERS, net, type Measuring } from '../doing.js';
import type { NetSpec } from '../../../words/lesson/doing.js';
import type { BriefRun, Nets } from '../nets.js';
import { now, sound, type ClaimVerdict } from '../../../words/lesson/outcome.js';
import { claimPart, verdictOf } from '../outcome.js';
import {
  type MethodsFigures,
  type MethodsPart,
  type MethodNets,
  type Attempt,
  type AttemptReach,
  type Norms,
  furthest,
  reachOf,
  tanhOf,
  REPEATS,
} from '../../../words/lesson/methods.js';

/** What loses at most half as many powers of ten over the window as tanh does has another fate. */
export const SHARE_OF_DECADES = 0.5;

/** A gradient a hundred times its usual size explodes. */
export const EXPLODES_TIMES = 100;

/** ReLU's price is set beside what tanh pays. */
const isTriedFree = ({ cell }: NetSpec): boolean => cell === 'relu' || cell === 'tanh';

const free = (spec: NetSpec): NetSpec => ({ ...spec, clip: false });

const repeated = (spec: NetSpec): NetSpec[] =>
  Array.from({ length: REPEATS }, (_, repeat) => ({ ...spec, repeat }));

export const methodsNets: readonly NetSpec[] = CONTENDERS.flatMap(repeated).flatMap((spec) =>
  isTriedFree(spec) ? [spec, free(spec)] : [spec],
);

export function* measureMethods(nets: Nets): Measuring<MethodsFigures> {
  const { measured, size } = nets.setup;
  const contenders: MethodNets[] = [];
  for (const { cell, init } of CONTENDERS) {
    const attempts: Attempt[] = [];
    for (const spec of repeated(net(cell, { init }))) {
      const run = yield* nets.get(spec);
      const stages = nets.stages(run, (contents): AttemptReach => {
        const [layer] = nets.inspect(contents);
        const dead = cell === 'relu' ? deadUnits(nets.load(contents), measured, size) : null;
        return { curve: relativeCurve(layer), memory: layer.memory, dead };
      });
      attempts.push({
        ...stages,
        seed: nets.seedOf(spec),
        clipped: run.clipped,
        clippedNorms: normsOf(run),
        freeNorms: isTriedFree(spec) ? normsOf(yield* nets.get(free(spec))) : null,
      });
    }
    contenders.push({ cell, init, attempts });
  }
  return { contenders, ...methodsVerdict(contenders) };
}

export function normsOf({
  gradientNorms,
  divergedAt,
}: Pick<BriefRun, 'gradientNorms' | 'divergedAt'>): Norms {
  const sorted = [...gradientNorms].sort((a, b) => a - b);
  return {
    median: sorted.at(sorted.length >> 1) ?? null,
    largest: sorted.at(-1) ?? null,
    divergedAt,
  };
}

/** The largest gradient in terms of the usual one; null where there is none to compare with. */
export const besideUsual = ({ median, largest }: Norms): number | null =>
  median === null || largest === null || median === 0 ? null : largest / median;

/** Its gradient was a hundred times its usual size, or ended in no number. */
export const exploded = (norms: Norms): boolean =>
  norms.divergedAt !== null || (besideUsual(norms) ?? 0) >= EXPLODES_TIMES;

/** Share of the only layer's units that are 0 on the whole window. */
export function deadUnits({ network }: Model, symbols: Uint16Array, size: WindowSize): number {
  const unrolled = windowOf(network, symbols, size, false);
  forward(unrolled, size.timesteps);
  const { data, cols: H } = unrolled.layers[0].output;
  const alive = new Set<number>();
  data.forEach((h, j) => {
    if (h > 0) alive.add(j % H);
  });
  return 1 - alive.size / H;
}

/** @param far log10 of what is left; @param tanh the same of a tanh whose gradient has not grown */
export const reachesFurther = (far: number, tanh: number): boolean => far >= SHARE_OF_DECADES * tanh;

/** Of sigmoid and tanh the gradient vanishes, in each network; beside each tanh of which it does, another reaches further. */
export function methodsVerdict(contenders: readonly MethodNets[]): ClaimVerdict<MethodsPart> {
  const squashing = contenders.filter(({ cell }) => cell === 'sigmoid' || cell === 'tanh');
  const vanish = squashing.flatMap(({ attempts }) =>
    attempts.flatMap((attempt) => sound(attempt).map(({ curve }) => vanishes(curve))),
  );
  const reach = (tanhOf(contenders)?.attempts ?? []).flatMap((tanh, i) => {
    const best = furthest(contenders, i);
    if (best === null || !vanishes(now(tanh).curve)) return [];
    return [reachesFurther(reachOf(best.attempts[i]), reachOf(tanh))];
  });
  const verdict = verdictOf([
    claimPart<MethodsPart>('vanish', vanish),
    claimPart<MethodsPart>('reach', reach),
  ]);
  // That it vanishes is half of the claim alone.
  return reach.length === 0 && verdict.outcome === 'holds' ? { ...verdict, outcome: 'open' } : verdict;
}
