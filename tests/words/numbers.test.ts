/** Figures as each language writes them. */
import { describe, expect, test } from 'vitest';
import { numbers as en } from '../../src/words/en/numbers.js';
import { numbers as pt } from '../../src/words/pt/numbers.js';

describe('numbers', () => {
  test('of each kind', () => {
    expect([pt.short(0.123), en.short(0.123)]).toEqual(['0,123', '0.123']);
    expect([pt.short(-1.5e-9), en.short(-0.5)]).toEqual(['−1,5×10⁻⁹', '−0.5']);
    expect([pt.count(1234567), en.count(1234567)]).toEqual(['1.234.567', '1,234,567']);
    expect([950.4, 9999, 36_400, 1_234_567].map(en.compact)).toEqual(['950', '9,999', '36K', '1.2M']);
    expect([36_400, 1_234_567].map(pt.compact)).toEqual(['36\u00a0mil', '1,2\u00a0mi']);
    expect([pt.percent(0.0421), en.percent(12.34)]).toEqual(['4,2%', '1,234%']);
    expect([pt.short(8370), en.short(8370), en.short(-12300)]).toEqual(['8.370', '8,370', '−12,300']);
    expect([en.share(3.4), pt.share(300), en.share(0.4)]).toEqual(['10³ times', '10³⁰⁰ vezes', '251%']);
    expect([en.range([3, 1, 2], en.count), pt.range([2, 2], pt.count)]).toEqual(['1 to 3', '2']);
    expect([en.moved(null), pt.moved(0.5)]).toEqual(['<10⁻¹³', '50%']);
    expect([en.bits(Math.LN2), pt.bits(2 * Math.LN2)]).toEqual(['1.00 bits', '2,00 bits']);
    expect([pt.share(-2.4), pt.share(-9.2), en.share(-Infinity)]).toEqual(['0,4%', '10⁻⁹', '0']);
    expect([pt.fixed(3.014, 2), en.fixed(-3.5, 1)]).toEqual(['3,01', '−3.5']);
    expect([en.short(100_000), pt.short(-100_000), en.short(1e6)]).toEqual([
      '100,000',
      '−100.000',
      '1.0×10⁶',
    ]);
    // A loss that has gone astray takes no more room than others do.
    expect([en.fixed(608_759_777_534.917, 3), pt.fixed(-97_176_062.87, 2), en.fixed(99_999.5, 1)]).toEqual([
      ...['6.1×10¹¹', '−9,7×10⁷', '99,999.5'],
    ]);
  });

  test('what is no number is a dash, whatever it is written as', () => {
    for (const write of [en.short, en.count, en.percent, en.signed, en.pace, en.share, en.power, en.compact])
      expect([write(NaN), write(Infinity)]).toEqual(['–', '–']);
  });
  test('signs', () => {
    expect([en.signed(0.12), pt.signed(-0.03, 2), en.signed(-0.0001)]).toEqual(['+0.120', '−0,03', '0.000']);
    expect([en.pace(-0.1089, 0.0064), pt.pace(-0.123456), en.pace(-1e-9)]).toEqual([
      '−0.1089±0.0064',
      '−0,12',
      '0.00',
    ]);
  });
  test('one and several', () => {
    expect([en.counted(1, 'step'), en.counted(0, 'step'), en.counted(1234, 'step')]).toEqual([
      '1 step',
      '0 steps',
      '1,234 steps',
    ]);
    expect([pt.counted(1, 'iteração', 'iterações'), pt.counted(2, 'iteração', 'iterações')]).toEqual([
      '1 iteração',
      '2 iterações',
    ]);
  });
  test('lists', () => {
    const three = ['a', 'b', 'c'];
    expect([en.listed(three), pt.listed(three), en.listed([])]).toEqual(['a, b and c', 'a, b e c', '']);
    expect([en.either(three), pt.either(['a', 'b'])]).toEqual(['a, b or c', 'a ou b']);
  });
});

describe('figures', () => {
  test.each([
    [en.power(-5), '10⁻⁵'],
    [en.power(0), '10⁰'],
    [en.power(-12.5), '10⁻¹²·⁵'],
    [en.percent(0), '0%'],
    [en.percent(1), '100%'],
    [en.percent(0.0949), '9.5%'],
    [en.percent(0.0999), '10%'],
    [en.percent(0.0004), '0.04%'],
    [en.percent(-0.2), '−20%'],
    [pt.percent(4e-6), '0,0004%'],
    [pt.percent(3e-59), '10⁻⁵⁹'],
    [en.percent(-2e-8), '−10⁻⁸'],
    [en.percent(5e-324), '10⁻³²³'],
    [en.share(-2), '1%'],
    [en.share(-46.3), '10⁻⁴⁶'],
    [en.share(null), '0'],
    [en.short(0), '0'],
    [en.short(0.0123456), '0.0123'],
    [en.short(4.56e-9), '4.6×10⁻⁹'],
    [en.short(-12345), '−12,300'],
    [en.signed(-0.1234), '−0.123'],
    [en.signed(0.1), '+0.100'],
    [en.signed(-1e-9), '0.000'],
    [en.count(1234567), '1,234,567'],
    [en.listed(['a', 'b', 'c']), 'a, b and c'],
  ])('%s', (written, expected) => {
    expect(written).toBe(expected);
  });
});
