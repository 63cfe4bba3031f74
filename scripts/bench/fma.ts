/** The core's own peak of multiply-and-add, by a few lines of C: what products are measured against. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** GFLOP/s of float32 on one core; null where no C compiler is. */
export function measureFma(): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'dissipa-fma-'));
  try {
    const program = join(folder, 'fma');
    const flags = ['-O3', '-march=native', '-ffp-contract=fast', '-o', program];
    const source = fileURLToPath(new URL('./fma.c', import.meta.url));
    if (spawnSync(process.env.CC ?? 'cc', [...flags, source]).status !== 0) return null;
    const gflops = Number(spawnSync(program, { encoding: 'utf8' }).stdout.split(' ')[0]);
    return Number.isFinite(gflops) && gflops > 0 ? gflops : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
