/** A state is touched, and the predictions after it move. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Nudged } from '../net/protocol.js';
import { SIDES, type Side } from '../settings.js';
import { isReady, whyOf } from './answers.js';
import { Button } from './button.js';
import { nameOf, nudgeChart } from './charts.js';
import { lab, tools, words } from './context.js';
import { Live } from './live.js';

export function Nudge() {
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
      <Button
        id="nudge"
        isOff={!isReady()}
        onClick={() => {
          void go();
        }}
      >
        {w.nudge.go}
      </Button>
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
