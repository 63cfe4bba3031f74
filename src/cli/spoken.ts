/** What a command says, in its environment's language; English where none was chosen. */
import { en } from '../words/en/words.js';
import type { Words } from '../words/words.js';
import type { Environment } from './environment.js';

export const wordsOf = (env: Environment & { readonly words?: Words }): Words => env.words ?? en;
