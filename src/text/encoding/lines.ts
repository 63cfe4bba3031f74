/** Lines of bytes, for errors that say where something is: they end as texts' lines do, by \n, \r\n or \r alone. */

/** Counts a file's lines, piece by piece. */
export class LineCount {
  #line: number;
  #isAfterReturn = false;

  constructor(line = 1) {
    this.#line = line;
  }

  /** On which line byte `index` of what comes next is. */
  at(bytes: Uint8Array, index: number, encoding: string): number {
    return this.#line + lineEnds(bytes.subarray(0, Math.max(0, index)), encoding, this.#isAfterReturn);
  }

  pass(bytes: Uint8Array, encoding: string): void {
    if (bytes.length === 0) return;
    this.#line += lineEnds(bytes, encoding, this.#isAfterReturn);
    const { step, at } = unitsOf(encoding);
    this.#isAfterReturn = isUnit(bytes, bytes.length - (bytes.length % step) - step, RETURN, step, at);
  }
}

const [LINE_FEED, RETURN] = [0x0a, 0x0d];

/** Bytes of a character of ASCII, and which of them is not 0. */
function unitsOf(encoding: string): { readonly step: number; readonly at: number } {
  const step = encoding.startsWith('utf-16') ? 2 : encoding.startsWith('utf-32') ? 4 : 1;
  return { step, at: encoding.endsWith('le') ? 0 : step - 1 };
}

function isUnit(bytes: Uint8Array, from: number, code: number, step: number, at: number): boolean {
  if (from < 0 || bytes[from + at] !== code) return false;
  let others = 0;
  for (let j = 0; j < step; j++) if (j !== at) others |= bytes[from + j];
  return others === 0;
}

/** How many line ends there are. @param isAfterReturn \r came before: \n is of the same end then */
function lineEnds(bytes: Uint8Array, encoding: string, isAfterReturn: boolean): number {
  const { step, at } = unitsOf(encoding);
  const isFeed = (from: number): boolean => isUnit(bytes, from, LINE_FEED, step, at);
  let count = isAfterReturn && isFeed(0) ? -1 : 0;
  // Every byte of every text passes here.
  for (let i = bytes.indexOf(LINE_FEED); i >= 0; i = bytes.indexOf(LINE_FEED, i + 1))
    if (step === 1 || (i % step === at && isFeed(i - at))) count++;
  for (let i = bytes.indexOf(RETURN); i >= 0; i = bytes.indexOf(RETURN, i + 1))
    if (i % step === at && isUnit(bytes, i - at, RETURN, step, at) && !isFeed(i - at + step)) count++;
  return count;
}
