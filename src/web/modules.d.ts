/** Modules that the build makes. */
declare module 'virtual:worker' {
  /** The worker's program. */
  const source: string;
  export default source;
}
declare module 'virtual:corpus' {
  const texts: readonly { readonly name: string; readonly text: string }[];
  export default texts;
}
