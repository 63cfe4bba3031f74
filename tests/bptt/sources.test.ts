/** Sending back one timestep's loss ℓ_s: the same as a window that ends there, and all of them together are L. */
import { describe, expect, test } from 'vitest';
import { backward } from '../../src/bptt/backward.js';
import { forward } from '../../src/bptt/forward.js';
import { loss } from '../../src/bptt/loss.js';
import type { Unrolled } from '../../src/bptt/unrolled.js';
import { openReference } from '../../src/kernels/reference.js';
import { Parameters } from '../../src/model/parameters.js';
import { CELLS } from '../../src/model/shape.js';
import { expectClose } from '../close.js';
import { drawModel, passIn } from '../probe/naive.js';

const SEED = 8;
const models = CELLS.flatMap((cell) => [1, 2].map((layers) => ({ cell, layers })));

/** The weights' gradient, and dh and dc by view in the order they are seen. */
function sentBack(unrolled: Unrolled, from: 'window' | 'last' | number, rescale = false) {
  const into = new Parameters(unrolled.network.kernels, unrolled.network.shape);
  into.flat.data.fill(NaN);
  const views: { layer: number; timestep: number; numbers: number[] }[] = [];
  backward(unrolled, {
    from,
    into: rescale ? null : into,
    rescale,
    tap: {
      view({ layer, timestep, exponent, gradients: { dh, dc } }) {
        const numbers = [...dh.data, ...dc.data].map((x) => x * 2 ** exponent);
        views.push({ layer, timestep, numbers });
      },
    },
  });
  return { gradient: [...into.flat.data], views };
}

describe.each(models)(`$cell, $layers layers (seed ${SEED})`, ({ cell, layers }) => {
  const model = drawModel(cell, layers, SEED, 1);
  const { timesteps } = model;

  test('the loss of timestep s is the last loss of a window that ends with s', () => {
    const { unrolled } = passIn(openReference(), model);
    for (let s = 0; s < timesteps; s++) {
      const found = sentBack(unrolled, s);
      const ends = passIn(openReference(), model).unrolled;
      forward(ends, s + 1);
      loss(ends);
      const expected = sentBack(ends, 'last');
      expect(found.views.map(({ timestep }) => timestep)).toEqual(
        Array.from({ length: layers * (s + 1) }, (_, i) => s - (i % (s + 1))),
      );
      expectClose(found.gradient, expected.gradient, 1e-13, `gradient of ℓ_${s}`);
      found.views.forEach(({ numbers }, i) => {
        expectClose(numbers, expected.views[i].numbers, 1e-13, `dh, dc of ℓ_${s}`);
      });
    }
    expect(sentBack(unrolled, timesteps - 1)).toEqual(sentBack(unrolled, 'last'));
  });

  test('the timesteps’ losses, a Tth of each, are the window’s', () => {
    const { unrolled } = passIn(openReference(), model);
    const whole = sentBack(unrolled, 'window').gradient;
    const sum = new Array<number>(whole.length).fill(0);
    for (let s = 0; s < timesteps; s++)
      sentBack(unrolled, s).gradient.forEach((x, j) => (sum[j] += x / timesteps));
    expectClose(sum, whole, 1e-13, 'Σ ∂ℓ_s / T');
  });

  test('a pass spends nothing: the logits stay, and a second pass gives the same bits', () => {
    const { unrolled } = passIn(openReference(), model);
    const before = [...unrolled.logits.data];
    const first = sentBack(unrolled, 'last');
    sentBack(unrolled, 1);
    expect([...unrolled.logits.data]).toEqual(before);
    expect(sentBack(unrolled, 'last')).toEqual(first);
    expect(sentBack(unrolled, 2, true).views).toEqual(sentBack(unrolled, 2).views);
  });

  test('a timestep that is none', () => {
    const { unrolled } = passIn(openReference(), model);
    for (const s of [-1, timesteps, 0.5, NaN])
      expect(() => sentBack(unrolled, s)).toThrow(`timestep ${s} of a window of ${timesteps}`);
  });
});
