/** The figures of the lesson's section on sensitivity. */
import type { CellName } from '../../model/shape.js';
import type { Change, Moves } from './changes.js';
import type { Case } from './fresh.js';
import type { Stages, ClaimVerdict } from './outcome.js';

export const HARDLY_BY_TIMESTEP = 0.01;

/** The smallest and the largest change are judged; those between stand beside them. */
export const JUDGED = ['small', 'redrawn'] as const satisfies readonly Change[];

export type Judged = (typeof JUDGED)[number];

export interface Sensitivity {
  /** By layer from the first on; null where the output did not move beyond its rounding. */
  readonly byLayer: readonly Moves[];
  readonly byLag: readonly { readonly lag: number; readonly moved: Moves }[];
}

/** Of a network as it is drawn: its two ends alone. */
export interface Ends extends Case {
  readonly layer: { readonly first: Moves<Judged>; readonly last: Moves<Judged> };
  readonly lag: { readonly far: Moves<Judged>; readonly near: Moves<Judged> };
}

export type SensitivityPart = `${'sigmoid' | 'tanh'} ${'layers' | 'time'}`;

export interface SensitivityFigures extends ClaimVerdict<SensitivityPart> {
  readonly layers: number;
  readonly nets: readonly ({
    readonly cell: CellName;
    /** Drawn anew with every initialisation and seed. */
    readonly drawn: readonly Ends[];
  } & Stages<Sensitivity>)[];
}

/** What one moves beside the other; 0 where it was not seen, null where the other was not. */
export const beside = (one: number | null, other: number | null): number | null =>
  other === null ? null : (one ?? 0) / other;

/** Of a network as it is drawn: its first layer beside the last, or its furthest lag beside lag 0. */
export const drawnShare = ({ layer, lag }: Ends, change: Judged, what: 'layer' | 'lag'): number | null =>
  what === 'layer'
    ? beside(layer.first[change], layer.last[change])
    : beside(lag.far[change], lag.near[change]);

/** What a change at each lag moves beside the same at lag 0; null where nothing was seen. */
export function relativeMoves(
  { byLag }: Sensitivity,
  change: Change,
): { readonly lag: number; readonly moved: number | null }[] {
  const now = byLag[0].moved[change];
  return byLag.map(({ lag, moved: { [change]: moved } }) => ({
    lag,
    moved: moved === null || now === null ? null : moved / now,
  }));
}

/** The first lag from which on a change moves less than a hundredth of what one at lag 0 does; null where there is none. */
export function hardlyFrom(found: Sensitivity, change: Change): number | null {
  const moves = relativeMoves(found, change);
  const last = moves.findLastIndex(({ moved }) => (moved ?? 0) >= HARDLY_BY_TIMESTEP);
  return moves.at(last + 1)?.lag ?? null;
}
