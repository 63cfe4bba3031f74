/** One of the two nets as the page knows it: what it was set to, and all that its worker has told. */
import { signal } from '@preact/signals';
import worker from 'virtual:worker';
import { NetClient, RefusedError } from '../net/client.js';
import type { ProbedStep, Opened, Opening, Refusal, Report, StepRow } from '../net/protocol.js';
import { threadsForEach } from '../../threads.js';
import type { Settings, Side } from '../settings.js';

/** Beyond it every second row of the earlier ones goes: a curve needs no more points than pixels. */
const MOST_ROWS = 20_000;
const MOST_MEASURED = 400;

/** Where the workers' program is, for as long as the page is. */
let program: string | null = null;

const newWorker = (): Worker => {
  program ??= URL.createObjectURL(new Blob([worker], { type: 'text/javascript' }));
  return new Worker(program);
};

export const refusalOf = (reason: unknown): Refusal =>
  reason instanceof RefusedError ? reason : { message: String(reason), isMemory: false };

export class Bench {
  readonly opened = signal<Opened | null>(null);
  readonly step = signal(0);
  /** Counts what is told, so that charts know that there is something new. */
  readonly news = signal(0);
  readonly sample = signal<Report['sample']>(null);
  readonly error = signal<Refusal | null>(null);
  readonly ended = signal(false);
  /** Where it began: drawn from its seed, or with the weights of another. */
  readonly origin = signal<'start' | 'checkpoint' | 'fork'>('start');
  readonly settings;
  rows: StepRow[] = [];
  measured: ProbedStep[] = [];
  evaluations: Report['evaluations'][number][] = [];
  /** Characters a second of its own work, lately. */
  speed = 0;
  #started: NetClient | null = null;
  #opening = 0;

  constructor(
    readonly side: Side,
    settings: Settings,
    private readonly onReport: () => void,
  ) {
    this.settings = signal(settings);
  }

  /** Its worker starts when something is first asked of it. */
  get #client(): NetClient {
    if (this.#started) return this.#started;
    const client = new NetClient(newWorker(), (report) => {
      this.#take(report);
    });
    client.threads(threadsForEach(navigator.hardwareConcurrency, crossOriginIsolated));
    return (this.#started = client);
  }

  get latest(): ProbedStep | null {
    return this.measured.at(-1) ?? null;
  }

  /** The last measurement up to a step. */
  at(step: number | null): ProbedStep | null {
    if (step === null) return this.latest;
    return this.measured.findLast((one) => one.step <= step) ?? this.measured.at(0) ?? null;
  }

  get lossBits(): number | null {
    return this.lossBitsAt(null);
  }

  /** Of the last update up to a step. */
  lossBitsAt(step: number | null): number | null {
    const last = this.rows.findLast((row) => step === null || row.step <= step);
    return last ? last.lossNats / Math.LN2 : null;
  }

  /** @returns whether it was opened, and not overtaken by a later opening */
  async open(opening: Omit<Opening, 'settings'>): Promise<boolean> {
    const turn = ++this.#opening;
    try {
      const opened = await this.#client.call('open', { ...opening, settings: this.settings.peek() });
      if (turn !== this.#opening) return false;
      if (!opening.fork) {
        this.rows = [];
        this.measured = [];
        this.evaluations = [];
        this.sample.value = null;
      }
      this.settings.value = opened.settings;
      this.opened.value = opened;
      this.step.value = opened.step;
      this.measured.push(opened.measured);
      this.error.value = null;
      this.ended.value = false;
      this.origin.value = opening.fork ? 'fork' : opening.checkpoint ? 'checkpoint' : 'start';
      this.news.value++;
      return true;
    } catch (error) {
      if (turn !== this.#opening) return false;
      this.opened.value = null;
      this.error.value = refusalOf(error);
      return false;
    }
  }

  /** All that another one has told, as its own past. */
  inherit(other: Bench): void {
    this.rows = [...other.rows];
    this.measured = [...other.measured];
    this.evaluations = [...other.evaluations];
    this.sample.value = other.sample.value;
  }

  /** Has it write anew, where it has learnt since it last did. */
  async rewrite(): Promise<void> {
    const turn = this.#opening;
    if (this.step.peek() === this.sample.peek()?.step || this.ended.peek()) return;
    const sample = await this.#client.call('sample', null);
    if (turn === this.#opening && sample) this.sample.value = sample;
  }

  goal(step: number): void {
    this.#client.goal(step);
  }

  readonly call: NetClient['call'] = (name, asked) => this.#client.call(name, asked);

  end(): void {
    this.#started?.end();
  }

  #take(report: Report): void {
    const opened = this.opened.peek();
    if (opened === null || report.step < this.step.peek()) return;
    const { batch, window } = opened.settings;
    if (report.workMs > 0) {
      const now = (1000 * report.rows.length * batch * window) / report.workMs;
      this.speed = this.speed === 0 ? now : 0.8 * this.speed + 0.2 * now;
    }
    this.rows.push(...report.rows);
    if (this.rows.length > MOST_ROWS) this.rows = thinned(this.rows);
    this.measured.push(...report.measured.filter(({ step }) => step > (this.latest?.step ?? -1)));
    if (this.measured.length > MOST_MEASURED) this.measured = thinned(this.measured);
    this.evaluations.push(...report.evaluations);
    if (report.sample) this.sample.value = report.sample;
    this.step.value = report.step;
    this.ended.value = report.ended !== null;
    this.news.value++;
    this.onReport();
  }
}

/** Every second one of the earlier half. */
function thinned<T>(values: readonly T[]): T[] {
  const half = values.length >> 1;
  return values.filter((_, i) => i >= half || i % 2 === 0);
}
