/** O que dizem os números de uma comparação. */
import type { CompareSentences, LagPlace } from '../../compare.js';
import { memory, powers } from '../memory.js';
import { numbers } from '../numbers.js';

const { count, counted, fixed, listed, percent, share, short } = numbers;
const bits = (x: number): string => `${fixed(x, 3)} bits`;
const characters = (many: number): string => counted(many, 'caractere', 'caracteres');
const minutes = (many: number): string => `${short(many)} ${numbers.plural(many, 'minuto')}`;
const place = ({ lag, window }: LagPlace): string =>
  lag === Infinity ? `só além da janela de ${count(window)}` : `na defasagem ${count(lag)}`;

const GOES = {
  'with-better': 'aqui o alcance maior acompanha a previsão melhor',
  'with-worse': 'aqui o alcance maior acompanha a previsão pior',
  neither: 'a perda sozinha não mostra até onde chega o gradiente',
} as const;

export const findings: CompareSentences = {
  best({ first, bits: score, level, within, second }) {
    const told = `${bits(score)} por caractere`;
    if (level.length === 0)
      return `${first} prevê melhor: ${told}, ${bits(second.ahead)} à frente de ${second.name}.`;
    const by =
      within === null
        ? 'não mais distantes que suas sementes entre si'
        : `a menos de ${short(within)} bits, o que uma só semente não distingue`;
    return `${first} e ${listed(level)} preveem melhor e terminam empatadas: ${told} em ${first}, as outras ${by}.`;
  },
  floor({ order, bits: score, better, worse }) {
    const model = `o modelo de n-gramas (${order === null ? '' : `ordem ${count(order)}, `}${bits(score)})`;
    if (better.length === 0) return `Nenhuma rede prevê melhor que ${model}, que só conta.`;
    const rest = worse.length === 0 ? '' : `; ${listed(worse)}, não`;
    const who = worse.length === 0 && better.length > 1 ? 'Todas as redes' : listed(better);
    const verb = better.length === 1 ? 'prevê' : 'preveem';
    return `${who} ${verb} melhor que ${model}, que só conta${rest}.`;
  },
  lost: ({ names, symbols, bits: even }) =>
    `${listed(names)} ${names.length === 1 ? 'se sai' : 'se saem'} pior no texto reservado que o palpite uniforme entre ${count(symbols)} símbolos (${bits(even)}): há certeza do que está errado. Um --lr menor, ou mais iterações, pode ajudar.`,
  reach({ furthest, place: where, nearest, fates }) {
    const who =
      nearest === null
        ? `o gradiente chega igualmente longe em todas: cai a 1% ${place(where)}`
        : `o gradiente chega mais longe em ${listed(furthest)}: cai a 1% ${place(where)}; em ${nearest.name}, ${place(nearest.place)}`;
    const told = fates.map(({ verdict, names }) => memory.fateIn(verdict, names));
    return `Depois do treino, ${who}. ${memory.fatesAre(told)}`;
  },
  twoParts: (all) =>
    `Antes da cauda, o gradiente cai ${listed(
      all.map(
        ({ name, decades, steps, thenLevel }) =>
          `${powers(decades)} em ${counted(steps, 'passo')} em ${name}${thenLevel ? ' (depois se mantém)' : ''}`,
      ),
    )}.`,
  crossing: ({ sooner, soonerLag, soonerLeft, later, laterLag, laterLeft, lag }) =>
    `${sooner} chega a 1% antes de ${later} (defasagem ${count(soonerLag)} contra ${count(laterLag)}) e mesmo assim conserva mais: na defasagem ${count(lag)} sobra ${share(soonerLeft)}, contra ${share(laterLeft)}.`,
  reachAndScore: ({ pairs, agreeing, goes }) =>
    pairs === 1
      ? `No único par de redes que diferem no alcance e na perda, a de maior alcance prevê ${agreeing === 1 ? 'melhor' : 'pior'}: ${GOES[goes]}.`
      : `Dos ${count(pairs)} pares de redes que diferem no alcance e na perda, a de maior alcance prevê melhor em ${count(agreeing)}: ${GOES[goes]}.`,
  baseline({ speed, ahead }) {
    const told = [
      speed >= 1
        ? `treina com ${short(speed)} vezes mais caracteres por segundo`
        : `treina com ${percent(speed)} dos caracteres por segundo`,
    ];
    if (ahead === null) told.push('termina empatada');
    else if (ahead !== undefined)
      told.push(`termina ${bits(Math.abs(ahead))} por caractere ${ahead > 0 ? 'melhor' : 'pior'}`);
    return `Ao lado da "LSTM" do brain.js como distribuída, a nossa ${listed(told)}.`;
  },
  repair: (better) =>
    `Corrigir os gradientes do brain.js ${
      better === null
        ? 'não muda nada que se possa distinguir'
        : `o deixa ${bits(Math.abs(better))} por caractere ${better > 0 ? 'melhor' : 'pior'}`
    }.`,
  capped: ({ seen, budget, minutes: cap }) =>
    `${listed(seen.map(([name, many]) => `${name} viu ${count(Math.round(many))}`))} dos ${characters(budget)}: ${seen.length === 1 ? 'lento demais para mais, foi interrompido' : 'lentos demais para mais, foram interrompidos'} depois de ${minutes(cap)} (--baseline-minutes).`,
  records: ({ inOne }) =>
    `Cada registro é previsto por si só${inOne.length === 0 ? '' : `; ${listed(inOne)} não ${inOne.length === 1 ? 'sabe' : 'sabem'} recomeçar no meio de um texto e ${inOne.length === 1 ? 'lê' : 'leem'} tudo como um só, com um símbolo no fim de cada registro`}. Um passo para trás só conta dentro de um registro, e por isso as curvas não são mais longas que eles.`,
  byMinutes: ({ minutes: each }) =>
    `Cada rede foi treinada por ${minutes(each)}, com tantos caracteres quantos conseguiu: veja a coluna “vistos”.`,
  counted: ({ characters: many }) =>
    `O modelo de n-gramas contou os ${characters(many)} do texto de treino uma vez, seja qual for o limite.`,
  diverged({ name, lost, of, characters: many }) {
    const seeds = of === 1 ? '' : ` com ${count(lost)} de ${count(of)} sementes`;
    return `${name} divergiu${seeds}: depois de ${characters(many)} seus números deixaram de ser finitos; um --lr ou --clip menor talvez a segure.`;
  },
  aboutLstm: () =>
    'A "LSTM" do brain.js não tem estado da célula: h = o∘tanh(f∘h⁻ + i∘g), com as portas sigmoides i, f, o e g = tanh(…) calculadas do símbolo e de h⁻.',
  aboutLstmBeside: () =>
    'Não é a LSTM publicada, que passa o estado da célula c = f∘c⁻ + i∘g de um passo ao seguinte sem que a porta de saída e a tanh o toquem; aqui tudo o que é lembrado passa pelas duas a cada passo de tempo, e o gradiente também.',
  aboutRepair: () =>
    'Como distribuída, os gradientes dos vieses e da imersão (embedding) são sobrescritos onde cada passo de tempo deveria somar o seu; a rede corrigida os soma, e no resto é igual.',
  gradientCheck: ({ name, right, of }) =>
    `${name}: os gradientes de ${count(right)} de ${counted(of, 'tensor', 'tensores')} são os da sua perda.`,
  aboutUpdates: ({ window, characters: many }) =>
    `Ela não usa lotes (batch): muda os pesos a cada ${characters(window)}; as redes daqui, a cada ${count(many)}.`,
};
