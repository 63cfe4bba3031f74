/**
 * Lists and records out of files that are not ours: as zod has them, but only the first fault in one is told. Of a list
 * of millions that are all wrong, zod would tell each, and take gigabytes for it.
 */
import * as z from 'zod';

/** Checked at once: many, so that it takes no longer; few, so that their faults are. */
const AT_ONCE = 256;

type Issues = { readonly issues: object[] };

/** @returns what the schema makes of each; null where one is wrong, which is told under its name */
function checkedAll<T extends z.ZodType>(
  element: z.ZodArray<T>,
  items: readonly unknown[],
  nameOf: (at: number) => PropertyKey,
  context: Issues,
): z.output<T>[] | null {
  const all: z.output<T>[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const { success, data, error } = element.safeParse(items.slice(from, from + AT_ONCE));
    if (success) {
      for (const one of data) all.push(one);
      continue;
    }
    const [issue] = error.issues;
    const [at, ...rest] = issue.path;
    const place = from + Number(at);
    context.issues.push({ ...issue, path: [nameOf(place), ...rest], input: items[place] });
    return null;
  }
  return all;
}

/** @param message for what is no list */
export function listOf<T extends z.ZodType>(element: T, message?: string) {
  const several = z.array(element);
  return z
    .array(z.unknown(), message)
    .transform((items, context): z.output<T>[] => checkedAll(several, items, (at) => at, context) ?? z.NEVER);
}

export function recordOf<T extends z.ZodType>(element: T) {
  const several = z.array(element);
  return z.record(z.string(), z.unknown()).transform((record, context): Record<string, z.output<T>> => {
    const names = Object.keys(record);
    const values = checkedAll(several, Object.values(record), (at) => names[at], context);
    return values === null ? z.NEVER : Object.fromEntries(names.map((name, at) => [name, values[at]]));
  });
}
