/** Whether this browser's WebAssembly has the vectors that the kernels are made of. */

/** A module whose one function returns 0 sixteen times over: `i32.const 0, i8x16.splat`. */
const SPLAT = [
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 5, 1, 0x60, 0, 1, 0x7b],
  ...[3, 2, 1, 0],
  ...[10, 8, 1, 6, 0, 0x41, 0, 0xfd, 0x0f, 0x0b],
];

export const hasSimd = (): boolean =>
  typeof WebAssembly !== 'undefined' && WebAssembly.validate(new Uint8Array(SPLAT));
