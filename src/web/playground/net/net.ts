/**
 * One net of the playground, in its worker: opened, trained towards a goal, asked. All memory of a net is its room, and is
 * given back when the next one is opened.
 */
import { DissipaError } from '../../../base/errors.js';
import { scoped } from '../../../kernels/scoped.js';
import type { Kernels, Room } from '../../../kernels/kernels.js';
import { forward } from '../../../bptt/forward.js';
import { loss } from '../../../bptt/loss.js';
import { backwardWithProbes } from '../../../bptt/probing.js';
import { Unrolled } from '../../../bptt/unrolled.js';
import { activation } from '../../../probe/activation.js';
import { lag } from '../../../probe/lag.js';
import { saturation } from '../../../probe/saturation.js';
import { largestSingularValue } from '../../../probe/spectra.js';
import { STEEPEST } from '../../../probe/theory.js';
import { listenTo } from '../../../probe/listen.js';
import { isGated } from '../../../model/cells/cell.js';
import { parameterCount, type ModelShape } from '../../../model/shape.js';
import type { Network } from '../../../model/network.js';
import { decodeCheckpoint, encodeCheckpoint } from '../../../store/checkpoint.js';
import { Sampler } from '../../../study/sample/sample.js';
import { sampleOptions } from '../../../study/sample/options.js';
import { Alphabet } from '../../../text/alphabet.js';
import { lengthsOf } from '../../../text/split.js';
import { SymbolReader } from '../../../text/unknown.js';
import { checkFillsWindow, Windows } from '../../../text/windows.js';
import { parseTrainOptions, type TrainOptions } from '../../../train/options.js';
import { Trainer } from '../../../train/trainer.js';
import type { Snapshot } from '../../../train/state.js';
import { FIELDS, type Settings } from '../settings.js';
import { changed } from './fork.js';
import { nudged } from './nudge.js';
import type { Calls, ProbedStep, Nudged, NudgeAsked, Opened, Opening, Report, StepRow } from './protocol.js';
import { readTexts, textOf, whereOf } from '../../text.js';

/** A run in the page has no end of its own; and each step ends with an event, so that a pause is never in its midst. */
const ENDLESS = 2 ** 31 - 1;

/** Steps after which the probes look, further apart as the run grows: about 200 looks in the first 2,000 steps. */
const isLooked = (step: number): boolean =>
  step <= 20 || step % (step <= 400 ? 5 : step <= 2000 ? 10 : step <= 10_000 ? 50 : 250) === 0;
/** Characters that a sample has. */
const SAMPLE = 280;

interface Running {
  readonly room: Room;
  readonly trainer: Trainer;
  readonly events: ReturnType<Trainer['run']>;
  readonly alphabet: Alphabet;
  readonly training: Uint16Array;
  readonly heldOut: Uint16Array;
  readonly sampler: Sampler;
}

/** The options of `train` that the settings stand for; the same bits come out of `dissipa train` with them. */
export function optionsOf(settings: Settings): TrainOptions {
  const { gain: _, ...given } = settings;
  return parseTrainOptions({ ...given, steps: ENDLESS, probe: 'off', checkpointEvery: 1 });
}

export class Net {
  #running: Running | null = null;
  #goal = 0;
  #ended: 'diverged' | null = null;

  constructor(private readonly kernels: Kernels) {}

  /** There is something left to do before the goal. */
  isDue(): boolean {
    return this.#running !== null && this.#ended === null && this.#running.trainer.step < this.#goal;
  }

  set goal(step: number) {
    this.#goal = step;
  }

