/** When the nets can be asked, and why one did not answer. */
import { flagOf } from '../../../base/option-names.js';
import type { PlaygroundWords } from '../../../words/en/playground.js';
import { RefusedError } from '../net/client.js';
import type { Refusal } from '../net/protocol.js';
import { FIELD_NAMES } from '../settings.js';
import { lab } from './context.js';

export const isReady = (): boolean => ['ready', 'running', 'paused'].includes(lab.state.value);

/** The command line's flags are fields here. */
const inFields = (w: PlaygroundWords, message: string): string =>
  message.replace(/--([a-z-]+)/g, (flag) => {
    const field = FIELD_NAMES.find((name) => flagOf(name) === flag);
    return field ? w.fields[field][0].toLowerCase() : flag;
  });

/** Why it was refused. */
export const told = (w: PlaygroundWords, { isMemory, message }: Refusal): string =>
  isMemory ? w.noMemory : inFields(w, message);

/** Why a net did not answer. @param name of a net that refuses only where its numbers end */
export function whyOf(w: PlaygroundWords, reason: unknown, name?: string): string {
  if (!(reason instanceof RefusedError)) return String(reason);
  return reason.isMemory || name === undefined ? told(w, reason) : w.nudge.notFinite(name);
}
