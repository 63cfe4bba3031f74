/** The C sources of the kernels, and a digest that changes when they, or how they are built, do. */
import { fileURLToPath } from 'node:url';
import { sha256 } from '../src/base/digest.js';

export { readSources, sourceFolder as sourceDir } from '../src/kernels/addon.js';
export const kernelsDir = fileURLToPath(new URL('../src/kernels/', import.meta.url));

export const digestOf = (...parts: readonly unknown[]): string => sha256().add(JSON.stringify(parts)).hex();
