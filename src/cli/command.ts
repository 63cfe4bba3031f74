/** What a command is to the command line. */
import type * as z from 'zod';
import type { Words } from '../words/words.js';
import type { Environment } from './environment.js';
import type { Given } from './flags.js';

export type CommandName = keyof Words['help']['commands'];

/** The words of a command that are no flags. */
export type TakesWords =
  'texts' | 'model' | 'maybe-model' | 'weights' | 'run' | 'command' | 'shell' | 'nothing';

/** What a command takes, what each of it is, and what it does. */
export interface Loaded {
  readonly flags: z.ZodObject;
  readonly texts: (words: Words) => Readonly<Record<string, string>>;
  /** @param words those behind the command's name */
  readonly run: (env: Environment, words: readonly string[], argv: Given) => Promise<number>;
}

export interface Command {
  readonly takes: TakesWords;
  readonly load: () => Promise<Loaded>;
}
