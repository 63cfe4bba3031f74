/**
 * Section 1: a change to an early parameter, even a large one, hardly moves the output; the same change late moves it. By
 * changing alone (`changes.ts`): the weights of each layer of a network of four, and the top layer's state k timesteps back.
 */
import { toldAs } from '../../../base/steps.js';
import { inRoom, scoped } from '../../../kernels/scoped.js';
import type { WindowSize } from '../../../text/windows.js';
import { ALL_CHANGES, Changing } from '../changes.js';
import type { Change, Moves } from '../../../words/lesson/changes.js';
import { net, shapeOf, updateCost, type Measuring } from '../doing.js';
import type { Doing, NetSpec } from '../../../words/lesson/doing.js';
import { drawing, drawingCost, freshNets } from '../fresh.js';
import type { Nets } from '../nets.js';
import { claimPart, verdictOf } from '../outcome.js';
import { sound, type ClaimVerdict } from '../../../words/lesson/outcome.js';
import type { LessonSetup } from '../setup.js';
import {
  beside,
  drawnShare,
  type SensitivityFigures,
  type SensitivityPart,
  type Ends,
  JUDGED,
  type Sensitivity,
  HARDLY_BY_TIMESTEP,
} from '../../../words/lesson/sensitivity.js';

/** Few, since there are thousands of passes. */
const ROWS = 4;

/** Moved by less than a tenth of what the same change moves in the last layer: hardly. In time, by less than a hundredth. */
export const HARDLY_BY_LAYER = 0.1;

const LAYERS = 4;

const CELLS = ['sigmoid', 'tanh', 'relu'] as const;

export const sensitivityNets: readonly NetSpec[] = CELLS.map((cell) => net(cell, { layers: LAYERS }));

/** In updates: hundreds of passes, before and after; and of each network that is drawn, its ends. */
const CHANGING_STEPS = 130;

const DRAWING_STEPS = 13;

const changingCost = (setup: LessonSetup, spec: NetSpec): number =>
  CHANGING_STEPS * updateCost(shapeOf(setup, spec));

export const sensitivityCost = (setup: LessonSetup): number =>
  sensitivityNets.reduce(
    (sum, spec) => sum + changingCost(setup, spec) + drawingCost(setup, spec.cell, LAYERS, DRAWING_STEPS),
    0,
  );

export function* measureSensitivity(nets: Nets): Measuring<SensitivityFigures> {
  const { setup } = nets;
  const { measured: symbols, seed, size, window } = setup;
  const few = { rows: Math.min(ROWS, size.rows), timesteps: window };
  const found: SensitivityFigures['nets'][number][] = [];
  for (const spec of sensitivityNets) {
    const run = yield* nets.get(spec);
    const stages = run.end ? [run.start, run.end] : [run.start];
    const taken: Sensitivity[] = [];
    for (const contents of stages) {
      const measuring = inRoom(
        setup.kernels,
        () => new Changing(nets.load(contents).network, symbols, few, seed),
        (changing) => sensitivityOf(changing, LAYERS, few),
      );
      const measured = yield* toldAs(measuring, ({ done, of }): Doing => {
        const before = taken.length * of;
        const cost = changingCost(setup, spec);
        return { kind: 'changing', spec, done: before + done, of: stages.length * of, cost };
      });
      taken.push(measured);
    }
    const drawn: Ends[] = [];
    const cost = drawingCost(setup, spec.cell, LAYERS, DRAWING_STEPS);
    for (const { network, init, seed: drawnWith } of freshNets(setup, spec.cell, LAYERS)) {
      const ends = scoped(setup.kernels, () =>
        endsOf(new Changing(network, symbols, few, seed), LAYERS, few),
      );
      drawn.push({ init, seed: drawnWith, ...ends });
      yield drawing(spec.cell, LAYERS, drawn.length, cost);
    }
    found.push({
      cell: spec.cell,
      drawn,
      start: taken[0],
      end: taken.at(1) ?? null,
      validationLossNats: run.validationLossNats,
      hasLearnt: run.hasLearnt,
    });
  }
  return { layers: LAYERS, nets: found, ...sensitivityVerdict(found) };
}

export function* sensitivityOf(
  changing: Changing,
  layers: number,
  { timesteps }: WindowSize,
): Generator<{ done: number; of: number }, Sensitivity, undefined> {
  const lags = lagsFor(timesteps);
  const of = layers + lags.length;
  let done = 0;
  const byLayer: Moves[] = [];
  for (let l = 0; l < layers; l++) {
    byLayer.push(changing.weights(l, ALL_CHANGES));
    yield { done: ++done, of };
  }
  const byLag: Sensitivity['byLag'][number][] = [];
  for (const lag of lags) {
    byLag.push({ lag, moved: changing.state(lag, ALL_CHANGES) });
    yield { done: ++done, of };
  }
  return { byLayer, byLag };
}

const endsOf = (
  changing: Changing,
  layers: number,
  { timesteps }: WindowSize,
): Pick<Ends, 'layer' | 'lag'> => ({
  layer: { first: changing.weights(0, JUDGED), last: changing.weights(layers - 1, JUDGED) },
  lag: { far: changing.state(timesteps - 1, JUDGED), near: changing.state(0, JUDGED) },
});

/** 0, 1, 2, 3, 4, 6, 8, 12 … and the window's last. */
export function lagsFor(timesteps: number): number[] {
  const lags = [0, 1];
  for (let k = 2; k < timesteps - 1; k *= 2) lags.push(k, ...(k * 1.5 < timesteps - 1 ? [k * 1.5] : []));
  return [...new Set([...lags, timesteps - 1])].sort((a, b) => a - b);
}

/** The same of a network that was measured whole: its first layer beside the last, its furthest lag beside lag 0. */
export const shares = (
  { byLayer, byLag }: Sensitivity,
  change: Change,
): { readonly layer: number | null; readonly lag: number | null } => ({
  layer: beside(byLayer[0][change], byLayer[byLayer.length - 1][change]),
  lag: beside(byLag[byLag.length - 1].moved[change], byLag[0].moved[change]),
});

/** The share of what the last layer, or lag 0, moves, in each case that was measured: drawn, and trained where it has learnt. */
export function sharesOf(
  { drawn, ...stages }: SensitivityFigures['nets'][number],
  what: 'layer' | 'lag',
): number[] {
  const fresh = drawn.flatMap((ends) => JUDGED.map((change) => drawnShare(ends, change, what)));
  const trained = sound(stages)
    .slice(1)
    .flatMap((found) => JUDGED.map((change) => shares(found, change)[what]));
  return [...fresh, ...trained].filter((share) => share !== null);
}

/** The claim is of sigmoid and tanh: in layers and in time, of the smallest change and of the largest. */
export const sensitivityVerdict = (found: SensitivityFigures['nets']): ClaimVerdict<SensitivityPart> =>
  verdictOf(
    found.flatMap((one) => {
      const { cell } = one;
      if (cell !== 'sigmoid' && cell !== 'tanh') return [];
      const cases = (what: 'layer' | 'lag', limit: number): boolean[] =>
        sharesOf(one, what).map((share) => share < limit);
      return [
        claimPart<SensitivityPart>(`${cell} layers`, cases('layer', HARDLY_BY_LAYER)),
        claimPart<SensitivityPart>(`${cell} time`, cases('lag', HARDLY_BY_TIMESTEP)),
      ];
    }),
  );
