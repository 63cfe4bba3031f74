/** Do que pode haver de errado com as opções e o estado de um treino. */
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';
import { issueWords } from './entries.js';

const { count } = numbers;

const WHY = {
  model: 'os pesos são os de um modelo assim',
  beginning: 'os pesos começaram com ela',
  window: 'o estado levado adiante e o lugar no texto são para janelas desse tamanho',
  'held-out': 'o que já foi treinado ficaria reservado, ou o contrário',
  text: 'o texto seria outro',
  optimiser: 'os números do otimizador foram feitos com ela',
  seed: 'os números aleatórios foram tirados dela',
  average: 'a média foi feita com ela',
  best: 'o melhor até aqui foi achado com tantos',
  trained: 'o que foi treinado até aqui foi treinado com ela',
} as const;

export const training = errorWords({
  'train.two-ends': () => ({
    where: '--epochs',
    found: '--steps também foi dada',
    expected: 'esperado: uma das duas',
  }),
  'train.nothing-left': ({ test, validation }) => ({
    where: '--test',
    found: `${test} e --validation ${validation} são o texto todo`,
    expected: 'esperado: que sobre texto para treinar',
  }),
  'train.fixed': ({ had, why }) => ({
    found: `o treino tem ${had ?? 'nenhum'}`,
    expected: `e isso não pode mudar num treino: ${WHY[why]}`,
    advice: 'retire-a, ou comece um treino novo (--from o começa com os pesos deste)',
  }),
  'state.numbers': ({ name, found, needed }) => ({
    found: `${name} ${found === null ? 'está faltando' : `tem ${count(found)} números`}`,
    expected: `este treino precisa de ${count(needed)}`,
    advice: 'continue a partir de outro checkpoint do treino',
  }),
  'state.random': () => ({
    found: 'o estado dos números aleatórios não é válido',
    expected: 'esperado: quatro inteiros de 32 bits, não todos 0',
    advice: 'continue a partir de outro checkpoint do treino',
  }),
  'state.wrong': ({ entry, issue }) => ({
    ...issueWords({ ...issue, name: issue.name === null ? entry : `${entry}.${issue.name}` }),
    advice: 'continue a partir de outro checkpoint do treino',
  }),
});
