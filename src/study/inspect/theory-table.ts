/** W_hh in figures, by layer and gate: the same in the terminal and on the page. */
import type { LayerWith } from '../../ui/inspection.js';
import { layerNumber } from '../../words/inspect.js';
import type { Words } from '../../words/words.js';

export const theoryRows = (layers: readonly LayerWith<'theory'>[], { numbers }: Words): string[][] =>
  layers.flatMap(({ layer, theory: { blocks } }) =>
    (blocks ?? []).map(({ name, sigma1, spectralRadius }) => [
      numbers.count(layerNumber(layer)),
      name,
      numbers.short(sigma1),
      numbers.short(spectralRadius),
    ]),
  );
