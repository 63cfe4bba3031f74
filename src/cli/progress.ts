/** The progress of a run on stderr: one line that is redrawn in a terminal, a line now and then elsewhere. */
import { SingleBar } from 'cli-progress';
import { timestepsOf } from '../report/findings.js';
import { memoryLine, memoryWarning } from '../report/memory.js';
import type { LayerReport } from '../bptt/report.js';
import { bitsOf } from '../study/evaluate.js';
import type { RunEvent } from '../study/record.js';
import type { Environment } from './environment.js';

export interface Progress {
  show(event: RunEvent): void;
  /** Leaves the line as it is and goes to the next. */
  end(): void;
}

/** How fast the shown loss follows the last one: it is a mean over about this many steps. */
const SMOOTHING = 20;
/** Between two redrawings, and between two lines where nothing can be redrawn. */
const REDRAW_MS = 100;
const LINE_MS = 10_000;

/** The drawn bar, with the spaces round it. */
const BAR_WIDTH = 14;
const CLEAR_LINE = '\r\u001b[2K';

export interface Span {
  readonly firstStep: number;
  readonly steps: number;
  readonly charactersPerStep: number;
}

export function makeProgress(environment: Environment, span: Span): Progress {
  const { now, isTerminal } = environment;
  const started = now();
  let step = span.firstStep;
  let loss: number | null = null;
  let validation = '';
  let memory = '';
  /** Warnings given, by layer and kind: each is worth saying once. */
  const warned = new Set<string>();
  let drawn = -Infinity;

  const line = (): string => {
    const seconds = Math.max(1e-9, (now() - started) / 1000);
    const done = step - span.firstStep;
    const left = done > 0 ? (seconds / done) * (span.steps - step) : 0;
    // With what a narrow terminal can do without: 1 goes first.
    const parts: readonly (readonly [text: string, spare: number])[] = [
      [`step ${step} of ${span.steps}`, 9],
      [loss === null ? '' : `${bitsOf(loss).toFixed(3)} bits/char`, 9],
      [memory, 4],
      [validation, 2],
      [done === 0 ? '' : `${shortCount((done * span.charactersPerStep) / seconds)} chars/s`, 1],
      [done === 0 ? '' : `${clock(left)} left`, 3],
    ];
    return fit(parts, isTerminal ? (environment.columns ?? Infinity) - BAR_WIDTH : Infinity);
  };
  const warn = (layers: readonly LayerReport[], timesteps: number): void => {
    for (const layer of layers) {
      const warning = memoryWarning(layer, timesteps);
      const kind = `${layer.layer} ${layer.memory?.verdict}`;
      if (warning === null || warned.has(kind)) continue;
      warned.add(kind);
      // In place of the drawn line, which the next drawing puts below it.
      environment.err(`${bar ? CLEAR_LINE : ''}step ${step}: ${warning}\n`);
    }
  };
  const bar = isTerminal
    ? new SingleBar({
        format: ' {bar} {line}',
        barsize: 12,
        hideCursor: true,
        fps: 10,
        forceRedraw: true,
        linewrap: false,
      })
    : null;
  bar?.start(span.steps, step, { line: line() });

  return {
    show(event) {
      if (event.kind === 'step') {
        step = event.step;
        loss = loss === null ? event.lossNats : loss + (event.lossNats - loss) / SMOOTHING;
      } else if (event.kind === 'evaluation') {
        validation = `validation ${bitsOf(event.lossNats).toFixed(3)}${event.isBest ? ' (best)' : ''}`;
      } else if (event.kind === 'gradients') {
        const timesteps = timestepsOf(event.layers);
        const line = memoryLine(event.layers, timesteps);
        if (line === '') return;
        memory = line;
        warn(event.layers, timesteps);
      }
      if (now() - drawn < (bar ? REDRAW_MS : LINE_MS)) return;
      drawn = now();
      if (bar) bar.update(step, { line: line() });
      else if (loss !== null) environment.err(`${line()}\n`);
    },
    end() {
      if (bar) {
        bar.update(step, { line: line() });
        bar.stop();
      } else environment.err(`${line()}\n`);
    },
  };
}

/** The parts that fit into `width` in one line; the one with the smallest number goes first. */
function fit(parts: readonly (readonly [text: string, spare: number])[], width: number): string {
  const kept = parts.filter(([text]) => text !== '');
  const lineOf = (): string => kept.map(([text]) => text).join(' · ');
  while (lineOf().length > width && kept.length > 1) {
    const least = kept.reduce((a, b) => (b[1] < a[1] ? b : a));
    kept.splice(kept.indexOf(least), 1);
  }
  return lineOf();
}

/** 182 k, 1.2 M */
export function shortCount(x: number): string {
  if (x >= 1e6) return `${(x / 1e6).toFixed(1)} M`;
  return x >= 1e4 ? `${Math.round(x / 1e3)} k` : String(Math.round(x));
}

/** 0:07, 12:30, 1:02:00 */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (parts[0] === 0) parts.shift();
  return parts.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
