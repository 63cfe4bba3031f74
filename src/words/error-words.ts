/** What a language has for errors. */
import type { Complaint, ProblemKey, Problems } from '../base/errors.js';

/** A sentence for every problem there is. */
export type ErrorWords = { readonly [K in ProblemKey]: (values: Problems[K]) => Complaint };

/** A complaint; `where` is left out where it is what the problem's own values say. */
type Said<K extends ProblemKey> = Problems[K] extends { readonly where: string }
  ? Omit<Complaint, 'where'> & Partial<Pick<Complaint, 'where'>>
  : Complaint;

/** Some of them, those of a folder or of a feature; `errors.ts` of each language puts them together. */
export const errorWords = <Key extends ProblemKey>(words: {
  readonly [K in Key]: (values: Problems[K]) => Said<K>;
}): Pick<ErrorWords, Key> =>
  Object.fromEntries(
    (Object.keys(words) as Key[]).map((key) => [
      key,
      (values: Problems[Key] & Partial<Pick<Complaint, 'where'>>) => ({
        where: values.where,
        ...words[key](values),
      }),
    ]),
  ) as unknown as Pick<ErrorWords, Key>;
