/** `dissipa sample MODEL` */
import { setImmediate } from 'node:timers/promises';
import type * as z from 'zod';
import { visible, visibleBytes, visibleJson } from '../../base/visible.js';
import type { Model } from '../../study/model/model.js';
import {
  sampleMany,
  sampleOptions,
  type SampleEvent,
  type SampleOptions,
} from '../../study/sample/sample.js';
import { toBytes } from '../../text/bytes.js';
import { BETWEEN } from '../../text/records.js';
import { SymbolReader } from '../../text/unknown.js';
import { INTERRUPTED, type Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { tellUnknown } from '../unknown.js';
import { jsonFlag, modelFlags, openModel } from './model.js';

export const sampleFlags = sampleOptions.extend({ ...modelFlags.shape, json: jsonFlag });
type Flags = z.output<typeof sampleFlags>;

/** Events between two looks at the signals. */
const BREATH = 32;

/** @returns the exit code */
export async function sample(env: Environment, path: string, argv: Given): Promise<number> {
  const flags: Flags = readFlags(sampleFlags, argv);
  const { engine, threads, json, ...options } = flags;
  const stop = env.interruption();
  const model = await openModel(env, path, { engine, threads });
  const reader = new SymbolReader(model.alphabet, '--prompt', options.unknown);
  reader.push(model.alphabet.typed(options.prompt));
  tellUnknown(env, '--prompt', reader, model.alphabet);
  const { outBytes } = env;
  // Bytes for a program are bytes, with nothing of ours among them.
  const isRaw = model.alphabet.areBytes && outBytes !== undefined && !json;
  const form = json
    ? jsonForm(path, model, options)
    : isRaw
      ? rawForm(model, options)
      : textForm(model, options, env);
  const printer = new Printer(
    form,
    isRaw
      ? (symbols: string) => {
          outBytes(toBytes(symbols));
        }
      : env.out,
  );
  let heard = 0;
  for (const event of sampleMany(model, options)) {
    printer.take(event);
    if (++heard % BREATH === 0) await setImmediate();
    if (stop.aborted) break;
  }
  printer.end();
  return stop.aborted ? INTERRUPTED : 0;
}

/** How samples are written: each between what stands before and after it, all of them likewise. */
interface Form {
  readonly before: string;
  readonly after: string;
  readonly beforeSample: (event: Pick<SampleEvent, 'sample' | 'seed'>) => string;
  readonly text: (text: string) => string;
  readonly afterSample: (end: SampleEvent['end']) => string;
}

/**
 * Several are told apart by a line with the seed that makes each alone, unless each has a line of its own, or is a record
 * that is told from the next as in the text it was learnt from.
 */
function textForm(
  { alphabet }: Pick<Model, 'alphabet'>,
  { prompt, count, lines }: SampleOptions,
  { outColumns, words }: Environment,
): Form {
  const isTerminal = outColumns !== undefined;
  // What goes into a file or another program is the text itself.
  const shown = alphabet.areBytes ? visibleBytes : isTerminal ? visible : (text: string) => text;
  const begin = shown(alphabet.areBytes ? alphabet.typed(prompt) : prompt);
  const { records } = alphabet;
  const isOneLine = (lines === 1 || records === 'line') && !prompt.includes('\n');
  const isApart = count > 1 && !isOneLine && records !== 'blank-line';
  const gap = records === 'blank-line' || isApart ? '\n' : '';
  return {
    before: '',
    after: '',
    beforeSample: ({ sample: number, seed }) =>
      `${number > 0 ? gap : ''}${isApart ? `--- ${words.reports.notes.seed(seed)} ---\n` : ''}${begin}`,
    text: shown,
    afterSample: () => '\n',
  };
}

/** The samples' bytes alone, records ended as in the text they were learnt from. */
function rawForm({ alphabet }: Model, { prompt }: SampleOptions): Form {
  const { records } = alphabet;
  const end = records === undefined || records === 'file' ? '' : BETWEEN[records];
  return {
    before: '',
    after: '',
    beforeSample: () => alphabet.typed(prompt),
    text: (text) => text,
    afterSample: () => end,
  };
}

/** One object, written as the samples come: many of them would be too long for one string. */
function jsonForm(path: string, { network, alphabet }: Model, options: SampleOptions): Form {
  const { records, areBytes } = alphabet;
  // The texts of bytes are of characters U+0000 to U+00FF, one for each.
  const kind = { ...(records && { records }), ...(areBytes && { symbolsAre: 'bytes' }) };
  const facts = visibleJson(JSON.stringify({ model: { path, ...network.shape, ...kind }, ...options }));
  return {
    before: `${facts.slice(0, -1)},"samples":[`,
    after: ']}\n',
    beforeSample: ({ sample: number, seed }) => `${number > 0 ? ',' : ''}{"seed":${seed},"text":"`,
    text: (text) => visibleJson(JSON.stringify(text)).slice(1, -1),
    afterSample: (end) => `","end":${JSON.stringify(end)}}`,
  };
}

/** Writes samples in their order: the first that is not through as it grows, the others when it is their turn. */
class Printer {
  #current = 0;
  #isOpen = false;
  readonly #waiting = new Map<number, SampleEvent>();

  constructor(
    private readonly form: Form,
    private readonly out: (text: string) => void,
  ) {
    this.#write(form.before);
  }

  take(event: SampleEvent): void {
    if (event.sample !== this.#current) {
      const before = this.#waiting.get(event.sample);
      this.#waiting.set(event.sample, { ...event, text: (before?.text ?? '') + event.text });
      return;
    }
    this.#show(event);
    for (;;) {
      const next = this.#waiting.get(this.#current);
      if (!next) return;
      this.#waiting.delete(this.#current);
      this.#show(next);
    }
  }

  /** Completes what was written, also where the samples are not through. */
  end(): void {
    if (this.#isOpen) this.#close(null);
    for (const [, event] of [...this.#waiting].sort(([a], [b]) => a - b)) {
      this.#open(event);
      this.#write(this.form.text(event.text));
      this.#close(event.end);
    }
    this.#write(this.form.after);
  }

  /** An event of the current sample. */
  #show(event: SampleEvent): void {
    if (!this.#isOpen) this.#open(event);
    this.#write(this.form.text(event.text));
    if (event.end === null) return;
    this.#close(event.end);
    this.#current++;
  }

  #open(event: SampleEvent): void {
    this.#isOpen = true;
    this.#write(this.form.beforeSample(event));
  }

  #close(end: SampleEvent['end']): void {
    this.#isOpen = false;
    this.#write(this.form.afterSample(end));
  }

  #write(text: string): void {
    if (text !== '') this.out(text);
  }
}
