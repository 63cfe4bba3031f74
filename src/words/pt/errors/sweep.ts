/** Das varreduras (sweep). */
import type { Problems } from '../../../base/errors.js';
import { errorWords } from '../../error-words.js';
import { infoWords, issueWords } from './entries.js';
import { numbers } from '../numbers.js';

const { count, counted } = numbers;

const FAULTS: Readonly<Record<Problems['queue.job']['fault'], string>> = {
  'no-text': 'o texto dela não está mais lá',
  'other-text': 'o texto dela não é o que foi enviado',
  'broken-text': 'o texto dela está danificado',
  large: 'é grande demais',
  data: 'não tem a forma esperada',
  version: 'é de outra versão',
  model: 'o modelo dela é grande demais',
  window: 'a janela dela é grande demais',
  gone: 'não está mais na fila',
  failed: 'falhou',
  result: 'o resultado dela não tem a forma esperada',
};

const RANGES: Readonly<Record<NonNullable<Problems['grid.range']['why']>, string>> = {
  down: 'a faixa está em ordem decrescente',
  same: 'as duas pontas são iguais',
  single: 'isso é um valor só',
  many: 'são valores demais',
  log: 'uma escala logarítmica precisa de pontas acima de 0',
};

const DIFFERS = {
  settings: 'as configurações',
  texts: 'os textos',
  readings: 'as leituras do texto',
  parts: 'as partes',
};

const EXAMPLE = '--grid "cell=lstm,gru hidden=64,128 lr=0.001:0.01:log4 seed=1..5"';
const FORMS = 'a,b,c ou 1..5 ou 64:256:4 ou 0.001:0.01:log4';

