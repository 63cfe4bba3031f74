/** Several lines at the foot of a terminal that are redrawn as things go on. */
import { MultiBar } from 'cli-progress';

const BAR_WIDTH = 10;
/** With more, the first ones would leave the screen. */
const MOST_LINES = 20;

export interface LiveLine {
  /** Drawn as a bar, from 0 to 1; null for a line without one. */
  readonly share: number | null;
  readonly text: string;
}

export interface Live {
  /** @param lines in place of those before */
  show(lines: readonly LiveLine[]): void;
  /** A line that stays, above them. */
  say(line: string): void;
  end(): void;
}

const barOf = (share: number): string => {
  const full = Math.round(BAR_WIDTH * Math.min(1, Math.max(0, share)));
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`;
};
/** What a bar and its spaces take of the width. */
export const LIVE_BAR = BAR_WIDTH + 3;

/** @param more what stands for lines that have no room */
export function liveLines(more: (hidden: number) => string): Live {
  const bars = new MultiBar({
    format: (_, __, { line }: { line?: string }) => line ?? '',
    ...{ hideCursor: true, linewrap: false, fps: 10 },
  });
  const drawn: ReturnType<MultiBar['create']>[] = [];
  return {
    show(lines) {
      const most = Math.max(2, Math.min(MOST_LINES, (process.stderr.rows || Infinity) - 2));
      const shown =
        lines.length <= most
          ? lines
          : [...lines.slice(0, most - 1), { share: null, text: more(lines.length - most + 1) }];
      while (drawn.length < shown.length) drawn.push(bars.create(1, 0, {}));
      for (const [i, bar] of drawn.entries()) {
        const line = shown.at(i);
        bar.update(0, {
          line:
            line === undefined ? '' : ` ${line.share === null ? '' : `${barOf(line.share)} `}${line.text}`,
        });
      }
    },
    say(line) {
      bars.log(`${line}\n`);
    },
    end() {
      bars.stop();
    },
  };
}
