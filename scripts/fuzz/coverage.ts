/** Which parts of src/ have run: V8's own counters, block by block, asked for after each input. */
import { Session } from 'node:inspector/promises';

export class Coverage {
  readonly #session = new Session();
  readonly #seen = new Set<string>();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Whether anything has run since that never had. Each block counts anew in powers of two, as loops do. */
  async hasGrown(): Promise<boolean> {
    const { result } = await this.#session.post('Profiler.takePreciseCoverage');
    const before = this.#seen.size;
    for (const { url, scriptId, functions } of result) {
      if (!/\/src\//.test(url)) continue;
      for (const { ranges } of functions)
        for (const { startOffset, endOffset, count } of ranges)
          if (count > 0)
            this.#seen.add(
              `${scriptId}:${startOffset}:${endOffset}:${Math.min(8, Math.floor(Math.log2(count)))}`,
            );
    }
    return this.#seen.size > before;
  }

  get size(): number {
    return this.#seen.size;
  }
}
