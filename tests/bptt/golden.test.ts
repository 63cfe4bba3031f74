/** Every engine against PyTorch's numbers: loss, logits, gradients, and the norms at each layer and timestep. */
import { describe, expect, test } from 'vitest';
import { forward } from '../../src/bptt/forward.js';
import { loss } from '../../src/bptt/loss.js';
import { lag } from '../../src/probe/lag.js';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import { recurrent } from '../../src/probe/recurrent.js';
import { total } from '../../src/probe/total.js';
import { engines } from '../engines.js';
import { flatten, goldenNames, readGolden, setUp } from '../golden.js';
import { expectClose, expectEachClose } from '../close.js';

describe.each(engines)('$name', ({ open, tolerance }) => {
  test.each(goldenNames)('%s', async (name) => {
    const golden = readGolden(name);
    const { unrolled, gradients } = setUp(golden, await open());
    const { rows, timesteps } = golden;

    forward(unrolled, timesteps);
    const logits = unrolled.logits.rowRange((timesteps - 1) * rows, rows);
    expectClose(logits.data, flatten(golden.logits_last), tolerance, 'logits');

    const { window, last } = loss(unrolled);
    expectEachClose([window, last], [golden.loss_nats, golden.last_loss_nats], tolerance, 'losses');
    const byTimestep = Array.from({ length: timesteps }, (_, t) =>
      Array.from(unrolled.losses.rowRange(t * rows, rows).data).reduce((sum, x) => sum + x / rows, 0),
    );
    expectEachClose(byTimestep, golden.loss_by_timestep, tolerance, 'loss by timestep');

    const report = backwardWithProbes(unrolled, gradients, [total, lag, recurrent]);
    for (const [tensor, expected] of Object.entries(golden.gradients))
      expectClose(gradients.tensor(tensor).data, flatten(expected), tolerance, `gradient of ${tensor}`);
    expect(report).toHaveLength(golden.layers);
    report?.forEach((layer, l) => {
      expectEachClose(layer.total?.h, golden.total.h[l], tolerance, `total h, layer ${l}`);
      expectEachClose(
        layer.recurrent ?? [],
        golden.recurrent_by_timestep[l],
        tolerance,
        `recurrent, layer ${l}`,
      );
      const power = (values: readonly (number | null)[] | null | undefined) =>
        values?.map((x) => (x === null ? 0 : 10 ** x));
      expectEachClose(power(layer.lagLog10?.h), golden.lag.h[l], tolerance, `lag h, layer ${l}`);
      expectEachClose(layer.total?.c ?? [], golden.total.c?.[l] ?? [], tolerance, `total c, layer ${l}`);
      expectEachClose(
        power(layer.lagLog10?.c) ?? [],
        golden.lag.c?.[l] ?? [],
        tolerance,
        `lag c, layer ${l}`,
      );
    });
  });
});
