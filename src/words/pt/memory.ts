/** Até onde volta o gradiente: uma linha, um aviso, uma frase, uma manchete. */
import type { Flag } from '../../probe/flags.js';
import type { Verdict } from '../../probe/memory.js';
import type { Left } from '../../probe/curve.js';
import {
  capital,
  lagsInWords,
  layerNumber,
  type FlagFinding,
  type Growth,
  type Headline,
  type Level,
  type MemoryFinding,
  type MemoryLine,
  type MemoryWarning,
  type TailBrief,
  type TailPart,
  type TailsOverWindows,
  type Then,
} from '../inspect.js';
import type { memory as english } from '../en/memory.js';
import { numbers } from './numbers.js';

const { between, count, counted, factor, fixed, listed, pace, percent, share } = numbers;

/** O que faz tal gradiente; como se diz dele numa tabela. */
const FATES: Readonly<Record<Verdict, { readonly does: string; readonly is: string }>> = {
  vanishing: { does: 'se dissipa', is: 'dissipado' },
  exploding: { does: 'explode', is: 'explode' },
  'not-finite': { does: 'não é finito', is: 'não finito' },
  dead: { does: 'encontra unidades mortas', is: 'morta' },
  thin: { does: 'fica fraco, mas dura', is: 'fraco' },
  preserved: { does: 'se conserva', is: 'conservado' },
};
/** `2 de 3 explodem` */
const SEVERAL: Readonly<Partial<Record<Verdict, string>>> = {
  exploding: 'explodem',
  'not-finite': 'não finitos',
  dead: 'mortas',
};

export const layer = (index: number): string => `camada ${count(layerNumber(index))}`;
export const layers = (indices: readonly number[]): string =>
  indices.length === 1 ? layer(indices[0]) : `camadas ${listed(indices.map((l) => count(layerNumber(l))))}`;
const within = (index: number | null): string => (index === null ? '' : ` na ${layer(index)}`);
const steps = (many: number): string => counted(many, 'passo');
const timesteps = (many: number): string => counted(many, 'passo de tempo', 'passos de tempo');
export const powers = (decades: number): string =>
  `${fixed(decades, 1)} ${Math.abs(decades) < 2 ? 'potência de dez' : 'potências de dez'}`;
const rate = (decadesPerStep: number): string => pace(Math.abs(decadesPerStep)).replace('+', '');

export function growth(found: Growth): string {
  switch (found.by) {
    case 'rise':
      return `cresce ${powers(found.decades)} em ${timesteps(found.timesteps)}`;
    case 'hundredfold':
      return `cresce cem vezes em ${timesteps(found.timesteps)}`;
    case 'tail':
      return `da defasagem ${count(found.fromLag)} em diante cresce ${rate(found.decadesPerStep)} potência de dez por passo`;
  }
}

export const grown = (log10: number): string => `chegou a ${factor(log10)} vezes o seu tamanho`;
const leftOf = (gradient: string, left: Left | null): string =>
  left?.hasGrown === true && left.log10 !== null
    ? `o ${gradient} ${grown(left.log10)}`
    : `sobra ${left === null ? 'mais de 1%' : share(left.log10)} do ${gradient}`;

function then(found: Then): string {
  switch (found.is) {
    case 'level':
      return 'se mantém';
    case 'uncertain':
      return 'não mostra queda nem subida clara';
    case 'uneven-fall':
      return 'continua a cair, de modo irregular';
    case 'uneven-rise':
      return 'sobe, de modo irregular';
    case 'rising':
      return `cresce ${rate(found.decadesPerStep)} potência de dez por passo`;
    case 'keeps':
      return `conserva ${percent(found.share)} a cada passo`;
    case 'halves':
      return `cai à metade a cada ${steps(found.steps)}`;
  }
}

function tailPart({ drop, then: next, fromLag }: TailPart): string {
  if (drop) return `ele cai ${powers(drop.decades)} em ${steps(drop.lag)} e depois ${then(next)}`;
  if (next.is === 'keeps') return `cada passo conserva ${percent(next.share)} do que havia no anterior`;
  return `da defasagem ${count(fromLag)} em diante ele ${then(next)}`;
}

