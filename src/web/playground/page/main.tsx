/** The page: the frame around its panels, and what it listens to from outside. */
import { computed, signal, useComputed } from '@preact/signals';
import { render } from 'preact';
import { STYLE } from '../../../ui/page/style.js';
import { LANGUAGES } from '../../../base/language.js';
import { PLAYGROUND } from '../../../words/bundled.js';
import { turn } from '../../turn.js';
import type { Side } from '../settings.js';
import { focusOn } from './button.js';
import {
  begun,
  firstLesson,
  follow,
  heard,
  isGuessing,
  isLanguageChosen,
  isProjected,
  lab,
  language,
  lesson,
  words,
} from './context.js';
import { Hero } from './hero.js';
import { Lesson } from './lesson.js';
import { Setting, take } from './setting.js';
import { PLAYGROUND_STYLE } from './style.js';
import { Taking } from './taking.js';
import { Transport } from './transport.js';
import { Trying } from './trying.js';
import { Watching } from './watching.js';

function Head() {
  const w = words();
  return (
    <header class="top">
      <a
        class="skip"
        href="#settings"
        onClick={(event) => {
          // The address says how the page is set: it stays.
          event.preventDefault();
          document.getElementById('settings')?.focus();
        }}
      >
        {w.skip}
      </a>
      <p class="brand">
        <b>dissipa</b> <span class="soft">{w.tagline}</span>
      </p>
      <nav class="row">
        <button
          type="button"
          id="lesson"
          class="quiet"
          aria-pressed={lesson.value !== null}
          onClick={() => {
            lesson.value = lesson.value === null ? 0 : null;
            isGuessing.value = lesson.value !== null;
          }}
        >
          {w.lesson}
        </button>
        <button
          type="button"
          id="projector"
          class="quiet"
          aria-pressed={isProjected.value}
          onClick={() => {
            isProjected.value = !isProjected.value;
          }}
        >
          {w.projector}
        </button>
        {LANGUAGES.filter((one) => one !== language.value).map((one) => (
          <button
            type="button"
            id={`language-${one}`}
            key={one}
            class="quiet"
            lang={PLAYGROUND[one].locale}
            onClick={() => {
              isLanguageChosen.value = true;
              focusOn(`language-${language.peek()}`);
              language.value = one;
            }}
          >
            {PLAYGROUND[one].language}
          </button>
        ))}
      </nav>
    </header>
  );
}

/** From above to below. */
const SECTIONS = [Lesson, Transport, Hero, Watching, Trying, Setting, Taking];
/** How many are there already: one comes in a task, for drawn all at once they would keep a phone from its reader. */
const drawn = signal(0);

function InTurn({ order }: { readonly order: number }) {
  const isDrawn = useComputed(() => order < drawn.value).value;
  const Section = SECTIONS[order];
  return isDrawn ? <Section /> : null;
}

/**
 * Drawn whole at each beginning: what preact has handed to a component as a child it keeps, with all the trees that came
 * of it since, until the parent is drawn again.
 */
function Page() {
  begun();
  const w = words();
  return (
    <>
      <Head />
      <Main>
        <div class="opening">
          <h1>{w.headline}</h1>
          <p class="lead">{w.lead}</p>
        </div>
        {SECTIONS.map((_, order) => (
          <InTurn order={order} key={order} />
        ))}
      </Main>
      <footer>
        <p>{w.footer}</p>
      </footer>
    </>
  );
}

const bitsOf = (side: Side) =>
  computed(() => {
    heard();
    return lab.benches[side].lossBits ?? '';
  });
const [bitsOfA, bitsOfB] = [bitsOf('a'), bitsOf('b')];

/**
 * What anyone's test can follow: exact numbers, never rounded. Bound by signals, not drawn anew with all that is in it.
 */
function Main({ children }: { readonly children: preact.ComponentChildren }) {
  return (
    <main
      data-state={lab.state}
      data-step={lab.step}
      data-bits-a={bitsOfA}
      data-bits-b={bitsOfB}
      data-threads={lab.threads}
    >
      {children}
    </main>
  );
}

async function begin(): Promise<void> {
  await turn();
  const style = document.createElement('style');
  style.textContent = STYLE + PLAYGROUND_STYLE;
  document.head.append(style);
  follow();
  render(<Page />, document.body);
  while (drawn.peek() < SECTIONS.length) {
    await turn();
    drawn.value++;
  }
  await turn();
  document.addEventListener('visibilitychange', () => {
    lab.hide(document.hidden);
  });
  // A file may be dropped anywhere: elsewhere the browser would leave the page for it.
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    void take(event.dataTransfer?.files ?? []);
  });
  if (firstLesson !== null) lesson.value = firstLesson;
  else void lab.rewind();
  void lab.count();
  let said = language.peek();
  language.subscribe((now) => {
    // What went wrong was said in the language before.
    if (now !== said) void lab.retry();
    said = now;
  });
}

void begin();
