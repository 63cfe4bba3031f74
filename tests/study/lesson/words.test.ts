/** The lesson's words: complete in each language, free of the other's, and in step with the figures. */
import { Ansis } from 'ansis';
import { describe, expect, test } from 'vitest';
import { lessonWordsIn, wordsIn } from '../../../src/words/words.js';
import { flagOf } from '../../../src/base/options.js';
import { checkFlags } from '../../../src/cli/commands/check.js';
import { lessonFlags } from '../../../src/cli/commands/lesson.js';
import { inspectFlags } from '../../../src/cli/commands/inspect.js';
import { trainFlags } from '../../../src/cli/commands/train.js';
import { commandsFor } from '../../../src/study/lesson/commands.js';
import { languageFrom, LANGUAGES, type Language } from '../../../src/base/language.js';
import { foundIn } from '../../../src/study/lesson/found/found.js';
import { lessonPage } from '../../../src/study/lesson/page.js';
import { lessonSummary } from '../../../src/study/lesson/summary.js';
import { net } from '../../../src/study/lesson/doing.js';
import type { Doing } from '../../../src/words/lesson/doing.js';
import { SECTIONS, type LessonFigures, type SectionName } from '../../../src/words/lesson/figures.js';
import { OUTCOMES } from '../../../src/words/lesson/outcome.js';
import { remediesOf } from '../../../src/study/lesson/sections/remedies.js';
import { inspectionPage } from '../../../src/study/inspect/page.js';
import { inEach } from '../../words/in-each.js';
import { exampleData } from '../inspect/example.js';
import { exampleLesson, withLearning, withOutcome, withoutEnds, withZeros } from './example.js';

const lesson = exampleLesson();
const WORDS = await inEach(lessonWordsIn);
const BUNDLED = { paths: [], reading: [] };
const learnt = withLearning(lesson);

/** What a reader reads: without what is for programs, commands, and quotations of pages in English. */
const read = (html: string): string =>
  html
    .replace(/<(style|script|code)[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/ (?:class|d|style|aria-describedby|id|fill|stroke|href|lang|content|name)="[^"]*"/g, ' ')
    .replace(/data-mark="(?:[xy]-axis[^"]*|[xy]-grid|line|rule|text|rect|dot)"/g, ' ')
    .replace(/“[^”]*”/g, ' ')
    .replace(/<[^>]*aria-label="([^"]*)"[^>]*>/g, ' $1 ')
    .replace(/<[^>]*>/g, ' ');

/** Words that a page of the language has many of, and those of the others none. */
const OWN: Readonly<Record<Language, readonly string[]>> = {
  en: 'the of and layer layers timestep timesteps step steps gradient with after before is are network training back left verdict holds'.split(
    ' ',
  ),
  pt: 'camada camadas passo passos tempo gradiente de da das que não uma com rede depois antes treino resta veredito'.split(
    ' ',
  ),
};
const othersOf = (language: Language): string[] =>
  LANGUAGES.filter((one) => one !== language)
    .flatMap((one) => OWN[one])
    .filter((word) => !OWN[language].includes(word));
const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}]+/gu) ?? []);

