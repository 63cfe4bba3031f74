/** What can be wrong with the arithmetic: engines, memory, numbers that overflow. */

declare module '../base/errors.js' {
  interface Problems {
    'engine.no-native': { readonly none?: never };
    'engine.one-thread': { readonly threads: number };
    'engine.no-platform': { readonly platform: string };
    'engine.no-compiler': { readonly where: string };
    'engine.interrupted': { readonly none?: never };
    'engine.not-compiled': { readonly where: string; readonly complaint: string };
    'net.overflow': {
      readonly where: string;
      readonly layer: number | null;
      readonly timestep: number;
      readonly scalar: 'f32' | 'f64';
    };
  }
}

export {};
