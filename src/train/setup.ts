/** What a training is given, and what it has in its engine. */
import { Unrolled } from '../bptt/unrolled.js';
import type { Kernels } from '../kernels/kernels.js';
import { Network } from '../model/network.js';
import { Parameters } from '../model/parameters.js';
import type { ModelShape } from '../model/shape.js';
import type { Weights } from '../model/take-over.js';
import type { ScheduledProbe } from '../probe/training.js';
import type { Symbols } from '../text/symbols.js';
import { Average } from './average.js';
import { HeldOut } from './held-out.js';
import { makeOptimiser } from './optimisers.js';
import type { TrainOptions } from './options.js';
import type { RunVersion, Snapshot } from './state.js';

/** What a training begins with. */
export interface TrainerSetup {
  readonly kernels: Kernels;
  readonly shape: ModelShape;
  readonly options: TrainOptions;
  /** Symbol ids of the text trained on, and of the text held out (empty for none). */
  readonly training: Uint16Array | Symbols;
  readonly validation: Uint16Array | Symbols;
  /** Held out from that too, for `figures` alone. */
  readonly test?: Uint16Array | Symbols;
  readonly probes: readonly ScheduledProbe[];
  /** What the ids stand for, where a probe tells of text; without it they are numbers. */
  readonly symbols?: readonly string[];
  /** What the text is called in errors. */
  readonly where: string;
  /** Goes on from here instead of beginning. */
  readonly from?: Snapshot;
  /** Begins with the weights of this model; only those of symbols that it has not are drawn. */
  readonly model?: Weights;
  /** How the run was begun, and so goes on; a snapshot says it of itself. */
  readonly version?: RunVersion;
}

const NO_TEXT = new Uint16Array();

/** All that a training has in its engine. @param starts in how many of a window's timesteps, at most, rows begin anew */
export function makeMemory(setup: TrainerSetup, starts: number, evaluateCharacters: number) {
  const { kernels, shape, options, validation, test = NO_TEXT } = setup;
  const { batch: rows, window: timesteps, dropout } = options;
  const network = new Network(kernels, shape);
  const unrolled = new Unrolled(network, { rows, timesteps, gradients: true, dropout, starts });
  const gradients = new Parameters(kernels, shape);
  const optimiser = makeOptimiser(kernels, gradients.flat.length, options);
  const average = options.average > 0 ? new Average(network, options.average) : null;
  // What is evaluated, sampled and saved as the best.
  const model = average?.network ?? network;
  const heldOut = new HeldOut(model, validation, test, evaluateCharacters);
  return { network, model, unrolled, gradients, optimiser, average, heldOut };
}
