/** The progress of a run on stderr: one line that is redrawn in a terminal, a line now and then elsewhere. */
import { timestepsOf } from '../study/inspect/findings.js';
import { memoryLine, memoryWarning } from '../study/inspect/memory.js';
import type { LayerReport } from '../bptt/report.js';
import type { RunEvent } from '../study/train/record.js';
import { cutTo, widthOf } from '../ui/terminal/width.js';
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

export interface Span {
  readonly firstStep: number;
  readonly steps: number;
  readonly charactersPerStep: number;
  /** V: even guessing among them is what every loss is measured by. */
  readonly symbols: number;
}

export function makeProgress(environment: Environment, span: Span): Progress {
  const { now, foot } = environment;
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

  const parts = (isAtEnd: boolean): readonly LinePart[] => {
    const seconds = Math.max(1e-9, (now() - started) / 1000);
    const done = step - span.firstStep;
    const left = done > 0 ? (seconds / done) * (span.steps - step) : 0;
    // In the order of the line, each with its rank where there is not room for all: 1 first.
    return [
      { rank: 1, text: said.step(step, span.steps) },
      { rank: 2, text: loss === null ? '' : said.bits(loss) },
      { rank: 3, text: '', ...memory },
      { rank: 5, text: validation },
      {
        rank: 6,
        text: done === 0 ? '' : said.pace(numbers.compact((done * span.charactersPerStep) / seconds)),
      },
      { rank: 4, text: done === 0 ? '' : isAtEnd ? said.took(clock(seconds)) : said.left(clock(left)) },
    ];
  };
  const tell = (isAtEnd = false): void => {
    if (foot) foot.show([barredLine(step / span.steps, parts(isAtEnd), environment.columns)]);
    else environment.err(`${fit(parts(isAtEnd), Infinity)}\n`);
  };
  const isWorse = (nats: number): boolean => !(nats < Math.log(span.symbols));
  const warnOnce = (kind: string, warning: string): void => {
    if (warned.has(kind)) return;
    warned.add(kind);
    environment.err(`${warning}\n`);
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
  if (foot) tell();

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
      if (now() - drawn < (foot ? REDRAW_MS : LINE_MS)) return;
      drawn = now();
      if (foot || loss !== null) tell();
    },
    end() {
      tell(true);
      foot?.keep();
    },
  };
}

const BAR_WIDTH = 12;
/** With fewer columns figures have the room that a bar would take. */
const LEAST_WITH_BAR = 60;

/** A line of the foot: a bar where there is room for one, and the parts. @param share from 0 to 1; null for a line without a bar */
export function barredLine(
  share: number | null,
  parts: readonly LinePart[],
  columns: number | undefined,
): string {
  const width = columns === undefined || columns === 0 ? USUAL_COLUMNS : columns;
  const bar = share === null || width < LEAST_WITH_BAR ? '' : barOf(share);
  return ` ${bar}${fit(parts, width - widthOf(bar) - 2)}`;
}

const USUAL_COLUMNS = 80;

function barOf(share: number): string {
  const full = Math.round(BAR_WIDTH * Math.min(1, Math.max(0, share || 0)));
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} `;
}

export interface LinePart {
  readonly rank: number;
  readonly text: string;
  /** To stand for it where the text itself has no room. */
  readonly short?: string;
}

/** As many of the parts, by rank, as a line of `width` has room for; of the first there is always something. */
export function fit(parts: readonly LinePart[], width: number): string {
  const kept = new Map<LinePart, string>();
  const line = (): string =>
    parts
      .flatMap((part) => kept.get(part) ?? [])
      .join(' · ')
      .trimEnd();
  for (const part of [...parts].sort((a, b) => a.rank - b.rank)) {
    for (const text of [part.text, part.short ?? '']) {
      if (text === '') continue;
      kept.set(part, text);
      if (widthOf(line()) <= width) break;
      kept.delete(part);
    }
  }
  if (kept.size > 0) return line();
  const first = parts.find(({ rank }) => rank === 1)?.text ?? '';
  return cutTo(first, width);
}

/** 0:07, 12:30, 1:02:00 */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (parts[0] === 0) parts.shift();
  return parts.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
