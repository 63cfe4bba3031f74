/** The gradient check as a table of characters, with a verdict. */
import type { Words } from '../../words/words.js';
import type { CheckReport, EngineCheck } from './measure.js';
import type { CheckedTensor } from './gradient-check.js';
import { table } from '../../ui/terminal/table.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';

type Say = Words['reports']['check'];
type Numbers = Words['numbers'];

function remarkOf({ passed, compared, largest, measurable }: CheckedTensor, say: Say): string {
  if (!passed) return say.wrong;
  if (compared === 0) return say.nothing;
  return largest < measurable ? say.small : say.ok;
}

/** @param width of its prose */
export function checkTable(
  report: CheckReport,
  { reports: { check: say }, numbers }: Words,
  width: number = textWidth(),
): string {
  const { short } = numbers;
  const rows = report.tensors.map((tensor) => [
    tensor.name,
    // `12 of 6080`, and how many of them stood at a ReLU's kink
    say.entries(tensor.compared, tensor.size, tensor.atKink),
    short(tensor.largest),
    tensor.worst === null ? '–' : short(tensor.worst.error),
    remarkOf(tensor, say),
  ]);
  return [table([say.head, ...rows], [0, 4], width), '', ...verdicts(report, width, say, numbers)]
    .map((text) => `${text}\n`)
    .join('');
}

function verdicts(
  { tensors, worst, agreement, engine, measuring }: CheckReport,
  width: number,
  say: Say,
  numbers: Numbers,
): string[] {
  const wrong = tensors.filter(({ passed }) => !passed);
  const detail = wrong.flatMap(({ name, worst: entry }) =>
    entry === null
      ? []
      : [wrap(say.detail(name, entry.entry, entry.backward, entry.difference), width, '  ')],
  );
  const allowed = numbers.power(Math.log10(agreement));
  const verdict =
    wrong.length === 0
      ? say.right(numbers.short(worst), allowed)
      : say.areWrong(wrong.length, tensors.length, allowed);
  const engines = [engine, measuring].flatMap((one) =>
    one ? [wrap(besideReference(one, say, numbers), width)] : [],
  );
  return [wrap(verdict, width), ...detail, ...engines];
}

/** How far an engine is from the reference, and whether that is too far. */
function besideReference(
  { name, tensors, worst, agreement, passed }: EngineCheck,
  say: Say,
  numbers: Numbers,
): string {
  if (!Number.isFinite(worst)) return say.overflow(name);
  const farthest = tensors.find(({ error }) => error === worst)?.name ?? '';
  return say.beside(name, passed, numbers.short(worst), farthest, numbers.power(Math.log10(agreement)));
}
