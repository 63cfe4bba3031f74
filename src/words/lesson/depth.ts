/** The figures of the lesson's section on depth. */
import type { CellName } from '../../model/shape.js';
import type { Log10 } from './curve.js';
import { INITIALISATIONS, type Initialisation } from './fresh.js';
import type { Stages, ClaimVerdict } from './outcome.js';

/** The first of 8 layers gets less than a tenth of what a single layer gets: worse with depth. */
export const WORSE_BELOW = 0.1;

export interface EndLayers {
  readonly first: number;
  readonly last: number;
}

/** Networks of one initialisation and seed, with 1 layer, 2 layers … 8. */
export interface DrawnDepths {
  readonly init: Initialisation;
  readonly seed: number;
  readonly byDepth: readonly EndLayers[];
}

export interface LayersByLag {
  /** log10 ‖∂ℓ/∂h‖ by layer and lag. */
  readonly layers: readonly (readonly Log10[])[];
  /** The first lag at which the first layer has no less than the last, having begun with less; null where there is none. */
  readonly crossing: number | null;
}

export interface Deep {
  readonly cell: CellName & DepthPart;
  readonly drawn: readonly DrawnDepths[];
  readonly trained: readonly ({ readonly layers: number } & Stages<EndLayers>)[];
}

export type DepthPart = 'sigmoid' | 'tanh' | 'relu';

export interface DepthFigures extends ClaimVerdict<DepthPart> {
  readonly nets: readonly Deep[];
  /** Of one deep sigmoid network. */
  readonly lags: Stages<LayersByLag>;
}

/** What the first layer of the deepest network gets beside what a single layer gets; null where that gets nothing. */
export function kept(byDepth: readonly EndLayers[]): number | null {
  const [single, deepest] = [byDepth[0].first, byDepth[byDepth.length - 1].first];
  return single > 0 ? deepest / single : null;
}

/** Of a cell's networks as they are drawn, by initialisation, all seeds. */
export const keptByInit = ({ drawn }: Pick<Deep, 'drawn'>): { init: Initialisation; kept: number[] }[] =>
  INITIALISATIONS.map((init) => ({
    init,
    kept: drawn
      .filter((one) => one.init === init)
      .map(({ byDepth }) => kept(byDepth))
      .filter((share) => share !== null),
  }));
