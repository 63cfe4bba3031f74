/** What can be wrong with records, and with bytes as symbols. */
declare module '../base/errors.js' {
  interface Problems {
    /** @param option that says how bytes are decoded */
    'text.bytes-as-they-are': { readonly option: string };
    'records.none': { readonly where: string; readonly records: string };
    /** @param parts that records are held out for, beside those trained on */
    'records.too-few': { readonly where: string; readonly count: number; readonly parts: number };
    /** @param option that says where in a text to begin, of a model that begins with a record */
    'records.begins': { readonly option: string };
    /** @param command that measures on one text */
    'records.not-here': { readonly command: 'lesson' | 'sweep' };
    'records.no-lines': { readonly records: string };
    /** @param has what the model has; null where it has none of it */
    'records.of-model': {
      readonly option: string;
      readonly value: string;
      readonly has: string | null;
      readonly path: string;
    };
    'records.bad-entry': { readonly where: string; readonly entry: string; readonly found: string };
  }
}

export {};
