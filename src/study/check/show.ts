/** The gradient check as a table of characters, with a verdict. */
import { counted } from '../../base/words.js';
import type { CheckReport, EngineCheck } from './measure.js';
import type { CheckedTensor } from './gradient-check.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';

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

function verdicts({ tensors, worst, agreement, engine, measuring }: CheckReport, width: number): string[] {
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
  const engines = [engine, measuring].flatMap((one) => (one ? [prose(besideReference(one))] : []));
  return [prose(verdict), ...detail, ...engines];
}

/** How far an engine is from the reference, and whether that is too far. */
function besideReference({ name, tensors, worst, agreement, passed }: EngineCheck): string {
  if (!Number.isFinite(worst)) return `TOO FAR: ${name} leaves the numbers it has on this window.`;
  const farthest = tensors.find(({ error }) => error === worst)?.name ?? '';
  const distance = `${worst.toExponential(1)} from the reference (${farthest})`;
  return `${passed ? '' : 'TOO FAR: '}${name} is ${distance}, ${agreement.toExponential()} allowed.`;
}
