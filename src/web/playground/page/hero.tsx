/** The two curves, what they say in sentences, and the buttons that make them move. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { axisOf, valueAt } from '../../../ui/charts/reading.js';
import { relativeCurve } from '../../../probe/curve.js';
import type { PlaygroundWords } from '../../../words/en/playground.js';
import { hasSimd } from '../../simd.js';
import { SIDES, type Side } from '../settings.js';
import type { Bench } from './bench.js';
import { curvesOf, lagChart, nameOf, type Sketch } from './charts.js';
import { drawing, heard, isGuessing, lab, numbers, sketches, tools, words } from './context.js';
import type { Speed, State } from './lab.js';
import { Live } from './live.js';

const ONE_PERCENT = -2;

/** What may be said of a net's curve, each sentence with its condition. */
export function sentencesOf(w: PlaygroundWords, bench: Bench, step: number | null): string[] {
  const name = nameOf(w, bench);
  const top = bench.at(step)?.layers.at(-1);
  if (!top?.lagLog10) return [];
  if (top.memory?.verdict === 'not-finite') return [w.verdict.notFinite(name)];
  const curve = relativeCurve({ lagLog10: top.lagLog10 });
  const lost = curve.findIndex((value) => value === null || value <= ONE_PERCENT);
  const last = curve.length - 1;
  const end = curve[last];
  const said: string[] = [];
  const most = curve.reduce<number>((a, b) => Math.max(a, b ?? -Infinity), -Infinity);
  if (most > Math.log10(2)) {
    const at = curve.indexOf(most);
    said.push(w.verdict.grown(name, most, at));
  } else if (lost > 0) said.push(w.verdict.gone(name, lost));
  else if (end !== null) said.push(w.verdict.kept(name, end, last));
  if (lost > 0) said.push(w.verdict.end(end ?? -Infinity, last));
  return said;
}

/** How far the two are from each other at the longest lag that both have. */
function apartOf(w: PlaygroundWords, step: number | null): string | null {
  const [a, b] = SIDES.map((side) => curvesOf(lab.benches[side].at(step)).at(-1) ?? []);
  const lag = Math.min(a.length, b.length) - 1;
  const [x, y] = [a.at(lag) ?? null, b.at(lag) ?? null];
  if (lag < 1 || x === null || y === null || Math.abs(x - y) < 0.5) return null;
  return w.verdict.apart(Math.abs(x - y), lag);
}

export function Hero() {
  const w = words();
  const step = lab.scrubbed.value;
  return (
    <section class="hero" aria-labelledby="lag-title">
      {!hasSimd() && (
        <p class="error" role="alert">
          {w.noSimd}
        </p>
      )}
      <div class="hero-chart">
        <div class="chart-head">
          <h2 id="lag-title">{w.lag.title}</h2>
          {step !== null && <p class="soft">{w.lag.atStep(step)}</p>}
        </div>
        <LagChart />
        <Draw />
      </div>
      <div class="cards">
        {SIDES.map((side) => (
          <Card side={side} key={side} />
        ))}
        <Apart />
      </div>
    </section>
  );
}

function Apart() {
  heard();
  const said = isGuessing.value ? null : apartOf(words(), lab.scrubbed.value);
  return said === null ? null : <p class="apart">{said}</p>;
}

function Card({ side }: { readonly side: Side }) {
  heard();
  const w = words();
  const bench = lab.benches[side];
  const { layers, hidden } = bench.settings.value;
  const opened = bench.opened.value;
  const bits = bench.lossBits;
  const error = bench.error.value;
  const said = isGuessing.value ? [] : sentencesOf(w, bench, lab.scrubbed.value);
  return (
    <article class={`card net-${side}`} aria-label={w.net(side.toUpperCase())}>
      <h3>
        <i class="swatch" aria-hidden="true" />
        {nameOf(w, bench)}
      </h3>
      {opened && <p class="soft">{w.size(layers, hidden, opened.parameters)}</p>}
      {error !== null && (
        <p class="error" role="alert">
          {error.isMemory ? w.noMemory : error.message}
        </p>
      )}
      {bench.ended.value && (
        <p class="error" role="alert">
          {w.verdict.diverged(nameOf(w, bench), bench.step.value + 1)}
        </p>
      )}
      {bits !== null && (
        <p class="figure">
          <b>{numbers().fixed(bits, 2)}</b> <span>{w.loss.unit}</span>
        </p>
      )}
      {said.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </article>
  );
}

function LagChart() {
  const w = words();
  const place = useRef<HTMLDivElement>(null);
  const side = drawing.value;
  const sketch = (event: PointerEvent): void => {
    const svg = place.current?.querySelector('svg');
    if (!svg || side === null || (event.type === 'pointermove' && event.buttons === 0)) return;
    event.preventDefault();
    const [x, y] = [axisOf(svg.getAttribute('data-x')), axisOf(svg.getAttribute('data-y'))];
    if (!x || !y) return;
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    const at = Math.round(valueAt(x, (event.clientX - box.left) * scale));
    const value = valueAt(y, (event.clientY - box.top) * scale);
    put(side, at, value, event.type === 'pointerdown');
  };
  return (
    <div
      ref={place}
      class={side === null ? '' : 'drawable'}
      onPointerDown={sketch}
      onPointerMove={sketch}
      onPointerUp={() => {
        lastLag = null;
      }}
    >
      <Live
        height={320}
        empty={w.lag.wait}
        tools={tools(w.lag.title)}
        watch={() => [heard(), ...SIDES.map((one) => sketches[one].value), isGuessing.value]}
        draw={(width) =>
          lagChart({
            words: w,
            benches: lab.benches,
            step: lab.scrubbed.value,
            sketches: { a: sketches.a.value, b: sketches.b.value },
            isHidden: isGuessing.value,
            alt: isGuessing.value
              ? w.lag.wait
              : w.lag.alt(SIDES.flatMap((one) => sentencesOf(w, lab.benches[one], lab.scrubbed.value))),
            width,
          })
        }
      />
      <LagTable />
    </div>
  );
}

/** Where the hand was last; null between two strokes. */
let lastLag: number | null = null;

/** A point of a sketch, and those between it and the one before. */
function put(side: Side, lag: number, value: number, begins: boolean): void {
  const { window: timesteps } = lab.benches[side].settings.peek();
  const at = Math.max(0, Math.min(timesteps - 1, lag));
  const drawn = [...(sketches[side].peek() ?? new Array<number | null>(timesteps).fill(null))];
  const from = begins || lastLag === null ? at : lastLag;
  const before = drawn[from] ?? value;
  const bounded = Math.max(-12, Math.min(0.3, value));
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
    return y === null || there === undefined || k === 0 ? [] : [y - Math.max(-12, there ?? -12)];
  });
  if (misses.length < 2) return null;
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  return { decades: mean(misses.map(Math.abs)), bias: mean(misses) };
}

