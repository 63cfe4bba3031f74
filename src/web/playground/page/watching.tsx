/** What is seen while the nets train: maps, loss, samples, gates; and the way back through the steps. */
import { SIDES, type Side } from '../settings.js';
import { hasGates, heatChart, lettersOf, lossChart, nameOf, sharesChart } from './charts.js';
import { Button } from './button.js';
import { heard, lab, tools, words } from './context.js';
import { Live } from './live.js';

export function Watching() {
  const w = words();
  return (
    <section aria-labelledby="live-title">
      <h2 id="live-title">{w.live}</h2>
      <Scrub />
      <div class="two">
        {SIDES.map((side) => (
          <Heat side={side} key={side} />
        ))}
      </div>
      <div class="two">
        <Loss />
        <div class="samples">
          {SIDES.map((side) => (
            <Sample side={side} key={side} />
          ))}
        </div>
      </div>
      <div class="two">
        {SIDES.map((side) => (
          <div key={side}>
            <Shares side={side} which="saturation" />
            {hasGates(lab.benches[side]) && <Shares side={side} which="activation" />}
          </div>
        ))}
      </div>
    </section>
  );
}

function Scrub() {
  heard();
  const w = words();
  const steps = lab.benches.a.measured.map(({ step }) => step);
  const at = lab.scrubbed.value;
  if (steps.length < 3) return null;
  const place = at === null ? steps.length - 1 : steps.findLastIndex((step) => step <= at);
  return (
    <div class="scrub">
      <label for="scrub">{w.heat.scrub}</label>
      <input
        id="scrub"
        type="range"
        min={0}
        max={steps.length - 1}
        value={place}
        aria-valuetext={w.stepAt(steps[place])}
        onInput={(event) => {
          const i = Number(event.currentTarget.value);
          lab.scrubbed.value = i === steps.length - 1 ? null : steps[i];
        }}
      />
      <output for="scrub">{w.stepAt(steps[place])}</output>
      <Button
        class="quiet"
        isOff={at === null}
        onClick={() => {
          lab.scrubbed.value = null;
        }}
      >
        {w.heat.now}
      </Button>
    </div>
  );
}

function Heat({ side }: { readonly side: Side }) {
  const w = words();
  const bench = lab.benches[side];
  const title = w.heat.title(nameOf(w, bench));
  return (
    <figure class={`net-${side}`}>
      <figcaption>
        <h3>
          <i class="swatch" aria-hidden="true" />
          {title}
        </h3>
        <p>{w.heat.what}</p>
      </figcaption>
      <Live
        height={240}
        every={600}
        empty={w.heat.wait}
        tools={tools(title)}
        watch={heard}
        draw={(width) => heatChart(w, bench, w.heat.alt(nameOf(w, bench), bench.measured.length), width)}
      />
    </figure>
  );
}

function Loss() {
  const w = words();
  const said = (side: Side): string => {
    const bits = lab.benches[side].lossBits;
    return bits === null ? '–' : w.loss.bits(bits);
  };
  return (
    <figure>
      <figcaption>
        <h3>{w.loss.title}</h3>
        <p>{w.loss.what}</p>
      </figcaption>
      <Live
        height={280}
        every={250}
        empty={w.lag.wait}
        tools={tools(w.loss.title)}
        watch={() => [heard(), lab.counting.value]}
        draw={(width) =>
          lossChart(w, lab.benches, lab.counting.value, w.loss.alt(said('a'), said('b')), width)
        }
      />
    </figure>
  );
}

function Sample({ side }: { readonly side: Side }) {
  const w = words();
  const bench = lab.benches[side];
  const sample = bench.sample.value;
  return (
    <figure class={`net-${side}`}>
      <figcaption>
        <h3>
          <i class="swatch" aria-hidden="true" />
          {w.sample.title(nameOf(w, bench))}
        </h3>
        {sample && <p>{w.sample.at(sample.step)}</p>}
      </figcaption>
      <p class="sample" lang="">
        {sample ? sample.text.replace(/^\n+/, '') : <span class="soft">{w.sample.wait}</span>}
      </p>
    </figure>
  );
}

function Shares({ side, which }: { readonly side: Side; readonly which: 'saturation' | 'activation' }) {
  const w = words();
  const bench = lab.benches[side];
  const name = nameOf(w, bench);
  const title = which === 'saturation' ? w.gates.title(name) : w.gates.mean(name);
  return (
    <figure class={`net-${side}`}>
      <figcaption>
        <h3>
          <i class="swatch" aria-hidden="true" />
          {title}
        </h3>
        {which === 'saturation' && (
          <>
            <p>{w.gates.what}</p>
            {hasGates(bench) && <p>{lettersOf(w, bench)}</p>}
          </>
        )}
      </figcaption>
      <Live
        height={220}
        every={500}
        empty={w.lag.wait}
        tools={tools(title)}
        watch={heard}
        draw={(width) => sharesChart(w, bench, lab.scrubbed.value, which, width)}
      />
    </figure>
  );
}
