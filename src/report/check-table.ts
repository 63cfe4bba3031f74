/** The gradient check as a table of characters, with a verdict. */
import { counted } from '../base/words.js';
import type { CheckReport } from '../study/check.js';
import type { CheckedTensor } from '../study/gradient-check.js';
import { textWidth, wrap } from './terminal/wrap.js';

const HEAD = ['tensor', 'entries', 'largest |∂|', 'worst error', ''] as const;

/** `12 of 6080`, and how many of them stood at a ReLU's kink */
const entriesOf = ({ compared, size, atKink }: CheckedTensor): string =>
  `${compared} of ${size}${atKink > 0 ? `, ${atKink} at a kink` : ''}`;

function remarkOf({ passed, compared, largest, measurable }: CheckedTensor): string {
  if (!passed) return 'WRONG';
  if (compared === 0) return 'nothing to compare';
  return largest < measurable ? 'too small to tell in full' : 'ok';
}

/** @param width of its prose */
export function checkTable(report: CheckReport, width: number = textWidth()): string {
  const rows = report.tensors.map((tensor) => [
    tensor.name,
    entriesOf(tensor),
    tensor.largest.toExponential(1),
    tensor.worst === null ? '–' : tensor.worst.error.toExponential(1),
    remarkOf(tensor),
  ]);
  const widths = HEAD.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 0 || i === 4 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join('  ')
      .trimEnd();
  return [line(HEAD), ...rows.map(line), '', ...verdicts(report, width)].map((text) => `${text}\n`).join('');
}

function verdicts({ tensors, worst, agreement, engine }: CheckReport, width: number): string[] {
  const prose = (text: string): string => wrap(text, width);
  const wrong = tensors.filter(({ passed }) => !passed);
  const detail = wrong.flatMap(({ name, worst: entry }) =>
    entry === null
      ? []
      : [
          wrap(
            `${name}, entry ${entry.entry}: backward says ${entry.backward}, differences ${entry.difference}`,
            width,
            '  ',
          ),
        ],
  );
  const verdict =
    wrong.length === 0
      ? `The gradients are right: the worst relative error is ${worst.toExponential(1)}, ${agreement.toExponential()} is allowed.`
      : `The gradients of ${wrong.length} of ${counted(tensors.length, 'tensor')} are wrong (${agreement.toExponential()} is allowed):`;
  if (engine === null) return [prose(verdict), ...detail];
  const farthest = engine.tensors.find(({ error }) => Object.is(error, engine.worst))?.name ?? '';
  const distance = `${engine.worst.toExponential(1)} from float64 (${farthest})`;
  const beside = `${engine.passed ? '' : 'TOO FAR: '}${engine.name} is ${distance}, ${engine.agreement.toExponential()} allowed.`;
  return [prose(verdict), ...detail, prose(beside)];
}
