/** English as it is said of one and of several. */

/** `step` of one, `steps` of any other number. @param n as a number, or as it is written: `1`, `1,234` */
export const plural = (n: number | string, one: string, several = `${one}s`): string =>
  String(n) === '1' ? one : several;

/** `1 step`, `12 steps`; see `plural`. */
export const counted = (n: number | string, one: string, several?: string): string =>
  `${n} ${plural(n, one, several)}`;
