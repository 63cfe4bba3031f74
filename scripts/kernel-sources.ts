/** The C sources of the kernels, and a digest that changes when they, or how they are built, do. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const sourceDir = fileURLToPath(new URL('../src/kernels/c/', import.meta.url));
export const kernelsDir = fileURLToPath(new URL('../src/kernels/', import.meta.url));

export function readSources(): Record<string, string> {
  const names = readdirSync(sourceDir).filter((name) => /\.[ch]$/.test(name));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(sourceDir + name, 'utf8')]));
}

export const digestOf = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');
