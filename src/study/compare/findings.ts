/**
 * What the figures of a comparison say: each finding computed from them, none where they are missing; `words.compare` makes
 * sentences of them.
 */
import type { Comparison } from './comparison.js';
import { contenderOf } from './contenders.js';
import { standingsOf, type Reach, type Standing } from './standing.js';
import type { Spread } from '../../base/figures.js';
import { hasDrop, tailShape } from '../../probe/curve.js';
import { compareFinding as finding, type CompareFinding, type LagPlace } from '../../words/compare.js';
import { tellsReach, VERDICTS } from '../inspect/memory.js';

/** Bits per character within which two contenders count as level where one seed tells nothing of chance. */
export const LEVEL_BITS = 0.02;

type Scored = Standing & { readonly bitsPerChar: Spread };
const isScored = <S extends Standing>(standing: S): standing is S & Scored => standing.bitsPerChar !== null;

const isNet = ({ name }: Standing): boolean => contenderOf(name).kind !== 'ngram';

/** No further apart than both scatter from seed to seed, or where that is not known than `LEVEL_BITS`. */
export function areLevel(a: Spread, b: Spread): boolean {
  const scatter = a.deviation === null || b.deviation === null ? LEVEL_BITS : a.deviation + b.deviation;
  return Math.abs(a.mean - b.mean) <= scatter;
}

export function findingsOf(comparison: Comparison): CompareFinding[] {
  const standings = standingsOf(comparison);
  return [
    best(standings, comparison),
    floor(standings),
    lost(standings, comparison),
    reach(standings),
    twoParts(standings),
    crossing(standings, comparison),
    reachAndScore(standings),
    baseline(standings),
    repair(standings),
    ...unequal(standings, comparison),
    records(standings, comparison),
    ...diverged(standings),
  ].flatMap((finding) => finding ?? []);
}

const byScore = (standings: readonly Standing[]): Scored[] =>
  standings.filter(isScored).sort((a, b) => a.bitsPerChar.mean - b.bitsPerChar.mean);

/** Sure of what is wrong: even guessing predicts better. */
const isLost = ({ bitsPerChar }: Scored, { symbols }: Comparison): boolean =>
  bitsPerChar.mean > Math.log2(symbols) + LEVEL_BITS;

function best(standings: readonly Standing[], comparison: Comparison): CompareFinding | null {
  const { options } = comparison;
  const [first, ...others] = byScore(standings.filter(isNet));
  if ((first as Scored | undefined) === undefined || others.length === 0) return null;
  return finding('best', {
    ...{ first: first.name, bits: first.bitsPerChar.mean },
    // What has gone astray from some seeds scatters so widely that it would be level with anything.
    level: others
      .filter((one) => areLevel(first.bitsPerChar, one.bitsPerChar))
      .filter((one) => isLost(first, comparison) || !isLost(one, comparison))
      .map(({ name }) => name),
    within: options.seeds > 1 ? null : LEVEL_BITS,
    second: { name: others[0].name, ahead: others[0].bitsPerChar.mean - first.bitsPerChar.mean },
  });
}

function floor(standings: readonly Standing[]): CompareFinding | null {
  const ngram = standings.filter(isScored).find((one) => !isNet(one));
  const nets = byScore(standings.filter(isNet));
  if (!ngram || nets.length === 0) return null;
  const { mean } = ngram.bitsPerChar;
  const [order = null] = ngram.results.flatMap((result) => result.order ?? []);
  const better = nets.filter((net) => net.bitsPerChar.mean < mean).map(({ name }) => name);
  const worse = nets.filter((net) => net.bitsPerChar.mean >= mean).map(({ name }) => name);
  return finding('floor', { order, bits: mean, better, worse });
}

function lost(standings: readonly Standing[], comparison: Comparison): CompareFinding | null {
  const { symbols } = comparison;
  const names = byScore(standings.filter(isNet))
    .filter((net) => isLost(net, comparison))
    .map(({ name }) => name);
  return names.length === 0 ? null : finding('lost', { names, symbols, bits: Math.log2(symbols) });
}

/** The lag at which 1% is left; beyond the window: Infinity. */
const lagOf = ({ end }: Pick<Standing, 'end'>): number => (end === null ? NaN : (end.lag1pct ?? Infinity));

/** Those of whom lags tell how far back the gradient reaches. */
const reachingOf = (standings: readonly Standing[]): Reaching[] =>
  standings.filter((one): one is Reaching => one.end !== null && tellsReach(one.end));
type Reaching = Standing & { readonly end: Reach };

function reach(standings: readonly Standing[]): CompareFinding | null {
  const trained = standings.filter(({ end }) => end !== null);
  const measured = reachingOf(standings).sort((a, b) => lagOf(b) - lagOf(a));
  if (measured.length < 2) return null;
  const placeOf = (standing: Reaching): LagPlace => ({ lag: lagOf(standing), window: lagsIn(standing) });
  const furthest = measured.filter((one) => lagOf(one) === lagOf(measured[0]));
  const nearest = measured[measured.length - 1];
  return finding('reach', {
    furthest: furthest.map(({ name }) => name),
    place: placeOf(furthest[0]),
    nearest: furthest.length === measured.length ? null : { name: nearest.name, place: placeOf(nearest) },
    fates: VERDICTS.flatMap((verdict) => {
      const names = trained.filter(({ end }) => end?.verdict === verdict).map(({ name }) => name);
      return names.length === 0 ? [] : [{ verdict, names }];
    }),
  });
}

