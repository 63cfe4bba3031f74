/** What was tried, and what of it failed. */
export interface Outcome {
  /** In words; null: it went as it should. */
  readonly failed: string | null;
}

export class Tally {
  readonly #rows = new Map<string, { tried: number; readonly failures: string[] }>();

  add(what: string, where: string, { failed }: Outcome): void {
    const row = this.#rows.get(what) ?? { tried: 0, failures: [] };
    row.tried++;
    if (failed !== null) {
      row.failures.push(`${where}: ${failed}`);
      process.stderr.write(`FAILED ${what}, ${where}: ${failed}\n`);
    }
    this.#rows.set(what, row);
  }

  get failed(): number {
    return [...this.#rows.values()].reduce((sum, { failures }) => sum + failures.length, 0);
  }

  toString(): string {
    const lines = [...this.#rows].map(
      ([what, { tried, failures }]) =>
        `${what.padEnd(32)} ${String(tried).padStart(6)} ${String(failures.length).padStart(6)}`,
    );
    return [`${''.padEnd(32)}  tried failed`, ...lines].join('\n');
  }
}
