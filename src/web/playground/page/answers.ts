/** When the nets can be asked, and why one did not answer. */
import type { PlaygroundWords } from '../../../words/en/playground.js';
import { RefusedError } from '../net/client.js';
import { lab } from './context.js';

export const isReady = (): boolean => ['ready', 'running', 'paused'].includes(lab.state.value);

/** Why a net did not answer. @param name of a net that refuses only where its numbers end */
export function whyOf(w: PlaygroundWords, reason: unknown, name?: string): string {
  if (!(reason instanceof RefusedError)) return String(reason);
  if (reason.isMemory) return w.noMemory;
  return name === undefined ? reason.message : w.nudge.notFinite(name);
}
