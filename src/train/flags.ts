/** Options as the flags that give them: what a command to be copied says of a run. */
import { flagOf } from '../base/options.js';
import { parseTrainOptions, type TrainOptionName, type TrainOptions } from './options.js';

/** Flags and values in the table's order; those at their defaults are left out. */
export function flagsFor(options: TrainOptions): string[] {
  // What a preset fills in goes without saying, like a default.
  const usual = parseTrainOptions({ probe: options.probe });
  const names = Object.keys(options) as TrainOptionName[];
  const isGiven = (name: TrainOptionName): boolean =>
    options[name] !== undefined &&
    (options[name] !== usual[name] || (name === 'probe' && options.probe !== parseTrainOptions({}).probe));
  return names.filter(isGiven).flatMap((name) => {
    const value = options[name];
    if (value === false) return [];
    return value === true ? [flagOf(name)] : [flagOf(name), String(value)];
  });
}
