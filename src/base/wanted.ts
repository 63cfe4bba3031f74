/**
 * What an entry of a file should be: what its schema allows, or a word of its own, which goes along in the schema's
 * message, as zod has room for nothing else.
 */
import type * as z from 'zod';
import { expectedBy, type Expected } from './expected.js';

/** What should stand at a place of a file, where its schema's own word would say too little. */
export interface OwnKind {
  readonly is:
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
export type Wanted =
  OwnKind | { readonly is: 'whole'; readonly from: number; readonly to?: number } | Expected;

const MARK = 'wanted:';

/** What a schema gives as its `error`. */
export const wants = (wanted: Wanted): string => `${MARK}${JSON.stringify(wanted)}`;

/** What an error of a schema says is wanted. */
export const wantedOf = (issue: z.core.$ZodIssue): Wanted =>
  issue.message.startsWith(MARK)
    ? (JSON.parse(issue.message.slice(MARK.length)) as Wanted)
    : expectedBy(issue);
