/** Values of JSON as they were found in a file, and how an error shows them. */

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as JSON, cut to a readable length; null where there is none. */
export type Quoted = string | null;

const LONGEST = 60;

/** A value as an error shows it: as JSON, cut to a readable length; null where there is none. */
export const quoted = (value: unknown): Quoted => (value === undefined ? null : shortened(value));

/** The same of a text. */
export const quote = (text: string): string => shortened(text);

function shortened(value: unknown): string {
  // Cut before it is written out: what a file holds may be as long as the file.
  const short = typeof value === 'string' && value.length > LONGEST ? value.slice(0, LONGEST) : value;
  const text = JSON.stringify(short);
  return text.length <= LONGEST && short === value ? text : `${text.slice(0, LONGEST - 3)}…`;
}
