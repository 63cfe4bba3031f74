/** What the figures of a comparison say, in sentences: each computed from them, none where they are missing. */
import { counted } from '../../base/words.js';
import { ABOUT_LSTM, ABOUT_REPAIR } from '../brainjs/about.js';
import type { Comparison } from './comparison.js';
import { CONTENDERS } from './contenders.js';
import { standingsOf, type Reach, type Spread, type Standing } from './standing.js';
import { hasDrop, tailShape } from '../../ui/curve.js';
import { tellsReach, VERDICTS, verdictInWords } from '../inspect/memory.js';
import { count, listed, percent, shareOf, short } from '../../words/numbers.js';

/** Bits per character within which two contenders count as level where one seed tells nothing of chance. */
export const LEVEL_BITS = 0.02;

type Scored = Standing & { readonly bitsPerChar: Spread };
const isScored = <S extends Standing>(standing: S): standing is S & Scored => standing.bitsPerChar !== null;

const isNet = ({ name }: Standing): boolean => CONTENDERS[name].kind !== 'ngram';
const bits = (x: number): string => `${x.toFixed(3)} bits`;

/** No further apart than both scatter from seed to seed, or where that is not known than `LEVEL_BITS`. */
export function areLevel(a: Spread, b: Spread): boolean {
  const scatter = a.deviation === null || b.deviation === null ? LEVEL_BITS : a.deviation + b.deviation;
  return Math.abs(a.mean - b.mean) <= scatter;
}

export function findingsOf(comparison: Comparison): string[] {
  const standings = standingsOf(comparison);
  return [
    best(standings, comparison),
    floor(standings),
    reach(standings, comparison),
    twoParts(standings, comparison),
    crossing(standings, comparison),
    reachAndScore(standings),
    baseline(standings),
    repair(standings),
    ...unequal(standings, comparison),
    ...diverged(standings),
  ].flatMap((finding) => finding ?? []);
}

const byScore = (standings: readonly Standing[]): Scored[] =>
  standings.filter(isScored).sort((a, b) => a.bitsPerChar.mean - b.bitsPerChar.mean);

function best(standings: readonly Standing[], { options }: Comparison): string | null {
  const [first, ...others] = byScore(standings.filter(isNet));
  if ((first as Scored | undefined) === undefined || others.length === 0) return null;
  const score = `${bits(first.bitsPerChar.mean)} per character`;
  const level = others.filter((one) => areLevel(first.bitsPerChar, one.bitsPerChar));
  const by =
    options.seeds > 1
      ? 'no further apart than their seeds are'
      : `within ${LEVEL_BITS} bits, which one seed cannot tell apart`;
  if (level.length > 0)
    return `${first.name} and ${listed(level.map(({ name }) => name))} predict best and end level: ${score} for ${first.name}, the others ${by}.`;
  const ahead = others[0].bitsPerChar.mean - first.bitsPerChar.mean;
  return `${first.name} predicts best: ${score}, ${bits(ahead)} ahead of ${others[0].name}.`;
}

function floor(standings: readonly Standing[]): string | null {
  const ngram = standings.filter(isScored).find((one) => !isNet(one));
  const nets = byScore(standings.filter(isNet));
  if (!ngram || nets.length === 0) return null;
  const { mean } = ngram.bitsPerChar;
  const [order] = ngram.results.flatMap((result) => result.order ?? []);
  const model = `the n-gram model (order ${order}, ${bits(mean)})`;
  const below = nets.filter((net) => net.bitsPerChar.mean < mean).map(({ name }) => name);
  if (below.length === 0) return `No network predicts better than ${model}, which only counts.`;
  const above = nets.filter((net) => net.bitsPerChar.mean >= mean).map(({ name }) => name);
  const rest = above.length === 0 ? '' : `; ${listed(above)} ${above.length === 1 ? 'does' : 'do'} not`;
  const who = above.length === 0 ? (nets.length === 1 ? below[0] : 'Every network') : listed(below);
  const verb = below.length === 1 || above.length === 0 ? 'predicts' : 'predict';
  return `${who} ${verb} better than ${model}, which only counts${rest}.`;
}

/** The lag at which 1% is left; beyond the window: Infinity. */
const lagOf = ({ end }: Pick<Standing, 'end'>): number => (end === null ? NaN : (end.lag1pct ?? Infinity));

/** Those of whom lags tell how far back the gradient reaches. */
const reachingOf = (standings: readonly Standing[]): Reaching[] =>
  standings.filter((one): one is Reaching => one.end !== null && tellsReach(one.end));
