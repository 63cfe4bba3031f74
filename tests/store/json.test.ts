import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { structureDefect, tryUtf8 } from '../../src/store/json.js';
import { utf8 } from './fixtures.js';

it('an object’s key given twice is seen at any depth, however it is spelt', () => {
  expect(structureDefect('{"a":1,"b":{"c":[{"d":1,"d":2}]}}', 9)).toEqual({ is: 'twice', key: '"d"' });
  expect(structureDefect('{"a":1,"\\u0061" : 2}', 9)).toEqual({ is: 'twice', key: '"a"' });
  expect(structureDefect('{"":1,"":2}', 9)).toEqual({ is: 'twice', key: '""' });
});

it('the same key in different objects, and strings that look like keys, are no defect', () => {
  const text = '{"a":{"a":["a","a","b:","b:"]},"b":"{\\"a\\":1,\\"a\\":2}","c":[{"a":1},{"a":2}]}';
  expect(JSON.parse(text)).toBeTypeOf('object');
  expect(structureDefect(text, 9)).toBeNull();
});

it('no JSON without repeated keys has a defect', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      expect(structureDefect(text, 9)).toBeNull();
    }),
  );
});

it('nesting is counted in objects and lists', () => {
  expect(structureDefect('{"a":[{}]}', 3)).toBeNull();
  expect(structureDefect('{"a":[{"b":[]}]}', 3)).toEqual({ is: 'deep', most: 3 });
  expect(structureDefect('[[],[],[],[]]', 2)).toBeNull();
});

it('text that is no JSON is passed over without trouble', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[{}[\]",:\\a]*$/)), (text) => {
      structureDefect(text, 3);
    }),
  );
});

it('UTF-8 is decoded whole or not at all, a byte order mark included', () => {
  expect(tryUtf8(utf8('\uFEFFé'))).toBe('\uFEFFé');
  expect(tryUtf8(Uint8Array.of(0x61, 0xc3))).toBeNull();
});
