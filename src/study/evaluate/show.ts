/** What `evaluate` says in a terminal. */
import { counted } from '../../base/words.js';
import type { TextEvaluation } from './measure.js';
import { count, percent, short } from '../../words/numbers.js';

export interface Evaluated {
  readonly evaluation: TextEvaluation;
  /** V */
  readonly symbols: number;
  /** What the text is called. */
  readonly text: string;
  /** Symbols are bytes. */
  readonly areBytes?: boolean;
  /** The model was trained on this very text. */
  readonly wasTrainedOn: boolean;
}

/** The figures, and what must be known of them, a paragraph each. */
export function evaluationReport(evaluated: Evaluated): string[] {
  const { evaluation, symbols, text, areBytes = false, wasTrainedOn } = evaluated;
  const { bitsPerChar, bitsPerByte, lossNats, perplexity, predictions } = evaluation;
  const figures =
    (areBytes && evaluation.records === undefined
      ? `${bitsPerByte.toFixed(4)} bits per byte `
      : `${bitsPerChar.toFixed(4)} bits per ${areBytes ? 'symbol' : 'character'}, ${bitsPerByte.toFixed(4)} per ${areBytes ? '' : 'UTF-8 '}byte `) +
    `(${lossNats.toFixed(4)} nats; perplexity ${short(perplexity)}), over ${counted(count(predictions), 'prediction')} of ${text}; ` +
    `guessing among the ${symbols} symbols evenly would need ${Math.log2(symbols).toFixed(4)}`;
  return [
    figures,
    ...recordsOf(evaluation),
    ...unknownOnes(evaluation),
    ...(wasTrainedOn ? ['The run held nothing out: this is the text that the model was trained on.'] : []),
  ];
}

function recordsOf({ records }: TextEvaluation): string[] {
  if (records === undefined) return [];
  return [
    `${counted(count(records.count), 'record')}, each from nothing and with its end predicted too: ${records.bitsPerRecord.toFixed(2)} bits per record.`,
  ];
}

function unknownOnes({ predictions, unknown: { predicted, known } }: TextEvaluation): string[] {
  if (predicted === 0) return [];
  const of = 'of the symbol for unknown ones, whichever they were';
  if (known === null) return [`All predictions are ${of}: the figures say nothing of the text.`];
  return [
    `${percent(predicted / predictions)} of the predictions are ${of}; the other ${count(known.predictions)} alone ` +
      `need ${known.bitsPerChar.toFixed(4)} bits per character.`,
  ];
}
