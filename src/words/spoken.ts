/**
 * What every entry of the library imports first: errors are worded in English until another language is spoken, and have
 * options by their names.
 */
import { writeAsNames } from '../base/option-names.js';
import { trainOptions } from '../train/options.js';
import { en } from './en/words.js';
import { speak } from './words.js';

speak(en);
writeAsNames([...Object.keys(trainOptions.shape), 'rows', 'characters', 'only', 'seeds', 'match', 'scored']);
