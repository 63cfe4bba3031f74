/** What a language has for errors. */
import type { Complaint, ProblemKey, Problems } from '../base/errors.js';

/** A sentence for every problem there is. */
export type ErrorWords = { readonly [K in ProblemKey]: (values: Problems[K]) => Complaint };