  /** @throws DissipaError for a text too short, or a checkpoint that is none */
  open(opening: Opening): Opened {
    this.close();
    const room = this.kernels.room();
    try {
      return room.fill(() => this.#begin(opening, room));
    } catch (error) {
      room.release();
      this.#running = null;
      throw error;
    }
  }

  #begin(opening: Opening, room: Room): Opened {
    const { kernels } = this;
    const { texts, fork, checkpoint } = opening;
    const { model, settings, options, alphabet, ids, training, heldOut } = prepared(opening);
    const { cell, layers, hidden } = settings;
    const shape: ModelShape = { cell, layers, hidden, symbols: alphabet.size };
    const next = { step: 0 };
    const from = fork && changed(fork.from, shape, fork.before, settings, fork.changed);
    const trainer = new Trainer({
      kernels,
      shape,
      options,
      training,
      validation: heldOut,
      probes: [lag, saturation, activation].map((probe) => ({
        probe,
        get every() {
          return isLooked(next.step + 1) ? 1 : 0;
        },
      })),
      symbols: alphabet.symbols,
      where: checkpoint?.name ?? whereOf(texts),
      ...(from && { from: withOptions(from, options) }),
      ...(model && { model: model }),
    });
    if (!fork && !model && settings.gain !== 1) multiplyRecurrent(trainer.network, settings.gain);
    next.step = trainer.step;
    const events = trainer.run();
    const sampler = new Sampler({ network: trainer.model, alphabet });
    const counted = follow(events, next);
    this.#running = { room, trainer, events: counted, alphabet, training, heldOut, sampler };
    this.#goal = trainer.step;
    this.#ended = null;
    const measured = this.#measureNow(this.#running, options);
    const parameters = parameterCount(shape);
    const { symbols } = alphabet;
    const { step } = trainer;
    const { threads } = kernels;
    const characters = ids.length;
    return { shape, alphabet: symbols, parameters, characters, step, settings, threads, measured };
  }

  close(): void {
    this.#running?.room.release();
    this.#running = null;
  }

