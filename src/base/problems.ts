/** What can be wrong with options and with memory. */
import type { Expected } from './expected.js';
import type { Placeholder } from './options.js';

declare module './errors.js' {
  interface Problems {
    /** @param option as it is to be written: `--cell`, or `cell` in the library */
    'option.unknown': { readonly option: string; readonly guess: string | null };
    'option.missing': { readonly option: string; readonly expected: Expected };
    'option.wrong': {
      readonly option: string;
      readonly value: string;
      readonly expected: Expected;
      readonly guess: string | null;
    };
    'option.comma': { readonly option: string; readonly value: string; readonly point: string };
    /** @param plain the number that is meant, as it is to be written */
    'option.thousands': { readonly option: string; readonly value: string; readonly plain: string };
    /** Without the value that it needs. */
    'option.bare': { readonly option: string; readonly takes: Placeholder };
    /** @param mebibytes asked for; `most` that there may be: null where they are not known */
    'memory.full': { readonly mebibytes: number | null; readonly most: number | null };
    /** @param step up to which the run in `dir` is kept */
    'memory.full-in-run': Problems['memory.full'] & { readonly step: number; readonly dir: string };
    /** @param mebibytes that a limit leaves; `needed` to begin with */
    'memory.limit': { readonly mebibytes: number; readonly needed: number };
    /** @param gibibytes of address space that an engine's memory needs, whatever is used of it */
    'memory.address-space': { readonly engine: string; readonly gibibytes: number };
    'option.list': { readonly option: string; readonly value: string; readonly count: number };
  }
}
