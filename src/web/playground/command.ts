/** A net of the playground as the command that trains it. */
import { flagOf } from '../../base/option-names.js';
import { shellWord } from '../../base/shell-word.js';
import { FIELD_NAMES, isUsed, type Settings } from './settings.js';

/** What the command line takes where nothing is said. */
export const COMMAND_DEFAULTS: Partial<Settings> = {
  cell: 'tanh',
  layers: 1,
  hidden: 128,
  init: 'uniform',
  forgetBias: 1,
  dropout: 0,
  window: 64,
  batch: 32,
  optimizer: 'adam',
  lr: 0.002,
  clip: 5,
  seed: 1,
};

/**
 * The call that trains the same net, bit for bit.
 * @param paths of the texts; none for the bundled corpus
 */
export function commandOf(settings: Settings, paths: readonly string[]): string {
  const flags = FIELD_NAMES.filter(
    (name) => name !== 'gain' && isUsed(name, settings) && settings[name] !== COMMAND_DEFAULTS[name],
  ).map((name) => `${flagOf(name)} ${settings[name]}`);
  // A name that begins like a flag is none behind a folder's.
  const text = paths.map((path) => shellWord(path.startsWith('-') ? `./${path}` : path));
  return ['npx dissipa train', ...text, ...flags, '--engine wasm-simd128'].join(' ');
}
