/** What stands on charts: axes, curves, legends, and what a chart is called for readers who cannot see it. */
import { numbers } from './numbers.js';

const { count } = numbers;

export const charts = {
  lag: 'lag k: timesteps the gradient has travelled back',
  lagBriefly: 'lag k',
  lagUpwards: 'lag k (timesteps back)',
  left: 'gradient left, share of lag 0',
  onePercent: '1%',
  bound: 'bound (σ₁γ)ᵏ',
  boundBriefly: 'bound',
  timestep: 'timestep t',
  step: 'training step',
  bits: 'bits per character',
  training: 'training',
  heldOut: 'held out',
  norm: 'norm of the gradient before clipping',
  clippedAt: (norm: number): string => `clipped at ${count(norm)}`,
  lagOfOnePercent: 'lag at which 1% is left',
  ramp: 'gradient left, share of lag 0 (grey: exactly 0)',
  characters: 'characters trained on',
  seconds: 'seconds of training',
  bitsHeldOut: 'bits per character, held out',
  /** What a reader can do with one on a page. */
  tools: {
    svg: 'SVG',
    png: 'PNG',
    saveAs: (what: string) => `Save this chart as ${what}`,
    curves: 'Show or hide curves',
  },
  /** In a terminal. */
  text: {
    lag: (lag: string): string => `lag ${lag}`,
    step: (step: number): string => `step ${count(step)}`,
    left: 'left of lag 0: ',
    less: 'less',
    to: '≥',
    layers: (numbers: string, many: number): string => `layer${many > 1 ? 's' : ''} ${numbers}`,
  },
};
