/** The lesson's words: complete in each language, free of the other's, and in step with the figures. */
import { Ansis } from 'ansis';
import { describe, expect, test } from 'vitest';
import { flagOf } from '../../../src/base/options.js';
import { checkFlags } from '../../../src/cli/commands/check.js';
import { inspectFlags } from '../../../src/cli/commands/inspect.js';
import { trainFlags } from '../../../src/cli/commands/train.js';
import { commandsFor } from '../../../src/report/lesson/commands.js';
import {
  languageFrom,
  LANGUAGES,
  numbersIn,
  type Language,
} from '../../../src/report/lesson/words/language.js';
import { WORDS } from '../../../src/report/lesson/words/languages.js';
import { lessonPage } from '../../../src/report/lesson/page.js';
import { lessonSummary } from '../../../src/report/lesson/summary.js';
import {
  SECTIONS,
  type Lesson,
  type LessonFigures,
  type SectionName,
} from '../../../src/study/lesson/lesson.js';
import { net } from '../../../src/study/lesson/nets.js';
import { inspectionPage } from '../../../src/report/page/page.js';
import { exampleData } from '../example.js';
import { exampleLesson, withoutEnds, withZeros } from './example.js';

const lesson = await exampleLesson();
const BUNDLED = { paths: [], reading: [] };
const OUTCOMES = ['holds', 'partly', 'fails'] as const;

/** What a reader reads: without what is for programs, commands, and quotations of pages in English. */
const read = (html: string): string =>
  html
    .replace(/<(style|script|code)[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/ (?:class|d|style|aria-describedby|id|fill|stroke|href|lang|content|name)="[^"]*"/g, ' ')
    .replace(/aria-label="(?:[xy]-axis[^"]*|[xy]-grid|line|rule|text|rect|dot)"/g, ' ')
    .replace(/“[^”]*”/g, ' ')
    .replace(/<[^>]*aria-label="([^"]*)"[^>]*>/g, ' $1 ')
    .replace(/<[^>]*>/g, ' ');

const OTHERS: Readonly<Record<Language, readonly string[]>> = {
  en: 'camada camadas passo passos tempo gradiente de da das que não uma com rede depois antes treino resta veredito'.split(
    ' ',
  ),
  pt: 'the of and layer layers timestep timesteps step steps gradient with after before is are network training back left verdict holds'.split(
    ' ',
  ),
};
const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}]+/gu) ?? []);

const withOutcome = (outcome: (typeof OUTCOMES)[number]): Lesson => ({
  ...lesson,
  sections: Object.fromEntries(
    Object.entries(lesson.sections).map(([name, figures]) => [name, { ...figures, outcome }]),
  ) as unknown as LessonFigures,
});