export const sweep = errorWords({
  'grid.empty': ({ where }) => ({
    where,
    found: 'nenhum eixo foi dado',
    expected: 'esperado: opções e os valores que elas tomam',
    advice: `como em ${EXAMPLE}`,
  }),
  'grid.form': ({ text }) => ({
    where: '--grid',
    found: `${text} não é um eixo`,
    expected: 'esperado: nome=valores, sem espaços',
    advice: `como em ${EXAMPLE}`,
  }),
  'grid.unknown': ({ name, names, guess }) => ({
    where: '--grid',
    found: `o eixo ${name} não existe`,
    expected: `esperado: alguns destes: ${names.join(', ')}`,
    ...(guess !== null && { advice: `você quis dizer ${guess}?` }),
  }),
  'grid.common': ({ name, flag }) => ({
    where: '--grid',
    found: `${name} tem de ser igual em todos os treinos`,
    expected: 'esperado: opções do modelo, do treino ou do otimizador',
    advice: `dê uma vez para todos: ${flag}`,
  }),
  'grid.twice': ({ name, value }) => ({
    where: '--grid',
    found: value === null ? `${name} aparece duas vezes` : `${name} tem o valor ${value} duas vezes`,
    expected: 'esperado: cada um uma vez',
  }),
  'grid.comma': ({ name, text, point }) => ({
    where: '--grid',
    found: `${name}=${text} tem uma vírgula, que separa valores`,
    expected: 'esperado: valores como 0.001,0.01',
    advice: `escreva ${name}=${point} se for uma fração`,
  }),
  'grid.range': ({ name, text, why }) => ({
    where: '--grid',
    found: `não foi possível ler ${name}=${text}${why === null ? '' : `: ${RANGES[why]}`}`,
    expected: `esperado: ${FORMS}`,
  }),
  'grid.continuous': ({ name, text }) => ({
    where: '--grid',
    found: `${name}=${text} não diz quantos valores`,
    expected: `esperado: como em ${text.replace(/:log$/, '')}:${text.endsWith(':log') ? 'log4' : '4'}`,
    advice: 'ou use --samples, que sorteia valores dentro do intervalo',
  }),
  'grid.value': ({ where, axis, found, expected, advice }) => ({
    where: where ?? '--grid',
    // `hidden is -1`, but `cell: 'foo' is not a cell`
    found: axis === null ? found : `${axis}${found.startsWith('é ') ? '' : ':'} ${found}`,
    ...(expected !== null && { expected }),
    ...(advice !== null && { advice }),
  }),
  'grid.both': ({ name, flag }) => ({
    where: flag,
    found: `${name} também é um eixo de --grid`,
    expected: 'esperado: só um dos dois',
  }),
  'grid.many': ({ jobs, most, limit }) => ({
    where: '--grid',
    found: counted(jobs, 'treino'),
    expected: `esperado: no máximo ${count(most)}`,
    advice:
      jobs > limit
        ? 'sorteie alguns com --samples'
        : `sorteie alguns com --samples, ou confirme que são mesmo tantos: --most ${jobs}`,
  }),
  'grid.few': ({ jobs, samples }) => ({
    where: '--samples',
    found: `é ${samples}`,
    expected: `e há apenas ${counted(jobs, 'ponto diferente', 'pontos diferentes')}`,
  }),
  'sweep.fixed': ({ flag, dir }) => ({
    where: flag,
    found: 'foi dado com --resume',
    expected: `a varredura em ${dir} já tem o seu`,
    advice: 'retire essa opção, ou comece uma nova varredura',
  }),
  'sweep.taken': ({ where, by }) => ({
    where,
    found: { file: 'é um arquivo', sweep: 'já contém uma varredura', others: 'não está vazia' }[by],
    expected: 'esperado: uma pasta vazia ou nova',
    advice:
      by === 'sweep'
        ? 'continue com --resume, ou escolha outra pasta com --out'
        : 'escolha outra pasta com --out',
  }),
  'sweep.part': ({ text }) => ({
    where: '--part',
    found: `é ${text}`,
    expected: 'esperado: i/n com i de 1 a n, como em 3/8',
  }),
  'sweep.halving-part': () => ({
    where: '--halving',
    found: 'não combina com --part',
    expected: 'é entre todos os treinos que se decide quais continuam',
    advice: 'deixe só um dos dois',
  }),
  'sweep.bad-info': ({ where, fault }) => ({
    where,
    advice: 'comece uma nova varredura',
    ...infoWords(fault, 'sweep'),
  }),
  'sweep.not-one': ({ where, fault }) => ({
    where,
    found: fault.is === 'missing' ? `não há ${fault.file}` : issueWords(fault.issue).found,
    expected: 'esperado: a pasta de uma varredura',
    advice: 'confira o caminho, ou comece uma nova varredura',
  }),
  'sweep.other-sweep': ({ where, first, differs }) => ({
    where,
    found: `não é parte da varredura em ${first}: diferem ${DIFFERS[differs]}`,
    expected: 'esperado: partes de uma mesma varredura',
  }),
  'sweep.merge-missing': ({ parts }) => ({
    where: '--merge',
    found: `${parts.length === 1 ? 'falta uma parte, ou ela não está pronta' : 'faltam partes, ou elas não estão prontas'}: ${parts.join(', ')}`,
    expected: 'esperado: todas as partes da varredura',
  }),
  'sweep.nothing-held-out': () => ({
    where: '--validation',
    found: 'é 0',
    expected: 'esperado: reservar uma parte do texto, pois é por ela que as configurações são comparadas',
  }),
  'queue.none': () => ({
    where: 'worker',
    found: 'falta --queue redis://SERVIDOR',
    expected: 'esperado: o endereço do Redis ou Valkey que também se dá às varreduras e comparações',
  }),
  'queue.no-library': () => ({
    where: '--queue',
    found: 'o pacote bullmq não está instalado',
    expected: 'ele só é necessário para filas',
    advice: 'npm install bullmq ioredis',
  }),
  'queue.address': ({ address }) => ({
    where: '--queue',
    found: `é ${address}`,
    expected: 'esperado: redis://[usuário:senha@]servidor[:porta][/número], ou rediss:// para TLS',
  }),
  'queue.unreachable': ({ address, why, reason }) => ({
    where: address,
    ...{
      password: {
        found: `a fila não aceita essa senha: ${reason}`,
        expected: 'esperado: usuário e senha no endereço, como em redis://usuário:senha@servidor',
        advice: 'numa senha, escreva @ / : como %40 %2F %3A',
      },
      certificate: {
        found: `o certificado da fila não é confiável: ${reason}`,
        expected: 'esperado: o de uma autoridade que o Node conhece',
        advice: 'indique a sua com NODE_EXTRA_CA_CERTS=ca.pem',
      },
      silence: {
        found: `a fila não responde: ${reason}`,
        expected: 'esperado: um Redis ou Valkey nesse endereço',
        advice: 'confira o endereço, se ele está rodando e se rediss:// está só onde há TLS',
      },
    }[why],
  }),
  'queue.refused': ({ address, reason }) => ({
    where: address,
    found: `a fila recusa: ${reason}`,
    expected: 'esperado: um Redis ou Valkey com espaço livre, no qual se possa gravar',
    advice: 'quando for assim, continue com --resume',
  }),
  'queue.old': ({ address, version }) => ({
    where: address,
    found: `é o Redis ${version}`,
    expected: 'esperado: 6.2 ou mais novo, ou Valkey',
  }),
  'queue.job': ({ job, fault, detail }) => ({
    where: `tarefa ${job}`,
    found: detail === null ? FAULTS[fault] : `${FAULTS[fault]}: ${detail}`,
    expected: 'esperado: uma tarefa de varredura ou comparação desta versão',
  }),
  'queue.large': ({ what, bytes, most }) => ({
    where: '--queue',
    found: `${{ text: 'o texto', checkpoint: 'um checkpoint' }[what]} tem ${counted(bytes, 'byte')}`,
    expected: `uma fila aceita no máximo ${count(most)}`,
    advice: 'rode sem fila, ou em partes: --part i/n',
  }),
});
