/** What `engine`, `evaluate`, `check` and `corpus` report, and what every command notes on its way. */
import type { ChangeKind } from '../../text/controls.js';
import { numbers } from './numbers.js';

const { count, counted, fixed, percent, plural, short } = numbers;

/** Of how texts were read, by kind. */
/** What was done with one of each, and with several. */
const changes: Readonly<Record<ChangeKind | 'reserved', readonly [one: string, several: string]>> = {
  carriageReturns: ['carriage return read as \\n', 'carriage returns read as \\n'],
  otherLineEnds: ['form feed or other line end read as \\n', 'form feeds and other line ends read as \\n'],
  escapeSequences: ['escape sequence removed', 'escape sequences removed'],
  overstrikes: ['overstrike (bold or underlined) taken away', 'overstrikes (bold or underlined) taken away'],
  controls: ['control character removed', 'control characters removed'],
  softHyphens: ['soft hyphen removed', 'soft hyphens removed'],
  byteOrderMarks: ['byte-order mark removed', 'byte-order marks removed'],
  composed: ['character brought into NFC', 'characters brought into NFC'],
  reserved: ['reserved U+FFFF read as U+FFFD', 'reserved U+FFFF read as U+FFFD'],
  badBytes: ['bad byte replaced or dropped', 'bad bytes replaced or dropped'],
};

const symbolsOrBytes = (n: number, areBytes: boolean): string => counted(n, areBytes ? 'byte' : 'character');

