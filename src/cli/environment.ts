/** What the commands need of the system, so that they can be driven from a test as well. */
import ansis from 'ansis';
import { INTERRUPTED } from '../base/errors.js';
import { visibleButColours } from '../base/visible.js';
import { nodeFiles } from '../store/files-node.js';
import type { FileStore } from '../store/files.js';
import type { ProcessInfo } from '../store/processes.js';
import { nodeProcesses } from '../store/processes-node.js';
import { standardInput } from '../store/streams-node.js';
import { fold } from '../ui/terminal/wrap.js';
import type { Words } from '../words/words.js';
import { makeScreen } from './foot.js';
import type { Foot } from './foot.js';

export { INTERRUPTED, InterruptedError } from '../base/errors.js';

export interface Environment {
  readonly files: FileStore;
  readonly processes: ProcessInfo;
  /** Standard input, where there is one to be read. */
  readonly stdin?: (() => AsyncIterable<Uint8Array>) | undefined;
  /** Results. */
  readonly out: (text: string) => void;
  /** Results that are no text, where stdout is no terminal; else `out` is given what can be shown of them. */
  readonly outBytes?: ((bytes: Uint8Array) => void) | undefined;
  /** Progress, notes and errors. */
  readonly err: (text: string) => void;
  /** stderr is a terminal. */
  readonly isTerminal: boolean;
  /** Lines that are redrawn there; left out where none can be. */
  readonly foot?: Foot | null;
  /** Width of that terminal, where it is one. */
  readonly columns?: number | undefined;
  /** Width of the terminal that stdout is, where it is one. */
  readonly outColumns?: number | undefined;
  /** Colours that stdout shows: 0 none, 1 sixteen, 2 256, 3 all; none where it is left out. */
  readonly colourLevel?: number;
  /** What is said, in the language of whoever is spoken to. */
  readonly words: Words;
  /** Milliseconds since the process began. */
  readonly now: () => number;
  /** Aborted by the first Ctrl-C, closed terminal or the like; the second ends the process. */
  readonly interruption: () => AbortSignal;
}

/** What ends a command from outside, and its exit code then: 128 and the signal's number, but for SIGTERM. */
const SIGNALS: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGINT: INTERRUPTED,
  SIGTERM: INTERRUPTED,
  // The terminal was closed, or the connection to it.
  SIGHUP: 129,
  SIGBREAK: INTERRUPTED,
  SIGQUIT: 131,
  // Batch systems say with these that the time is nearly up.
  SIGUSR2: 140,
  SIGXCPU: 152,
};

export interface NodeEnvironment extends Environment {
  /** The exit code of a command that a signal has ended. */
  readonly interruptedCode: () => number;
}

/** What the system says of its user's language, in the order in which it counts. */
export const systemLocales = (): (string | undefined)[] => [
  process.env.LC_ALL,
  process.env.LC_MESSAGES,
  process.env.LANG,
  Intl.DateTimeFormat().resolvedOptions().locale,
];

/** @param colours asked for or forbidden; null where the terminal decides */
export function nodeEnvironment(
  out: (data: string | Uint8Array) => void,
  words: Words,
  colours: boolean | null = null,
): NodeEnvironment {
  const { stdout, stderr } = process;
  const canRedraw = stderr.isTTY && process.env.TERM !== 'dumb';
  const screen = makeScreen({
    write: (text) => stderr.write(text),
    columns: () => stderr.columns,
    rows: () => stderr.rows,
  });
  const controller = new AbortController();
  let interruptedCode = INTERRUPTED;
  let isListening = false;
  const listen = (): void => {
    if (isListening) return;
    isListening = true;
    for (const [signal, code] of Object.entries(SIGNALS))
      process.on(signal, () => {
        // What is to be removed at the end is removed here too: `exit` is told of it.
        if (controller.signal.aborted) process.exit(code);
        interruptedCode = code;
        if (signal === 'SIGINT' && stderr.isTTY) {
          if (canRedraw) screen.interrupted();
          else stderr.write('\n');
        }
        controller.abort();
      });
  };
  return {
    files: nodeFiles(controller.signal),
    processes: nodeProcesses(),
    // Looked at only when it is asked for. A terminal would wait for a person to type a text.
    get stdin() {
      return process.stdin.isTTY
        ? undefined
        : () => standardInput(controller.signal, words.reports.reading.standardInput);
    },
    // In a pipe or a file what is written is data, and stays as it is.
    out: (text) => {
      if (!stdout.isTTY) out(text);
      else
        screen.above(text, () => {
          out(visibleButColours(text));
        });
    },
    outBytes: stdout.isTTY ? undefined : out,
    err: (text) => {
      if (!stderr.isTTY) stderr.write(visibleButColours(text));
      else
        screen.above(text, () => {
          stderr.write(visibleButColours(fold(text, stderr.columns)));
        });
    },
    isTerminal: stderr.isTTY,
    foot: canRedraw ? screen.foot : null,
    // Asked anew each time: a window may be resized in the course of a training.
    get columns() {
      return stderr.isTTY ? stderr.columns : undefined;
    },
    get outColumns() {
      return stdout.isTTY ? stdout.columns : undefined;
    },
    // The library heeds NO_COLOR, FORCE_COLOR, TERM and --color; but in CI it would colour what goes into a pipe.
    colourLevel:
      colours !== false && (colours === true || stdout.isTTY || process.env.FORCE_COLOR !== undefined)
        ? ansis.level
        : 0,
    words,
    now: () => performance.now(),
    interruption: () => {
      listen();
      return controller.signal;
    },
    interruptedCode: () => interruptedCode,
  };
}
