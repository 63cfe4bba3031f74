/** What is wrong with one of a sweep's trainings, in the terms of whoever wrote it: an axis stands in --grid. */
import { DissipaError, failure, misuse, UsageError } from '../../base/errors.js';
import { flagOf } from '../../base/options.js';

/**
 * @param names of the sweep's axes
 * @returns the error to be thrown in place of `error`, which speaks of them as of options; others as they are
 */
export function ofAxes(error: unknown, names: readonly string[]): unknown {
  if (!(error instanceof DissipaError)) return error;
  const flags = names.map(flagOf);
  const asAxes = (text: string): string =>
    text.replace(/--[a-z][a-z0-9-]*/g, (flag) => (flags.includes(flag) ? flag.slice(2) : flag));
  const { where, found, expected, advice } = error;
  const isOfAxis = flags.includes(where);
  if (!isOfAxis && asAxes(error.message) === error.message) return error;
  const say = error instanceof UsageError ? misuse : failure;
  return say(
    'grid.value',
    {
      where: isOfAxis ? null : where,
      axis: isOfAxis ? where.slice(2) : null,
      found: asAxes(found),
      expected: expected === undefined ? null : asAxes(expected),
      advice: advice === undefined ? null : asAxes(advice),
    },
    { cause: error },
  );
}