describe.each(LANGUAGES)('in %s', (language) => {
  const words = WORDS[language];
  const texts = [lesson, withoutEnds(lesson), withZeros(lesson), ...OUTCOMES.map(withOutcome)].flatMap(
    (one) => [read(lessonPage(one, language, BUNDLED)), lessonSummary(one, language, new Ansis(0))],
  );

  test('page and summary are free of the other language’s words, and of what is none', () => {
    for (const text of texts) {
      const found = wordsOf(text);
      expect(OTHERS[language].filter((word) => found.has(word))).toEqual([]);
      expect(text).not.toMatch(/undefined|NaN|Infinity|null|\[object|--?\d/);
    }
    const own = wordsOf(texts[0]);
    const other = OTHERS[language === 'pt' ? 'en' : 'pt'];
    expect(other.filter((word) => own.has(word)).length).toBeGreaterThan(15);
  });

  test('numbers are in its manner, on the axes too', () => {
    const decimals = language === 'pt' ? /\d,\d/ : /\d\.\d/;
    const foreign = language === 'pt' ? /\d\.\d{1,2}(?!\d)/ : /\d,\d{1,2}(?!\d)/;
    for (const text of texts) {
      expect(text).toMatch(decimals);
      expect(foreign.exec(text)).toBe(null);
    }
    const axis = /<g [^>]*aria-label="y-axis tick label".*?<\/g>/gs;
    const ticks = [...lessonPage(lesson, language, BUNDLED).matchAll(axis)]
      .join(' ')
      .replace(/<[^>]*>/g, ' ');
    expect(ticks).toMatch(language === 'pt' ? / 0,5 / : / 0\.5 /);
  });

  test('each verdict is told, in a sentence of its own', () => {
    const said = words.sections(lesson.setup);
    const last = <Name extends SectionName>(name: Name, figures: LessonFigures[Name]): string =>
      said[name].found(figures).at(-1) ?? '';
    for (const name of SECTIONS) {
      const sentences = OUTCOMES.map((outcome) => last(name, withOutcome(outcome).sections[name]));
      expect(new Set(sentences).size, name).toBe(3);
      for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
    }
    for (const outcome of OUTCOMES) {
      const page = lessonPage(withOutcome(outcome), language, BUNDLED);
      // In the overview and in the section.
      expect(page.split(`class="badge ${outcome}"`).length - 1).toBe(2 * SECTIONS.length);
      const summary = lessonSummary(withOutcome(outcome), language, new Ansis(0));
      const badge = `${words.verdict}: ${{ holds: '✓', partly: '◐', fails: '✗' }[outcome]} ${words.outcomes[outcome]}`;
      expect(summary.split(badge).length - 1).toBe(SECTIONS.length);
    }
  });

  test('the summary fits a terminal, and has each claim', () => {
    const summary = lessonSummary(lesson, language, new Ansis(0));
    expect(summary.split('\n').filter((line) => Array.from(line).length > 80)).toEqual([]);
    SECTIONS.forEach((name, i) => {
      const { claim } = words.sections(lesson.setup)[name];
      expect(summary.replace(/\s+/g, ' ')).toContain(`${i + 1}. ${claim}`);
    });
  });

  test('progress names the network and how far it is', () => {
    const spec = net('relu', { init: 'identity', layers: 2, clip: false });
    const line = words.progress.doing(
      { section: 'depth', doing: { kind: 'training', spec, step: 1200, steps: 2000 }, done: 0.5 },
      3,
      6,
    );
    expect(line).toBe(
      {
        en: 'claim 3 of 6 · training ReLU (identity), 2 layers, never clipped: update 1,200 of 2,000',
        pt: 'afirmação 3 de 6 · treinando ReLU (identidade), 2 camadas, sem corte: atualização 1.200 de 2.000',
      }[language],
    );
  });
});

test('what is measured is in the sentences: the crossing of the layers, the bound, what diverged', () => {
  const { setup, sections } = lesson;
  const { en, pt } = { en: WORDS.en.sections(setup), pt: WORDS.pt.sections(setup) };
  const layers = [
    [-4, -5, -6],
    [-1, -4, -8],
  ];
  const crossing = {
    ...sections.depth,
    lags: { start: { layers, crossing: 2 }, end: { layers, crossing: null } },
  };
  expect(en.depth.found(crossing).join(' ')).toMatch(
    /the first one has 0\.1% of .* from lag 2 on it has no less\./,
  );
  expect(en.depth.found(crossing).join(' ')).toMatch(/the curves do not cross\./);
  expect(pt.depth.found(crossing).join(' ')).toMatch(
    /tem 0,1% do .* a partir de 2 passos de volta já não é menor\./,
  );

  const nets = sections.product.nets.map((one, i) => ({ ...one, boundLog10: i === 0 ? -0.5 : 0.5 }));
  const product = { ...sections.product, nets };
  expect(en.product.found(product).join(' ')).toMatch(/σ₁γ is 0\.316, below 1: .* σ₁γ is 3\.16: not below 1/);
  const broken = { ...product, nets: nets.map((one) => ({ ...one, isBounded: false })) };
  expect(pt.product.found(broken).join(' ')).toMatch(/a curva passa do limite: .* defeito/);

  const { methods } = withoutEnds(lesson).sections;
  expect(en.methods.found(methods).join(' ')).toMatch(/was no number at update 3, where its training ended/);
  expect(pt.methods.found(methods).join(' ')).toMatch(/Nenhuma das outras aprendeu/);
});

test('each heading that is quoted stands on the page of the command beside it; in Portuguese it is explained', () => {
  const html = inspectionPage(exampleData());
  for (const language of LANGUAGES) {
    const sections = WORDS[language].sections(lesson.setup);
    const quoted = SECTIONS.filter((name) => name !== 'sensitivity').flatMap((name) => [
      ...sections[name].tryIt.matchAll(/“([^”]*)”( \(\p{Ll})?/gu),
    ]);
    expect(quoted).toHaveLength(4);
    for (const found of quoted) {
      expect(html).toContain(`<h2>${found[1]}</h2>`);
      expect(found.at(2) !== undefined, found[0]).toBe(language === 'pt');
    }
  }
});

test('of a window of two timesteps, and of gradients of one size, there is no plural', () => {
  const { product, methods } = lesson.sections;
  const short = { ...product, nets: product.nets.map((one) => ({ ...one, curve: [0, -3] })) };
  const norms = { median: 2, largest: 2, divergedAt: null };
  const even = {
    ...methods,
    contenders: methods.contenders.map((one) => ({ ...one, clippedNorms: norms, freeNorms: norms })),
  };
  const [en, pt] = [WORDS.en.sections(lesson.setup), WORDS.pt.sections(lesson.setup)];
  expect(en.product.found(short)[0]).toMatch(/ 1 timestep makes 10⁻³\.$/);
  expect(pt.product.found(short)[0]).toMatch(/ 1 passo dá 10⁻³\.$/);
  expect(en.methods.found(even).join(' ')).toMatch(
    /the largest gradient was the usual one \(where it was never clipped: the usual one\)/,
  );
  expect(pt.methods.found(even).join(' ')).toMatch(/o maior gradiente foi o habitual \(/);
});

test('a claim that holds in part: the sentence says which part', () => {
  const { squashing, methods } = withOutcome('partly').sections;
  const [en, pt] = [WORDS.en.sections(lesson.setup), WORDS.pt.sections(lesson.setup)];
  const sloped = (slope: number): typeof squashing => ({
    ...squashing,
    nets: squashing.nets.map((one) => ({ ...one, end: { ...one.start, slope, flat: 0 } })),
  });
  expect(en.squashing.found(sloped(0.5)).at(-1)).toMatch(/^Both squash, but hardly any unit/);
  expect(en.squashing.found(sloped(0.95)).at(-1)).toMatch(/^Not both of them squash/);
  expect(pt.squashing.found(sloped(0.5)).at(-1)).toMatch(/^As duas achatam, mas quase nenhuma unidade/);
  expect(pt.squashing.found(sloped(0.95)).at(-1)).toMatch(/^Não são as duas que achatam/);
  const judged = (verdict: 'vanishing' | 'preserved'): typeof methods => ({
    ...methods,
    contenders: methods.contenders.map((one) => ({
      ...one,
      end: { ...one.start, memory: { ...one.start.memory, verdict } },
    })),
  });
  expect(en.methods.found(judged('vanishing')).at(-1)).toMatch(/^Sigmoid and tanh vanish, but no other/);
  expect(en.methods.found(judged('preserved')).at(-1)).toMatch(/^Another keeps a hundred times/);
  expect(pt.methods.found(judged('vanishing')).at(-1)).toMatch(/o gradiente se dissipa, mas nenhuma outra/);
  expect(pt.methods.found(judged('preserved')).at(-1)).toMatch(/^Outra conserva cem vezes/);
});

describe('numbers', () => {
  const [pt, en] = [numbersIn('pt'), numbersIn('en')];
  test('of each kind', () => {
    expect([pt.short(0.123), en.short(0.123)]).toEqual(['0,123', '0.123']);
    expect([pt.short(-1.5e-9), en.short(-0.5)]).toEqual(['−1,5×10⁻⁹', '−0.5']);
    expect([pt.count(1234567), en.count(1234567)]).toEqual(['1.234.567', '1,234,567']);
    expect([pt.percent(0.0421), en.percent(12.34)]).toEqual(['4,2%', '1,234%']);
    expect([pt.share(-2.4), pt.share(-9.2), en.share(-Infinity)]).toEqual(['0,4%', '10⁻⁹', '0']);
    expect([pt.fixed(3.014, 2), en.fixed(-3.5, 1)]).toEqual(['3,01', '−3.5']);
  });
});

test.each([
  [['pt_BR.UTF-8'], 'pt'],
  [['pt'], 'pt'],
  [['', undefined, 'pt-PT'], 'pt'],
  [[undefined, undefined, undefined, 'en-US'], 'en'],
  [['C', undefined, 'pt_BR.UTF-8'], 'en'],
  [['en_GB.UTF-8', undefined, 'pt_BR'], 'en'],
  [['ptx'], 'en'],
  [[], 'en'],
] as const)('the locales %j are read as %s', (locales, language) => {
  expect(languageFrom(locales)).toBe(language);
});

describe('commands', () => {
  const tables = { train: trainFlags, inspect: inspectFlags, check: checkFlags };
  const options = { hidden: 8, window: 16, steps: 5, seed: 7 };
  const texts = { paths: ["'my text.txt'", 'b.txt'], reading: [['--encoding', 'utf-16le'], ['--lowercase']] };
  const all = SECTIONS.flatMap((name, i) => commandsFor(name, i + 1, options, texts, 'lesson'));

  test('their flags are known', () => {
    for (const line of all) {
      const [, command, rest] = /^npx dissipa (\w+)(.*)$/.exec(line) ?? [];
      const known = Object.keys(tables[command as keyof typeof tables].shape).map(flagOf);
      expect(known).toEqual(
        expect.arrayContaining([...rest.matchAll(/ (--[a-z-]+)/g)].map(([, flag]) => flag)),
      );
    }
  });

  test('they make the very networks that were measured, of the same texts', () => {
    expect(all.find((line) => line.includes('--layers 8'))).toBe(
      "npx dissipa train 'my text.txt' b.txt --encoding utf-16le --lowercase --cell sigmoid --layers 8 --hidden 8 " +
        '--window 16 --batch 16 --steps 5 --seed 7 --out checkpoints/lesson-3',
    );
    expect(all[0]).toBe(
      "npx dissipa check --text 'my text.txt' --encoding utf-16le --cell sigmoid --layers 4 --hidden 8",
    );
    expect(all.at(-1)).toBe('npx dissipa inspect checkpoints/lesson-6 --html checkpoints/lesson-6.html');
  });

  test('a command has its shell words escaped for HTML', () => {
    const page = lessonPage(lesson, 'en', { paths: ["'<b>.txt'"], reading: [] });
    expect(page).toContain('train &#39;&lt;b&gt;.txt&#39; ');
    expect(page).not.toContain('<b>.txt');
  });
});
