/** Both ways to a digest give the same, which is the standard's. */
import { expect, test } from 'vitest';
import { portableSha256, sha256 } from '../../src/base/digest.js';

test.each([
  ['Node’s', sha256],
  ['in JavaScript', portableSha256],
])('%s: the examples of FIPS 180-4, in one piece or in several', (_, begin) => {
  expect(begin().hex()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(begin().add('abc').hex()).toBe(abc);
  expect(begin().add(new TextEncoder().encode('ab')).add('c').hex()).toBe(abc);
  expect(begin().add('á').hex()).toBe(begin().add(Uint8Array.of(0xc3, 0xa1)).hex());
});
