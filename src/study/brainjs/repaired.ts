/**
 * brain.js's nets with their two wrong backward functions put right. The addition's and the embedding's assign
 *   ∂left = ∂product,
 * where a matrix that every timestep uses must collect
 *   ∂left += ∂product.
 * As shipped, each bias has therefore the gradient of one timestep, each row of the embedding that of its symbol's first
 * place in the string, and a row whose symbol does not occur keeps the gradient of an earlier string.
 */
import { BACKWARD, type NetMatrix, type RnnClass } from './library.js';

export const repaired = (net: RnnClass): RnnClass =>
  class extends net {
    override bindEquation(): void {
      super.bindEquation();
      const { equations, allMatrices } = this.model;
      const parameters = new Set(allMatrices);
      for (const state of equations[equations.length - 1].states) {
        if (state.backpropagationFn === BACKWARD.add)
          state.backpropagationFn = (product, left, right: NetMatrix) => {
            for (const to of [left, right])
              for (let i = 0; i < to.deltas.length; i++)
                to.deltas[i] = parameters.has(to) ? to.deltas[i] + product.deltas[i] : product.deltas[i];
          };
        if (state.backpropagationFn === BACKWARD.rowPluck)
          state.backpropagationFn = (product, left, row: number) => {
            const from = row * left.columns;
            for (let i = 0; i < left.columns; i++) left.deltas[from + i] += product.deltas[i];
          };
      }
    }

    override backpropagate(input: readonly number[]): void {
      for (const { deltas } of this.model.allMatrices) deltas.fill(0);
      super.backpropagate(input);
    }
  };
