/** Runs a generator that tells how far it is to its end. */
export async function toEnd<Y, T>(running: AsyncGenerator<Y, T>): Promise<{ told: Y[]; value: T }> {
  const told: Y[] = [];
  for (;;) {
    const next = await running.next();
    if (next.done === true) return { told, value: next.value };
    told.push(next.value);
  }
}
