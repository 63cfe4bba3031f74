/** What the page is about: the two curves, and beside them what they say. */
import { hasSimd } from '../../simd.js';
import { SIDES, type Side } from '../settings.js';
import { told } from './answers.js';
import { nameOf } from './charts.js';
import { heard, isGuessing, lab, numbers, words } from './context.js';
import { Draw } from './drawing.js';
import { LagChart } from './lag.js';
import { apartOf, sentencesOf } from './verdict.js';

export function Hero() {
  const w = words();
  const step = lab.scrubbed.value;
  const refused = lab.refused.value;
  return (
    <section class="hero" aria-labelledby="lag-title">
      {!hasSimd() && (
        <p class="error" role="alert">
          {w.noSimd}
        </p>
      )}
      {refused !== null && (
        <p class="error" role="alert">
          {told(w, refused)}
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
  // Beside the curve of a step, its loss.
  const bits = bench.lossBitsAt(lab.scrubbed.value);
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
          {told(w, error)}
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
