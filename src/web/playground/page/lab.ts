/**
 * Both nets and the clock that they share: each may train up to a goal, which is raised while they run, so that they stay
 * side by side, and pausing is not raising it any more.
 */
import { batch, computed, signal } from '@preact/signals';
import corpus from 'virtual:corpus';
import { hasSimd } from '../../simd.js';
import type { TextFile } from '../../text.js';
import { SIDES, type Forkable, type Pair, type Settings, type Side } from '../settings.js';
import type { Language } from '../../../base/language.js';
import type { Looked, Refusal } from '../net/protocol.js';
import { Bench, refusalOf } from './bench.js';

export type TextChoice =
  | { readonly kind: 'corpus'; readonly piece: string | null }
  | {
      readonly kind: 'own';
      /** Read one after the other, as `train` reads several. */
      readonly files: readonly TextFile[];
      /** As the nets read it; null of one too long for an address, or not read yet. */
      readonly text: string | null;
    };

export type State = 'loading' | 'ready' | 'running' | 'paused' | 'failed';
export type Speed = 'full' | 'quick' | 'slow';
const STEPS_A_SECOND: Readonly<Record<Speed, number>> = { full: Infinity, quick: 20, slow: 2 };

/** Seconds that a goal lies ahead: the nets never wait for the page, and a pause comes soon. */
const AHEAD = 0.35;
const MOST_AHEAD = 2000;

const encoder = new TextEncoder();
export const bundled = corpus.map(({ name }) => name);

const filesOf = (text: TextChoice): TextFile[] =>
  text.kind === 'own'
    ? [...text.files]
    : corpus
        .filter(({ name }) => text.piece === null || name === text.piece)
        .map((one) => ({ name: one.name, bytes: encoder.encode(one.text) }));

