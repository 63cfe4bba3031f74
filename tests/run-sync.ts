/** Commands that a test waits for. */
import { spawnSync, type SpawnSyncOptions, type SpawnSyncReturns } from 'node:child_process';

/** Far above what any takes: what is still running has been caught for ever, and no test's time limit can end it. */
const LIMIT_MS = 300_000;

/**
 * Runs a command to its end, text in and text out. While it runs the test runner's own time limit is not heard: one that
 * hangs is killed, and told.
 */
export function runSync(
  command: string,
  args: readonly string[],
  options: Omit<SpawnSyncOptions, 'encoding' | 'timeout' | 'killSignal'> = {},
): SpawnSyncReturns<string> {
  const ended = spawnSync(command, args, {
    ...options,
    encoding: 'utf8',
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  if (ended.error !== undefined && 'code' in ended.error && ended.error.code === 'ETIMEDOUT')
    throw new Error(
      `${command} ${args.join(' ')}: not at its end after ${LIMIT_MS / 1000} s\n${ended.stdout}\n${ended.stderr}`,
    );
  return ended;
}
