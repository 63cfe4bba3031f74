/** natural has types for the folder of its tokenizers alone, and that loads Node's own modules; this file does not. */
declare module 'natural/lib/natural/tokenizers/regexp_tokenizer.js' {
  import type { RegexpTokenizer } from 'natural/lib/natural/tokenizers/index.js';
  const tokenizers: { readonly RegexpTokenizer: typeof RegexpTokenizer };
  export default tokenizers;
}
