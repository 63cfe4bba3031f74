/** What `evaluate` says in a terminal. */
import type { TextEvaluation } from './measure.js';
import type { Words } from '../../words/words.js';

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
export function evaluationReport(evaluated: Evaluated, { reports: { evaluate: say } }: Words): string[] {
  const { evaluation, symbols, text, areBytes = false, wasTrainedOn } = evaluated;
  const { bitsPerChar, bitsPerByte, perplexity, predictions, records, unknown } = evaluation;
  const figures =
    areBytes && records === undefined
      ? say.perByte(bitsPerByte)
      : say.perSymbol(bitsPerChar, bitsPerByte, areBytes);
  return [
    `${say.figures(figures, perplexity, predictions, text)}; ${say.even(symbols)}`,
    ...(records === undefined ? [] : [say.records(records.count, records.bitsPerRecord)]),
    ...unknownOnes(predictions, unknown, say),
    ...(wasTrainedOn ? [say.trainedOn] : []),
  ];
}

function unknownOnes(
  predictions: number,
  { predicted, known }: TextEvaluation['unknown'],
  say: Words['reports']['evaluate'],
): string[] {
  if (predicted === 0) return [];
  if (known === null) return [say.allUnknown];
  return [say.someUnknown(predicted / predictions, known.predictions, known.bitsPerChar)];
}
