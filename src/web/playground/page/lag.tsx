/** The chart of what is left by lag, to be read, to be drawn on, and as a table. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { axisOf, valueAt } from '../../../ui/charts/reading.js';
import { SIDES } from '../settings.js';
import { curvesOf, lagChart, nameOf } from './charts.js';
import { drawing, heard, isGuessing, lab, numbers, sketches, tools, words } from './context.js';
import { lift, put } from './drawing.js';
import { Live } from './live.js';
import { sentencesOf } from './verdict.js';

export function LagChart() {
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
      onPointerUp={lift}
    >
      <Live
        height={320}
        empty={w.lag.wait}
        tools={tools(w.lag.title)}
        watch={() => [heard(), ...SIDES.map((one) => sketches[one].value), isGuessing.value, drawing.value]}
        draw={(width) =>
          lagChart({
            words: w,
            benches: lab.benches,
            step: lab.scrubbed.value,
            sketches: { a: sketches.a.value, b: sketches.b.value },
            isHidden: isGuessing.value,
            isDrawnOn: drawing.value !== null,
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
  const { share } = numbers();
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
