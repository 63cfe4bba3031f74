/**
 * The baseline: a net of brain.js, as shipped or repaired, trained by its own loop and measured by our definitions.
 *
 * It is given strings of a window's length and makes one update for each (it knows no batch). Its carry begins anew with
 * every string of the training; to be scored or sampled it reads on, from START, as ours do.
 */
import { failure } from '../../base/errors.js';
import type { Floats } from '../../base/matrix.js';
import type { LayerReport } from '../../bptt/report.js';
import type { Alphabet } from '../../text/alphabet.js';
import { asSymbols, type Symbols } from '../../text/symbols.js';
import type { WindowSize } from '../../text/windows.js';
import { evaluatePredictor, type EvaluationReport } from '../evaluate/evaluate.js';
import type { Predictor } from '../evaluate/predictor.js';
import { sampleFrom, type SampleOptions } from '../sample/sample.js';
import { Graph } from './graph.js';
import { layersOf } from './layers.js';
import type { Rnn } from './library.js';
import { makeNet, type NetKind, type NetShape } from './make.js';

/**
 * What RMSProp bears whose first step is some 32 times as long: it forgets over 1000 updates and does not correct for
 * having begun at zero.
 */
export const LEARNING_RATE = 0.002;

/** What a net of brain.js is made of. */
export interface BrainSetup extends NetKind, NetShape {
  readonly alphabet: Alphabet;
  /** Seed of its first weights. */
  readonly seed: number;
}

/** What a training of it has come to. */
export interface BrainTraining {
  /** Symbols of a string. */
  readonly window: number;
  readonly lr: number;
}

/** After an update. */
export interface BrainStep {
  /** Updates so far, by the net and not by the call: strings seen. */
  readonly step: number;
  /** Symbols seen so far; what a string begins and ends with does not count. */
  readonly characters: number;
  /** Of the string before its update: the mean over its symbols and its END, nats. */
  readonly lossNats: number;
}

/** A net of brain.js, as it is or repaired, driven step by step and asked like any other model. */
export class BrainNet implements Predictor {
  readonly #net: Rnn;
  readonly #setup: BrainSetup;
  readonly #reading: Graph;
  #step = 0;
  #characters = 0;
  /** The symbol that the next string begins with. */
  #position = 0;

  constructor(setup: BrainSetup) {
    this.#setup = setup;
    this.#net = makeNet({ ...setup, symbols: setup.alphabet.symbols });
    this.#reading = new Graph(this.#net, 1);
  }

  /** Numbers that it trains. */
  get parameters(): number {
    return this.#net.model.allMatrices.reduce((sum, { weights }) => sum + weights.length, 0);
  }

  /** Symbols it was trained on so far. */
  get charactersSeen(): number {
    return this.#characters;
  }

  /**
   * Trains for as long as it is asked, string after string in the text's order, and from the beginning again at its end.
   * Called again it goes on where it was.
   * @throws DissipaError where the text fills no string, or when the loss is no number any more
   */
  *train(training: Uint16Array | Symbols, { window, lr }: BrainTraining): Generator<BrainStep, never> {
    const symbols = asSymbols(training);
    if (window < 2 || symbols.length < window)
      throw failure('brainjs.short', { characters: symbols.length, window });
    const ids = new Uint16Array(window);
    for (;;) {
      if (this.#position + window > symbols.length) this.#position = 0;
      symbols.read(this.#position, ids);
      const lossNats = this.#learn(ids, lr);
      this.#position += window;
      this.#characters += window;
      this.#step++;
      yield { step: this.#step, characters: this.#characters, lossNats };
    }
  }

  /** One update by its own loop. */
  #learn(ids: Uint16Array, learningRate: number): number {
    const string = Array.from(ids, (id) => this.#setup.alphabet.symbols[id]);
    try {
      const { error } = this.#net.train([string], { iterations: 1, errorThresh: 1e-9, learningRate });
      // Its error is 2^(Σ −log₂ p / (length − 1)) / 100, the sum over length + 1 predictions.
      return (Math.log(100 * error) * (ids.length - 1)) / (ids.length + 1);
    } catch (cause) {
      throw failure('brainjs.diverged', { updates: this.#step, rate: learningRate }, { cause });
    }
  }

  reset(): void {
    for (const { weights } of this.#reading.before) weights.fill(0);
    this.#read(0);
  }

  /** Its logits without that of END, which no text has: the softmax over them is renormalised. */
  show(id: number): Floats {
    return this.#read(id + 1).subarray(1);
  }

  #read(row: number): Floats {
    const { equations, states, before } = this.#reading;
    const { weights } = equations[0].runIndex(row);
    states[0].forEach((state, layer) => {
      before[layer].weights.set(state.weights);
    });
    return weights;
  }

  /** One prediction for every symbol but the first, the carry kept through the whole text. */
  evaluate(ids: Uint16Array | Symbols, where: string): EvaluationReport {
    return evaluatePredictor(this, ids, this.#setup.alphabet, where);
  }

  /** @see sampleFrom */
  sample(options: SampleOptions): Generator<string, void> {
    return sampleFrom(this, this.#setup.alphabet, options);
  }

  /** Lag curve, memory and saturation by layer. @param ids N·T + 1 of them @see layersOf */
  layers(ids: Uint16Array, size: WindowSize): LayerReport[] {
    return layersOf(this.#net, this.#setup.net, ids, size);
  }
}
