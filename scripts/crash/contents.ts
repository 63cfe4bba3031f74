/** All that a command leaves in a folder, without the clock: what two of them must have in common. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of what depends on when, or how fast, something was done. */
const CLOCK = new Set(['elapsedMs', 'createdAt', 'seconds', 'curve', 'versions']);

const timeless = (key: string, value: unknown): unknown => (CLOCK.has(key) ? undefined : value);

function withoutClock(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), timeless);
  } catch {
    return text;
  }
}

export function contentsOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => {
        const bytes = readFileSync(join(folder, name));
        const content = name.endsWith('.json')
          ? withoutClock(bytes.toString('utf8'))
          : name.endsWith('.jsonl')
            ? bytes.toString('utf8').split('\n').map(withoutClock).join('\n')
            : bytes;
        return [name, createHash('sha256').update(content).digest('hex')];
      }),
  );
}

/** In words; null for none. */
export function differenceOf(
  expected: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string>>,
): string | null {
  const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
  const unlike = [...names].filter((name) => expected[name] !== found[name]);
  if (unlike.length === 0) return null;
  return unlike
    .map(
      (name) => `${name} ${name in found ? (name in expected ? 'differs' : 'is left over') : 'is missing'}`,
    )
    .join(', ');
}
