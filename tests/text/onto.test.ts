/** A text in the ids of a model that is trained on it: what becomes of symbols that the model has not. */
import { describe, expect, test } from 'vitest';
import { Alphabet, MOST_SYMBOLS, UNKNOWN } from '../../src/text/alphabet.js';
import { idsOnto, readable, type NewSymbols } from '../../src/text/onto.js';
import { SymbolCount } from '../../src/text/symbol-count.js';
import { messageOf } from '../store/fixtures.js';

/** In an order of its own, as of a model that was made elsewhere. */
const MODEL = new Alphabet(['b', 'a', ' ']);

function onto(text: string, unknown: NewSymbols, minCount = 1, alphabet = MODEL) {
  const count = new SymbolCount('text');
  const how = { alphabet, unknown };
  const kept = readable(how)(text);
  const numbers = new Uint16Array(kept.length);
  const length = count.add(kept, numbers);
  const { alphabet: becomes, ids } = idsOnto(count, how, minCount, 'text');
  return {
    symbols: becomes.symbols,
    read: becomes.decode(numbers.slice(0, length).map((number) => ids[number])),
  };
}

describe('the text in the model’s ids', () => {
  test('add: new symbols come behind the model’s, by code point; nothing of the model’s goes', () => {
    expect(onto('zé baba', 'add')).toEqual({ symbols: ['b', 'a', ' ', 'z', 'é'], read: 'zé baba' });
    expect(onto('bab', 'add').symbols).toEqual(MODEL.symbols);
  });

  test('add, with rare ones read as unknown', () => {
    expect(onto('zzé🙂 baba', 'add', 2)).toEqual({
      symbols: ['b', 'a', ' ', 'z', UNKNOWN],
      read: `zz${UNKNOWN}${UNKNOWN} baba`,
    });
    // The model's own are kept however rare.
    expect(onto('zzb', 'add', 2).read).toBe('zzb');
    const knowing = new Alphabet(['a', UNKNOWN]);
    expect(onto('aé', 'add', 2, knowing)).toEqual({ symbols: ['a', UNKNOWN], read: `a${UNKNOWN}` });
  });

  test('skip, replace, refuse', async () => {
    expect(onto('zé 🙂baba', 'skip')).toEqual({ symbols: MODEL.symbols, read: ' baba' });
    expect(onto('zá\nbaba', 'replace')).toEqual({ symbols: MODEL.symbols, read: ' a baba' });
    expect(await messageOf(() => onto('zéb', 'refuse'))).toMatch(/^text: .*'z' \(U\+007A\), 'é' \(U\+00E9\)/);
  });

  test('a model without capitals reads them as small letters, and none are added', () => {
    expect(onto('BA ba', 'add')).toEqual({ symbols: MODEL.symbols, read: 'ba ba' });
  });

  test('more than ids can tell apart', async () => {
    const many = Array.from({ length: MOST_SYMBOLS - 1 }, (_, i) => String.fromCodePoint(0x20000 + i));
    const full = new Alphabet(many);
    expect(onto('a', 'add', 1, full).symbols).toHaveLength(MOST_SYMBOLS);
    expect(await messageOf(() => onto('ab', 'add', 1, full))).toMatch(/^text: .*65,536 .*65,535/);
  });
});
