/** B becomes a copy of A, but for one thing. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { FIELDS, FORKABLE, isUsed, valueOf, type Forkable, type Settings } from '../settings.js';
import { isReady } from './answers.js';
import { Button } from './button.js';
import { begun, lab, words } from './context.js';
import { rangeOf, written } from './setting.js';

/** What is worth trying: enough to see, and within what the field takes. */
function suggested(what: Forkable, { forgetBias, clip, lr }: Settings): number {
  const value = { gain: 1.5, forgetBias: forgetBias + 2, clip: clip / 10, lr: lr * 5 }[what];
  const field = FIELDS[what];
  // Products of decimals end in noise.
  const round = Number(value.toPrecision(6));
  return field.kind === 'number' ? Math.min(field.most, Math.max(field.least, round)) : round;
}

export function Fork() {
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
  const isOff = name !== 'nothing' && !isUsed(name, settings);
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
              <option key={one} value={one} disabled={!isUsed(one, settings)}>
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
      {isOff && <p class="soft">{w.fork.only(w.fields[name][0])}</p>}
      {name !== 'nothing' && value === null && (
        <p class="error" role="alert">
          {rangeOf(w, FIELDS[name])}
        </p>
      )}
      <Button
        id="fork"
        isOff={!isReady() || value === null || isOff}
        onClick={() => {
          void lab.fork(name === 'nothing' ? null : name, Number(value)).then(() => {
            said.value = lab.benches.b.step.peek();
          });
        }}
      >
        {w.fork.go}
      </Button>
      <p aria-live="polite">{said.value !== null && w.fork.done(said.value)}</p>
    </article>
  );
}
