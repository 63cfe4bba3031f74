/** The name someone may have meant. */
import distance from 'natural/lib/natural/distance/index.js';

/**
 * The nearest of `names` by edit distance (Damerau–Levenshtein), unless even that is more than 40% of it away; else one
 * that is said in other words: `probe` for `probeLevel`, `cosine` for `cos`, `lr` for `learningRate`.
 */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const distances = names.map((name) => ({
    name,
    distance: distance.DamerauLevenshteinDistance(given.toLowerCase(), name.toLowerCase(), {
      insertion_cost: 1,
      deletion_cost: 1,
      substitution_cost: 1,
      restricted: true,
    }),
  }));
  const [best] = distances.sort((a, b) => a.distance - b.distance);
  return distances.length > 0 && best.distance <= 0.4 * Math.max(given.length, best.name.length)
    ? best.name
    : inOtherWords(given, names);
}

/** `learningRate`, `learning-rate` → `learning`, `rate` */
const wordsOf = (name: string): string[] =>
  name
    .replace(/[A-Z]+/g, (capitals) => `-${capitals}`)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length++;
  return length;
}

/** Of a beginning that says something, and of what must be alike of two names that only begin alike. */
const SHORTEST_START = 3;
const SHORTEST_COMMON = 5;

/** The first rule that finds one decides; of several names the longest, which says most of what was given. */
function inOtherWords(given: string, names: readonly string[]): string | undefined {
  const said = wordsOf(given);
  const plain = said.join('');
  const byLength = [...names].sort((a, b) => b.length - a.length);
  const shares = (name: string): number => commonStart(wordsOf(name).join(''), plain);
  return (
    byLength.find((name) => wordsOf(name).every((word) => said.includes(word))) ??
    names.find((name) => said.length > 1 && name === said.map(([first]) => first).join('')) ??
    byLength.findLast((name) => plain.length >= SHORTEST_START && shares(name) === plain.length) ??
    byLength.find((name) => shares(name) >= Math.max(SHORTEST_COMMON, 0.6 * name.length))
  );
}