export const reports = {
  engine: {
    onThreads: (name: string, threads: number): string =>
      threads > 1 ? `${name} on ${threads} threads` : name,
    inUse: (engine: string, asked: boolean, gflops: number): string =>
      `${engine}: ${asked ? 'as asked for' : 'the fastest available'}, ${fixed(gflops, 0)} GFLOP/s in products of 256×256 numbers.`,
    onOne: 'On one thread each:',
    missing: (reason: string | null): string => `not here: ${reason ?? 'unknown'}`,
    reasons: {
      browser: 'a browser has none',
      'not-built': 'none was built',
      'no-instructions': 'this processor has no such instructions',
    } as Readonly<Record<string, string | undefined>>,
    used: 'in use',
    build: 'Without native kernels wasm serves; with a C compiler, this makes them:',
    trial: (microseconds: number, threads: number): string =>
      `${fixed(microseconds, 0)} µs on ${counted(threads, 'thread')}`,
    taken: (trials: string, taken: number): string =>
      `A timestep's product took ${trials}: ${taken} ${plural(taken, 'is', 'are')} taken (--threads auto).`,
    hint: 'the kernels run as wasm; with a C compiler, `npx dissipa engine --build` makes native ones, which are faster',
    alreadyThere: (path: string): string => `native kernels are there already: ${path}`,
    compiling: (compiler: string): string =>
      `compiling the native kernels with ${compiler}: about half a minute`,
    waiting: 'another process is compiling them: waiting for it',
    built: (sets: string, path: string): string => `built native kernels (${sets}): ${path}`,
  },
  evaluate: {
    perByte: (bits: number): string => `${fixed(bits, 4)} bits per byte`,
    perSymbol: (bits: number, perByte: number, areBytes: boolean): string =>
      `${fixed(bits, 4)} bits per ${areBytes ? 'symbol' : 'character'}, ${fixed(perByte, 4)} per ${areBytes ? '' : 'UTF-8 '}byte`,
    figures: (figures: string, perplexity: number, predictions: number, text: string): string =>
      `${figures} (perplexity ${short(perplexity)}), over ${counted(predictions, 'prediction')} of ${text}`,
    even: (symbols: number): string =>
      `a uniform guess among the ${symbols} symbols would need ${fixed(Math.log2(symbols), 4)}`,
    trainedOn: 'The run held nothing out: this is the text that the model was trained on.',
    records: (n: number, bits: number): string =>
      `${counted(n, 'record')}, each from nothing and with its end predicted too: ${fixed(bits, 2)} bits per record.`,
    allUnknown:
      'All predictions are of the symbol for unknown ones, whichever they were: the figures say nothing of the text.',
    someUnknown: (share: number, others: number, bits: number): string =>
      `${percent(share)} of the predictions are of the symbol for unknown ones, whichever they were; the other ${count(others)} alone need ${fixed(bits, 4)} bits per character.`,
  },
  check: {
    fresh: 'a fresh model',
    measured: (model: string, shape: string, window: string, text: string, bits: number): string =>
      `${model} (${shape}), ${window} of ${text}: loss ${fixed(bits, 4)} bits per character`,
    head: ['tensor', 'entries', 'largest |∂|', 'worst error', ''],
    entries: (compared: number, size: number, atKink: number): string =>
      `${count(compared)} of ${count(size)}${atKink > 0 ? `, ${atKink} at a kink` : ''}`,
    wrong: 'WRONG',
    nothing: 'nothing to compare',
    small: 'below what differences can resolve',
    ok: 'ok',
    detail: (name: string, entry: number, backward: number, difference: number): string =>
      `${name}, entry ${entry}: backward says ${backward}, differences ${difference}`,
    right: (worst: string, allowed: string): string =>
      `The gradients are right: the worst relative error is ${worst}; up to ${allowed} is allowed.`,
    areWrong: (wrong: number, tensors: number, allowed: string): string =>
      `The gradients of ${wrong} of ${counted(tensors, 'tensor')} are wrong (up to ${allowed} is allowed):`,
    overflow: (engine: string): string => `TOO FAR: ${engine} leaves the numbers it has on this window.`,
    beside: (engine: string, passed: boolean, distance: string, tensor: string, allowed: string): string =>
      `${passed ? '' : 'TOO FAR: '}${engine} differs from the reference by ${distance} (${tensor}); up to ${allowed} is allowed.`,
  },
  corpus: {
    space: 'space',
    texts: (n: number): string => counted(n, 'text'),
    records: (n: number): string => counted(n, 'record'),
    characters: (n: number, areBytes: boolean, areEnded: boolean): string =>
      `${symbolsOrBytes(n, areBytes)}${areEnded ? ' with their ends' : ''}`,
    bytes: (n: number): string => counted(n, 'byte'),
    symbols: (n: number): string => counted(n, 'symbol'),
    allToTrain: 'all of it to train on',
    heldOut: (training: number, areBytes: boolean, validation: number): string =>
      `${symbolsOrBytes(training, areBytes)} to train on, the last ${count(validation)} held out`,
    byFrequency: 'Symbols, from the most frequent to the rarest:',
    unknown: (n: number, met: number): string =>
      `${counted(n, 'symbol')}, with ${counted(met, 'occurrence')} in all, ${plural(n, 'is', 'are')} read as one unknown symbol.`,
    rare: (n: number, times: number): string =>
      `${counted(n, 'symbol')} ${plural(n, 'occurs', 'occur')} fewer than ${count(times)} times (--min-count ${times} reads ${plural(n, 'it', 'them')} as one unknown symbol).`,
    odd: 'Not letters, digits or ASCII:',
    bits: (part: number | null, symbols: number, areBytes: boolean): string =>
      `Bits per ${areBytes ? 'byte, given the k bytes before it' : 'character, given the k characters before it'}${part === null ? '' : `, in ${count(part)} of them`} (uniform guess among ${symbols} symbols: ${fixed(Math.log2(symbols), 3)}):`,
    entropyHead: 'entropy',
    heldOutHead: 'held out',
    entropy:
      'The entropy column is counted on this very text. With a larger k most contexts occur only once, and the entropy falls far below what anybody could predict: the shorter the text, the sooner.',
    counting: (soon: number, good: number): string =>
      `The held-out column shows how many bits a model that only counts (Witten–Bell) needs on the held-out part. A network that learns anything soon gets below ${fixed(soon, 2)}, and a good one below ${fixed(good, 2)}.`,
  },
  reading: {
    /** Where a text came from that has no name. */
    standardInput: 'standard input',
    more: (shown: string, more: number): string => `${shown} and ${more} more`,
    readAs: (encoding: string, how: string, names: string): string => `read as ${encoding}${how}: ${names}`,
    asNamed: ', as --encoding says',
    found: (certainty: string, words: string): string =>
      ` (${certainty}; --encoding names another), as in ${words}`,
    certainty: { sure: 'sure', likely: 'likely', unsure: 'unsure', told: 'told' } as Readonly<
      Record<string, string | undefined>
    >,
    unsure: (rivals: readonly string[]): string =>
      `unsure: ${rivals.join(', ')} ${plural(rivals.length, 'fits', 'fit')} about as well`,
    changes,
    changed: (parts: string, names: string): string => `${parts}: ${names}`,
    cut: (characters: number, names: string): string =>
      `Project Gutenberg's headers and licences cut, ${counted(characters, 'character')} (--keep-boilerplate leaves them): ${names}`,
    cutPart: (n: number, text: string): string => `${counted(n, 'character')}: “${text}”`,
    moreCuts: (n: number): string => `and ${count(n)} more`,
    doubt: (told: {
      name: string;
      line: number;
      encoding: string;
      other: string;
      words: readonly string[];
    }): string =>
      `${told.name}: from line ${told.line} on a few words look like ${told.other}, not ${told.encoding} (${told.words.join(' ')}): where part of the file is in another encoding, bring it into one; where all of it is in ${told.other}, give --encoding ${told.other}`,
    mentions: (n: number, names: string): string =>
      `the words "Project Gutenberg" are left in the text ${counted(n, 'time')}: ${names}`,
    unknown(told: {
      what: string;
      times: number;
      characters: number;
      named: string;
      more: number;
      done: 'skip' | 'nearest' | 'symbol';
    }): string {
      const done = {
        skip: 'left out',
        nearest: 'read as the nearest it has, or as a space',
        symbol: 'read as its symbol for unknown ones',
      }[told.done];
      return `${told.what}: ${count(told.times)} of ${counted(told.characters, 'character')} (${percent(told.times / told.characters)}) ${plural(told.times, 'is', 'are')} not in the model's alphabet (${told.named}${told.more > 0 ? ` and ${told.more} more` : ''}), ${done}`;
    },
    long: 'a long text: its symbols go to a file',
  },
  notes: {
    wrote: (path: string, kib: number, what: string): string => `wrote ${path} (${count(kib)} KiB): ${what}`,
    openIt: 'open it in a browser',
    seed: (seed: number): string => `seed ${seed}`,
    table: 'a table',
    chart: 'a chart',
    logsAlone: (error: string): string => `${error}; the logs alone are shown`,
  },
  comparing: {
    characters: (all: number, held: number): string =>
      `${counted(all, 'character')}, ${count(held)} of them held out`,
    trainings: (n: number, there: number): string =>
      `${counted(n, 'run')}${there > 0 ? `, ${count(there)} already done` : ''}`,
    bits: (bits: number): string => `${fixed(bits, 3)} bits/char`,
    characterCount: (n: string): string => `${n} characters`,
    diverged: 'NaN (diverged)',
    took: (characters: string, clock: string): string => `${characters} in ${clock}`,
    interrupted: (kept: number, all: number, command: string): string =>
      `interrupted, ${count(kept)} of ${counted(all, 'run')} ${plural(kept, 'is', 'are')} kept; go on with: ${command}`,
    notBegun: (dir: string): string =>
      `nothing of a comparison had been kept in ${dir}: it begins, with the options given`,
    inFull: (path: string): string => `Figures in full: ${path}`,
  },
};
