/** What several features say. */
import { numbers } from './numbers.js';

const { counted } = numbers;

/** `2 sequences of 8 timesteps` */
export const windowOf = ({
  rows,
  timesteps,
}: {
  readonly rows: number;
  readonly timesteps: number;
}): string => `${counted(rows, 'sequence')} of ${counted(timesteps, 'timestep')}`;
