/** Things to do with the nets as they are: fork, nudge, listen. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Listening } from '../../../probe/listen.js';
import { levelsOf } from '../../../ui/page/passage.js';
import type { PlaygroundWords } from '../../../words/en/playground.js';
import { RefusedError } from '../net/client.js';
import type { Nudged } from '../net/protocol.js';
import { FIELDS, FORKABLE, SIDES, valueOf, type Forkable, type Settings, type Side } from '../settings.js';
import { nameOf, nudgeChart } from './charts.js';
import { begun, lab, tools, words } from './context.js';
import { Live } from './live.js';
import { rangeOf, written } from './setting.js';

const isReady = (): boolean => ['ready', 'running', 'paused'].includes(lab.state.value);

/** Why a net did not answer. @param name of a net that refuses only where its numbers end */
function whyOf(w: PlaygroundWords, reason: unknown, name?: string): string {
  if (!(reason instanceof RefusedError)) return String(reason);
  if (reason.isMemory) return w.noMemory;
  return name === undefined ? reason.message : w.nudge.notFinite(name);
}

export function Trying() {
  const w = words();
  return (
    <section aria-labelledby="try-title">
      <h2 id="try-title">{w.tryIt}</h2>
      <div class="three">
        <Fork />
        <Nudge />
        <Listen />
      </div>
    </section>
  );
}

/** What is worth trying: enough to see, and within what the field takes. */
function suggested(what: Forkable, { forgetBias, clip, lr }: Settings): number {
  const value = { gain: 1.5, forgetBias: forgetBias + 2, clip: clip / 10, lr: lr * 5 }[what];
  const field = FIELDS[what];
  // Products of decimals end in noise.
  const round = Number(value.toPrecision(6));
  return field.kind === 'number' ? Math.min(field.most, Math.max(field.least, round)) : round;
}

function Fork() {
  const w = words();
  const settings = lab.benches.a.settings.value;
  const what = useSignal<Forkable | 'nothing'>('gain');
  const to = useSignal(written(w, 1.5));
  const said = useSignal<number | null>(null);
  const beginning = begun();
  useEffect(() => {
    said.value = null;
  }, [beginning]);
  const name = what.value;
  const value = name === 'nothing' ? 0 : valueOf(name, to.value);
  const isOff = name === 'forgetBias' && settings.cell !== 'lstm';
  return (
    <article class="tool">
      <h3>{w.fork.title}</h3>
      <p class="soft">{w.fork.what}</p>
      <div class="row">
        <label>
          {w.fork.change}{' '}
          <select
            id="fork-what"
            value={name}
            onChange={(event) => {
              what.value = event.currentTarget.value as Forkable | 'nothing';
              if (what.value !== 'nothing') to.value = written(w, suggested(what.value, settings));
            }}
          >
            <option value="nothing">{w.fork.nothing}</option>
            {FORKABLE.map((one) => (
              <option key={one} value={one} disabled={one === 'forgetBias' && settings.cell !== 'lstm'}>
                {w.fields[one][0]}
              </option>
            ))}
          </select>
        </label>
        {name !== 'nothing' && (
          <label>
            {w.fork.to}{' '}
            <input
              id="fork-to"
              type="text"
              inputMode="decimal"
              size={7}
              value={to.value}
              aria-invalid={value === null}
              onInput={(event) => {
                to.value = event.currentTarget.value;
              }}
            />
          </label>
        )}
      </div>
      {isOff && <p class="soft">{w.fork.only}</p>}
      {name !== 'nothing' && value === null && (
        <p class="error" role="alert">
          {rangeOf(w, FIELDS[name])}
        </p>
      )}
      <button
        type="button"
        id="fork"
        disabled={!isReady() || value === null || isOff}
        onClick={() => {
          void lab.fork(name === 'nothing' ? null : name, Number(value)).then(() => {
            said.value = lab.benches.b.step.peek();
          });
        }}
      >
        {w.fork.go}
      </button>
      <p aria-live="polite">{said.value !== null && w.fork.done(said.value)}</p>
    </article>
  );
}

