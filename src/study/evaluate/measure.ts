/** How well a model predicts a text, by the definition: also a text of any length, and one of another script. */
import { checkFinite } from '../../bptt/finite.js';
import { forward } from '../../bptt/forward.js';
import { loss } from '../../bptt/loss.js';
import { Unrolled } from '../../bptt/unrolled.js';
import type { Room } from '../../kernels/kernels.js';
import { madeIn } from '../../kernels/scoped.js';
import type { Alphabet } from '../../text/alphabet.js';
import type { TextPiece } from '../../text/symbols.js';
import { SymbolReader, type Unknown } from '../../text/unknown.js';
import type { Model } from '../model/model.js';
import { bitsOf, checkScorable, reportOf, type EvaluationReport } from './score.js';

/** Timesteps that share one product: it decides the speed only. */
export const CHUNK = 256;

/** The carry from zero through the whole text, one prediction for every character but the first. */
export interface TextEvaluation extends EvaluationReport {
  /** e^lossNats: among how many symbols the model hesitates, as it were, at each character. */
  readonly perplexity: number;
  /** Of a model of records: how many of them were predicted to their ends, and bits that one needs on average. */
  readonly records?: { readonly count: number; readonly bitsPerRecord: number };
  /** Symbols of the text that the model has not. */
  readonly unknown: {
    readonly characters: number;
    /** Of all characters that were read. */
    readonly share: number;
    readonly treated: Unknown;
    /** Predictions of the symbol that stands for unknown ones: easy ones, as they are all the same. */
    readonly predicted: number;
    /** What the other predictions needed; null where there are no others, or none of those. */
    readonly known: Pick<EvaluationReport, 'predictions' | 'lossNats' | 'bitsPerChar'> | null;
  };
}

/**
 * The whole of a text at once.
 * @throws DissipaError for fewer than two characters, one that the alphabet has not and that is to be refused, or states
 *   that overflow
 */
export function evaluate(model: Model, text: string, where: string, unknown?: Unknown): TextEvaluation {
  const evaluator = new TextEvaluator(model, where, unknown);
  try {
    evaluator.push(model.alphabet.symbolsIn(text));
    return evaluator.end();
  } finally {
    evaluator.release();
  }
}

/** Piece by piece, a text of any length; to be released after it, or where it is broken off. */
export class TextEvaluator {
  readonly reader: SymbolReader;
  readonly #alphabet: Alphabet;
  readonly #room: Room;
  readonly #unrolled: Unrolled;
  /** What was read and not yet used; the first of it was the last target. */
  readonly #waiting = new Uint16Array(CHUNK + 1);
  #count = 0;
  #predictions = 0;
  #nats = 0;
  #known = { predictions: 0, nats: 0 };
  #bytes = 0;
  /** Records that were predicted to their ends. */
  #records = 0;

  /** @param where what the text is called in errors */
  constructor(
    { network, alphabet }: Model,
    private readonly where: string,
    unknown?: Unknown,
  ) {
    this.reader = new SymbolReader(alphabet, where, unknown);
    this.#alphabet = alphabet;
    this.#room = network.kernels.room();
    const size = { rows: 1, timesteps: CHUNK };
    this.#unrolled = madeIn(
      this.#room,
      () => new Unrolled(network, { ...size, gradients: false, dropout: 0 }),
    );
  }

  /** @param piece symbols of the alphabet, with END where records do @throws DissipaError for a symbol that is to be refused, or states that overflow */
  push(piece: TextPiece): void {
    this.#bytes += this.#alphabet.bytesIn(piece);
    const ids = this.reader.push(piece);
    for (let from = 0; from < ids.length;) {
      const part = ids.subarray(from, from + this.#waiting.length - this.#count);
      this.#waiting.set(part, this.#count);
      this.#count += part.length;
      from += part.length;
      if (this.#count === this.#waiting.length) this.#predict();
    }
  }

  /** @throws DissipaError for fewer than two characters */
  end(): TextEvaluation {
    this.#predict();
    const { reader } = this;
    const predictions = this.#predictions;
    checkScorable(predictions === 0 ? this.#count : predictions + 1, this.where);
    const characters = [...reader.strangers.values()].reduce((sum, times) => sum + times, 0);
    const known = this.#known;
    return {
      ...reportOf(this.#nats, predictions, this.#bytes - this.#bytesNotPredicted()),
      perplexity: Math.exp(this.#nats / predictions),
      ...(this.#records > 0 && {
        records: { count: this.#records, bitsPerRecord: bitsOf(this.#nats) / this.#records },
      }),
      unknown: {
        characters,
        share: characters / reader.characters,
        treated: reader.unknown,
        predicted: predictions - known.predictions,
        known:
          known.predictions === predictions || known.predictions === 0
            ? null
            : {
                predictions: known.predictions,
                lossNats: known.nats / known.predictions,
                bitsPerChar: bitsOf(known.nats) / known.predictions,
              },
      },
    };
  }

  /** Gives its memory back: nothing more can be pushed. */
  release(): void {
    this.#room.release();
  }

  /** Those of the first character, and of all that were left out. */
  #bytesNotPredicted(): number {
    const { first, strangers, unknown } = this.reader;
    const alphabet = this.#alphabet;
    let bytes = alphabet.bytesIn(first);
    if (unknown === 'skip')
      for (const [symbol, times] of strangers) bytes += times * alphabet.bytesIn(symbol);
    return bytes;
  }

  /** One window of what is waiting. */
  #predict(): void {
    const timesteps = this.#count - 1;
    if (timesteps < 1) return;
    const unrolled = this.#unrolled;
    const { inputs, targets, losses } = unrolled;
    inputs.data.set(this.#waiting.subarray(0, timesteps));
    targets.data.set(this.#waiting.subarray(1, this.#count));
    forward(unrolled, timesteps);
    this.#nats += loss(unrolled).window * timesteps;
    if (!Number.isFinite(this.#nats)) checkFinite(unrolled, this.where, this.#predictions);
    this.#predictions += timesteps;
    const { unknown, end } = this.#alphabet;
    for (let t = 0; t < timesteps; t++) {
      if (targets.data[t] === end) this.#records++;
      if (targets.data[t] === unknown) continue;
      this.#known.predictions++;
      this.#known.nats += losses.data[t];
    }
    unrolled.carryOn();
    this.#waiting[0] = this.#waiting[timesteps];
    this.#count = 1;
  }
}
