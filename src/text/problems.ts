/** What can be wrong with a text. */

declare module '../base/errors.js' {
  interface Problems {
    'text.empty': { readonly where: string };
    'text.no-bytes': { readonly where: string };
    'text.nothing-left': { readonly where: string };
    'text.zero': { readonly where: string; readonly byte: number };
    'text.binary': { readonly where: string; readonly byte: number; readonly value: number };
    'text.cut-off': { readonly where: string; readonly byte: number; readonly encoding: string };
    'text.bad-byte': {
      readonly where: string;
      readonly byte: number;
      readonly value: string;
      readonly encoding: string;
      readonly line: number;
      readonly isGuess: boolean;
    };
    'text.mixed': {
      readonly where: string;
      readonly byte: number;
      readonly line: number;
      readonly before: string;
      readonly after: string;
      readonly command: string;
    };
    'text.first-cut-off': { readonly where: string; readonly byte: number; readonly encoding: string };
    'text.first-bad-byte': {
      readonly where: string;
      readonly byte: number;
      readonly value: string;
      readonly encoding: string;
    };
    'text.too-many-symbols': { readonly where: string; readonly symbols: number; readonly most: number };
    'text.endless-symbols': { readonly where: string; readonly most: number };
    'text.one-symbol': { readonly where: string; readonly symbols: string; readonly characters: number };
    'text.rare-symbols': {
      readonly where: string;
      readonly kept: number;
      readonly symbols: number;
      readonly minCount: number;
    };
    'text.too-many-together': { readonly where: string; readonly symbols: number; readonly most: number };
    'text.unknown-symbols': {
      readonly where: string;
      readonly named: string;
      readonly more: number;
      readonly size: number;
      readonly preview: string;
    };
    'text.no-stand-in': { readonly where: string; readonly symbol: string };
    'text.long-licence': {
      readonly where: string;
      readonly length: number;
      readonly words: string;
      readonly most: number;
    };
    'text.no-window': {
      readonly where: string;
      readonly length: number;
      readonly needed: number;
      readonly rows: number;
      readonly timesteps: number;
    };
    'text.short': {
      readonly where: string;
      readonly length: number;
      readonly needed: number;
      readonly rows: number;
      readonly timesteps: number;
      readonly validation: number;
      readonly test: number;
      /** Whether `--validation 0` is of any help. */
      readonly mayHoldNone: boolean;
    };
    'text.short-held-out': {
      readonly where: string;
      readonly length: number;
      readonly share: number;
      readonly held: number;
      readonly fewest: number;
      readonly mayHoldNone: boolean;
    };
    'text.utf-32': { readonly where: string };
  }
}

export {};
