/** The figures of the lesson's section on freezing. */
import type { CellName } from '../../model/shape.js';
import { MARGIN_NATS } from './levels.js';
import type { ClaimVerdict } from './outcome.js';

/** What was learnt; nats on the held-out text, null where the numbers ended. */
export interface Learnt {
  readonly lossNats: number | null;
  /** ‖∂L/∂W‖ of what learns, before its first update. */
  readonly firstNorm: number | null;
}

export interface Frozen {
  readonly cell: CellName & ('sigmoid' | 'tanh' | 'relu');
  /** As drawn, before any learns. */
  readonly start: number;
  /** By layer: it alone. */
  readonly alone: readonly Learnt[];
  /** By layer: it and the readout. */
  readonly withReadout: readonly Learnt[];
  readonly readout: Learnt;
  /** What a layer that learns with the readout has to better: the readout by itself, or the level of the frequencies where that is lower. */
  readonly without: number;
  readonly all: Learnt;
}

export type FreezingPart = `${'sigmoid' | 'tanh'} ${'alone' | 'readout'}`;

export interface FreezingFigures extends ClaimVerdict<FreezingPart> {
  readonly layers: number;
  readonly updates: number;
  readonly nets: readonly Frozen[];
}

/** Nats gained by each layer on what there would be without it; null where none gained more than the margin. */
export function gains(learnt: readonly Learnt[], without: number): number[] | null {
  const found = learnt.map(({ lossNats }) => without - (lossNats ?? without));
  return found.some((gain) => gain >= MARGIN_NATS) ? found : null;
}
