/** Whole training steps, side against side, in turn. */
import { Rng } from '../../src/base/rng.js';
import { nameOf, operationsPerCharacter, SEED, type Case } from './cases.js';
import type { Blas } from './peer.js';
import { Opponent, type SideSpec } from './sides.js';
import { spreadOf, type Spread } from './spread.js';

export interface TrainingRow {
  readonly case: Case;
  readonly operationsPerCharacter: number;
  /** characters a second, by side */
  readonly sides: Readonly<Record<string, Spread>>;
}

/** A turn takes about so long, seconds. */
const TURN = 0.3;
/** Made before anything is measured, seconds. */
const WARM_UP = 0.4;

/** Every side makes ready; then the sides take turns, in an order drawn anew each round. */
export async function measureTraining(
  cases: readonly Case[],
  specs: readonly SideSpec[],
  rounds: number,
  tell: (line: string) => void,
): Promise<{ rows: TrainingRow[]; about: Record<string, string> }> {
  const opponents = specs.map((spec) => new Opponent(spec));
  const about: Record<string, string> = {};
  const rows: TrainingRow[] = [];
  const rng = Rng.fromSeed(SEED);
  try {
    for (const wanted of cases) {
      tell(nameOf(wanted));
      const taking = opponents.filter(({ spec }) => spec.takes(wanted));
      const ready: { opponent: Opponent; steps: number; rates: number[] }[] = [];
      for (const opponent of taking) {
        const { about: what = '' } = await opponent.ask({ kind: 'prepare', case: wanted });
        about[opponent.spec.name] = what;
        ready.push({ opponent, steps: await warmUp(opponent), rates: [] });
      }
      for (let round = 0; round < rounds; round++) {
        const order = ready.map((side) => ({ side, key: rng.uniform() })).sort((a, b) => a.key - b.key);
        for (const { side } of order) {
          const { seconds = NaN, characters = NaN } = await side.opponent.ask({
            kind: 'steps',
            steps: side.steps,
          });
          side.rates.push(characters / seconds);
        }
      }
      rows.push({
        case: wanted,
        operationsPerCharacter: operationsPerCharacter(wanted),
        sides: Object.fromEntries(ready.map(({ opponent, rates }) => [opponent.spec.name, spreadOf(rates)])),
      });
    }
  } finally {
    for (const opponent of opponents) opponent.close();
  }
  return { rows, about };
}

/** @returns the steps of a turn */
async function warmUp(opponent: Opponent): Promise<number> {
  let [spent, fastest] = [0, Infinity];
  for (let made = 0; made < 2 || spent < WARM_UP; made++) {
    const { seconds = NaN } = await opponent.ask({ kind: 'steps', steps: 1 });
    spent += seconds;
    fastest = Math.min(fastest, seconds);
  }
  return Math.max(opponent.spec.leastSteps, Math.ceil(TURN / fastest));
}

/** 10⁹ operations a second of a large product on one thread, by who computed it. */
export async function measurePeaks(
  specs: readonly SideSpec[],
): Promise<{ peaks: Record<string, number>; blas: Blas | null }> {
  const peaks: Record<string, number> = {};
  let found: Blas | null = null;
  for (const spec of specs) {
    const opponent = new Opponent(spec);
    const { peak = 0, blas = null } = await opponent.ask({ kind: 'peak' });
    if (peak > 0) peaks[spec.name] = peak;
    found ??= blas;
    opponent.close();
  }
  return { peaks, blas: found };
}
