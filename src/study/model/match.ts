/** Nets of different make with as many parameters as each other. */

/**
 * The hidden size, 1 or more, at which a net's parameter count comes nearest to `target`; the smaller of two equally near.
 * @param countAt grows with the hidden size
 */
export function nearestHidden(target: number, countAt: (hidden: number) => number): number {
  let above = 1;
  while (countAt(above) < target) above *= 2;
  let below = Math.floor(above / 2);
  // countAt(below) < target ≤ countAt(above), 0 standing for no net at all.
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (countAt(middle) < target) below = middle;
    else above = middle;
  }
  return below > 0 && target - countAt(below) <= countAt(above) - target ? below : above;
}
