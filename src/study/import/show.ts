/** What `import` says of the model it has made. */
import { shownName, visibleInLine } from '../../base/visible.js';
import { parameterCount } from '../../model/shape.js';
import { table } from '../../ui/terminal/table.js';
import type { Words } from '../../words/words.js';
import type { Imported, ImportedTensor } from './model.js';

/** A line on the model, a line for each tensor on where it is from, and where it can be used. */
export function importedReport(
  { checkpoint, tensors }: Imported,
  out: string,
  command: string,
  { importing }: Words,
): string {
  const { shape } = checkpoint;
  const sourceOf = ({ from, made }: ImportedTensor): string => {
    const names = from.map(shownName);
    if (made === 'zeros') return importing.zeros;
    return made === 'product' ? importing.product(`${names.join(' · ')}ᵀ`) : names.join();
  };
  const rows = tensors.map((tensor) => [`  ${tensor.name}`, sourceOf(tensor)]);
  const facts = [
    `${shape.cell} ${shape.layers}×${shape.hidden}`,
    importing.symbols(shape.symbols),
    importing.weights(parameterCount(shape)),
  ];
  return (
    `${visibleInLine(out)}: ${facts.join(', ')}\n\n` +
    `${table(rows, [0, 1])}\n\n${importing.tryIt}\n  ${command}\n`
  );
}
