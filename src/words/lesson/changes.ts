/** What is changed of weights to see what moves. */

/** By name how large a change is, relative to what is changed; a redrawn order has no such size. */
export const CHANGES = { small: 1e-3, tenth: 0.1, whole: 1, redrawn: null } as const;

export type Change = keyof typeof CHANGES;

export type Moves<Name extends Change = Change> = Readonly<Record<Name, number | null>>;
