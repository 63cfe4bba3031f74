/** A passage of text whose characters show what a chosen one listens to. */
import type { Listening } from '../../probe/listen.js';
import { symbolName } from '../../text/alphabet.js';
import { power } from '../../words/numbers.js';
import type { Words } from '../../words/words.js';
import { markup, type Html } from '../html.js';

/** Levels of colour, and the decades that they reach down from the strongest influence. */
export const LEVELS = 10;
const DECADES = 3;

/**
 * By predicted character a string with a digit for each character before it: 9 for the strongest influence, 0 for a
 * thousandth of it or less; a dot where there is none.
 */
export function levelsOf({ log10 }: Listening): string[] {
  return log10.map((row) => {
    const strongest = row.reduce<number>((most, value) => Math.max(most, value ?? -Infinity), -Infinity);
    return row
      .map((value) => {
        if (value === null) return '.';
        const level = 1 + (value - strongest) / DECADES;
        return String(Math.max(0, Math.min(LEVELS - 1, Math.floor(level * LEVELS))));
      })
      .join('');
  });
}

/** How a symbol that cannot be seen is shown. */
function shown(symbol: string): string {
  if (symbol === '\n') return '↵\n';
  if (symbol === '\t') return '⇥';
  if (symbol === ' ') return ' ';
  return symbol;
}

/** What there is to say of the character chosen: how expected it was, and how far back it listens. */
function told({ symbols, probability }: Listening, row: string, s: number, { inspect }: Words): string {
  const strong = [...row.matchAll(/[7-9]/g)].map(({ index }) => s - index);
  return inspect.findings.listening({
    symbol: symbols[s],
    name: symbolName(symbols[s]),
    before: s,
    probability: probability?.at(s) ?? null,
    strong: strong.length === 0 ? null : { many: strong.length, furthest: Math.max(...strong) },
    level: 10 ** (-DECADES * 0.3),
  });
}

/** The last one is chosen at first, so that the page says something without a hand on it, and on paper. */
export function passage(listening: Listening, words: Words): Html {
  const { strongest, choose, label } = words.inspect.page.passage;
  const rows = levelsOf(listening);
  // Where only some were asked for, the last of those.
  const chosen = Math.max(
    0,
    rows.findLastIndex((row) => row !== ''),
  );
  const signs = listening.symbols.map((symbol, t) => {
    const level = rows[chosen]?.[t] ?? '.';
    const style = t === chosen ? 'chosen' : level === '.' ? '' : `l${level}`;
    return markup`<span data-at="${t}" class="${style}" tabindex="${t === chosen ? 0 : -1}" title="${told(listening, rows[t] ?? '', t, words)}">${shown(symbol)}</span>`;
  });
  const swatches = Array.from({ length: LEVELS }, (_, i) => markup`<i class="l${i}"></i>`);
  return markup`<ul class="legend">
      <li>≤ ${power(-DECADES)} <span class="swatches">${swatches}</span> ${strongest}</li>
      <li>${choose}</li>
    </ul>
    <div class="passage" role="group" aria-label="${label}">${signs}</div>
    <p class="told soft" aria-live="polite">${told(listening, rows[chosen] ?? '', chosen, words)}</p>`;
}
