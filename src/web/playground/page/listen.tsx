/** A passage coloured by what each prediction listens to. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Listening } from '../../../probe/listen.js';
import { levelsOf } from '../../../ui/page/passage.js';
import { SIDES, type Side } from '../settings.js';
import { isReady, whyOf } from './answers.js';
import { Button } from './button.js';
import { nameOf } from './charts.js';
import { lab, words } from './context.js';

const PASSAGE = 160;
/** Of the strongest influence, as a digit of `levelsOf`: an eighth and more. */
const STRONG = '7';

const shown = (symbol: string): string => (symbol === '\n' ? '↵\n' : symbol === '\t' ? '⇥' : symbol);
const spoken = (symbol: string): string => (symbol === '\n' ? '↵' : symbol === ' ' ? '␣' : symbol);

export function Listen() {
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
          <Button
            key={side}
            id={`listen-${side}`}
            class={`net-${side}`}
            aria-pressed={now?.side === side}
            isOff={!isReady()}
            onClick={() => {
              void go(side);
            }}
          >
            <i class="swatch" aria-hidden="true" />
            {w.listen.go(nameOf(w, lab.benches[side]))}
          </Button>
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
        onPointerMove={(event) => {
          // Under a hand at rest the text may scroll, too.
          if (event.movementX !== 0 || event.movementY !== 0) place(event);
        }}
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
