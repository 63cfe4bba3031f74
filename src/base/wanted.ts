/** What a schema wants, as a key that the languages word: zod has room for a message alone, so it goes along in that. */

/** What should stand at a place of a file. */
export type Wanted =
  | {
      readonly is:
        | 'string'
        | 'number'
        | 'object'
        | 'list'
        | 'numbers'
        | 'numbers-or-nulls'
        | 'lists'
        | 'layers'
        | 'h-and-c'
        | 'lag'
        | 'layer'
        | 'flag'
        | 'hex'
        | 'time'
        | 'model'
        | 'cell-name'
        | 'distinct-contenders';
    }
  | { readonly is: 'whole'; readonly from: number; readonly to?: number }
  | { readonly is: 'one-of'; readonly names: readonly string[] }
  /** Said by a schema that has no word for it. */
  | { readonly is: 'other'; readonly message: string };

const MARK = 'wanted:';

/** What a schema gives as its `error`. */
export const wants = (wanted: Wanted): string => `${MARK}${JSON.stringify(wanted)}`;

/** What a schema's error says is wanted. */
export const wantedOf = (message: string): Wanted =>
  message.startsWith(MARK) ? (JSON.parse(message.slice(MARK.length)) as Wanted) : { is: 'other', message };
