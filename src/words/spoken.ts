/** What every entry of the library imports first: errors are worded in English until another language is spoken. */
import { en } from './en/words.js';
import { speak } from './words.js';

speak(en);
