/** Line ends and control characters, as the first reading takes them. */

/** \r\n and \r become \n. */
export class LineEnds {
  #endedInReturn = false;

  push(text: string): string {
    const all = this.#endedInReturn ? `\r${text}` : text;
    this.#endedInReturn = all.endsWith('\r');
    const settled = this.#endedInReturn ? all.slice(0, -1) : all;
    return settled.includes('\r') ? settled.replace(/\r\n?/g, '\n') : settled;
  }

  end(): string {
    return this.#endedInReturn ? '\n' : '';
  }
}

/** Control characters but \t and \n; soft hyphens; byte-order marks, which stay where files were put together. */
const UNWANTED = /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\ufeff]+/g;

export const withoutUnwanted = (text: string): string => text.replace(UNWANTED, '');
