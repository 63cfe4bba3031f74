/** The progress of a run on stderr: one line that is redrawn in a terminal, a line now and then elsewhere. */
import { SingleBar } from 'cli-progress';
import { timestepsOf } from '../study/inspect/findings.js';
import { memoryLine, memoryWarning } from '../study/inspect/memory.js';
import type { LayerReport } from '../bptt/report.js';
import type { RunEvent } from '../study/train/record.js';
import type { Numbers } from '../words/numbers.js';
import type { Environment } from './environment.js';

export interface Progress {
  show(event: RunEvent): void;
  /** Leaves the line as it is and goes to the next. */
  end(): void;
}

/** How fast the shown loss follows the last one: it is a mean over about this many steps. */
const SMOOTHING = 20;
/** Between two redrawings, and between two lines where nothing can be redrawn. */
export const REDRAW_MS = 100;
export const LINE_MS = 10_000;

/** The drawn bar, with the spaces round it. */
const BAR_WIDTH = 14;
export const CLEAR_LINE = '\r\u001b[2K';

export interface Span {
  readonly firstStep: number;
  readonly steps: number;
  readonly charactersPerStep: number;
  /** V: even guessing among them is what every loss is measured by. */
  readonly symbols: number;
}

export function makeProgress(environment: Environment, span: Span): Progress {
  const { now, isTerminal } = environment;
  const { progress: said } = environment.words.training;
  const { numbers } = environment.words;
  const started = now();
  let step = span.firstStep;
  let loss: number | null = null;
  let validation = '';
  const words = environment.words.inspect.memory;
  let memory: ReturnType<typeof words.line> | null = null;
  /** Warnings given, by layer and kind: each is worth saying once. */
  const warned = new Set<string>();
  let drawn = -Infinity;

  const line = (): string => {
    const seconds = Math.max(1e-9, (now() - started) / 1000);
    const done = step - span.firstStep;
    const left = done > 0 ? (seconds / done) * (span.steps - step) : 0;
    // In the order of the line, each with its rank where there is not room for all: 1 first.
    const parts: readonly Part[] = [
      { rank: 1, text: said.step(step, span.steps) },
      { rank: 2, text: loss === null ? '' : said.bits(loss) },
      { rank: 3, text: '', ...memory },
      { rank: 5, text: validation },
      {
        rank: 6,
        text: done === 0 ? '' : said.pace(shortCount((done * span.charactersPerStep) / seconds, numbers)),
      },
      { rank: 4, text: done === 0 ? '' : said.left(clock(left)) },
    ];
    return fit(parts, isTerminal ? (environment.columns ?? Infinity) - BAR_WIDTH : Infinity);
  };
  const isWorse = (nats: number): boolean => !(nats < Math.log(span.symbols));
  const warnOnce = (kind: string, warning: string): void => {
    if (warned.has(kind)) return;
    warned.add(kind);
    // In place of the drawn line, which the next drawing puts below it.
    environment.err(`${bar ? CLEAR_LINE : ''}${warning}\n`);
  };
  const warnOfLoss = (at: number, nats: number): void => {
    warnOnce('loss', said.worse(at, nats, Math.log(span.symbols)));
  };
  const warn = (at: number, layers: readonly LayerReport[], timesteps: number): void => {
    for (const layer of layers) {
      const warning = memoryWarning(layer, timesteps);
      const kind = `${layer.layer} ${layer.memory?.verdict}`;
      if (warning !== null) warnOnce(kind, said.warning(at, words.warning(warning)));
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
        validation = said.validation(event.lossNats, event.isBest && !isWorse(event.lossNats));
        if (isWorse(event.lossNats) && loss !== null && isWorse(loss)) warnOfLoss(event.step, loss);
      } else if (event.kind === 'gradients') {
        const timesteps = timestepsOf(event.layers);
        const line = memoryLine(event.layers, timesteps);
        if (line === null) return;
        memory = words.line(line);
        warn(event.step, event.layers, timesteps);
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

export interface Part {
  readonly rank: number;
  readonly text: string;
  /** To stand for it where the text itself has no room. */
  readonly short?: string;
}

/** As many of the parts, by rank, as a line of `width` has room for. */
export function fit(parts: readonly Part[], width: number): string {
  const kept = new Map<Part, string>();
  const line = (): string => parts.flatMap((part) => kept.get(part) ?? []).join(' · ');
  for (const part of [...parts].sort((a, b) => a.rank - b.rank)) {
    for (const text of [part.text, part.short ?? '']) {
      if (text === '') continue;
      kept.set(part, text);
      if (line().length <= width) break;
      kept.delete(part);
    }
  }
  return line();
}

/** 182 k, 1.2 M */
export function shortCount(x: number, { fixed }: Numbers): string {
  if (x >= 1e6) return `${fixed(x / 1e6, 1)} M`;
  return x >= 1e4 ? `${fixed(x / 1e3, 0)} k` : fixed(x, 0);
}

/** 0:07, 12:30, 1:02:00 */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (parts[0] === 0) parts.shift();
  return parts.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
