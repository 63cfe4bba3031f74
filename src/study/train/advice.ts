/** What to try next, from where a training stands: remedies first, then what can be done with any model. */
import { DEFAULT_STEPS, type TrainOptions } from '../../train/options.js';
import type { Finding, RunStanding } from './standing.js';

export type Advice =
  /** The same training at another rate, its gradient clipped by norm. */
  | { readonly kind: 'smaller-rate'; readonly lr: number }
  | { readonly kind: 'more-dropout'; readonly dropout: number }
  /** A model chosen for this text and so much time. */
  | { readonly kind: 'minutes'; readonly minutes: number }
  | { readonly kind: 'go-on'; readonly steps: number }
  /** What the text is like: its end may be another text than its beginning. */
  | { readonly kind: 'look-at-text' }
  | { readonly kind: 'sample' }
  | { readonly kind: 'inspect' }
  | { readonly kind: 'lesson' };

export interface Ended {
  readonly options: TrainOptions;
  readonly step: number;
  /** Minutes of the training. */
  readonly minutes: number;
  /** What --minutes was given as, where the run was chosen by it. */
  readonly chosenFor: number | null;
}

/** A rate that every cell here learns at with Adam. */
const USUAL_LR = 0.002;
/** What is proposed, a few times what was taken at least. */
const MINUTES = [1, 5, 30, 120, 480] as const;

export function adviceOn({ findings }: RunStanding, ended: Ended): Advice[] {
  const has = (kind: Finding['kind']): boolean => findings.some((finding) => finding.kind === kind);
  const { options, step, chosenFor } = ended;
  const hasFailed = has('failed') || has('diverged');
  const advice: Advice[] = [];
  if (hasFailed || has('dead')) advice.push({ kind: 'smaller-rate', lr: smaller(options.lr) });
  if (has('nothing-carries-over')) advice.push({ kind: 'look-at-text' });
  if (has('overfitting') && options.layers > 1 && options.dropout < 0.5)
    advice.push({ kind: 'more-dropout', dropout: Math.min(0.5, Math.round(10 * options.dropout + 2) / 10) });
  if (has('improving') && options.schedule === 'constant') advice.push({ kind: 'go-on', steps: 2 * step });
  const isWorthMore = chosenFor === null || has('improving');
  if (isWorthMore && !(hasFailed && chosenFor !== null))
    advice.push({ kind: 'minutes', minutes: more(ended) });
  if (has('failed')) return advice;
  if (has('untrained'))
    return [{ kind: 'go-on', steps: DEFAULT_STEPS }, { kind: 'inspect' }, { kind: 'lesson' }];
  return [...advice, { kind: 'sample' }, { kind: 'inspect' }, { kind: 'lesson' }];
}

function more({ minutes, chosenFor }: Ended): number {
  const least = Math.max(3 * (chosenFor ?? 0), minutes);
  return MINUTES.find((one) => one >= Math.max(least, 5)) ?? Math.ceil(least);
}

const smaller = (lr: number): number => (lr > USUAL_LR ? USUAL_LR : Number((lr / 4).toPrecision(2)));
