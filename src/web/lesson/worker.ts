/** Measures a lesson's sections again, in a reader's browser: the same code, text and arithmetic (wasm without relaxed SIMD). */
import corpus from 'virtual:corpus';
import { openWasm } from '../../kernels/wasm.js';
import { measureSection } from '../../study/lesson/figures.js';
import { Nets } from '../../study/lesson/nets.js';
import { prepareLesson } from '../../study/lesson/setup.js';
import type { LessonOptions } from '../../words/lesson/setup.js';
import { asSymbols } from '../../text/symbols.js';
import { readTexts } from '../text.js';
import type { Again, FromAgain } from './protocol.js';

/** Between two words on how far it is. */
const TOLD_MS = 150;

const post = (message: FromAgain): void => {
  postMessage(message);
};

/** Trained networks are kept for the sections that come after. */
let kept: Nets | null = null;

async function netsOf(options: LessonOptions): Promise<Nets> {
  const encoder = new TextEncoder();
  const files = corpus.map(({ name, text }) => ({ name, bytes: encoder.encode(text) }));
  const { alphabet, ids } = readTexts(files);
  const text = { alphabet, symbols: asSymbols(ids), where: 'corpus', name: null };
  return new Nets(prepareLesson(text, options, await openWasm({ allowRelaxed: false, start: null })));
}

async function measure({ section, options }: Again): Promise<void> {
  kept ??= await netsOf(options);
  const measuring = measureSection(kept, section);
  for (let toldAt = -Infinity; ;) {
    const next = measuring.next();
    if (next.done === true) {
      post({ figures: next.value });
      return;
    }
    const now = performance.now();
    if (now - toldAt < TOLD_MS) continue;
    toldAt = now;
    post({ done: next.value.done });
  }
}

addEventListener('message', ({ data }: MessageEvent<Again>) => {
  measure(data).catch((error: unknown) => {
    post({ refused: error instanceof Error ? error.message : String(error) });
  });
});
