/** Runs a generator that tells how far it is to its end. */
export function toEnd<Y, T>(running: Generator<Y, T>): { told: Y[]; value: T } {
  const told: Y[] = [];
  for (;;) {
    const next = running.next();
    if (next.done === true) return { told, value: next.value };
    told.push(next.value);
  }
}