export class Lab {
  readonly benches: Readonly<Record<Side, Bench>>;
  readonly state = signal<State>('loading');
  readonly isHidden = signal(false);
  readonly speed = signal<Speed>('full');
  readonly text = signal<TextChoice>({ kind: 'corpus', piece: null });
  /** Bits a character that counting needs; null until it is known. */
  readonly counting = signal<number | null>(null);
  /** Why a text or a checkpoint was not taken. */
  readonly refused = signal<Refusal | null>(null);
  /** Counts how often both nets were opened at their beginning. */
  readonly beginnings = signal(0);
  /** A step gone back to; null for now. */
  readonly scrubbed = signal<number | null>(null);
  readonly step = computed(() => this.#slowest(SIDES.map((side) => this.benches[side])));
  /** Both have diverged: there is nothing left to train. */
  readonly isOver = computed(() => SIDES.every((side) => this.benches[side].ended.value));
  /** Of both engines together. */
  readonly threads = computed(() =>
    SIDES.reduce((sum, side) => sum + (this.benches[side].opened.value?.threads ?? 0), 0),
  );
  readonly #language: () => Language;
  /** What A was last opened from, where that was a checkpoint. */
  #checkpoint: TextFile | undefined;
  #goal = 0;
  #wants = false;
  #timer = 0;
  #looking = 0;
  #again: () => Promise<unknown> = () => Promise.resolve();

  constructor(nets: Pair, language: () => Language) {
    this.#language = language;
    const heard = (): void => {
      this.#onReport();
    };
    this.benches = { a: new Bench('a', nets.a, heard), b: new Bench('b', nets.b, heard) };
  }

  /** Opens both nets at their beginning. */
  async rewind(checkpoint?: TextFile): Promise<void> {
    this.#stop();
    this.#checkpoint = checkpoint;
    if (!hasSimd()) {
      this.state.value = 'failed';
      return;
    }
    this.state.value = 'loading';
    this.scrubbed.value = null;
    this.refused.value = null;
    const texts = filesOf(this.text.peek());
    const language = this.#language();
    const opened = await Promise.all(
      SIDES.map((side) =>
        this.benches[side].open({ texts, language, ...(side === 'a' && checkpoint && { checkpoint }) }),
      ),
    );
    if (SIDES.every((side) => this.benches[side].opened.peek() !== null)) {
      if (!opened.every(Boolean)) return;
      this.#goal = 0;
      this.beginnings.value++;
      this.state.value = 'ready';
    } else if (SIDES.some((side) => this.benches[side].error.peek() !== null)) this.state.value = 'failed';
  }

  /** Tries once more what did not succeed, so that it is said anew why. */
  async retry(): Promise<void> {
    if (this.state.peek() === 'failed') await this.rewind(this.#checkpoint);
    else if (this.refused.peek() !== null) await this.#again();
  }

  /** What counting needs of the text; why there is none is said by the nets that could not be opened on it. */
  async count(): Promise<void> {
    this.counting.value = null;
    if (!hasSimd()) return;
    const looked = await this.#look(this.text.peek());
    if (looked !== null && 'text' in looked) this.counting.value = looked.countingBits;
  }

  /**
   * A text, or a checkpoint on the text, looked at in a worker of its own: what is refused ends no net.
   * @returns null where something else was looked at meanwhile
   */
  async #look(text: TextChoice, checkpoint?: TextFile): Promise<Looked | Refusal | null> {
    const turn = ++this.#looking;
    const looker = new Bench('a', this.benches.a.settings.peek(), () => undefined);
    const asked = {
      ...{ texts: filesOf(text), language: this.#language() },
      settings: SIDES.map((side) => this.benches[side].settings.peek()),
      ...(checkpoint && { checkpoint }),
    };
    const looked = await looker.call('look', asked).catch(refusalOf);
    looker.end();
    return turn === this.#looking ? looked : null;
  }

  /** A checkpoint as A; one that is none leaves the nets as they are. @returns whether it was opened */
  async inspect(checkpoint: TextFile): Promise<boolean> {
    this.#again = () => this.inspect(checkpoint);
    const looked = await this.#look(this.text.peek(), checkpoint);
    if (!this.#isTaken(looked)) return false;
    await this.rewind(checkpoint);
    return this.benches.a.opened.peek() !== null;
  }

  /** What could not even be looked at. @param say why, in the language of the page */
  refuse(say: () => string): void {
    this.#again = () => {
      this.refuse(say);
      return Promise.resolve();
    };
    this.refused.value = { message: say(), isMemory: false };
  }

  #isTaken(looked: Looked | Refusal | null): looked is Looked {
    if (looked === null) return false;
    this.refused.value = 'text' in looked ? null : looked;
    return 'text' in looked;
  }

  /** Other settings, both nets' at once: nobody who follows them sees one net's without the other's. */
  async set(nets: Partial<Pair>): Promise<void> {
    batch(() => {
      for (const side of SIDES) {
        const settings = nets[side];
        if (settings) this.benches[side].settings.value = settings;
      }
    });
    await this.rewind();
  }

  /** Nets on another text; one that cannot be trained on leaves them as they are. */
  async choose(text: TextChoice): Promise<void> {
    this.#again = () => this.choose(text);
    const looked = await this.#look(text);
    if (!this.#isTaken(looked)) return;
    this.text.value = text.kind === 'own' ? { ...text, text: looked.text } : text;
    this.counting.value = looked.countingBits;
    await this.rewind();
  }

  play(): void {
    if (!this.#canGo()) return;
    this.#wants = true;
    this.scrubbed.value = null;
    this.state.value = 'running';
    this.#raise();
  }

  pause(): void {
    this.#stop();
    if (this.state.peek() === 'running' && this.#isThere()) this.#rest();
  }

  stepOnce(): void {
    if (!this.#canGo()) return;
    this.state.value = 'running';
    this.scrubbed.value = null;
    this.#send(this.#goal + 1);
  }

  hide(isHidden: boolean): void {
    this.isHidden.value = isHidden;
    if (!isHidden && this.#wants) this.#raise();
  }

  /** B goes on as a copy of A from where both are, with one thing changed. */
  async fork(what: Forkable | null, value: number): Promise<void> {
    await this.paused();
    const { a, b } = this.benches;
    const from = await a.call('snapshot', null);
    const before = a.settings.peek();
    const after: Settings = what === null ? before : { ...before, [what]: value };
    b.settings.value = after;
    b.inherit(a);
    const fork = { from, changed: what, before };
    const texts = filesOf(this.text.peek());
    const isOpen = await b.open({ texts, language: this.#language(), fork });
    this.#goal = Math.max(a.step.peek(), this.#goal);
    this.state.value = isOpen ? 'paused' : 'failed';
  }

  /** Resolves once nothing is trained any more. */
  paused(): Promise<void> {
    this.pause();
    return new Promise((resolve) => {
      const end = this.state.subscribe((state) => {
        if (state === 'running') return;
        queueMicrotask(() => {
          end();
        });
        resolve();
      });
    });
  }

  #canGo(): boolean {
    const state = this.state.peek();
    return (state === 'ready' || state === 'paused') && !this.isOver.peek();
  }

  #stop(): void {
    this.#wants = false;
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  /** What is read at leisure is of the step that is shown. */
  #rest(): void {
    this.state.value = 'paused';
    for (const side of SIDES) this.benches[side].rewrite().catch(() => undefined);
  }

  #running(): Bench[] {
    const all = SIDES.map((side) => this.benches[side]);
    const going = all.filter(({ ended }) => !ended.value);
    return going.length > 0 ? going : all;
  }

  #slowest(benches: readonly Bench[]): number {
    const going = benches.filter(({ ended }) => !ended.value);
    const steps = (going.length > 0 ? going : benches).map(({ step }) => step.value);
    return Math.min(...steps);
  }

  #isThere(): boolean {
    return this.#running().every(({ ended, step }) => ended.peek() || step.peek() >= this.#goal);
  }

  #onReport(): void {
    if (this.state.peek() !== 'running') return;
    if (this.isOver.peek()) this.#stop();
    if (this.#wants && !this.isHidden.peek()) this.#raise();
    else if (this.#isThere() && !this.#wants) this.#rest();
  }

  #raise(): void {
    const perSecond = STEPS_A_SECOND[this.speed.peek()];
    if (perSecond !== Infinity) {
      if (this.#timer === 0 && this.#isThere())
        this.#timer = window.setTimeout(() => {
          this.#timer = 0;
          if (this.#wants && !this.isHidden.peek()) this.#send(this.#goal + 1);
        }, 1000 / perSecond);
      return;
    }
    const slowest = Math.min(...this.#running().map(({ step }) => step.peek()));
    const ahead = Math.min(...this.#running().map(aheadOf));
    if (this.#goal - slowest < ahead / 2) this.#send(slowest + ahead);
  }

  #send(goal: number): void {
    this.#goal = goal;
    for (const side of SIDES) this.benches[side].goal(goal);
  }
}

/** Steps that a net makes in the time that a goal lies ahead; of a net not yet heard of a few. */
function aheadOf({ speed, settings }: Bench): number {
  const { batch, window } = settings.peek();
  return Math.max(2, Math.min(MOST_AHEAD, Math.ceil((AHEAD * speed) / (batch * window)) || 4));
}
