/**
 * samples.txt: what the model writes as it learns, for people to read. One block a sample:
 *   --- step 400 ---
 *   the text, as it came
 *   (an empty line)
 */

const HEADING = /^--- step (\d{1,16}) ---\r?$/;
const TORN_HEADING = /^-(-(-( (s(t(e(p( (\d+( -{0,3})?)?)?)?)?)?)?)?)?)?$/;
const NEWLINE = 0x0a;
/** Longer than any heading. */
const HEADING_BYTES = 40;

/** One block. A line of the text that looks like a heading is set off by a space, or a rewind would cut there. */
export function encodeSample(step: number, text: string): string {
  const body = text
    .split('\n')
    .map((line) => (HEADING.test(line) ? ` ${line}` : line))
    .join('\n');
  return `--- step ${step} ---\n${body}\n\n`;
}

const endsInEmptyLine = (bytes: Uint8Array): boolean => bytes.at(-1) === NEWLINE && bytes.at(-2) === NEWLINE;

/**
 * The length in bytes up to the first block whose step is beyond `step`, and without a last block that a crash tore
 * (one that does not end in an empty line). Lines before the first heading are kept.
 */
export function keepSamplesThrough(bytes: Uint8Array, step: number): number {
  let lastHeading = -1;
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    if (bytes[start] === 0x2d && end - start <= HEADING_BYTES) {
      // Not fatal: a text cut in the midst of a character is no heading, and that is all that is asked.
      const heading = HEADING.exec(new TextDecoder().decode(bytes.subarray(start, end)));
      if (heading !== null) {
        if (Number(heading[1]) > step) return start;
        lastHeading = start;
      }
    }
    start = end + 1;
  }
  if (lastHeading === -1 || endsInEmptyLine(bytes)) return bytes.length;
  // What follows the last empty line may be a heading that was itself torn: then the block before it is whole.
  const lastLine = bytes.lastIndexOf(NEWLINE) + 1;
  const isTornHeading = TORN_HEADING.test(new TextDecoder().decode(bytes.subarray(lastLine)));
  return isTornHeading && endsInEmptyLine(bytes.subarray(0, lastLine)) ? lastLine : lastHeading;
}
