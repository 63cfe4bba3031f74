/** Networks as they are drawn, never trained: of one shape, with every usual initialisation and several seeds. */
import { inRoom } from '../../kernels/scoped.js';
import { initialise } from '../../model/init.js';
import { Network } from '../../model/network.js';
import type { CellName } from '../../model/shape.js';
import { Rng } from '../../base/rng.js';
import { trainOptions } from '../../train/options.js';
import { net, shapeOf, updateCost } from './doing.js';
import type { Doing } from '../../words/lesson/doing.js';
import { seedOf, type LessonSetup } from './setup.js';
import { INITIALISATIONS, type Case, CASES, SEEDS } from '../../words/lesson/fresh.js';

export interface Fresh extends Case {
  readonly network: Network;
}

/**
 * Each of them in turn, in float64: the network handed on is the same one every time, with other weights; nothing of it may
 * be used behind the last.
 */
export const freshNets = (
  setup: LessonSetup,
  cell: CellName,
  layers: number,
): Generator<Fresh, void, undefined> =>
  inRoom(
    setup.kernels,
    () => new Network(setup.kernels.float64, shapeOf(setup, { cell, layers })),
    (network) => drawnInto(setup, network),
  );

function* drawnInto(setup: LessonSetup, network: Network): Generator<Fresh, void, undefined> {
  const { forgetBias } = trainOptions.parse({});
  for (const init of INITIALISATIONS)
    for (let i = 0; i < SEEDS; i++) {
      const seed = seedOf(setup, i);
      initialise(network.parameters, { init, forgetBias }, Rng.fromSeed(seed));
      network.refresh();
      yield { init, seed, network };
    }
}

/** What measuring all of them costs, a measurement being as much work as so many updates. */
export const drawingCost = (setup: LessonSetup, cell: CellName, layers: number, updates: number): number =>
  CASES * updates * updateCost(shapeOf(setup, { cell, layers }));

export const drawing = (cell: CellName, layers: number, done: number, cost: number): Doing => ({
  kind: 'drawing',
  spec: net(cell, { layers }),
  done,
  of: CASES,
  cost,
});
