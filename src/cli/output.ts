/**
 * The program's results on their way out. A stream says that it failed some time after the write that did not arrive;
 * the next write throws what is wrong, so that a command ends as by any other error, its run's folder given free.
 */
import { DissipaError, failure, worded } from '../base/errors.js';

/** `dissipa sample … | head`: whoever reads has had enough, and that is no failure. */
export class NobodyReadsError extends DissipaError {
  override readonly exitCode = 0;
}

export interface Output {
  /** @throws DissipaError where something written before did not arrive */
  readonly write: (data: string | Uint8Array) => void;
  /** Waits until all has arrived. @throws DissipaError where it has not */
  readonly end: () => Promise<void>;
}

export function openOutput(stream: NodeJS.WritableStream, name: string): Output {
  let trouble: DissipaError | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    trouble ??= explain(error, name);
  });
  const check = (): void => {
    if (trouble !== null) throw trouble;
  };
  return {
    write(data) {
      check();
      stream.write(data);
    },
    async end() {
      await new Promise<void>((resolve) => {
        stream.write('', () => {
          resolve();
        });
      });
      check();
    },
  };
}

function explain(error: NodeJS.ErrnoException, name: string): DissipaError {
  const cause = { cause: error };
  if (error.code === 'EPIPE') {
    const [complaint, { problem }] = worded('output.unread', { name });
    return new NobodyReadsError(complaint, { ...cause, problem });
  }
  return failure('output.lost', { name, code: error.code ?? error.message }, cause);
}
