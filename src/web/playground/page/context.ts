/** What all of the page shares. */
import { batch, effect, signal } from '@preact/signals';
import { CHARTS, ERRORS, PLAYGROUND } from '../../../words/bundled.js';
import { isOf, LANGUAGES, type Language } from '../../../base/language.js';
import { speak } from '../../../words/words.js';
import { fromAddress, toAddress, LONGEST_SHARED, type Address } from '../address.js';
import { SIDES, type Pair, type Side } from '../settings.js';
import type { ChartTools } from '../../charts/interactive.js';
import { bundled, Lab, type TextChoice } from './lab.js';
import type { Sketch } from './charts.js';

const first = fromAddress(location.hash);
/** The first of the reader's that there is. */
const spoken = (): Language =>
  navigator.languages.flatMap((locale) => LANGUAGES.filter((one) => isOf(one, locale))).at(0) ?? 'en';

export const language = signal<Language>(first.language ?? spoken());
/** Said in the address only where it was chosen. */
export const isLanguageChosen = signal(first.language !== null);
export const isProjected = signal(first.isProjected);
export const lesson = signal<number | null>(null);
/** The checkpoint that A was opened from, where it was. */
export const inspected = signal<string | null>(null);

export const words = () => PLAYGROUND[language.value];
const lessonIn = (address: Address): number | null =>
  address.lesson !== null && address.lesson < words().lessonSteps.length ? address.lesson : null;
export const firstLesson = lessonIn(first);
export const numbers = () => CHARTS[language.value].numbers;

export const lab = new Lab(first.nets, () => language.peek());
/** Of the files of one's own text. */
export const namesOf = (text: TextChoice): string[] =>
  text.kind === 'own' ? text.files.map(({ name }) => name) : [];

/** What was written or pasted here, as the file that it would be. */
export const ownText = (text: string) =>
  ({
    kind: 'own',
    files: [{ name: words().text.own, bytes: new TextEncoder().encode(text) }],
    text: null,
  }) as const satisfies TextChoice;

/** The text that came with the address, and stays in it. */
let sent: TextChoice | null = null;
function chosenIn({ text }: Address): TextChoice {
  sent = null;
  // A bundled text that there is not is as good as none.
  if (!('own' in text)) return { kind: 'corpus', piece: bundled.find((name) => name === text.piece) ?? null };
  sent = { ...ownText(text.own), text: text.own };
  return sent;
}
lab.text.value = chosenIn(first);

export const sketches = {
  a: signal<Sketch | null>(null),
  b: signal<Sketch | null>(null),
} as const satisfies Record<Side, unknown>;
/** The net whose curve is being drawn. */
export const drawing = signal<Side | null>(null);
/** A guess is on the chart and nothing has been trained since: what was measured stays hidden. */
export const isGuessing = signal(false);

export const pair = (): Pair => ({ a: lab.benches.a.settings.value, b: lab.benches.b.settings.value });

export function addressOf(withText: boolean): string | null {
  const text = lab.text.value;
  const isSent = text.kind === 'own' && (withText || text === sent);
  if (isSent && text.text === null) return null;
  const hash = toAddress({
    nets: pair(),
    text:
      text.kind === 'corpus' ? { piece: text.piece } : isSent ? { own: text.text ?? '' } : { piece: null },
    language: isLanguageChosen.value ? language.value : null,
    lesson: lesson.value,
    isProjected: isProjected.value,
  });
  return hash.length > LONGEST_SHARED ? null : hash;
}

function write(): void {
  const hash = addressOf(false);
  history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
}

/** The whole page becomes what an address says, at once: no address of half of it is ever written. */
function adopt(address: Address): void {
  batch(() => {
    isLanguageChosen.value = address.language !== null;
    language.value = address.language ?? spoken();
    isProjected.value = address.isProjected;
    lesson.value = lessonIn(address);
    isGuessing.value = lesson.value !== null;
    lab.text.value = chosenIn(address);
    void lab.set(address.nets);
  });
  void lab.count();
}

/** Keeps the address, the page's language and its title as they are chosen. */
export function follow(): void {
  effect(write);
  // Another address of this page opens in it as in a new tab. Its own `location` may have been written over since.
  addEventListener('hashchange', ({ newURL }) => {
    adopt(fromAddress(new URL(newURL).hash));
    write();
  });
  effect(() => {
    speak(ERRORS[language.value]);
    document.documentElement.lang = words().locale;
    document.title = words().title;
  });
  effect(() => {
    document.documentElement.classList.toggle('projected', isProjected.value);
  });
}

export function tools(name: string): ChartTools {
  const { numbers: all, tools: said } = CHARTS[language.value];
  return { name, numbers: all, words: said };
}

/** Reading it, a component follows whatever the nets tell, and the way back through it. */
export const heard = (): readonly unknown[] => [
  ...SIDES.map((side) => lab.benches[side].news.value),
  lab.scrubbed.value,
];

/** Reading it, a component is drawn anew at each beginning. */
export const begun = (): number => lab.beginnings.value;
