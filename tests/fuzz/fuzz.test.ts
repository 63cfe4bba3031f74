/** No bytes bring a reader down: a few hundred of each here, all that scripts/fuzz has found, and as many as one likes there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mutated } from './mutate.js';
import { survive, TARGETS } from './targets.js';

const found = fileURLToPath(new URL('./found/', import.meta.url));

describe.each(TARGETS.map((target) => [target.name, target] as const))('%s', (name, target) => {
  test('a sound one is read', async () => {
    for (const seed of target.seeds) expect(await survive(target, seed)).toBe('read');
  });

  test('a changed one is read or refused (seed 20261126)', async () => {
    // Numbers, of which a change takes as many as it needs.
    const changes = fc.tuple(fc.nat(target.seeds.length - 1), fc.infiniteStream(fc.nat()));
    await fc.assert(
      fc.asyncProperty(changes, async ([which, numbers]) => {
        const draw = (n: number): number => Number(numbers.next().value) % n;
        await survive(target, mutated(target.seeds[which], draw));
      }),
      { seed: 20261126, numRuns: 300 },
    );
  });

  test('what was found before is read or refused', async () => {
    const folder = `${found}${name.replace(/\W+/g, '-')}`;
    for (const file of existsSync(folder) ? readdirSync(folder) : [])
      await survive(target, readFileSync(`${folder}/${file}`));
  });
});
