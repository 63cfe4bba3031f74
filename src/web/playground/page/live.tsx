/** A chart that follows the nets: drawn anew when they have told something, one chart in a frame, and no oftener than asked. */
import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Html } from '../../../ui/html.js';
import { interactive, type ChartTools } from '../../charts/interactive.js';
import { isProjected } from './context.js';

/** A chart for a projector is drawn so much smaller, and shown as wide as any: all that is on it is larger. */
const PROJECTED = 1.4;

/** Charts that wait for their frame. */
const waiting = new Set<() => void>();
let frame: number | null = null;

function ask(): void {
  frame ??= requestAnimationFrame(() => {
    frame = null;
    for (const next of waiting) {
      waiting.delete(next);
      next();
      break;
    }
    if (waiting.size > 0) ask();
  });
}

interface LiveProps {
  /** Reads the signals that the chart depends on. */
  readonly watch: () => unknown;
  /** What is drawn for a width; null for nothing yet. */
  readonly draw: (width: number) => Html | null;
  /** Least milliseconds between two drawings. */
  readonly every?: number;
  readonly empty: string;
  readonly tools?: ChartTools;
  readonly height: number;
  readonly onDrawn?: (svg: SVGSVGElement) => void;
}

export function Live({ watch, draw, every = 120, empty, tools, height, onDrawn }: LiveProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef({ watch, draw, onDrawn });
  latest.current = { watch, draw, onDrawn };
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let [drawnAt, timer] = [-Infinity, 0];
    let [width, scale] = [element.clientWidth, 1];
    let html: Html | null = null;
    const end = tools && interactive(element, tools);
    const paint = (): void => {
      drawnAt = performance.now();
      width = element.clientWidth;
      html = latest.current.draw(width / scale);
      element.innerHTML = html?.text ?? '';
      element.classList.toggle('empty', html === null);
      if (html === null) element.textContent = empty;
      const svg = element.querySelector('svg');
      if (svg) {
        latest.current.onDrawn?.(svg);
        element.dispatchEvent(new CustomEvent('drawn'));
      }
    };
    const later = (): void => {
      clearTimeout(timer);
      const wait = every - (performance.now() - drawnAt);
      timer = window.setTimeout(
        () => {
          waiting.add(paint);
          ask();
        },
        Math.max(0, wait),
      );
    };
    const stop = effect(() => {
      latest.current.watch();
      scale = isProjected.value ? PROJECTED : 1;
      later();
    });
    const resized = new ResizeObserver(() => {
      if (Math.abs(element.clientWidth - width) < 2) return;
      width = element.clientWidth;
      later();
    });
    resized.observe(element);
    return () => {
      clearTimeout(timer);
      waiting.delete(paint);
      stop();
      resized.disconnect();
      end?.();
    };
  }, [empty]);
  return <div class="live" ref={place} style={{ minHeight: `${height}px` }} />;
}
