/** What a language has for errors. */
import type { Complaint, ProblemKey, Problems } from '../base/errors.js';

/** A sentence for every problem there is. */
export type ErrorWords = { readonly [K in ProblemKey]: (values: Problems[K]) => Complaint };

/** What a problem's own values may say of where it is: the file and the like, or else the option. */
interface Named {
  readonly where?: string;
  readonly option?: string;
}

/** A complaint, which need not repeat where it is. */
type Said<K extends ProblemKey> = Problems[K] extends
  Required<Pick<Named, 'where'>> | Required<Pick<Named, 'option'>>
  ? Omit<Complaint, 'where'> & Partial<Pick<Complaint, 'where'>>
  : Complaint;

/** Some of them, those of a folder or of a feature; `errors.ts` of each language puts them together. */
export const errorWords = <Key extends ProblemKey>(words: {
  readonly [K in Key]: (values: Problems[K]) => Said<K>;
}): Pick<ErrorWords, Key> =>
  Object.fromEntries(
    (Object.keys(words) as Key[]).map((key) => [
      key,
      (values: Problems[Key] & Named) => ({
        where: values.where ?? values.option,
        ...words[key](values),
      }),
    ]),
  ) as unknown as Pick<ErrorWords, Key>;