type Reaching = Standing & { readonly end: Reach };

function reach(standings: readonly Standing[], { options }: Comparison): string | null {
  const trained = standings.filter(({ end }) => end !== null);
  const measured = reachingOf(standings).sort((a, b) => lagOf(b) - lagOf(a));
  if (measured.length < 2) return null;
  const furthest = measured.filter((one) => lagOf(one) === lagOf(measured[0]));
  const place = (lag: number): string =>
    lag === Infinity ? `beyond the window of ${options.window}` : `at lag ${lag}`;
  const verdicts = VERDICTS.flatMap((verdict) => {
    const those = trained.filter(({ end }) => end?.verdict === verdict).map(({ name }) => name);
    return those.length === 0 ? [] : [`${verdictInWords(verdict)} in ${listed(those)}`];
  });
  const nearest = measured[measured.length - 1];
  const all = furthest.length === measured.length;
  const who = all
    ? `all reach equally far, at most 1% of the gradient is left ${place(lagOf(furthest[0]))}`
    : `${listed(furthest.map(({ name }) => name))} ${furthest.length === 1 ? 'reaches' : 'reach'} furthest back, at most 1% of the gradient is left ${place(lagOf(furthest[0]))}; in ${nearest.name} ${place(lagOf(nearest))}`;
  return `After training ${who}. It is ${listed(verdicts)}.`;
}

/** Why one can be at 1% sooner than another and yet keep more in the end: its curve has two parts. */
function twoParts(standings: readonly Standing[], { options }: Comparison): string | null {
  const { window } = options;
  const told = reachingOf(standings)
    .filter(({ end }) => hasDrop(end))
    .map(({ name, end }) => {
      const tail = tailShape({ memory: end }, window);
      const then = tail === 'level' ? ' and then stays level' : '';
      return `${end.drop?.decades.toFixed(1)} decades within ${counted(end.drop?.lag ?? 0, 'step')} in ${name}${then}`;
    });
  if (told.length === 0) return null;
  return `Before its tail the gradient falls ${listed(told)}.`;
}

/** A tenth less at the far end is a difference. */
const KEEPS_MORE = 1;

/** The pair in which who is at 1% sooner keeps most more in the end. */
function crossing(standings: readonly Standing[], { options }: Comparison): string | null {
  const endOf = ({ end }: Reaching): number => end.left ?? -Infinity;
  const measured = reachingOf(standings).filter(({ end }) => end.lag1pct !== null);
  const pairs = measured.flatMap((a) =>
    measured
      .filter((b) => lagOf(a) < lagOf(b) && endOf(a) >= endOf(b) + KEEPS_MORE && endOf(a) > -Infinity)
      .map((b) => ({ a, b, more: endOf(a) - endOf(b) })),
  );
  const most = pairs.reduce<(typeof pairs)[number] | null>(
    (best, one) => (best && best.more >= one.more ? best : one),
    null,
  );
  if (most === null) return null;
  const { a, b } = most;
  return `${a.name} is at 1% sooner than ${b.name} (lag ${a.end.lag1pct} against ${b.end.lag1pct}) and yet keeps more: ${shareOf(a.end.left)} is left at lag ${options.window - 1}, against ${shareOf(b.end.left)}.`;
}

/** Over all pairs that differ in both: does who reaches further also predict better? */
function reachAndScore(standings: readonly Standing[]): string | null {
  const both = reachingOf(standings).filter(isScored);
  const pairs = both.flatMap((a, i) =>
    both
      .slice(i + 1)
      .filter((b) => lagOf(a) !== lagOf(b) && !areLevel(a.bitsPerChar, b.bitsPerChar))
      .map((b) => lagOf(a) > lagOf(b) === a.bitsPerChar.mean < b.bitsPerChar.mean),
  );
  if (pairs.length === 0) return null;
  const agreeing = pairs.filter(Boolean).length;
  const share = agreeing / pairs.length;
  const so =
    share >= 0.75
      ? 'here the longer reach goes with the better prediction'
      : share <= 0.25
        ? 'here the longer reach goes with the worse prediction'
        : 'the score alone does not show how far the gradient reaches';
  if (pairs.length === 1)
    return `In the one pair that differs in both, the one that reaches further predicts ${agreeing === 1 ? 'better' : 'worse'}: ${so}.`;
  return `Of ${pairs.length} pairs that differ in both, the one that reaches further predicts better in ${agreeing}: ${so}.`;
}

