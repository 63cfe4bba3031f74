/** A net's worker as the page sees it. */
import type { CallName, Calls, FromWorker, Refusal, Report, ToWorker } from './protocol.js';

export class RefusedError extends Error {
  readonly isMemory: boolean;

  constructor({ message, isMemory }: Refusal) {
    super(message);
    this.isMemory = isMemory;
  }
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class NetClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  constructor(worker: Worker, onReport: (report: Report) => void) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if ('report' in data) {
        onReport(data.report);
        return;
      }
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ('refused' in data) waiting?.reject(new RefusedError(data.refused));
      else waiting?.resolve(data.answer);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(new RefusedError({ message: event.message, isMemory: false }));
    };
  }

  call<K extends CallName>(call: K, asked: Calls[K]['asked']): Promise<Calls[K]['answer']> {
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      this.#worker.postMessage({ call, id, asked });
    });
  }

  /** Before anything else is asked. */
  threads(threads: number): void {
    this.#worker.postMessage({ threads } satisfies ToWorker);
  }

  goal(step: number): void {
    this.#worker.postMessage({ goal: step } satisfies ToWorker);
  }

  end(): void {
    this.#worker.terminate();
    this.#fail(new RefusedError({ message: '', isMemory: false }));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