function Nudge() {
  const w = words();
  const lag = useSignal(20);
  const layer = useSignal(1);
  const size = useSignal(0.1);
  const found = useSignal<Readonly<Record<Side, Nudged>> | null>(null);
  const step = useSignal(0);
  const error = useSignal<string | null>(null);
  const { a, b } = lab.benches;
  const most = Math.min(a.settings.value.window, b.settings.value.window) - 1;
  const layers = Math.min(a.settings.value.layers, b.settings.value.layers);
  const [openedA, openedB] = [a.opened.value, b.opened.value];
  // Of other nets nothing was found.
  useEffect(() => {
    found.value = null;
    error.value = null;
  }, [openedA, openedB]);
  const range = (
    label: string,
    id: string,
    state: { value: number },
    min: number,
    max: number,
    step: number,
  ) => (
    <label class="range">
      <span>{label}</span>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={state.value}
        onInput={(event) => {
          state.value = Number(event.currentTarget.value);
        }}
      />
      <output>{w.numbers.short(state.value)}</output>
    </label>
  );
  const go = async (): Promise<void> => {
    try {
      await lab.paused();
      const asked = {
        layer: Math.min(layer.value, layers) - 1,
        lag: Math.min(lag.value, most),
        size: size.value,
      };
      const [one, other] = await Promise.all(SIDES.map((side) => lab.benches[side].call('nudge', asked)));
      step.value = lab.step.peek();
      found.value = { a: one, b: other };
      error.value = null;
    } catch (reason) {
      error.value = whyOf(w, reason);
    }
  };
  return (
    <article class="tool">
      <h3>{w.nudge.title}</h3>
      <p class="soft">{w.nudge.what}</p>
      {range(w.nudge.lag, 'nudge-lag', lag, 1, most, 1)}
      {layers > 1 && range(w.nudge.layer, 'nudge-layer', layer, 1, layers, 1)}
      {range(w.nudge.size, 'nudge-size', size, 0.01, 1, 0.01)}
      <button
        type="button"
        id="nudge"
        disabled={!isReady()}
        onClick={() => {
          void go();
        }}
      >
        {w.nudge.go}
      </button>
      <div aria-live="polite">
        {error.value && <p class="error">{error.value}</p>}
        {found.value && <p class="soft">{w.nudge.at(step.value)}</p>}
        {found.value &&
          SIDES.map((side) => {
            const moved = found.value?.[side].moved ?? [];
            const end = moved.at(-1) ?? 0;
            const name = nameOf(w, lab.benches[side]);
            return (
              <p key={side}>
                {!Number.isFinite(end)
                  ? w.nudge.notFinite(name)
                  : end > 1e-15
                    ? w.nudge.found(name, Math.log10(end), moved.length - 1)
                    : w.nudge.nothing(name)}
              </p>
            );
          })}
      </div>
      {found.value && (
        <Live
          height={240}
          empty=""
          tools={tools(w.nudge.title)}
          watch={() => found.value}
          draw={(width) =>
            found.value && nudgeChart(w, { a: found.value.a.moved, b: found.value.b.moved }, width)
          }
        />
      )}
    </article>
  );
}

const PASSAGE = 160;
/** Of the strongest influence, as a digit of `levelsOf`: an eighth and more. */
const STRONG = '7';

const shown = (symbol: string): string => (symbol === '\n' ? '↵\n' : symbol === '\t' ? '⇥' : symbol);
const spoken = (symbol: string): string => (symbol === '\n' ? '↵' : symbol === ' ' ? '␣' : symbol);

function Listen() {
  const w = words();
  const heard = useSignal<{
    readonly side: Side;
    readonly step: number;
    readonly listening: Required<Listening>;
  } | null>(null);
  const chosen = useSignal(0);
  const error = useSignal<string | null>(null);
  const [openedA, openedB] = SIDES.map((side) => lab.benches[side].opened.value);
  useEffect(() => {
    heard.value = null;
    error.value = null;
  }, [openedA, openedB]);
  const go = async (side: Side): Promise<void> => {
    try {
      await lab.paused();
      const listening = await lab.benches[side].call('listen', { length: PASSAGE });
      heard.value = { side, step: lab.benches[side].step.peek(), listening };
      chosen.value = listening.symbols.length - 1;
      error.value = null;
    } catch (reason) {
      error.value = whyOf(w, reason, nameOf(w, lab.benches[side]));
    }
  };
  const now = heard.value;
  return (
    <article class="tool wide">
      <h3>{w.listen.title}</h3>
      <p class="soft">{w.listen.what}</p>
      <div class="row">
        {SIDES.map((side) => (
          <button
            type="button"
            key={side}
            id={`listen-${side}`}
            class={`net-${side}`}
            aria-pressed={now?.side === side}
            disabled={!isReady()}
            onClick={() => {
              void go(side);
            }}
          >
            <i class="swatch" aria-hidden="true" />
            {w.listen.go(nameOf(w, lab.benches[side]))}
          </button>
        ))}
      </div>
      {error.value && <p class="error">{error.value}</p>}
      {now && <Passage listening={now.listening} chosen={chosen} step={now.step} />}
    </article>
  );
}

function Passage({
  listening,
  chosen,
  step,
}: {
  readonly listening: Required<Listening>;
  readonly chosen: { value: number };
  readonly step: number;
}) {
  const w = words();
  const rows = levelsOf(listening);
  const row = rows[chosen.value] ?? '';
  const { symbols, probability } = listening;
  const strong = Array.from(row).flatMap((level, t) =>
    level >= STRONG && level <= '9' ? [chosen.value - t] : [],
  );
  const place = (event: Event): void => {
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-at]')?.dataset.at;
    if (at !== undefined) chosen.value = Number(at);
  };
  return (
    <>
      <p class="soft">
        {w.listen.at(step)}. {w.listen.keys}
      </p>
      <div
        class="passage"
        role="group"
        aria-label={w.listen.label}
        lang=""
        onPointerOver={place}
        onClick={place}
        onFocusIn={place}
        onKeyDown={(event) => {
          const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          const next = chosen.value + (by ?? 0);
          if (by === undefined || next < 0 || next >= symbols.length) return;
          event.preventDefault();
          chosen.value = next;
          event.currentTarget.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus();
        }}
      >
        {symbols.map((symbol, t) => {
          const level = row[t];
          const style = t === chosen.value ? 'chosen' : level >= '0' && level <= '9' ? `l${level}` : '';
          return (
            <span key={t} data-at={t} class={style} tabIndex={t === chosen.value ? 0 : -1}>
              {shown(symbol)}
            </span>
          );
        })}
      </div>
      <p aria-live="polite">
        {chosen.value === 0
          ? w.listen.first(spoken(symbols[0]))
          : strong.length === 0
            ? w.listen.none(spoken(symbols[chosen.value]), probability[chosen.value] ?? 0)
            : w.listen.told(
                spoken(symbols[chosen.value]),
                probability[chosen.value] ?? 0,
                strong.length,
                Math.max(0, ...strong),
              )}
      </p>
    </>
  );
}
