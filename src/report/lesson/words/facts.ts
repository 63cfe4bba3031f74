/** Figures that sentences of either language are made of. */
import type { CellName } from '../../../model/shape.js';
import { kept, type Deep, type DepthFigures } from '../../../study/lesson/depth.js';
import type { BeforeAndAfter } from '../../../study/lesson/outcome.js';
import { hardlyFrom, shares, type SensitivityFigures } from '../../../study/lesson/sensitivity.js';
import type { Stage } from './words.js';

/** A network's share of something, as log10; −∞ for none, null where it was not measured. */
export interface CellShare {
  readonly cell: CellName;
  readonly log10: number | null;
}

const log10Of = (share: number): number | null => (Number.isNaN(share) ? null : Math.log10(share));

/** What a nudge of the first layer moves beside one of the last. */
export const nudgeShares = ({ nets }: SensitivityFigures, stage: Stage): CellShare[] =>
  nets.flatMap((net) => {
    const figures = net[stage];
    return figures ? [{ cell: net.cell, log10: log10Of(shares(figures).layer) }] : [];
  });

/** The lag from which on a nudge hardly moves the output any more; null where the window ends before. */
export const nudgeLags = (
  { nets }: SensitivityFigures,
  stage: Stage,
): { readonly cell: CellName; readonly lag: number | null }[] =>
  nets.flatMap((net) => {
    const figures = net[stage];
    return figures ? [{ cell: net.cell, lag: hardlyFrom(figures) }] : [];
  });

/** What the first layer of the deepest network gets, beside that of a single layer. */
export const depthShares = ({ nets }: DepthFigures, stage: Stage): CellShare[] =>
  nets.flatMap(({ cell, byDepth }) => {
    const figures = byDepth.flatMap((one) => one[stage] ?? []);
    return figures.length === byDepth.length ? [{ cell, log10: log10Of(kept(figures)) }] : [];
  });

/** What the first layer of the deepest network gets, beside the last one's. */
export const endShares = (nets: readonly Deep[], stage: Stage): CellShare[] =>
  nets.flatMap(({ cell, byDepth }) => {
    const deepest = byDepth.at(-1)?.[stage];
    return deepest ? [{ cell, log10: log10Of(deepest.first / deepest.last) }] : [];
  });

/** Decades between the last and the first layer at lag 0 and at the furthest; null where one of them is exactly 0. */
export function gaps(layers: readonly (readonly (number | null)[])[]): {
  readonly near: number;
  readonly far: number;
} | null {
  const [first, last] = [layers[0], layers[layers.length - 1]];
  const gap = (lag: number): number | null => {
    const [a, b] = [first.at(lag) ?? null, last.at(lag) ?? null];
    return a === null || b === null ? null : b - a;
  };
  const [near, far] = [gap(0), gap(-1)];
  return near === null || far === null ? null : { near, far };
}

/** As it is after the training, or where that came to nothing, before. */
export const now = <T>({ start, end }: BeforeAndAfter<T>): T => end ?? start;
