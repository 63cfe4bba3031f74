/** PyTorch, where the machine has it: in $PYTHON, `python3` or Debian's `/usr/bin/python3`. Elsewhere tests skip, and say so. */
import { runSync } from './run-sync.js';

function pythonWithTorch(): string | null {
  const named = process.env.PYTHON === undefined ? [] : [process.env.PYTHON];
  for (const python of [...named, 'python3', '/usr/bin/python3'])
    if (runSync(python, ['-c', 'import torch']).status === 0) return python;
  return null;
}

export const python = pythonWithTorch();
if (python === null)
  console.warn('no PyTorch here ($PYTHON, python3, /usr/bin/python3): its tests are skipped');

/** Runs Python in a folder. Throws with what it said where it fails. @returns its stdout */
export function runPython(args: readonly string[], cwd: string, env: Record<string, string> = {}): string {
  const options = { cwd, env: { ...process.env, OMP_NUM_THREADS: '1', ...env } };
  const { status, stdout, stderr } = runSync(python ?? 'python3', args, options);
  if (status !== 0) throw new Error(`python ${args.join(' ')}: ${stdout}\n${stderr}`);
  return stdout;
}
