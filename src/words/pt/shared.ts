/** O que vários recursos dizem. */
import { numbers } from './numbers.js';

const { counted } = numbers;

/** `2 sequências de 8 passos de tempo` */
export const windowOf = ({
  rows,
  timesteps,
}: {
  readonly rows: number;
  readonly timesteps: number;
}): string => `${counted(rows, 'sequência')} de ${counted(timesteps, 'passo de tempo', 'passos de tempo')}`;
