/** All weights of a model in one allocation, seen by name. */
import type { Matrix } from '../base/matrix.js';
import type { Kernels } from '../kernels/kernels.js';
import { parameterCount, tensorShapes, type ModelShape } from './shape.js';

/** The tensors of one layer; names and shapes as in PyTorch. Which there are the cell says. */
export interface LayerParameters {
  /** (G·H, V) for layer 0, else (G·H, H) */
  readonly weightIh: Matrix;
  /** (G·H, H), or where a vector stands for it (1, H); empty without either */
  readonly weightHh: Matrix;
  /** (1, G·H) */
  readonly biasIh: Matrix;
  /** (1, G·H), or empty */
  readonly biasHh: Matrix;
}

/** Weights, or their gradients: the same layout serves both. */
export class Parameters {
  /** (1, P): every number, in the order of `tensorShapes`. */
  readonly flat: Matrix;
  readonly byName: ReadonlyMap<string, Matrix>;
  readonly layers: readonly LayerParameters[];
  /** (V, H) */
  readonly readoutWeight: Matrix;
  /** (1, V) */
  readonly readoutBias: Matrix;

  constructor(
    kernels: Kernels,
    readonly shape: ModelShape,
  ) {
    this.flat = kernels.matrix(1, parameterCount(shape));
    const byName = new Map<string, Matrix>();
    let from = 0;
    for (const { name, rows, cols } of tensorShapes(shape)) {
      byName.set(name, this.flat.reshaped(from, rows, cols));
      from += rows * cols;
    }
    this.byName = byName;
    const none = kernels.matrix(0, shape.hidden);
    this.layers = Array.from({ length: shape.layers }, (_, l) => ({
      weightIh: this.tensor(`rnn.weight_ih_l${l}`),
      weightHh: byName.get(`rnn.weight_hh_l${l}`) ?? none,
      biasIh: this.tensor(`rnn.bias_ih_l${l}`),
      biasHh: byName.get(`rnn.bias_hh_l${l}`) ?? none,
    }));
    this.readoutWeight = this.tensor('readout.weight');
    this.readoutBias = this.tensor('readout.bias');
  }

  /** @throws RangeError for a name the model has not got (a defect, not a user's mistake). */
  tensor(name: string): Matrix {
    const found = this.byName.get(name);
    if (found === undefined) throw new RangeError(`no tensor ${name}`);
    return found;
  }

  /** Takes over every tensor's numbers (float32 or float64, flat and row-major). */
  load(values: ReadonlyMap<string, ArrayLike<number>>): void {
    for (const [name, matrix] of this.byName) {
      const from = values.get(name);
      if (from?.length !== matrix.length)
        throw new RangeError(`${name}: ${from?.length ?? 0} numbers, not ${matrix.length}`);
      matrix.data.set(from);
    }
  }

  /** Every tensor in float32, lent: views of the weights where these are float32, good until they change. */
  inFloat32(): Map<string, Float32Array> {
    return new Map(
      [...this.byName].map(([name, { data }]) => [
        name,
        data instanceof Float32Array ? data : Float32Array.from(data),
      ]),
    );
  }

  /** A float32 copy of every tensor, as a checkpoint keeps it. */
  toFloat32(): Map<string, Float32Array> {
    return new Map([...this.byName].map(([name, matrix]) => [name, Float32Array.from(matrix.data)]));
  }
}
