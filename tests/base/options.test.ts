/** Options from a table: described, completed, checked, and what is said where they are not as they must be. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { DissipaError, UsageError, type Problem } from '../../src/base/errors.js';
import { nearest } from '../../src/base/nearest.js';
import { describeOptions, flagOf, parseOptions } from '../../src/base/options.js';
import { complaintOf } from '../store/fixtures.js';

const table = z.strictObject({
  count: z.int().min(2).max(9).default(3).meta({ group: 'model' }),
  share: z.number().gt(0).lt(1).optional().meta({ resumable: true }),
  bounded: z.number().min(-1).max(1).default(0),
  kindOfCell: z.enum(['tanh', 'lstm']).default('tanh'),
  isLoud: z.boolean().default(false),
  text: z.string(),
  code: z
    .string()
    .refine((name) => name.length > 4, { error: 'some-text' })
    .optional()
    .meta({ known: ['utf-8', 'latin1'] }),
  threads: z.union([z.literal('auto'), z.int().min(1)]).default('auto'),
});

describe('describeOptions', () => {
  test('reads the table back out of the schema, in its order', () => {
    expect(describeOptions(table)).toEqual([
      { name: 'count', type: 'number', default: 3, group: 'model' },
      { name: 'share', type: 'number', resumable: true },
      { name: 'bounded', type: 'number', default: 0 },
      {
        name: 'kindOfCell',
        type: 'string',

        choices: ['tanh', 'lstm'],
        default: 'tanh',
      },
      { name: 'isLoud', type: 'boolean', default: false },
      { name: 'text', type: 'string' },
      { name: 'code', type: 'string', known: ['utf-8', 'latin1'] },
      { name: 'threads', type: 'string', default: 'auto' },
    ]);
  });

  test('a flag is the name in kebab-case', () => {
    expect(['lr', 'minLr', 'topK', 'kindOfCell'].map(flagOf)).toEqual([
      '--lr',
      '--min-lr',
      '--top-k',
      '--kind-of-cell',
    ]);
  });
});

describe('parseOptions', () => {
  test('completes what is left out', () => {
    expect(parseOptions(table, { text: 'x', share: 0.5 })).toEqual({
      count: 3,
      share: 0.5,
      bounded: 0,
      kindOfCell: 'tanh',
      isLoud: false,
      text: 'x',
      threads: 'auto',
    });
  });

  test.each([
    [{ count: 1 }, '--count: is 1, expected at least 2'],
    [{ count: 10 }, '--count: is 10, expected at most 9'],
    [{ count: 2.5 }, '--count: is 2.5, expected a whole number'],
    [{ count: '5' }, '--count: is 5, expected a number'],
    [{ count: null }, '--count: is null, expected a number'],
    [{ share: 0 }, '--share: is 0, expected more than 0'],
    [{ share: 1 }, '--share: is 1, expected less than 1'],
    [{ bounded: -1.1 }, '--bounded: is -1.1, expected at least -1'],
    [{ bounded: 1.1 }, '--bounded: is 1.1, expected at most 1'],
    [{ kindOfCell: 'elman' }, '--kind-of-cell: is elman, expected one of tanh, lstm'],
    [{ kindOfCell: '' }, "--kind-of-cell: is '', expected one of tanh, lstm"],
    [{ isLoud: 'very' }, '--is-loud: is very, expected true or false'],
    [{ text: 5 }, '--text: is 5, expected a value'],
    [{ text: undefined }, '--text: is missing, expected a value'],
    [{ threads: 'some' }, '--threads: is some, expected auto or a number'],
    [{ threads: [1, 2] }, '--threads: is [1,2], expected auto or a number'],
    [
      { share: '0.1,0.2' },
      '--share: is 0.1,0.2, a list of 2, expected one number; lists of values are for npx dissipa sweep --grid',
    ],
    [
      { share: '0,25' },
      '--share: is 0,25, with a comma, expected one number; write 0.25 if a fraction is meant; lists of values are for npx dissipa sweep --grid',
    ],
    [
      { count: '2,3' },
      '--count: is 2,3, a list of 2, expected one number; lists of values are for npx dissipa sweep --grid',
    ],
    [{ count: '1.000' }, '--count: is 1.000, expected a number without separators of thousands; write 1000'],
    [
      { count: '12,345,678' },
      '--count: is 12,345,678, expected a number without separators of thousands; write 12345678',
    ],
    [
      { share: '1.000,5' },
      '--share: is 1.000,5, expected a number without separators of thousands; write 1000.5',
    ],
    [
      { share: '1,000.5' },
      '--share: is 1,000.5, expected a number without separators of thousands; write 1000.5',
    ],
    [{ count: '0,5' }, '--count: is 0,5, expected a whole number'],
    [{ code: 'utf8' }, '--code: is utf8; did you mean utf-8?'],
    [{ count: '2,x' }, '--count: is 2,x, expected a number'],
    [{ cuont: 5 }, '--cuont: there is no such option; did you mean --count?'],
    [{ kindofcell: 'tanh' }, '--kindofcell: there is no such option; did you mean --kind-of-cell?'],
    [{ somethingElse: 5 }, '--something-else: there is no such option; see --help for those there are'],
  ])('%j', async (given, message) => {
    const error = await complaintOf(() => parseOptions(table, { text: 'x', ...given }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe(message);
    expect(error.exitCode).toBe(2);
  });
});

describe('nearest', () => {
  const names = ['hidden', 'layers', 'window', 'lr'];
  test.each([
    ['hiden', 'hidden'],
    ['hidedn', 'hidden'],
    ['HIDDEN', 'hidden'],
    ['layer', 'layers'],
    ['widow', 'window'],
    // What begins with a name, or is the beginning of one.
    ['win', 'window'],
    ['windowSize', 'window'],
    ['window-size', 'window'],
    ['numLayers', 'layers'],
    ['learningRate', 'lr'],
    ['windowed', 'window'],
    ['xylophone', undefined],
    ['l', undefined],
    ['', undefined],
  ])('%s → %s', (given, expected) => {
    expect(nearest(given, names)).toBe(expected);
  });

  test('of no names at all is none', () => {
    expect(nearest('hidden', [])).toBeUndefined();
  });
});

describe('errors', () => {
  const problem: Problem = { key: 'option.bare', values: { option: '--cell', takes: 'choice' } };

  test('read where: found, expected; advice', () => {
    const complaint = {
      where: 'file',
      found: 'is cut',
      expected: 'expected 5 bytes',
      advice: 'copy it again',
    };
    expect(new DissipaError(complaint, { problem }).message).toBe(
      'file: is cut, expected 5 bytes; copy it again',
    );
    expect(new DissipaError({ where: 'file', found: 'is cut' }, { problem }).message).toBe('file: is cut');
    expect(new DissipaError({ where: 'f', found: 'is cut', advice: 'go' }, { problem }).message).toBe(
      'f: is cut; go',
    );
    expect(new DissipaError(complaint, { problem })).toMatchObject({
      ...complaint,
      name: 'DissipaError',
      exitCode: 1,
    });
    expect(new UsageError(complaint, { problem })).toMatchObject({ name: 'UsageError', exitCode: 2 });
  });

  test('keep their cause', () => {
    const cause = new Error('below');
    expect(new DissipaError({ where: 'a', found: 'b' }, { problem, cause }).cause).toBe(cause);
  });
});
