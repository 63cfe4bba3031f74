/** What a lesson's page says of figures that are measured again in it. */
import { numbers } from './numbers.js';

const { count, percent } = numbers;

export const rerun = {
  start: 'Run it again here',
  label: (figure: string) => `Run it again here: ${figure}`,
  stop: 'Stop',
  running: (done: number) => `training again: ${percent(done)}`,
  same: (numbers: number) =>
    `Trained and measured again in this browser: all ${count(numbers)} figures of this claim are the same, bit for bit.`,
  apart: (same: number, numbers: number) =>
    `Trained and measured again in this browser: ${count(same)} of the ${count(numbers)} figures of this claim are the same, bit for bit.`,
  within: (within: number, numbers: number, tolerance: number) =>
    `${count(within)} of ${count(numbers)} agree within ${percent(tolerance)} of their size (logarithms: within ${tolerance} of a decade).`,
  engine: (engine: string) =>
    `The page was made with ${engine}, whose rounding differs from a browser’s; with \`--engine wasm-simd128\` the bits agree.`,
  outcome: 'What the claim comes to is the same.',
  otherOutcome: 'What the claim comes to is not the same here.',
  noSimd: 'This browser’s WebAssembly has no SIMD, which the nets need. A newer browser has it.',
  failed: (reason: string) => `It could not be run again: ${reason}`,
};

export type RerunWords = typeof rerun;