const LEVELS: Readonly<Record<Level['share'], string>> = {
  half: 'sobra no máximo metade',
  percent: 'sobra no máximo 1%',
  millionth: 'sobra no máximo um milionésimo',
  nothing: 'não sobra nada',
};

const ENDS = {
  vanishes: 'ele se dissipa',
  thin: 'o que sobra é pouco, mas dura',
  preserved: 'ele se conserva nesta janela',
  'would-vanish': 'ele se conserva nesta janela e, nesse ritmo, se dissiparia numa mais longa',
  'would-explode': 'ele se conserva nesta janela e, nesse ritmo, explodiria numa mais longa',
} as const;

function reach(found: MemoryFinding & { readonly is: 'reach' }, gradient: string): string {
  const { how, tail, end } = found;
  let told: string;
  if ('steps' in how) told = `voltando ${steps(how.steps)}, ${leftOf(gradient, how.left)}`;
  else if (how.levels.length === 0) told = `o ${gradient} é 0 desde o início`;
  else
    told = how.levels
      .map(({ share, lag }, i) =>
        i === 0
          ? `voltando ${steps(lag)}, ${LEVELS[share]} do ${gradient}`
          : `voltando ${count(lag)}, ${LEVELS[share].replace(/^sobra /, '')}`,
      )
      .join('; ');
  return capital(`${told}${tail ? `; ${tailPart(tail)}` : ''}: ${ENDS[end]}.`);
}

const atZero = ({ share, orMore }: { readonly share: number; readonly orMore: boolean }): string =>
  `${percent(share)}${orMore ? ' ou mais' : ''}`;

const tailBrief = (tail: TailBrief | null): string[] =>
  tail === null
    ? []
    : [
        tail === 'level'
          ? 'cauda constante'
          : `cauda ${between(pace(tail.steepest), pace(tail.flattest))} pot. de 10/passo`,
      ];

const grows = (nats: number): string =>
  `um erro de arredondamento cresce mais que e^${nats} ao longo da janela (rede caótica)`;
const FLAGS: Readonly<Record<Flag, (finding: FlagFinding) => string>> = {
  'float32-digits': ({ fromLag }) =>
    `float32, a precisão do treino, perdeu dígitos ${fromLag === null ? 'da curva por defasagem' : `da defasagem ${count(fromLag)} em diante`}; \`inspect\` mede em float64`,
  'chaotic-float32': ({ nats }) =>
    `${grows(nats)}, e por isso float32 segue outra trajetória; \`inspect\` mede em float64`,
  chaotic: ({ nats }) =>
    `${grows(nats)}, e por isso nem float64 resolve o gradiente; nenhum número dele é mostrado`,
};