describe.each(LANGUAGES)('in %s', (language) => {
  const words = WORDS[language];
  const texts = [
    ...[lesson, learnt, withoutEnds(lesson), withZeros(lesson)],
    ...OUTCOMES.map((outcome) => withOutcome(learnt, outcome)),
  ].flatMap((one) => [
    read(lessonPage(one, WORDS[language], BUNDLED)),
    lessonSummary(one, WORDS[language], new Ansis(0)),
  ]);

  test('page and summary are free of the other language’s words, and of what is none', () => {
    for (const text of texts) {
      const found = wordsOf(text.replace(/--\w+/g, ' '));
      expect(othersOf(language).filter((word) => found.has(word))).toEqual([]);
      // A training that diverged is said to have ended in NaN; nothing else is.
      const others = text
        .replace(/\s+/g, ' ')
        .replace(/NaN(?=: | \((?:it diverged|divergiu)\)| at update| na iteração)/g, '');
      expect(others).not.toMatch(/undefined|NaN|Infinity|null|\[object|--?\d/);
    }
    const own = wordsOf(texts[0]);
    expect(OWN[language].filter((word) => own.has(word)).length).toBeGreaterThan(15);
  });

  test('numbers are in its manner, on the axes too', () => {
    const sign = new Intl.NumberFormat(words.locale).format(0.5)[1];
    const other = sign === ',' ? '.' : ',';
    const decimals = new RegExp(`\\d[${sign}]\\d`);
    const foreign = new RegExp(`\\d[${other}]\\d{1,2}(?!\\d)`);
    for (const text of texts) {
      expect(text).toMatch(decimals);
      expect(foreign.exec(text)).toBe(null);
    }
    const axis = /<g [^>]*data-mark="y-axis tick label".*?<\/g>/gs;
    const ticks = [...lessonPage(lesson, WORDS[language], BUNDLED).matchAll(axis)]
      .join(' ')
      .replace(/<[^>]*>/g, ' ');
    expect(ticks).toContain(` 0${sign}5 `);
  });

  test('each verdict is told, in a sentence of its own', () => {
    const last = <Name extends SectionName>(name: Name, figures: LessonFigures[Name]): string =>
      foundIn(name, figures, words, lesson.setup).at(-1) ?? '';
    for (const name of SECTIONS) {
      const sentences = OUTCOMES.map((outcome) => last(name, withOutcome(learnt, outcome).sections[name]));
      expect(new Set(sentences).size, name).toBe(OUTCOMES.length);
      for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
    }
    for (const outcome of OUTCOMES) {
      const page = lessonPage(withOutcome(learnt, outcome), WORDS[language], BUNDLED);
      // In the overview and in the section.
      expect(page.split(`class="badge ${outcome}"`).length - 1).toBe(2 * SECTIONS.length);
      const summary = lessonSummary(withOutcome(learnt, outcome), WORDS[language], new Ansis(0));
      const badge = `${words.verdict}: ${{ holds: '✓', partly: '◐', fails: '✗', open: '○' }[outcome]} ${words.outcomes[outcome]}`;
      expect(summary.split(badge).length - 1).toBe(SECTIONS.length);
    }
  });

  test('the summary fits a terminal, and has each claim', () => {
    const summary = lessonSummary(lesson, WORDS[language], new Ansis(0));
    expect(summary.split('\n').filter((line) => Array.from(line).length > 80)).toEqual([]);
    SECTIONS.forEach((name, i) => {
      const { claim } = words.sections(lesson.setup)[name];
      expect(summary.replace(/\s+/g, ' ')).toContain(`${i + 1}. ${claim}`);
    });
  });

  test('progress names the network and how far it is', () => {
    const spec = net('relu', { init: 'identity', layers: 2, clip: false });
    const line = (doing: Partial<Doing>): string => {
      const whole = { kind: 'training', spec, done: 1200, of: 2000, cost: 1, ...doing } as const;
      return words.progress.doing({ section: 'depth', doing: whole, done: 0.5 }, 3, 6);
    };
    const { count } = words.numbers;
    for (const part of [words.contender(spec), count(1200), count(2000), '3', '6'])
      expect(line({})).toContain(part);
    // Of how many layers, and that nothing is clipped.
    for (const other of [{ layers: 3 }, { clip: true }])
      expect(line({ spec: { ...spec, ...other } })).not.toBe(line({}));
    const kinds = (['changing', 'drawing', 'freezing', 'recalling'] as const).map((kind) =>
      line({ kind, detail: 2 }),
    );
    expect(new Set(kinds).size).toBe(4);
    expect(new Set([0, 1, -1].map((detail) => line({ kind: 'freezing', detail }))).size).toBe(3);
  });

  test('a text that was too short is named in a line, on the page too', () => {
    const insteadOf = { text: 'poem<1>.txt', characters: 2776, needed: 11378 };
    const line = words.insteadOf(insteadOf);
    expect(line).not.toContain('\n');
    expect(line).toContain('poem<1>.txt');
    expect(line).toMatch(/2[.,]776/);
    const page = lessonPage({ ...lesson, setup: { ...lesson.setup, insteadOf } }, WORDS[language], BUNDLED);
    expect(page).toContain('poem&lt;1&gt;.txt');
    expect(lessonPage(lesson, WORDS[language], BUNDLED)).not.toContain('class="instead"');
  });
});

const found =
  (language: Language) =>
  <Name extends SectionName>(name: Name, figures: LessonFigures[Name]): string[] =>
    foundIn(name, figures, WORDS[language], lesson.setup);
const en = found('en');
const pt = found('pt');

test('what is measured is in the sentences: the crossing of the layers, and what the bound allows', () => {
  const { sections } = learnt;
  const layers = [
    [-4, -5, -6],
    [-1, -4, -8],
  ];
  const crossing = { ...sections.depth, lags: { ...sections.depth.lags, start: { layers, crossing: 2 } } };
  expect(en('depth', crossing).join(' ')).toMatch(/first one has 0\.1% of .* from lag 2 on it has no less\./);
  expect(pt('depth', crossing).join(' ')).toMatch(
    /tem 0,1% do .* a partir de 2 passos de volta já não é menor\./,
  );

  const bounded = (boundLog10: number, isBounded = true): LessonFigures['product'] => ({
    ...sections.product,
    nets: sections.product.nets.map((one) => ({ ...one, start: { ...one.start, boundLog10, isBounded } })),
  });
  const bound = (language: typeof en, figures: LessonFigures['product']): string =>
    language('product', figures).find((sentence) => sentence.includes('σ₁γ') || /defe[ci]t/.test(sentence)) ??
    '';
  // 15 steps of 0.4 decades, of 0.02, of none.
  expect(bound(en, bounded(-0.4))).toMatch(
    /σ₁γ is 0\.398, and so at most 10⁻⁶ may be left at lag 15; measured/,
  );
  expect(bound(en, bounded(-0.4))).not.toMatch(/does not have to vanish/);
  expect(bound(en, bounded(-0.02))).toMatch(/at most 50% .* does not have to vanish within this window/);
  expect(bound(pt, bounded(-0.02))).toMatch(/no máximo 50% .* não tem de se dissipar nesta janela/);
  expect(bound(en, bounded(0.5))).toMatch(/σ₁γ is 3\.16, not below 1, and so sets no limit/);
  expect(bound(pt, bounded(0.5, false))).toMatch(/defeito do programa/);
});

test('nothing is said of what trainings left that taught nothing, but which ones they were', () => {
  const after = /After 3 updates/;
  // Of recalling there are twice as many updates.
  const summary = lessonSummary(lesson, WORDS.en, new Ansis(0)).replace(/\s+/g, ' ');
  expect(summary).not.toMatch(after);
  expect(en('squashing', learnt.sections.squashing).join(' ')).toMatch(after);
  expect(en('squashing', lesson.sections.squashing).join(' ')).toMatch(/Not counted after training.*sigmoid/);
  expect(en('depth', withoutEnds(lesson).sections.depth).join(' ')).toMatch(/12 of 12 networks/);
  expect(en('squashing', withoutEnds(lesson).sections.squashing).join(' ')).toMatch(/tanh \(NaN/);
  expect(pt('squashing', withoutEnds(lesson).sections.squashing).join(' ')).toMatch(/tanh \(NaN/);
});

test('which factor takes more is as the figures are', () => {
  const { squashing } = lesson.sections;
  const said = (activation: number, weights: number): string =>
    en('squashing', {
      ...squashing,
      nets: squashing.nets.map((one) => ({
        ...one,
        start: { ...one.start, factors: { factor: activation * weights, activation, weights } },
      })),
    }).join(' ');
  expect(said(0.98, 0.62)).toMatch(/tanh 0\.98 and 0\.62: W_hh takes more/);
  expect(said(0.6, 0.9)).toMatch(/the derivative takes more/);
  expect(said(0.6, 1.5)).toMatch(/the derivative alone takes away/);
});

test('little gradient at the start and learning all the same is told where it is seen', () => {
  const { depth } = learnt.sections;
  const first = (share: number): LessonFigures['depth'] => ({
    ...depth,
    nets: depth.nets.map((deep) => ({
      ...deep,
      trained: deep.trained.map((one) => ({
        ...one,
        start: { first: one.layers === 1 ? 1 : share, last: 1 },
      })),
    })),
  });
  expect(en('depth', first(0.003)).join(' ')).toMatch(/ReLU with 8 layers began with 0\.3% .* has learnt/);
  expect(en('depth', first(0.5)).join(' ')).not.toMatch(/began with/);
  const unlearnt = lesson.sections.depth;
  expect(en('depth', unlearnt).join(' ')).not.toMatch(/began with/);
});

test('a remedy and its price, and the parts of the LSTM’s curve', () => {
  const { contenders } = learnt.sections.methods;
  const fallen = contenders.map((one) => ({
    ...one,
    attempts: one.attempts.map((attempt) => {
      const end = { ...attempt.start, curve: [0, one.cell === 'tanh' ? -12 : -1] };
      const memory = {
        ...end.memory,
        drop: { decades: 3.5, lag: 14 },
        tail: { decadesPerStep: -0.05, standardError: null },
      };
      return { ...attempt, end: { ...end, dead: one.cell === 'relu' ? 0.25 : null, memory } };
    }),
  }));
  const said = en('remedies', remediesOf(fallen)).join(' ');
  expect(said).toMatch(
    /ReLU: at lag 15 10% is left \(tanh 10⁻¹²\); in 3 of 3 runs it has learnt, in 3 it also/,
  );
  expect(said).toMatch(/many units died \(3 of 3\)/);
  expect(said).toMatch(/drops by 3\.5 powers of ten within 14 timesteps; .* −0\.05\./);
});

test('each heading that is quoted stands on the page of the command beside it', async () => {
  for (const language of LANGUAGES) {
    const html = inspectionPage(exampleData(), await wordsIn(language));
    const sections = WORDS[language].sections(lesson.setup);
    const quoted = SECTIONS.filter((name) => name !== 'sensitivity').flatMap((name) => [
      ...sections[name].tryIt.matchAll(/“([^”]*)”/gu),
    ]);
    expect(quoted).toHaveLength(4);
    for (const found of quoted) expect(html).toContain(`<h2>${found[1]}</h2>`);
  }
});

test('of a window of two timesteps there is no plural', () => {
  const { product } = lesson.sections;
  const nets = product.nets.map((one) => ({ ...one, start: { ...one.start, curve: [0, -3] } }));
  expect(en('product', { ...product, nets })[0]).toMatch(/ 1 timestep makes 0\.1%\.$/);
  expect(pt('product', { ...product, nets })[0]).toMatch(/ 1 passo dá 0,1%\.$/);
});

test('a claim that holds in part: the sentence says which parts, in how many cases', () => {
  const { regions } = withOutcome(learnt, 'partly').sections;
  const parts = regions.parts.map((part) => ({
    ...part,
    ...(part.name === 'sigmoid' && { outcome: 'holds' as const }),
    ...(part.name === 'tanh' && { held: 3, cases: 40 }),
  }));
  expect(en('regions', { ...regions, parts }).at(-1)).toMatch(
    /^Holds: sigmoid.* Holds in part: tanh.* \(3 of 40\)\.$/,
  );
  expect(pt('regions', { ...regions, parts }).at(-1)).toMatch(
    /^Confirma-se: sigmoide.* em parte: tanh.* \(3 de 40\)\.$/,
  );
  // What is beside the claim has no part in it.
  expect(en('regions', { ...regions, parts }).at(-1)).not.toContain('ReLU');
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
  const tables = { train: trainFlags, inspect: inspectFlags, check: checkFlags, lesson: lessonFlags };
  const options = { hidden: 8, window: 16, steps: 5, seed: 7 };
  const texts = { paths: ["'my text.txt'", 'b.txt'], reading: [['--encoding', 'utf-16le'], ['--lowercase']] };
  const all = SECTIONS.flatMap((name, i) => commandsFor(name, i + 1, options, texts, WORDS.en));

  test('their flags are known', () => {
    for (const line of all) {
      const [, command, rest] = /^npx dissipa (\w+)(.*)$/.exec(line) ?? [];
      // --lang goes with every command.
      const known = ['--lang', ...Object.keys(tables[command as keyof typeof tables].shape).map(flagOf)];
      expect(known).toEqual(
        expect.arrayContaining([...rest.matchAll(/ (--[a-z-]+)/g)].map(([, flag]) => flag)),
      );
    }
  });

  test('they make the very networks that were measured, of the same texts', () => {
    expect(all.find((line) => line.includes('--layers 8'))).toBe(
      "npx dissipa train 'my text.txt' b.txt --encoding utf-16le --lowercase --init glorot --layers 8 --hidden 8 " +
        '--window 16 --batch 16 --steps 5 --seed 7 --out checkpoints/lesson-4',
    );
    expect(all[0]).toBe(
      "npx dissipa check --text 'my text.txt' --encoding utf-16le --cell sigmoid --layers 4 --hidden 8",
    );
    expect(all.at(-1)).toBe(
      "npx dissipa lesson 'my text.txt' b.txt --encoding utf-16le --lowercase --hidden 8 --window 16 --steps 10 " +
        '--seed 7 --lang en --html lesson-10.html',
    );
    expect(all.at(-2)).toBe('npx dissipa inspect checkpoints/lesson-9 --html checkpoints/lesson-9.html');
  });

  test('a command has its shell words escaped for HTML', () => {
    const page = lessonPage(lesson, WORDS.en, { paths: ["'<b>.txt'"], reading: [] });
    expect(page.replaceAll(/<\/?span[^>]*>/g, '')).toContain('train &#39;&lt;b&gt;.txt&#39; ');
    expect(page).not.toContain('<b>.txt');
  });
});
