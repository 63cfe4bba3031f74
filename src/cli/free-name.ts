/** `name`, or with the first number behind it that is free: `name-2`. @param isFree may take it at once, so that no other does */
export async function freeName(
  name: string,
  isFree: (path: string) => Promise<boolean>,
  ending = '',
): Promise<string> {
  for (let n = 1; ; n++) {
    const path = `${n === 1 ? name : `${name}-${n}`}${ending}`;
    if (await isFree(path)) return path;
  }
}
