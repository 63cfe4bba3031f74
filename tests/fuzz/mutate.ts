/** Bytes that were a sound file: flipped, cut, repeated, put in another's place; numbers and signs of JSON made extreme. */

/** A whole number from 0 below `n`. */
export type Draw = (n: number) => number;

const EXTREME = [
  ...['-1', '0', '1e999', '1e9', '-0', '9007199254740993', '4294967296', '1.5', 'null', 'true', '""'],
  ...['[]', '{}', '[[[[[[[[', '{"a":{"a":{"a":', '"\\u0000"', '"\\ud800"', '"__proto__"', 'NaN', '\n', ','],
].map((text) => new TextEncoder().encode(text));

function spliced(bytes: Uint8Array, from: number, to: number, piece: Uint8Array): Uint8Array {
  const made = new Uint8Array(from + piece.length + bytes.length - to);
  made.set(bytes.subarray(0, from));
  made.set(piece, from);
  made.set(bytes.subarray(to), from + piece.length);
  return made;
}

/** What stands between two signs of JSON from `at` on. */
function tokenAt(bytes: Uint8Array, at: number): readonly [number, number] {
  const isSign = (i: number): boolean => '{}[],:"\n'.includes(String.fromCharCode(bytes[i]));
  let from = at;
  while (from < bytes.length && isSign(from)) from++;
  let to = from;
  while (to < bytes.length && !isSign(to)) to++;
  return [from, to];
}

const CHANGES: readonly ((bytes: Uint8Array, draw: Draw) => Uint8Array)[] = [
  (bytes, draw) => {
    const made = bytes.slice();
    if (made.length > 0) made[draw(made.length)] ^= 1 << draw(8);
    return made;
  },
  (bytes, draw) => {
    const made = bytes.slice();
    if (made.length > 0) made[draw(made.length)] = [0, 0xff, 0x80, 0x7f, 0x22, 0x5c][draw(6)];
    return made;
  },
  (bytes, draw) => bytes.slice(0, draw(bytes.length + 1)),
  (bytes, draw) => {
    const from = draw(bytes.length + 1);
    return spliced(bytes, from, Math.min(bytes.length, from + draw(16)), new Uint8Array());
  },
  (bytes, draw) => {
    const from = draw(bytes.length + 1);
    return spliced(bytes, from, from, bytes.subarray(from, from + draw(64)));
  },
  (bytes, draw) => {
    const [from, to] = tokenAt(bytes, draw(bytes.length + 1));
    return spliced(bytes, from, to, EXTREME[draw(EXTREME.length)]);
  },
  (bytes, draw) => {
    const at = draw(bytes.length + 1);
    return spliced(bytes, at, at, EXTREME[draw(EXTREME.length)]);
  },
  // A length in the file's first eight bytes that fits again what follows.
  (bytes) => {
    const made = bytes.slice();
    const end = made.lastIndexOf(0x7d);
    if (made.length > 8 && end > 8) new DataView(made.buffer).setBigUint64(0, BigInt(end - 7), true);
    return made;
  },
];

export function mutated(bytes: Uint8Array, draw: Draw): Uint8Array {
  let made = bytes;
  for (let times = 1 + draw(4); times > 0; times--) made = CHANGES[draw(CHANGES.length)](made, draw);
  return made;
}
