/** A net's worker: trains towards its goal in short pieces, and answers between them. */
import { DissipaError } from '../../../base/errors.js';
import { openWasm } from '../../../kernels/wasm.js';
import { asSymbols } from '../../../text/symbols.js';
import { checkFillsWindow } from '../../../text/windows.js';
import { countingFloor } from '../../../study/train/counting.js';
import { ERRORS } from '../../../words/bundled.js';
import { speak } from '../../../words/words.js';
import { LONGEST_SHARED } from '../address.js';
import { Net, prepared } from './net.js';
import type { CallName, Calls, FromWorker, Refusal, Report, ToWorker } from './protocol.js';
import { textOf, whereOf } from '../../text.js';
import { startThread } from '../../threads.js';
import { turn } from '../../turn.js';

/** Between two looks at what the page asks; and between two reports to it. */
const PIECE_MS = 30;
const REPORT_MS = 90;
/** Between two samples. */
const SAMPLE_MS = 1500;

const post = (message: FromWorker): void => {
  postMessage(message);
};

let threads = 1;
let opening: Promise<Net> | null = null;
/** Without relaxed SIMD: the same bits in every browser, and those of the command line's wasm-simd128. */
const theNet = (): Promise<Net> =>
  (opening ??= openWasm({ allowRelaxed: false, threads, start: startThread }).then(
    (kernels) => new Net(kernels),
  ));

const CALLS: { readonly [K in CallName]: (asked: Calls[K]['asked']) => Promise<Calls[K]['answer']> } = {
  async open(asked) {
    speak(ERRORS[asked.language]);
    sampledAt = -Infinity;
    return (await theNet()).open(asked);
  },
  snapshot: async () => (await theNet()).snapshot(),
  checkpoint: async () => (await theNet()).checkpoint(),
  sample: async () => (await theNet()).sample(),
  listen: async (asked) => (await theNet()).listen(asked),
  nudge: async (asked) => (await theNet()).nudge(asked),
  look({ settings: [a, b], texts, checkpoint, language }) {
    speak(ERRORS[language]);
    const { alphabet, training, heldOut } = prepared({ settings: b, texts });
    // Without a checkpoint A is opened on the same ids: they are not read once more.
    if (checkpoint) prepared({ settings: a, texts, checkpoint });
    else checkFillsWindow(training.length, { rows: a.batch, timesteps: a.window }, whereOf(texts));
    const floor = countingFloor(asSymbols(training), asSymbols(heldOut), alphabet.size);
    // A text has a letter at least for each symbol.
    const text = training.length + heldOut.length <= LONGEST_SHARED ? textOf(texts) : null;
    return Promise.resolve({
      countingBits: floor && Math.min(...floor.lossNats) / Math.LN2,
      text: text !== null && text.length <= LONGEST_SHARED ? text : null,
    });
  },
};

let sampledAt = -Infinity;
let isWorking = false;

const join = (a: Report, b: Report): Report => ({
  ...b,
  rows: [...a.rows, ...b.rows],
  measured: [...a.measured, ...b.measured],
  evaluations: [...a.evaluations, ...b.evaluations],
  workMs: a.workMs + b.workMs,
});

/** Reports to the page, with a sample where one is due. */
function tell(net: Net, report: Report): void {
  const now = performance.now();
  const isSampled = now - sampledAt > SAMPLE_MS;
  if (isSampled) sampledAt = now;
  post({ report: isSampled ? { ...report, sample: net.sample() } : report });
}

async function work(net: Net): Promise<void> {
  if (isWorking) return;
  isWorking = true;
  const untold: Report[] = [];
  let toldAt = performance.now();
  try {
    while (net.isDue()) {
      untold.push(net.work(PIECE_MS));
      if (!net.isDue() || performance.now() - toldAt > REPORT_MS) {
        tell(net, untold.reduce(join));
        untold.length = 0;
        toldAt = performance.now();
      }
      await turn();
    }
  } finally {
    isWorking = false;
  }
}

/** An engine that is full says so by its key; a browser that has no room, by an error of range. */
function refusalOf(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : String(error);
  const key = error instanceof DissipaError ? error.problem.key : '';
  return { message, isMemory: key.startsWith('memory.') || error instanceof RangeError };
}

async function answer(message: ToWorker): Promise<void> {
  if ('threads' in message) {
    threads = message.threads;
    return;
  }
  if ('goal' in message) {
    const net = await theNet();
    net.goal = message.goal;
    return work(net);
  }
  const { id, call, asked } = message;
  try {
    const answered = await (CALLS[call] as (asked: unknown) => Promise<unknown>)(asked);
    post({ id, answer: answered });
  } catch (error) {
    post({ id, refused: refusalOf(error) });
  }
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  void answer(data);
});
