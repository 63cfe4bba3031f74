/**
 * What the probes say of one window: the shape of `inspect --json` and of a line in gradients.jsonl. Each probe declares
 * its own part of it here (`declare module`), in the file that measures it.
 */

/** What probes say of one layer; each fills in its own part. */
export interface LayerReport {
  readonly layer: number;
}

/** One that has some of them. */
export type LayerWith<K extends keyof LayerReport> = LayerReport & {
  readonly [P in K]-?: NonNullable<LayerReport[P]>;
};

/** What is measured beside the layers, each part only where it was asked for. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface Extras {}

/** A line of gradients.jsonl. */
export interface GradientStep extends Extras {
  readonly step: number;
  readonly layers: readonly LayerReport[];
}
