/** The table of calls, and what follows from it: types that refuse wrong operands, and code on both sides of every slot. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { callsModule } from '../../scripts/build-calls.js';
import { callsHeader, kernelsHeader } from '../../src/kernels/c-header.js';
import { CALLS, CALL_NAMES, type Call } from '../../src/kernels/calls.js';
import { openReference } from '../../src/kernels/reference.js';
import { inC, MOST_SLOTS, slotsOf } from '../../src/kernels/slots.js';

describe('the table of calls', () => {
  test('what JavaScript runs was written from this table', () => {
    const written = new URL('../../src/kernels/calls-from-table.ts', import.meta.url);
    expect(readFileSync(written, 'utf8')).toBe(callsModule());
  });

  test.each(CALL_NAMES)(
    '%s: sizes that its sharing names are there, and the reference takes its operands',
    (name) => {
      const call: Call = CALLS[name];
      const slots = slotsOf(call);
      expect(slots.length).toBeLessThanOrEqual(MOST_SLOTS);
      const sizes = slots.flatMap((slot) => ('size' in slot ? [slot.size] : []));
      expect(new Set(sizes).size).toBe(sizes.length);
      if (call.shared) {
        const [, ...factors] = call.shared.operations;
        for (const size of [call.shared.along, ...factors]) expect(sizes).toContain(size);
      }
      expect(openReference()[name].length).toBe(call.operands.length);
    },
  );

  test.each(CALL_NAMES)('%s: the C fetches every slot of both kinds of number, each once', (name) => {
    const header = callsHeader();
    const slots = slotsOf(CALLS[name]);
    for (const suffix of ['', '64']) {
      const at = Math.max(
        header.indexOf(`void part${suffix}_${inC(name)}(`),
        header.indexOf(`void call${suffix}_${inC(name)}(void) {\n`),
      );
      const body = header.slice(at, header.indexOf('\n}', at));
      const fetched = [...body.matchAll(/(?:pointer\(e, |e->arguments\[)(\d+)(?:\)|\];)/g)].map(([, slot]) =>
        Number(slot),
      );
      expect(fetched).toEqual([...slots.keys()]);
    }
    expect(kernelsHeader()).toContain(`K(${inC(name)})`);
  });

  test('wrong operands do not compile', () => {
    const kernels = openReference();
    const [m, p] = [kernels.matrix(1, 1), kernels.packed(1, 1)];
    const wrong = [
      // @ts-expect-error the right-hand side is packed
      () => kernels.product(m, m, m, null),
      // @ts-expect-error one operand too few
      () => kernels.add(m, m),
      // @ts-expect-error no such activation
      () => kernels.vanillaForward('softplus', m, m),
      // @ts-expect-error a setting is missing
      () => kernels.sgd(m, m, null, { gradientScale: 1, lr: 1, weightDecay: 0 }),
      // @ts-expect-error a setting that it has not got
      () => kernels.sgd(m, m, null, { gradientScale: 1, lr: 1, weightDecay: 0, momentum: 0, beta1: 0 }),
      // @ts-expect-error only `plus` may be missing
      () => kernels.product(m, null, p, null),
    ];
    expect(wrong).toHaveLength(6);
  });
});
