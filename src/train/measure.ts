/** The probes that are due at a step: before the update all but one kind, and that one around it. */
import { backwardWithProbes, combine, type Probe, type Site } from '../bptt/probing.js';
import type { Extras, GradientStep } from '../bptt/report.js';
import type { Parameters } from '../model/parameters.js';
import { digits } from '../probe/digits.js';
import { withFlags } from '../probe/flags.js';
import { lag } from '../probe/lag.js';
import type { ScheduledProbe, TrainingProbe } from '../probe/training.js';

/** What a step measures, in the order of its calls: `backward`, `survey` before the update, `finish` after it. */
export class StepProbes {
  readonly #due: readonly TrainingProbe[];
  #layers: GradientStep['layers'] | null = null;
  #extras: Extras = {};
  readonly #updates: (() => Extras)[] = [];

  constructor(
    probes: readonly ScheduledProbe[],
    private readonly step: number,
  ) {
    this.#due = probes.filter(({ every }) => every > 0 && step % every === 0).map(({ probe }) => probe);
  }

  /** The window's backward pass into `gradients`, and what the probes want to see beside it. */
  backward(unrolled: Site['unrolled'], gradients: Parameters): void {
    const probes: Probe<object>[] = this.#due.filter(isProbe);
    // A float32 lag curve says how far it can be trusted.
    if (probes.includes(lag)) probes.push(digits);
    const layers = backwardWithProbes(unrolled, gradients, probes);
    this.#layers = layers && withFlags(unrolled, layers);
  }

  /** The measurements with passes of their own. The weights are still those of the window. */
  survey(site: Site): void {
    for (const probe of this.#due) {
      if (probe.from === 'text') {
        const found = probe.measure(site);
        if (found !== null) this.#extras = { ...this.#extras, [probe.name]: found };
      } else if (probe.from === 'update') {
        const end = probe.begin(site.unrolled.network);
        this.#updates.push(() => ({ [probe.name]: end() }));
      }
    }
  }

  /** The step's line for gradients.jsonl, or null where nothing was due. To be called after the update. */
  finish(layers: number): GradientStep | null {
    if (this.#due.length === 0) return null;
    const updates = this.#updates.reduce<Extras>((all, end) => ({ ...all, ...end() }), {});
    return {
      step: this.step,
      layers: this.#layers ?? combine(layers, []),
      ...updates,
      ...this.#extras,
    };
  }
}

const isProbe = (probe: TrainingProbe): probe is Probe<object> =>
  probe.from !== 'text' && probe.from !== 'update';
