/** What can be wrong with a sweep. */
import type { Issue } from '../../base/issue.js';
import type { InfoFault } from '../../store/problems.js';

/** What can be wrong with a training that comes by a queue, or with what comes back. */
export type JobFault =
  | 'no-text'
  | 'other-text'
  | 'broken-text'
  | 'large'
  | 'data'
  | 'version'
  | 'model'
  | 'window'
  | 'gone'
  | 'failed'
  | 'result';

/** It runs downwards, has no two ends, one value alone, too many, or no logarithm. */
export type RangeFault = 'down' | 'same' | 'single' | 'many' | 'log';

declare module '../../base/errors.js' {
  interface Problems {
    'grid.empty': { readonly where: string };
    /** @param text as it was typed */
    'grid.form': { readonly text: string };
    'grid.unknown': {
      readonly name: string;
      readonly names: readonly string[];
      readonly guess: string | null;
    };
    /** An option that all trainings of a sweep must have in common. */
    'grid.common': { readonly name: string; readonly flag: string };
    'grid.twice': { readonly name: string; readonly value: string | null };
    /** A fraction that seems to be written with a comma: `0,01`, which are the values 0 and 01. */
    'grid.comma': { readonly name: string; readonly text: string; readonly point: string };
    'grid.range': {
      readonly name: string;
      readonly text: string;
      /** Of a range that can be read as one. */
      readonly why: RangeFault | null;
    };
    /** A range without a count goes with --samples alone. */
    'grid.continuous': { readonly name: string; readonly text: string };
    /** Of one training: @param axis the axis that it is about, else where it is; the rest as it is said of the option */
    'grid.value': {
      readonly where: string | null;
      readonly axis: string | null;
      readonly found: string;
      readonly expected: string | null;
      readonly advice: string | null;
    };
    'grid.both': { readonly name: string; readonly flag: string };
    /** @param limit that `most` itself has */
    'grid.many': { readonly jobs: number; readonly most: number; readonly limit: number };
    'grid.few': { readonly jobs: number; readonly samples: number };
    /** With --resume a sweep's own options cannot change. */
    'sweep.fixed': { readonly flag: string; readonly dir: string };
    'sweep.taken': { readonly where: string; readonly by: 'file' | 'sweep' | 'others' };
    'sweep.part': { readonly text: string };
    'sweep.halving-part': { readonly none?: never };
    'sweep.bad-info': { readonly where: string; readonly fault: InfoFault };
    'sweep.not-one': {
      readonly where: string;
      readonly fault:
        { readonly is: 'missing'; readonly file: string } | { readonly is: 'entry'; readonly issue: Issue };
    };
    /** Parts that are to be merged are of different sweeps. */
    'sweep.other-sweep': {
      readonly where: string;
      readonly first: string;
      readonly differs: 'settings' | 'texts' | 'readings' | 'parts';
    };
    /** @param parts as `3/8` */
    'sweep.merge-missing': { readonly parts: readonly string[] };
    'sweep.nothing-held-out': { readonly none?: never };
    'queue.none': { readonly none?: never };
    'queue.no-library': { readonly none?: never };
    'queue.address': { readonly address: string };
    /** @param address without its password */
    'queue.unreachable': {
      readonly address: string;
      readonly why: 'password' | 'certificate' | 'silence';
      /** In the words of Redis, or of the network. */
      readonly reason: string;
    };
    /** @param reason in Redis's own words */
    'queue.refused': { readonly address: string; readonly reason: string };
    'queue.old': { readonly address: string; readonly version: string };
    'queue.job': { readonly job: string; readonly fault: JobFault; readonly detail: string | null };
    'queue.large': { readonly what: 'text' | 'checkpoint'; readonly bytes: number; readonly most: number };
  }
}
