/** A trained model, ready to be asked: its network in an engine, and the alphabet it reads and writes. */
import type { Kernels } from '../../kernels/kernels.js';
import { Network } from '../../model/network.js';
import type { ModelShape } from '../../model/shape.js';
import { Alphabet, type SymbolKind } from '../../text/alphabet.js';

/** A network and the alphabet that it reads and writes. */
export interface Model {
  readonly network: Network;
  readonly alphabet: Alphabet;
}

/** What a checkpoint holds of a model. */
export interface ModelContents {
  readonly shape: ModelShape;
  readonly alphabet: readonly string[];
  readonly kind?: SymbolKind;
  /** Every tensor by its PyTorch name, flat and row-major. */
  readonly parameters: ReadonlyMap<string, ArrayLike<number>>;
}

/** Puts a model's numbers into an engine. */
export function loadModel(kernels: Kernels, { shape, alphabet, kind, parameters }: ModelContents): Model {
  const network = new Network(kernels, shape);
  network.parameters.load(parameters);
  network.refresh();
  return { network, alphabet: new Alphabet(alphabet, { ...kind, end: shape.end }) };
}