/** Why one can be at 1% sooner than another and yet keep more in the end: its curve has two parts. */
function twoParts(standings: readonly Standing[]): CompareFinding | null {
  const told = reachingOf(standings)
    .filter(({ end }) => hasDrop(end))
    .map((one) => ({
      ...{ name: one.name, decades: one.end.drop?.decades ?? 0, steps: one.end.drop?.lag ?? 0 },
      thenLevel: tailShape({ memory: one.end }, lagsIn(one)) === 'level',
    }));
  return told.length === 0 ? null : finding('twoParts', told);
}

/** A tenth less at the far end is a difference. */
const KEEPS_MORE = 1;

/** The pair in which who is at 1% sooner keeps most more in the end. */
function crossing(standings: readonly Standing[], { options }: Comparison): CompareFinding | null {
  const endOf = ({ end }: Reaching): number => end.left ?? -Infinity;
  // At the far end of curves that end elsewhere nothing is compared.
  const lags = Math.max(
    0,
    ...reachingOf(standings)
      .filter((one) => !options.records || !isBaseline(one))
      .map(lagsIn),
  );
  const measured = reachingOf(standings).filter((one) => one.end.lag1pct !== null && lagsIn(one) === lags);
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
  return finding('crossing', {
    ...{ sooner: a.name, soonerLag: a.end.lag1pct ?? 0, soonerLeft: a.end.left },
    ...{ later: b.name, laterLag: b.end.lag1pct ?? 0, laterLeft: b.end.left },
    lag: lags - 1,
  });
}

/** Over all pairs that differ in both: does who reaches further also predict better? */
function reachAndScore(standings: readonly Standing[]): CompareFinding | null {
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
  const goes = share >= OFTEN ? 'with-better' : share <= 1 - OFTEN ? 'with-worse' : 'neither';
  return finding('reachAndScore', { pairs: pairs.length, agreeing, goes });
}
/** In so many of the pairs, or more, it is so. */
const OFTEN = 0.75;

const named = (standings: readonly Standing[], name: Standing['name']): Standing | undefined =>
  standings.find((one) => one.name === name);

/** Bits by which `a` predicts better; null where they are level, undefined where one has no score. */
function aheadOf(a: Standing, b: Standing): number | null | undefined {
  if (!isScored(a) || !isScored(b)) return undefined;
  return areLevel(a.bitsPerChar, b.bitsPerChar) ? null : b.bitsPerChar.mean - a.bitsPerChar.mean;
}

function baseline(standings: readonly Standing[]): CompareFinding | null {
  const [lstm, brain] = [named(standings, 'lstm'), named(standings, 'brainjs')];
  if (!lstm || !brain) return null;
  const speed = lstm.charactersPerSecond.mean / brain.charactersPerSecond.mean;
  if (!Number.isFinite(speed) || speed === 0) return null;
  return finding('baseline', { speed, ahead: aheadOf(lstm, brain) });
}

function repair(standings: readonly Standing[]): CompareFinding | null {
  const [shipped, repaired] = [named(standings, 'brainjs'), named(standings, 'brainjs-repaired')];
  const better = shipped && repaired && aheadOf(repaired, shipped);
  return better === undefined ? null : finding('repair', better);
}

/** Who was trained on other characters than the budget has, and why. */
function unequal(standings: readonly Standing[], { options, characters }: Comparison): CompareFinding[] {
  const capped = standings.filter(({ results }) => results.some(({ ended }) => ended === 'cap'));
  const told: CompareFinding[] = [];
  if (capped.length > 0 && options.characters !== undefined)
    told.push(
      finding('capped', {
        seen: capped.map(({ name, charactersSeen }) => [name, charactersSeen.mean]),
        ...{ budget: options.characters, minutes: options.baselineMinutes },
      }),
    );
  if (options.minutes !== undefined && standings.filter(isNet).length > 1)
    told.push(finding('byMinutes', { minutes: options.minutes }));
  if (standings.some((one) => !isNet(one)))
    told.push(finding('counted', { characters: characters.training }));
  return told;
}

const isBaseline = ({ name }: Standing): boolean => contenderOf(name).kind === 'brainjs';

function records(standings: readonly Standing[], { options }: Comparison): CompareFinding | null {
  if (options.records === undefined) return null;
  return finding('records', { inOne: standings.filter(isBaseline).map(({ name }) => name) });
}

/** Lags that a curve has: as many as the window, or where records begin in it fewer. */
const lagsIn = ({ results }: Standing): number =>
  Math.max(0, ...results.map(({ end }) => end?.at(-1)?.lagLog10?.h.length ?? 0));

const diverged = (standings: readonly Standing[]): CompareFinding[] =>
  standings.flatMap(({ name, results }) => {
    const lost = results.filter(({ ended }) => ended === 'diverged');
    if (lost.length === 0) return [];
    const characters = Math.min(...lost.map(({ charactersSeen }) => charactersSeen));
    return [finding('diverged', { name, lost: lost.length, of: results.length, characters })];
  });

/** What brain.js's net is, and whether its gradients are right. */
export function aboutBaseline(comparison: Comparison): CompareFinding[] {
  const standings = standingsOf(comparison).filter(({ name }) => contenderOf(name).kind === 'brainjs');
  if (standings.length === 0) return [];
  const checks = standings.flatMap(({ name, results }) => {
    const check = results[0].gradientCheck ?? [];
    const right = check.filter((one) => one.right).length;
    return check.length === 0 ? [] : [finding('gradientCheck', { name, right, of: check.length })];
  });
  const { window, batch } = comparison.options;
  return [
    finding('aboutLstm', null),
    finding('aboutLstmBeside', null),
    finding('aboutRepair', null),
    ...checks,
    finding('aboutUpdates', { window, characters: batch * window }),
  ];
}
