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
  /** The model was trained on this very text. */
  readonly wasTrainedOn: boolean;
}

/** The figures, and what must be known of them, a paragraph each. */
export function evaluationReport({ evaluation, symbols, text, wasTrainedOn }: Evaluated): string[] {
  const { bitsPerChar, bitsPerByte, lossNats, perplexity, predictions } = evaluation;
  const figures =
    `${bitsPerChar.toFixed(4)} bits per character, ${bitsPerByte.toFixed(4)} per UTF-8 byte ` +
    `(${lossNats.toFixed(4)} nats; perplexity ${short(perplexity)}), over ${counted(count(predictions), 'prediction')} of ${text}; ` +
    `guessing among the ${symbols} symbols evenly would need ${Math.log2(symbols).toFixed(4)}`;
  return [
    figures,
    ...unknownOnes(evaluation),
    ...(wasTrainedOn ? ['The run held nothing out: this is the text that the model was trained on.'] : []),
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
