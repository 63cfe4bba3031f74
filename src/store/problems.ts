/** What can be wrong with what a file holds: JSON, logs, run.json, checkpoints. */
import type { Issue } from '../base/issue.js';
import type { Quoted } from '../base/json-value.js';

/** What JSON allows and a file of ours does not have. */
export type Defect =
  { readonly is: 'deep'; readonly most: number } | { readonly is: 'twice'; readonly key: string };

/** What is wrong with a file that is one object of JSON, with a format and a version. */
export type InfoFault =
  | { readonly is: 'no-object' }
  | { readonly is: 'format'; readonly format: Quoted; readonly expected: string }
  | {
      readonly is: 'version';
      readonly version: Quoted;
      readonly newest: number;
      readonly isNewer: boolean;
    }
  | { readonly is: 'entry'; readonly issue: Issue };

export type EntryFault =
  | { readonly is: 'none' }
  | { readonly is: 'defect'; readonly defect: Defect }
  | { readonly is: 'no-json'; readonly text: string }
  | { readonly is: 'issue'; readonly issue: Issue };

export type AlphabetFault =
  | { readonly is: 'no-list'; readonly value: Quoted }
  | { readonly is: 'size'; readonly symbols: number; readonly most: number }
  | { readonly is: 'symbol'; readonly id: number; readonly symbol: Quoted }
  | { readonly is: 'no-byte' | 'control'; readonly id: number; readonly code: string }
  | { readonly is: 'twice'; readonly symbol: string; readonly first: number; readonly second: number };

/** What is wrong with a file of safetensors that was one. */
export type DamageFault =
  | { readonly is: 'empty' | 'header-utf-8' | 'header-json' }
  | { readonly is: 'cut-header'; readonly has: number; readonly needed: string }
  | { readonly is: 'header-defect'; readonly defect: Defect }
  /** @param key of an entry; null for all of them */
  | {
      readonly is: 'metadata';
      readonly entry: string;
      readonly key: string | null;
      readonly value: Quoted;
    }
  | {
      readonly is: 'tensor' | 'dtype' | 'shape' | 'offsets' | 'endless';
      readonly tensor: string;
      readonly value: Quoted;
    }
  | { readonly is: 'backwards'; readonly tensor: string; readonly begin: number; readonly end: number }
  | {
      readonly is: 'bytes';
      readonly tensor: string;
      readonly bytes: number;
      readonly needed: number;
      readonly dtype: string;
      readonly shape: Quoted;
    }
  | { readonly is: 'overlap'; readonly tensor: string }
  | { readonly is: 'before'; readonly tensor: string; readonly bytes: number }
  | { readonly is: 'after'; readonly bytes: number }
  | { readonly is: 'cut-tensor'; readonly tensor: string; readonly has: number; readonly needed: number };

/** Why a file is none of safetensors. */
export type AlienFault =
  | { readonly is: 'other' }
  | { readonly is: 'short'; readonly bytes: number }
  | { readonly is: 'bytes' | 'keys' | 'values'; readonly has: string; readonly most: number };

interface At {
  readonly where: string;
}
interface Tensor extends At {
  readonly tensor: string;
}
interface OfModel extends Tensor {
  readonly layers: number;
  readonly cell: string;
}
interface InLog extends At {
  /** The first line, being 1, says what the log is. */
  readonly line: number;
}

declare module '../base/errors.js' {
  interface Problems {
    /** @param header the line that a log begins with */
    'log.no-header': At & { readonly header: string };
    'log.other-format': At & { readonly header: string; readonly format: string };
    'log.version': At & { readonly header: string; readonly version: Quoted; readonly isNewer: boolean };
    'log.bad-line': InLog & {
      readonly is: 'no-utf-8' | 'no-json' | 'no-object' | 'step';
      readonly value: Quoted;
    };
    'log.bad-entry': InLog & { readonly issue: Issue };
    'run.bad-info': At & { readonly fault: InfoFault };
    /** @param value NaN or an infinity */
    'checkpoint.diverged': At & { readonly value: string };
    /** @param where null for one that is not in a file yet */
    'checkpoint.alphabet': { readonly where: string | null; readonly fault: AlphabetFault };
    'checkpoint.other-format': At & { readonly format: Quoted; readonly expected: string };
    'checkpoint.version': At & {
      readonly version: Quoted;
      readonly reads: string;
      readonly isNewer: boolean;
    };
    'checkpoint.entry': At & { readonly entry: string; readonly fault: EntryFault };
    'checkpoint.no-tensor': OfModel;
    'checkpoint.alien-tensor': OfModel;
    /** @param isOtherText the shape would do for another alphabet */
    'checkpoint.shape': Tensor & {
      readonly shape: readonly number[];
      readonly wanted: readonly number[];
      readonly isOtherText: boolean;
    };
    'checkpoint.not-finite': Tensor & {
      readonly value: string;
      readonly at: number;
      readonly of: 'weights' | 'training';
    };
    'checkpoint.changed': At & { readonly entries: readonly string[]; readonly digest: string };
    'safetensors.damaged': At & { readonly fault: DamageFault };
    'safetensors.alien': At & { readonly fault: AlienFault };
    'safetensors.dtype': Tensor & { readonly dtype: string; readonly known: readonly string[] };
  }
}
