/** Draw before you see: the hand's curve, and how far it was from what was measured. */
import { useSignal } from '@preact/signals';
import { mean } from '../../../base/figures.js';
import { SIDES, type Side } from '../settings.js';
import { focusOn } from './button.js';
import { curvesOf, HIGHEST_DRAWN, LOWEST, nameOf, type Sketch } from './charts.js';
import { drawing, heard, isGuessing, lab, sketches, words } from './context.js';

/** Where the hand was last; null between two strokes. */
let lastLag: number | null = null;

/** What comes next begins a stroke of its own. */
export const lift = (): void => {
  lastLag = null;
};

/** A point of a sketch, and those between it and the one before. */
export function put(side: Side, lag: number, value: number, begins: boolean): void {
  const { window: timesteps } = lab.benches[side].settings.peek();
  const at = Math.max(0, Math.min(timesteps - 1, lag));
  // The window may have changed since it was begun.
  const earlier = sketches[side].peek();
  const drawn = Array.from({ length: timesteps }, (_, k) => earlier?.at(k) ?? null);
  const from = begins || lastLag === null ? at : lastLag;
  const before = drawn[from] ?? value;
  const bounded = Math.max(LOWEST, Math.min(HIGHEST_DRAWN, value));
  for (let k = Math.min(from, at); k <= Math.max(from, at); k++) {
    const share = from === at ? 1 : (k - from) / (at - from);
    drawn[k] = before + (bounded - before) * share;
  }
  drawn[at] = bounded;
  lastLag = at;
  sketches[side].value = drawn;
  if (lab.state.peek() !== 'running') isGuessing.value = true;
}

/** Between the points that were drawn a straight line; beyond them nothing. */
function filled(sketch: Sketch): (number | null)[] {
  const places = sketch.flatMap((y, x) => (y === null ? [] : [{ x, y }]));
  return sketch.map((_, x) => {
    const after = places.find((place) => place.x >= x);
    const before = places.findLast((place) => place.x <= x);
    if (!after || !before) return null;
    if (after.x === before.x) return after.y;
    return before.y + ((after.y - before.y) * (x - before.x)) / (after.x - before.x);
  });
}

interface Score {
  readonly decades: number;
  /** Positive where more was expected than there is. */
  readonly bias: number;
}

function scoreOf(side: Side): Score | null {
  const sketch = sketches[side].value;
  const curve = curvesOf(lab.benches[side].at(null)).at(-1);
  if (!sketch || !curve) return null;
  const misses = filled(sketch).flatMap((y, k) => {
    const there = curve.at(k);
    // Below the axis is below the axis, however far.
    return y === null || there === undefined || k === 0 ? [] : [y - Math.max(LOWEST, there ?? LOWEST)];
  });
  if (misses.length < 2) return null;
  return { decades: mean(misses.map(Math.abs)), bias: mean(misses) };
}

const CLOSE = Math.log10(2);

export function Draw() {
  heard();
  const w = words();
  const point = useSignal(0);
  const side = drawing.value;
  const keys = (event: KeyboardEvent): void => {
    if (side === null) return;
    const { window: timesteps } = lab.benches[side].settings.peek();
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const upward = { ArrowUp: 0.25, ArrowDown: -0.25 }[event.key];
    if (sideways === undefined && upward === undefined) return;
    event.preventDefault();
    const sketch = sketches[side].peek() ?? [];
    const here =
      sketch[point.value] ?? filled(sketch)[point.value] ?? sketch.findLast((y) => y !== null) ?? 0;
    if (upward !== undefined) {
      lastLag = null;
      put(side, point.value, here + upward, true);
      return;
    }
    const next = Math.max(0, Math.min(timesteps - 1, point.value + (sideways ?? 0)));
    lastLag = point.value;
    put(side, next, here, false);
    point.value = next;
  };
  const here = (side && sketches[side].value?.[point.value]) ?? null;
  const has = SIDES.some((one) => sketches[one].value !== null);
  return (
    <div class="draw">
      <h3>{w.draw.title}</h3>
      <p class="soft">{w.draw.what}</p>
      <div class="row">
        {SIDES.map((one) => (
          <button
            key={one}
            type="button"
            id={`draw-${one}`}
            class={`net-${one}`}
            aria-pressed={side === one}
            onKeyDown={keys}
            onClick={() => {
              drawing.value = side === one ? null : one;
              // What is to be drawn on must be seen; it stands above.
              if (side !== one) document.getElementById('lag-title')?.scrollIntoView({ block: 'start' });
              lastLag = null;
            }}
          >
            <i class="swatch" aria-hidden="true" />
            {side === one ? w.draw.stop : w.draw.start(one.toUpperCase())}
          </button>
        ))}
        {has && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              sketches.a.value = null;
              sketches.b.value = null;
              isGuessing.value = false;
              focusOn('draw-a');
            }}
          >
            {w.draw.clear}
          </button>
        )}
      </div>
      {side !== null && (
        <p class="soft" aria-live="polite">
          {w.draw.hint} {here !== null && w.draw.point(point.value, here)}
        </p>
      )}
      {!isGuessing.value &&
        SIDES.map((one) => {
          const score = scoreOf(one);
          return (
            score && (
              <p
                key={one}
                class={`score net-${one}`}
                aria-live={lab.state.value === 'running' ? 'off' : 'polite'}
              >
                <i class="swatch" aria-hidden="true" />
                {w.draw.score(nameOf(w, lab.benches[one]), score.decades)}{' '}
                {score.decades <= CLOSE
                  ? w.draw.close
                  : Math.abs(score.bias) > score.decades / 2
                    ? score.bias > 0
                      ? w.draw.tooHigh
                      : w.draw.tooLow
                    : ''}
              </p>
            )
          );
        })}
    </div>
  );
}
