/** O que dizem os números de uma inspeção, em frases: títulos de gráficos, inícios de seções. */
import type { Left } from '../../probe/curve.js';
import type { TheoryFinding } from '../../probe/theory.js';
import { capital, layerNumber, type Source } from '../inspect.js';
import type { findings as english } from '../en/findings.js';
import { grown, layer, powers } from './memory.js';
import { numbers } from './numbers.js';

const { between, count, counted, percent, precise, share, short, signed } = numbers;
const timesteps = (many: number): string => counted(many, 'passo de tempo', 'passos de tempo');
const Layer = (index: number): string => `Camada ${count(layerNumber(index))}`;
const cut = (many: number): string => counted(many, 'iteração', 'iterações');

const from = (source: Source): string =>
  source === null ? 'medido nesta janela' : `registrado na iteração ${count(source)}`;

const farEnd = (left: Left): string => {
  const gradient = 'gradiente da última perda';
  return left.hasGrown && left.log10 !== null
    ? `na outra ponta o ${gradient} ${grown(left.log10)}`
    : `na outra ponta sobra ${share(left.log10)} do ${gradient}`;
};

function bound(says: TheoryFinding['says']): string {
  switch (says.is) {
    case 'none':
      return 'a célula não tem W_hh, então nenhum limite segue dela';
    case 'gated':
      return `o maior valor singular da W_hh de uma porta é ${short(says.sigma1)}; em células com portas nenhum limite decorre dele`;
    case 'free':
      return `σ₁γ (maior valor singular de W_hh vezes a maior derivada) = ${short(says.value)} ≥ 1: pela teoria, o gradiente pode se dissipar ou não`;
    case 'bounded': {
      const { value, isTheorem, steps, left, mustVanish } = says;
      const what = isTheorem
        ? 'o gradiente tem de se dissipar'
        : 'o que vem pela própria recorrência tem de se dissipar';
      const window =
        steps < 2
          ? ''
          : `, e ${counted(steps, 'passo')} no máximo ${share(left)}${mustVanish ? `: nesta janela ${what}` : ''}`;
      return `σ₁γ (maior valor singular de W_hh vezes a maior derivada) = ${precise(value)} < 1: um passo${isTheorem ? '' : ' da própria recorrência'} conserva no máximo ${percent(value)}${window}`;
    }
  }
}

export const findings: typeof english = {
  from,
  source: (source) => `${capital(from(source))}.`,

  total({ layer: l, how, hides, left }) {
    const which = l === null ? '' : ` da ${layer(l)}`;
    if (how.is === 'level')
      return `O gradiente total${which} varia no máximo por um fator de ${short(10 ** how.decades)} ao longo da janela${hides ? ', enquanto' : ';'} ${farEnd(left)}.`;
    const way =
      how.is === 'varies'
        ? `varia ${powers(how.decades)} ao longo da janela`
        : `${how.is === 'grows' ? 'cresce' : 'cai'} ${powers(how.decades)} do último passo de tempo de volta ao primeiro`;
    return `O gradiente total${which} ${way}; ${farEnd(left)}.`;
  },

  course({ layer: l, from: first, to: last, timesteps: window }) {
    const reach = (lag: number | null): string =>
      lag === null
        ? window === null
          ? 'além da janela'
          : `além da defasagem ${count(window - 1)}`
        : `na defasagem ${count(lag)}`;
    if (first.lag === last.lag)
      return `${Layer(l)}: sobra no máximo 1% ${reach(first.lag)}, na iteração ${count(first.step)} e ainda na ${count(last.step)}.`;
    return `${Layer(l)}: sobrava no máximo 1% ${reach(first.lag)} na iteração ${count(first.step)}; na iteração ${count(last.step)}, ${reach(last.lag)}.`;
  },

  clipping({ mode, limit, steps, clipped, medianScale, smallestScale }) {
    if (mode === 'none')
      return `Nada foi recortado em ${cut(steps)}: o recorte do gradiente estava desligado.`;
    if (mode === 'value')
      return `Cada valor do gradiente foi mantido entre ±${limit ?? '?'} em ${cut(steps)}; o registro não diz quantos passavam disso.`;
    const at = limit === null ? '' : ` na norma ${limit}`;
    if (medianScale === null || smallestScale === null)
      return steps === 1
        ? `A única iteração não teve recorte${at}.`
        : `Nenhuma das ${count(steps)} iterações teve recorte${at}.`;
    if (clipped === 1)
      return `${steps === 1 ? 'A única iteração' : `1 de ${count(steps)} iterações (${percent(1 / steps)})`} teve recorte${at}, por um fator de ${short(smallestScale)}.`;
    return `${count(clipped)} de ${count(steps)} iterações (${percent(clipped / steps)}) tiveram recorte${at}; metade delas por um fator de ${short(medianScale)} ou menos, a mais forte por ${short(smallestScale)}.`;
  },

  updates({ least, most }) {
    if (short(least[1]) === short(most[1]))
      return `Uma iteração muda cada tensor em ${short(least[1])} de sua norma.`;
    return `Uma iteração muda os pesos de ${short(least[1])} (${least[0]}) a ${short(most[1])} (${most[0]}) de sua norma.`;
  },

  matrix({ layer: l, lag, least, most }) {
    const left = between(share(least), share(most));
    const where =
      left === share(least)
        ? 'em qualquer ponto da janela'
        : 'conforme o ponto da janela em que está a perda';
    return `${Layer(l)}: voltando ${timesteps(lag)}, sobra ${left} do gradiente de uma perda, ${where}.`;
  },

  listen: ({ mean, most }) =>
    `Em média, a influência sobre uma previsão cai a ${percent(0.01)} da mais forte ${counted(Number(mean.toPrecision(3)), 'caractere')} atrás; no máximo, ${count(most)} atrás.`,

  theory({ layer: l, says, lyapunov, kept }) {
    const unsettled =
      lyapunov === null || lyapunov.unsettled === null
        ? ''
        : ` (não estabilizou em ${timesteps(lyapunov.timesteps)}: as metades da janela diferem em ${short(lyapunov.unsettled)} nats)`;
    const exponent =
      lyapunov === null
        ? ''
        : `; ao longo do texto, o maior expoente de Lyapunov da recorrência é ${signed(lyapunov.nats)} nats, um fator de ${short(Math.exp(lyapunov.nats))} por passo${unsettled}`;
    const measured =
      kept === null
        ? ''
        : `; medido: da defasagem ${count(kept.fromLag)} em diante, um passo conserva ${percent(kept.share)}`;
    return `${Layer(l)}: ${bound(says)}${exponent}${measured}.`;
  },

  listening({ symbol, name, before, probability, strong, level }) {
    const seen: Readonly<Record<string, string>> = {
      ' ': 'O espaço',
      '\n': 'O fim de linha',
      '\t': 'A tabulação',
    };
    const who = seen[symbol] ?? (name.startsWith("'") ? `“${symbol}”` : name);
    if (before === 0) return `${who}: nada vem antes`;
    const expected = probability === null ? '' : `, esperado com probabilidade ${percent(probability)},`;
    if (strong === null) return `${who}${expected} não depende de nada que foi medido`;
    if (before === 1) return `${who}${expected} depende do único caractere anterior`;
    return `${who}${expected} depende de ${count(strong.many)} dos ${count(before)} caracteres anteriores com ${percent(level)} ou mais da influência mais forte; o mais distante está ${counted(strong.furthest, 'caractere', 'caracteres')} atrás`;
  },
};
