/** What a language has for errors. */
import type { Complaint, ProblemKey, Problems } from '../base/errors.js';

/** A sentence for every problem there is. */
export type ErrorWords = { readonly [K in ProblemKey]: (values: Problems[K]) => Complaint };

/** Some of them, those of a folder or of a feature; `errors.ts` of each language puts them together. */
export const errorWords = <Key extends ProblemKey>(words: Pick<ErrorWords, Key>): Pick<ErrorWords, Key> =>
  words;
