/** What can be wrong with what is studied: texts too short, options that do not go together, a model that overflows. */
import type { InfoFault } from '../store/problems.js';

declare module '../base/errors.js' {
  interface Problems {
    'measure.short': { readonly where: string; readonly characters: number };
    'measure.short-passage': { readonly where: string; readonly characters: number };
    'measure.no-window': {
      readonly where: string;
      readonly characters: number;
      readonly needed: number;
      readonly rows: number;
      readonly timesteps: number;
    };
    'lesson.short': {
      readonly where: string;
      readonly characters: number;
      readonly needed: number;
      readonly rows: number;
      readonly timesteps: number;
    };
    'sample.seeds': { readonly last: number; readonly most: number };
    'sample.no-lines': { readonly none?: never };
    'sample.no-start': { readonly start: 'word' | 'line' };
    'sample.unknown-stop': { readonly none?: never };
    'sample.overflow': { readonly none?: never };
    'brainjs.short': { readonly characters: number; readonly window: number };
    'brainjs.diverged': { readonly updates: number; readonly rate: number };
    'train.diverged': {
      readonly step: number;
      readonly what: string;
      readonly bits: number;
      readonly gradientNorm: number | null;
      /** The last good checkpoint; null before there is one, left out where none is kept. */
      readonly last?: string | null;
      readonly option: 'epsilon' | 'weight-decay' | 'forget-bias' | null;
      readonly value: number;
      readonly lr: number;
    };
    'comparison.bad-info': { readonly where: string; readonly fault: InfoFault };
    'compare.two-budgets': { readonly none?: never };
    'compare.no-contender': {
      readonly name: string;
      readonly names: readonly string[];
      readonly guess: string | null;
    };
  }
}
