/** Errors speak English in tests, as they do in the library. */
import { en } from '../src/words/en/words.js';
import { speak } from '../src/words/words.js';

speak(en);
