/** What happens in a training run, in order. Whoever drives the trainer prints it, keeps it or draws it. */
import type { GradientStep } from '../bptt/report.js';

/** One thing that happens in a training, told by its `kind`. */
export type TrainEvent =
  /** One update is made. */
  | {
      readonly kind: 'step';
      readonly step: number;
      /** L of the window, before the update */
      readonly lossNats: number;
      /** before clipping */
      readonly gradientNorm: number;
      /** what clipping multiplied the gradient by */
      readonly clipScale: number;
      readonly lr: number;
    }
  /** What the probes that were due have measured. */
  | ({ readonly kind: 'gradients' } & GradientStep)
  | {
      readonly kind: 'evaluation';
      readonly step: number;
      readonly lossNats: number;
      readonly predictions: number;
      readonly isBest: boolean;
    }
  /** Everything up to `step` has been told: the moment for a snapshot. */
  | { readonly kind: 'checkpoint'; readonly step: number }
  /** The loss, the gradient or the weights are no longer numbers; the last update was not made, or not kept. */
  | {
      readonly kind: 'diverged';
      readonly step: number;
      readonly what: 'loss' | 'gradient' | 'weights';
      readonly lossNats: number;
      readonly gradientNorm: number;
    }
  /** The run was asked to stop, and has between two steps. */
  | { readonly kind: 'interrupted'; readonly step: number }
  | { readonly kind: 'finished'; readonly step: number; readonly reason: 'steps' | 'patience' };
