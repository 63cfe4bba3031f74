/** What the page and a net's worker say to each other. Everything in it can be copied between the two. */
import type { Language } from '../../../base/language.js';
import type { LayerReport } from '../../../bptt/report.js';
import type { Listening } from '../../../probe/listen.js';
import type { ModelShape } from '../../../model/shape.js';
import type { Snapshot } from '../../../train/state.js';
import type { TextFile } from '../../text.js';
import type { Forkable, Settings } from '../settings.js';

export interface Opening {
  readonly settings: Settings;
  readonly texts: readonly TextFile[];
  /** Goes on from here, with one thing changed perhaps. */
  readonly fork?: { readonly from: Snapshot; readonly changed: Forkable | null; readonly before: Settings };
  /** A checkpoint's bytes: its weights and symbols are taken over. */
  readonly checkpoint?: TextFile;
  readonly language: Language;
}

/** What nets are to be opened on, looked at before those that there are are closed. */
export interface Looking {
  readonly texts: readonly TextFile[];
  readonly checkpoint?: TextFile;
  /** Of A and of B. */
  readonly settings: readonly Settings[];
  readonly language: Language;
}

export interface Looked {
  /** Bits a character that counting needs on the held-out text; null of one too short to count. */
  readonly countingBits: number | null;
  /** The text as the nets read it; null of one longer than what was asked for. */
  readonly text: string | null;
}

export interface Opened {
  readonly shape: ModelShape;
  readonly alphabet: readonly string[];
  readonly parameters: number;
  readonly characters: number;
  readonly step: number;
  /** Those asked for; of a checkpoint, its own. */
  readonly settings: Settings;
  /** That share out its large products; the figures are the same bits for any number. */
  readonly threads: number;
  /** The net as it begins. */
  readonly measured: ProbedStep;
}

/** What the probes said at a step. */
export interface ProbedStep {
  /** Updates made before. */
  readonly step: number;
  readonly layers: readonly LayerReport[];
  /** log10(σ₁γ) of the top layer, where the bound is a theorem. */
  readonly boundLog10: number | null;
}

export interface StepRow {
  readonly step: number;
  readonly lossNats: number;
  readonly gradientNorm: number;
  readonly clipScale: number;
}

export interface Report {
  readonly step: number;
  readonly rows: readonly StepRow[];
  readonly measured: readonly ProbedStep[];
  readonly evaluations: readonly { readonly step: number; readonly lossNats: number }[];
  readonly sample: { readonly step: number; readonly text: string } | null;
  /** Milliseconds of work that the rows took. */
  readonly workMs: number;
  readonly ended: 'diverged' | null;
}

export interface NudgeAsked {
  readonly layer: number;
  /** Timesteps before the last. */
  readonly lag: number;
  /** The length of what is added to h, beside the mean length of h. */
  readonly size: number;
}

/** By timestep from the nudge on: how much of the predicted probabilities moved elsewhere (total variation, 0 to 1). */
export interface Nudged {
  readonly moved: readonly number[];
}

/** What can be asked, and what is answered. */
export interface Calls {
  open: { readonly asked: Opening; readonly answer: Opened };
  snapshot: { readonly asked: null; readonly answer: Snapshot };
  checkpoint: { readonly asked: null; readonly answer: Uint8Array };
  /** What it writes as it is now; null where it writes nothing any more. */
  sample: { readonly asked: null; readonly answer: Report['sample'] };
  listen: { readonly asked: { readonly length: number }; readonly answer: Required<Listening> };
  nudge: { readonly asked: NudgeAsked; readonly answer: Nudged };
  /** Refused as `open` would be. */
  look: { readonly asked: Looking; readonly answer: Looked };
}
export type CallName = keyof Calls;

export type ToWorker =
  | {
      [K in CallName]: { readonly call: K; readonly id: number; readonly asked: Calls[K]['asked'] };
    }[CallName]
  /** The net may be trained up to this step. */
  | { readonly goal: number }
  /** Said first, if at all: what the engine is opened with. */
  | { readonly threads: number };

export interface Refusal {
  readonly message: string;
  /** There was no room. */
  readonly isMemory: boolean;
}

export type FromWorker =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly refused: Refusal }
  | { readonly report: Report };
