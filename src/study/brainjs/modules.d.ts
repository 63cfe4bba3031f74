/** brain.js 1.6.1 comes without types for its single files; what is used of them is described in library.ts. */
declare module 'brain.js/dist/*' {
  const module: unknown;
  export default module;
}
