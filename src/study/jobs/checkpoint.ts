/** A job under way as it is kept, to go on from anywhere. */
export interface Paused {
  readonly bytes: Uint8Array;
  /** Spent on it. */
  readonly seconds: number;
}

export interface KeptStep extends Paused {
  readonly step: number;
}

/** The same as a job tells of it on its way. */
export interface CheckpointEvent extends KeptStep {
  readonly kind: 'checkpoint';
}