export const memory: typeof english = {
  layer,
  layers,
  /** At the beginning of a sentence, and as a title. */
  Layer: (index: number): string => capital(layer(index)),
  verdicts: Object.fromEntries(Object.entries(FATES).map(([key, { is }]) => [key, is])) as Readonly<
    Record<Verdict, string>
  >,
  unresolved: 'não resolvido',
  fateIn: (verdict, names) => `${FATES[verdict].does} em ${listed(names)}`,
  fatesAre: (fates) => `O gradiente ${listed(fates)}.`,

  line({ lags, timesteps: window, tail, troubles }: MemoryLine) {
    const told = troubles.map(({ verdict, many, of }) => {
      if (of === 1) return FATES[verdict].is;
      const do_ = many === 1 ? FATES[verdict].is : (SEVERAL[verdict] ?? FATES[verdict].is);
      return many === of ? `em todas: ${FATES[verdict].is}` : `${count(many)} de ${count(of)} ${do_}`;
    });
    const reached = lags.length === 0 ? null : `abaixo de 1% além de ${lagsInWords(lags, window, numbers)}`;
    const parts = [
      ...(reached === null ? [] : [`${reached} de ${steps(window)}`]),
      ...tailBrief(tail),
      ...told,
    ];
    return { text: `gradiente ${parts.join(', ')}`, short: reached ?? told.join(', ') };
  },

  warning(found: MemoryWarning) {
    const who = layer(found.layer);
    switch (found.is) {
      case 'vanishing':
        return [
          `${who}: o gradiente se dissipa, menos de 1% além de ${count(found.lag)} de ${steps(found.timesteps)}`,
          ...tailBrief(found.tail),
        ].join(', ');
      case 'exploding':
        return `${who}: o gradiente explode, ${growth(found.growth)}`;
      case 'dead':
        return `${who} morta: ${atZero(found)} de suas unidades estão em 0`;
      case 'not-finite':
        return `${who}: o gradiente não é finito`;
    }
  },

  sentence(found: MemoryFinding) {
    const who = within(found.layer);
    const gradient = `gradiente da última perda${who}`;
    switch (found.is) {
      case 'no-way-back':
        return `Numa janela de um só passo de tempo não há caminho de volta${who}: use um --window maior.`;
      case 'not-finite':
        return `No caminho de volta, o ${gradient} deixa de ser um número finito: não se pode dizer até onde chega.`;
      case 'exploding':
        return `No caminho de volta, o ${gradient} explode: ${growth(found.growth)}.`;
      case 'dead':
        return `Em média ${atZero(found)} das unidades${who} estão em 0, onde a ReLU não deixa passar gradiente: a camada está morta, seja qual for sua curva por defasagem.`;
      case 'reach':
        return reach(found, gradient);
    }
  },

  headline({ fates, all, reach: found }: Headline) {
    const told = fates.map(({ verdict, layers: those }) => {
      const { does } = FATES[verdict];
      if (all === 1) return does;
      if (those.length < all) return `${does} ${those.length === 1 ? 'na' : 'nas'} ${layers(those)}`;
      return `${does} ${all === 2 ? 'nas duas' : `em todas as ${count(all)}`} camadas`;
    });
    const reached = (): string | null => {
      if (found === null) return null;
      if (found.is === 'growth') return growth(found.growth);
      if (found.is === 'more') return `depois de ${timesteps(found.timesteps)} ainda sobra mais de 1%`;
      const { least, most, left } = found;
      const of = timesteps(found.timesteps);
      if (most !== least)
        return most === Infinity
          ? `sobra no máximo 1% a partir de ${count(least)} dos ${of}, ou só além da janela, conforme a camada`
          : `sobra no máximo 1% depois de ${count(least)} a ${count(most)} dos ${of}, conforme a camada`;
      return `sobra no máximo 1% depois de ${count(least)} ${found.timesteps === 1 ? 'de' : 'dos'} ${of}${left === undefined ? '' : `, e ${share(left)} na outra ponta da janela`}`;
    };
    const end = reached();
    return `O gradiente ${listed(told)}${end === null ? '' : `: ${end}`}.`;
  },

  windows({ windows, sources, tails }: TailsOverWindows) {
    const told = tails.map(
      ({ layer: l, decadesPerStep, standardError }) =>
        `${pace(decadesPerStep, standardError)} potência de dez por passo${within(l)}`,
    );
    return `A cauda em ${counted(windows, 'janela')} do texto, a partir de ${timesteps(sources)} em cada uma: ${listed(told)}.`;
  },

  within: ({ rows, left, lag }) =>
    `Há registros, ou o próprio texto, que começam dentro da janela: um passo para trás só conta nas sequências que o dão dentro do que leem, ${count(rows)} na defasagem 0 e ${count(left)} na defasagem ${count(lag)}, onde a curva termina.`,

  flag: (finding) => `${capital(layers(finding.layers))}: ${FLAGS[finding.flag](finding)}.`,

  nothing: 'Nenhum gradiente foi registrado nem medido ainda.',

  head: ['50% na def.', '1% na', '10⁻⁶ na', 'queda', 'até def.', 'cauda/passo'],
  headLayer: 'camada',
  headVerdict: 'veredito',
  headConstant: 'constante de tempo',
  /** A time constant. */
  constant: (x: number): string => counted(Number(x.toPrecision(3)), 'passo'),
};
