/** Lines of bytes, for errors that say where something is. */

/** How many line ends (\n) there are. */
export function lineEnds(bytes: Uint8Array, encoding: string): number {
  const step = encoding.startsWith('utf-16') ? 2 : encoding.startsWith('utf-32') ? 4 : 1;
  let count = 0;
  if (step === 1) {
    // Every byte of every text passes here.
    for (let i = bytes.indexOf(0x0a); i >= 0; i = bytes.indexOf(0x0a, i + 1)) count++;
    return count;
  }
  const at = encoding.endsWith('le') ? 0 : step - 1;
  const whole = bytes.length - (bytes.length % step);
  for (let i = 0; i < whole; i += step) {
    let others = 0;
    for (let j = 0; j < step; j++) if (j !== at) others |= bytes[i + j];
    if (bytes[i + at] === 0x0a && others === 0) count++;
  }
  return count;
}