  /** Trains until the goal or for about so long. */
  work(milliseconds: number): Report {
    const running = this.#opened();
    const { trainer, events } = running;
    const rows: StepRow[] = [];
    const measured: ProbedStep[] = [];
    const evaluations: { step: number; lossNats: number }[] = [];
    const started = performance.now();
    while (this.isDue() && performance.now() - started < milliseconds) {
      for (const event of oneStep(events)) {
        if (event.kind === 'step') {
          const { step, lossNats, gradientNorm, clipScale } = event;
          rows.push({ step, lossNats, gradientNorm, clipScale });
        } else if (event.kind === 'gradients')
          measured.push({ step: event.step - 1, layers: event.layers, boundLog10: null });
        else if (event.kind === 'evaluation')
          evaluations.push({ step: event.step, lossNats: event.lossNats });
        else if (event.kind === 'diverged') this.#ended = 'diverged';
      }
    }
    const workMs = performance.now() - started;
    const last = measured.at(-1);
    if (last) measured[measured.length - 1] = { ...last, boundLog10: boundOf(trainer.network) };
    return { step: trainer.step, rows, measured, evaluations, sample: null, workMs, ended: this.#ended };
  }

  sample(): Report['sample'] {
    const { trainer, sampler } = this.#opened();
    if (this.#ended) return null;
    trainer.refreshModel();
    const options = sampleOptions.parse({ length: SAMPLE, temperature: 0.7, seed: 7 });
    try {
      return { step: trainer.step, text: [...sampler.run(options)].join('') };
    } catch (error) {
      // What is about to diverge predicts no numbers any more; its training will say so.
      if (error instanceof DissipaError) return null;
      throw error;
    }
  }

  snapshot(): Snapshot {
    return this.#opened().trainer.snapshot();
  }

  checkpoint(): Uint8Array {
    const { trainer, alphabet } = this.#opened();
    const { parameters, state, tensors } = trainer.snapshot();
    const training = { state, tensors };
    return encodeCheckpoint({
      shape: trainer.network.shape,
      alphabet: alphabet.symbols,
      parameters,
      training,
    });
  }

  listen({ length }: Calls['listen']['asked']): Calls['listen']['answer'] {
    const { trainer, alphabet, heldOut, training } = this.#opened();
    const passage = (heldOut.length > 1 ? heldOut : training).slice(0, length);
    return {
      symbols: Array.from(passage, (id) => alphabet.symbols[id]),
      ...listenTo(trainer.network, passage),
    };
  }

  nudge(asked: NudgeAsked): Nudged {
    const { trainer, heldOut, training } = this.#opened();
    const text = heldOut.length > trainer.options.window ? heldOut : training;
    return nudged(trainer.network, text.subarray(0, trainer.options.window), asked);
  }

  /** The first window as the probes see it, before any update; nothing moves on. */
  #measureNow({ trainer, training }: Running, { batch, window }: TrainOptions): ProbedStep {
    const size = { rows: batch, timesteps: window };
    return scoped(this.kernels, () => {
      const unrolled = new Unrolled(trainer.network, { ...size, gradients: true, dropout: 0 });
      const windows = new Windows(training, size, 'text');
      windows.fill(0, unrolled.inputs, unrolled.targets);
      forward(unrolled, window);
      loss(unrolled);
      const layers = backwardWithProbes(unrolled, null, [lag, saturation, activation]) ?? [];
      return { step: trainer.step, layers, boundLog10: boundOf(trainer.network) };
    });
  }

  #opened(): Running {
    if (this.#running === null) throw new RangeError('no net is open');
    return this.#running;
  }
}

/** The events, while `next` follows the steps: the probes' schedule looks at it. */
function* follow(events: ReturnType<Trainer['run']>, next: { step: number }): ReturnType<Trainer['run']> {
  for (const event of events) {
    if (event.kind === 'step') next.step = event.step;
    yield event;
  }
}

/**
 * What a net is opened on, read.
 * @throws DissipaError for what is no text, a text too short, or a checkpoint that is none
 */
export function prepared({
  settings: asked,
  texts,
  checkpoint,
}: Pick<Opening, 'settings' | 'texts' | 'checkpoint'>) {
  const model = checkpoint && decodeCheckpoint(checkpoint.bytes, checkpoint.name);
  const settings = model ? settingsOf(model.shape, asked) : asked;
  const options = optionsOf(settings);
  const { alphabet, ids } = model ? onto(new Alphabet(model.alphabet), texts) : readTexts(texts);
  const { batch: rows, window: timesteps, validation } = options;
  const cut = lengthsOf(ids.length, validation).training;
  const [training, heldOut] = [ids.subarray(0, cut), ids.subarray(cut)];
  checkFillsWindow(training.length, { rows, timesteps }, whereOf(texts));
  return { model, settings, options, alphabet, ids, training, heldOut };
}

/** The events of one update, to its end. */
function* oneStep(events: ReturnType<Trainer['run']>): ReturnType<Trainer['run']> {
  for (;;) {
    const { value, done } = events.next();
    if (done) return;
    yield value;
    if (value.kind !== 'step' && value.kind !== 'gradients' && value.kind !== 'evaluation') return;
  }
}

function onto(alphabet: Alphabet, texts: Opening['texts']): { alphabet: Alphabet; ids: Uint16Array } {
  const reader = new SymbolReader(alphabet, whereOf(texts), 'skip');
  return { alphabet, ids: reader.push(textOf(texts)) };
}

const settingsOf = ({ cell, layers, hidden }: ModelShape, asked: Settings): Settings => ({
  ...asked,
  cell: cell as Settings['cell'],
  layers,
  hidden,
  window: Math.min(asked.window, FIELDS.window.kind === 'number' ? FIELDS.window.most : asked.window),
});

const withOptions = (from: Snapshot, options: TrainOptions): Snapshot => ({
  ...from,
  state: { ...from.state, options },
});

function multiplyRecurrent(network: Network, factor: number): void {
  for (const { weightHh } of network.parameters.layers) network.kernels.scale(weightHh, factor);
  network.refresh();
}

/** log10(σ₁γ) where it bounds the lag curve: the top layer of a vanilla net. */
function boundOf({ kernels, cell, recurrence, parameters, shape }: Network): number | null {
  if (isGated(cell) || recurrence !== 'matrix') return null;
  const { data } = parameters.layers[shape.layers - 1].weightHh;
  const bound = largestSingularValue(kernels.float64, data, shape.hidden);
  const log10 = Math.log10(bound * STEEPEST[cell.activations[0].kind]);
  return Number.isFinite(log10) ? log10 : null;
}
