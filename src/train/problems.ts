/** What can be wrong with the options and the state of a training. */
import type { Issue } from '../base/issue.js';
import type { WhyFixed } from './resuming.js';

declare module '../base/errors.js' {
  interface Problems {
    'train.two-ends': { readonly none?: never };
    'train.nothing-left': { readonly test: number; readonly validation: number };
    'train.fixed': { readonly option: string; readonly had: string | null; readonly why: WhyFixed };
    'state.numbers': {
      readonly where: string;
      readonly name: string;
      readonly found: number | null;
      readonly needed: number;
    };
    'state.random': { readonly where: string };
    /** @param entry of the metadata, in which the issue is */
    'state.wrong': { readonly where: string; readonly entry: string; readonly issue: Issue };
  }
}
