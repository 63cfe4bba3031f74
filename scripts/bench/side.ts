/**
 * A side of the benchmark is a process of its own that speaks JSON, a line a message: told a case it makes ready, told a
 * number of steps it makes them and answers how long they took.
 */
import { createInterface } from 'node:readline';
import type { Blas } from './peer.js';
import type { Case } from './cases.js';

export type Request =
  | { readonly kind: 'prepare'; readonly case: Case }
  | { readonly kind: 'steps'; readonly steps: number }
  | { readonly kind: 'peak' };

export interface Answer {
  readonly seconds?: number;
  readonly characters?: number;
  /** 10⁹ operations a second of a large product */
  readonly peak?: number;
  /** what computes it, of PyTorch */
  readonly blas?: Blas | null;
  /** what the side is, with its version */
  readonly about?: string;
  readonly error?: string;
}

/** What a side can do; `step` makes one step and returns the characters it has read. */
export interface Side {
  readonly about: string;
  prepare(wanted: Case): Promise<() => number>;
  peak?(): number;
}

/** Serves a side on stdin and stdout until its input ends. */
export async function serve(side: Side): Promise<void> {
  let step: () => number = () => 0;
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    let answer: Answer;
    try {
      if (request.kind === 'prepare') {
        step = await side.prepare(request.case);
        answer = { about: side.about };
      } else if (request.kind === 'peak') answer = { peak: side.peak?.() ?? 0 };
      else {
        let characters = 0;
        const started = performance.now();
        for (let i = 0; i < request.steps; i++) characters += step();
        answer = { seconds: (performance.now() - started) / 1000, characters };
      }
    } catch (error) {
      answer = { error: error instanceof Error ? error.message : String(error) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}