const named = (standings: readonly Standing[], name: Standing['name']): Standing | undefined =>
  standings.find((one) => one.name === name);

function baseline(standings: readonly Standing[]): string | null {
  const [lstm, brain] = [named(standings, 'lstm'), named(standings, 'brainjs')];
  if (!lstm || !brain) return null;
  const speed = lstm.charactersPerSecond.mean / brain.charactersPerSecond.mean;
  if (!Number.isFinite(speed) || speed === 0) return null;
  const told = [
    speed >= 1
      ? `trains on ${short(speed)} times as many characters a second`
      : `trains on ${percent(speed)} of the characters a second`,
  ];
  if (isScored(lstm) && isScored(brain)) {
    const ahead = brain.bitsPerChar.mean - lstm.bitsPerChar.mean;
    told.push(
      areLevel(lstm.bitsPerChar, brain.bitsPerChar)
        ? 'ends level with it'
        : `ends ${bits(Math.abs(ahead))} per character ${ahead > 0 ? 'better' : 'worse'}`,
    );
  }
  return `Beside brain.js's "LSTM" as shipped, ours ${listed(told)}.`;
}

function repair(standings: readonly Standing[]): string | null {
  const [shipped, repaired] = [named(standings, 'brainjs'), named(standings, 'brainjs-repaired')];
  if (!shipped || !repaired || !isScored(shipped) || !isScored(repaired)) return null;
  const better = shipped.bitsPerChar.mean - repaired.bitsPerChar.mean;
  const change = areLevel(shipped.bitsPerChar, repaired.bitsPerChar)
    ? 'changes nothing that can be told'
    : `makes it ${bits(Math.abs(better))} per character ${better > 0 ? 'better' : 'worse'}`;
  return `Repairing brain.js's gradients ${change}.`;
}

/** Who was trained on other characters than the budget has, and why. */
function unequal(standings: readonly Standing[], { options, characters }: Comparison): string[] {
  const capped = standings.filter(({ results }) => results.some(({ ended }) => ended === 'cap'));
  const told: string[] = [];
  if (capped.length > 0 && options.characters !== undefined) {
    const seen = capped.map(
      ({ name, charactersSeen }) => `${name} has seen ${count(Math.round(charactersSeen.mean))}`,
    );
    told.push(
      `${listed(seen)} of the ${counted(count(options.characters), 'character')}: too slow for more, it was stopped after ${counted(short(options.baselineMinutes), 'minute')} (--baseline-minutes).`,
    );
  }
  if (options.minutes !== undefined && standings.filter(isNet).length > 1)
    told.push(
      `Each network was trained for ${counted(short(options.minutes), 'minute')}, on as many characters as it came through: see "seen".`,
    );
  if (standings.some((one) => !isNet(one)))
    told.push(
      `The n-gram model has counted the ${counted(count(characters.training), 'character')} of the training text once, whatever the budget.`,
    );
  return told;
}

const diverged = (standings: readonly Standing[]): string[] =>
  standings.flatMap(({ name, results }) => {
    const lost = results.filter(({ ended }) => ended === 'diverged');
    if (lost.length === 0) return [];
    const seeds = results.length === 1 ? '' : ` from ${lost.length} of ${results.length} seeds`;
    const seen = count(Math.min(...lost.map(({ charactersSeen }) => charactersSeen)));
    return [
      `${name} diverged${seeds}: after ${counted(seen, 'character')} its numbers were no longer finite; a smaller --lr or --clip may hold it.`,
    ];
  });

/** What brain.js's net is, and whether its gradients are right. */
export function aboutBaseline(comparison: Comparison): string[] {
  const standings = standingsOf(comparison).filter(({ name }) => CONTENDERS[name].kind === 'brainjs');
  if (standings.length === 0) return [];
  const checks = standings.flatMap(({ name, results }) => {
    const check = results[0].gradientCheck ?? [];
    const right = check.filter((one) => one.right).length;
    return check.length === 0
      ? []
      : [`${name}: the gradients of ${right} of ${counted(check.length, 'tensor')} are those of its loss.`];
  });
  const { window, batch } = comparison.options;
  const updates = `It knows no batch: it updates its weights after every ${counted(window, 'character')}, the networks here after ${count(batch * window)}.`;
  return [...ABOUT_LSTM, ABOUT_REPAIR, ...checks, updates];
}
