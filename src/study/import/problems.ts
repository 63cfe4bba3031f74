/** What can be wrong with a model that is to be imported. Names are as `shownName` has them, sizes as `sizesOf`. */
import type { Quoted } from '../../base/json-value.js';
import type { CellName } from '../../model/shape.js';
import type { Defect } from '../../store/problems.js';

interface At {
  /** The file. */
  readonly where: string;
}
interface Named extends At {
  readonly name: string;
}
interface Beside extends At {
  /** The tensors that are there, or some of them. */
  readonly names: string;
}

declare module '../../base/errors.js' {
  interface Problems {
    'import.pickle': At;
    'import.extension': { readonly out: string };
    'import.exists': { readonly out: string };
    'import.no-alphabet': { readonly none: true };
    'import.no-alphabet-entry': At;

    'import.no-layers': Beside;
    'import.backward': Named;
    'import.projection': Named;
    'import.two-modules': At & { readonly modules: string };
    'import.missing': Named;
    'import.one-bias': Named & { readonly other: string };
    'import.too-many': At & {
      readonly what: 'layers' | 'hidden' | 'product';
      readonly found: number;
      readonly most: number;
    };

    'import.no-matrix': Named & { readonly sizes: string };
    /** Weights of a cell that PyTorch has no module for: only a checkpoint says that of itself. */
    'import.own-cell': At & { readonly cell: CellName };
    'import.no-cell': Named & { readonly sizes: string };
    'import.other-cell': Named & {
      readonly sizes: string;
      readonly blocks: number;
      readonly cell: CellName;
      readonly wants: number;
      readonly fitting: readonly CellName[];
    };
    'import.which-cell': At & { readonly cells: readonly CellName[] };
    'import.layer-sizes': Named & {
      readonly found: string;
      readonly expected: string;
      readonly layer: number;
    };
    'import.two-embeddings': At & { readonly one: string; readonly other: string };
    'import.no-readout': Beside & { readonly symbols: number; readonly hidden: number };
    'import.turned-readout': Named & { readonly found: string; readonly expected: string };
    'import.symbols': Named & { readonly sizes: string; readonly rows: number; readonly symbols: number };
    'import.inputs': Beside & { readonly inputs: number; readonly symbols: number };
    'import.left-over': Beside & { readonly count: number };
    'import.not-finite': Named & { readonly value: string; readonly at: number };

    'alphabet.too-long': At & { readonly bytes: number; readonly most: number };
    'alphabet.no-list': At & { readonly defect: Defect | { readonly is: 'no-utf-8' } | null };
    'alphabet.size': At & { readonly symbols: number; readonly most: number };
    'alphabet.symbol': At & { readonly id: number; readonly symbol: Quoted; readonly isControl: boolean };
    'alphabet.twice': At & { readonly symbol: string; readonly first: number; readonly second: number };
    'alphabet.id': At & { readonly symbol: string; readonly id: Quoted; readonly last: number };
  }
}
