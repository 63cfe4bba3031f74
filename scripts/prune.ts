/** Takes out of dist/ what an earlier build left of files that src/ no longer has: it would be packed. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (folder: string): string => fileURLToPath(new URL(`../${folder}/`, import.meta.url));

export function prune(dist = at('dist'), src = at('src')): void {
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const source = file.replace(/(?:\.d\.ts|\.js)$/, '.ts');
    if (source === file || file.startsWith('vendor') || file.startsWith('web')) continue;
    if (!existsSync(join(src, source))) rmSync(join(dist, file));
  }
}
