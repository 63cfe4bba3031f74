/** The name someone may have meant. */
import distance from 'natural/lib/natural/distance/index.js';

/** The nearest of `names` by edit distance (Damerau–Levenshtein), unless even that is more than 40% of it away. */
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
    : undefined;
}
