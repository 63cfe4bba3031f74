/**
 * Under each figure of a lesson's page a button that measures its claim again in a worker, and says whether the figures are
 * the same. The program of the worker lies in the page, packed; without scripts the page is as it is.
 */
import { agreementOf, TOLERANCE } from '../../study/lesson/agreement.js';
import type { Lesson } from '../../words/lesson/lesson.js';
import type { SectionName } from '../../words/lesson/figures.js';
import { languageFrom } from '../../base/language.js';
import { RERUN } from '../../words/bundled.js';
import { hasSimd } from '../simd.js';
import type { Again, FromAgain } from './protocol.js';

const words = RERUN[languageFrom([document.documentElement.lang])];
const textOf = (id: string): string => document.getElementById(id)?.textContent ?? '';
const lesson = JSON.parse(textOf('lesson')) as Lesson;

async function unpacked(): Promise<string> {
  const packed = Uint8Array.from(atob(textOf('rerun')), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

async function newWorker(): Promise<Worker> {
  const url = URL.createObjectURL(new Blob([await unpacked()], { type: 'text/javascript' }));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  return worker;
}

/** Made when it is first asked; ends with a run that is stopped. */
let worker: Worker | null = null;

/** null where it was stopped before it had begun. */
async function measured(place: Place, onDone: (done: number) => void): Promise<unknown> {
  const { hidden, window, steps, seed } = lesson.setup;
  const asked = (worker ??= await newWorker());
  if (running !== place) return null;
  return new Promise((resolve, reject) => {
    asked.onmessage = ({ data }: MessageEvent<FromAgain>) => {
      if ('done' in data) onDone(data.done);
      else if ('figures' in data) resolve(data.figures);
      else reject(new Error(data.refused));
    };
    asked.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    asked.postMessage({ section: place.section, options: { hidden, window, steps, seed } } satisfies Again);
  });
}

function verdictOf(section: SectionName, figures: unknown): string {
  const { numbers, same, within, isOutcomeSame } = agreementOf(lesson.sections[section], figures);
  if (same === numbers) return words.same(numbers);
  const isOther = lesson.setup.engine !== 'wasm (SIMD128)';
  return [
    words.apart(same, numbers),
    words.within(within, numbers, TOLERANCE),
    isOutcomeSame ? words.outcome : words.otherOutcome,
    ...(isOther ? [words.engine(lesson.setup.engine)] : []),
  ].join(' ');
}

const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  parent: Element,
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  element.className = className;
  parent.append(element);
  return element;
};

interface Place {
  readonly section: SectionName;
  readonly title: string;
  readonly button: HTMLButtonElement;
  readonly bar: HTMLProgressElement;
  readonly told: HTMLOutputElement;
}
const places: Place[] = [];
let running: Place | null = null;

function show(place: Place | null): void {
  running = place;
  for (const one of places) {
    one.button.disabled = place !== null && one !== place;
    one.button.textContent = one === place ? words.stop : words.start;
    one.button.setAttribute(
      'aria-label',
      one === place ? `${words.stop}: ${one.title}` : words.label(one.title),
    );
    one.bar.hidden = one !== place;
  }
}

async function run(place: Place): Promise<void> {
  if (!hasSimd()) {
    place.told.value = words.noSimd;
    return;
  }
  place.bar.value = 0;
  place.told.value = words.running(0);
  show(place);
  try {
    const figures = await measured(place, (done) => {
      place.bar.value = done;
      // The bar tells each step; sentences are for every tenth.
      place.told.value = words.running(Math.floor(10 * done) / 10);
    });
    if (figures === null) return;
    // All figures of a claim are of the same networks.
    for (const { section, told } of places)
      if (section === place.section) told.value = verdictOf(place.section, figures);
  } catch (error) {
    place.told.value = words.failed(error instanceof Error ? error.message : String(error));
    worker?.terminate();
    worker = null;
  }
  if (running === place) show(null);
}

function stop(place: Place): void {
  worker?.terminate();
  worker = null;
  place.told.value = '';
  show(null);
}

for (const section of Object.keys(lesson.sections) as SectionName[])
  for (const figure of document.querySelectorAll(`#${section} figure`)) {
    if (!figure.querySelector('svg[role=img]')) continue;
    const box = make('div', 'again', figure);
    const button = make('button', 'rerun', box);
    button.type = 'button';
    const title = figure.querySelector('h3')?.textContent ?? '';
    const bar = make('progress', '', box);
    bar.hidden = true;
    bar.setAttribute('aria-label', words.label(title));
    const told = make('output', 'told', box);
    const place = { section, title, button, bar, told };
    places.push(place);
    button.onclick = () => {
      if (running === place) stop(place);
      else void run(place);
    };
  }
show(null);