const CLOSE = Math.log10(2);

function Draw() {
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

/** The curves as numbers, made only where somebody looks. */
function LagTable() {
  const w = words();
  const isOpen = useSignal(false);
  return (
    <details
      class="as-table"
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>{w.table.show}</summary>
      {isOpen.value && <LagRows />}
    </details>
  );
}

function LagRows() {
  heard();
  const w = words();
  const { share } = tools('');
  const columns = SIDES.flatMap((side) =>
    curvesOf(lab.benches[side].at(lab.scrubbed.value)).map((curve, l, all) => ({
      name:
        all.length === 1
          ? nameOf(w, lab.benches[side])
          : `${nameOf(w, lab.benches[side])}, ${w.layer(l + 1)}`,
      curve,
    })),
  );
  const lags = Math.max(0, ...columns.map(({ curve }) => curve.length));
  const shown = Array.from({ length: lags }, (_, k) => k).filter(
    (k) => k < 10 || k % 8 === 0 || k === lags - 1,
  );
  return (
    <div class="table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.table.lag}</th>
            {columns.map(({ name }) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {isGuessing.value
            ? null
            : shown.map((k) => (
                <tr key={k}>
                  <th scope="row">{k}</th>
                  {columns.map(({ name, curve }) => {
                    const value = curve.at(k);
                    return (
                      <td key={name}>
                        {value === undefined ? '' : value === null ? w.table.none : share(value)}
                      </td>
                    );
                  })}
                </tr>
              ))}
        </tbody>
      </table>
    </div>
  );
}

export const stateOf = (): State | 'hidden' =>
  lab.state.value === 'running' && lab.isHidden.value ? 'hidden' : lab.state.value;

export function Transport() {
  const w = words();
  const state = lab.state.value;
  const isRunning = state === 'running';
  const can = state === 'ready' || state === 'paused' || isRunning;
  return (
    <div class="transport" role="group" aria-label={w.play}>
      <button
        type="button"
        class="play"
        id="play"
        disabled={!can}
        onClick={() => {
          isGuessing.value = false;
          drawing.value = null;
          if (isRunning) lab.pause();
          else lab.play();
        }}
      >
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
          <path d={isRunning ? 'M6 4h4v16H6zM14 4h4v16h-4z' : 'M7 4l14 8-14 8z'} fill="currentColor" />
        </svg>
        {isRunning ? w.pause : w.play}
      </button>
      <button
        type="button"
        id="step"
        disabled={!can || isRunning}
        onClick={() => {
          isGuessing.value = false;
          lab.stepOnce();
        }}
      >
        {w.step}
      </button>
      <button
        type="button"
        id="rewind"
        title={w.rewindHint}
        disabled={state === 'loading'}
        onClick={() => {
          void lab.rewind();
        }}
      >
        {w.rewind}
      </button>
      <label class="speed">
        <span class="hidden">{w.speed}</span>
        <select
          value={lab.speed.value}
          onChange={(event) => {
            lab.speed.value = event.currentTarget.value as Speed;
          }}
        >
          {(['full', 'quick', 'slow'] as const).map((speed) => (
            <option key={speed} value={speed}>
              {w.speeds[speed]}
            </option>
          ))}
        </select>
      </label>
      <p class="where" aria-live={isRunning ? 'off' : 'polite'}>
        <b>{w.states[stateOf()]}</b> · {w.stepAt(lab.step.value)}
        <Pace />
      </p>
    </div>
  );
}

function Pace() {
  heard();
  const total = SIDES.reduce((sum, side) => sum + lab.benches[side].speed, 0);
  const threads = lab.threads.value;
  return lab.state.value === 'running' && total > 0 ? (
    <span class="soft">
      {' '}
      · {words().charactersPerSecond(Math.round(total / 1000) * 1000)}
      {threads > SIDES.length && ` · ${words().threads(threads)}`}
    </span>
  ) : null;
}
