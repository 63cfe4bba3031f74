/** De um modelo a importar, e do seu alfabeto. */
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';
import { defectWords, valueOf } from './entries.js';

const { count, counted } = numbers;

const SIGN = 'no lugar de um sinal como <pad>, ponha um caractere que nenhum texto tem, como "\\ue000"';
const WHAT = {
  layers: 'camadas',
  hidden: 'unidades numa camada',
  product: 'números na camada 1 com o embedding',
};

export const importing = errorWords({
  'import.pickle': () => ({
    found: 'é um arquivo de torch.save()',
    expected: 'esperado: safetensors; um pickle pode conter um programa e não é aberto',
    advice: 'grave o state_dict como safetensors, com as linhas que o README traz para isso',
  }),
  'import.extension': ({ out }) => ({
    where: '--out',
    found: `é ${out}`,
    expected: 'esperado: um nome que termine em .safetensors',
  }),
  'import.exists': ({ out }) => ({
    where: out,
    found: 'já existe',
    advice: 'use outro --out, ou mova o arquivo',
  }),
  'import.no-alphabet': () => ({
    where: '--alphabet',
    found: 'está faltando',
    expected: 'esperado: um arquivo com os símbolos que os números (ids) representam',
    advice: 'grave-os como lista JSON na ordem dos ids, como faz json.dump(lista_de_simbolos, arquivo)',
  }),
  'import.no-alphabet-entry': () => ({
    found: 'os metadados não têm a entrada "alphabet"',
    expected: 'esperado: uma lista JSON de símbolos, ou um checkpoint do dissipa',
  }),
  'import.no-layers': ({ names }) => ({
    found: `não tem camada recorrente (${names})`,
    expected:
      'esperado: tensores como rnn.weight_ih_l0 e rnn.weight_hh_l0, com os nomes de nn.RNN, nn.LSTM e nn.GRU',
  }),
  'import.backward': ({ name }) => ({
    found: `${name} lê o texto de trás para a frente`,
    expected: 'esperado: um modelo que só lê para a frente, como exige prever o próximo caractere',
    advice: 'treine com bidirectional=False',
  }),
  'import.projection': ({ name }) => ({
    found: `${name} projeta o estado`,
    expected: 'esperado: uma LSTM com proj_size=0',
  }),
  'import.two-modules': ({ modules }) => ({
    found: `tem vários módulos recorrentes, ${modules}`,
    expected: 'esperado: um só, ou módulos que apenas um número distingue',
    advice: 'grave os tensores de um só',
  }),
  'import.missing': ({ name }) => ({
    found: `falta ${name}`,
    expected: 'esperado: os dois pesos de cada camada',
  }),
  'import.one-bias': ({ name, other }) => ({
    found: `falta ${name}, mas há ${other}`,
    expected: 'esperado: dois vieses em cada camada, ou nenhum em todas',
    advice: 'se não deve haver nenhum, grave zeros com esse nome',
  }),
  'import.too-many': ({ what, found, most }) => ({
    found: `tem ${count(found)} ${WHAT[what]}`,
    expected: `esperado: no máximo ${count(most)}`,
  }),
  'import.no-matrix': ({ name, sizes }) => ({
    found: `${name} é ${sizes}`,
    expected: 'esperado: uma matriz',
  }),
  'import.own-cell': ({ cell }) => ({
    found: `é da célula ${cell}, para a qual o PyTorch não tem módulo`,
    expected: 'esperado: camadas de nn.RNN, nn.LSTM ou nn.GRU',
    advice: 'sample, evaluate e inspect aceitam este arquivo como está',
  }),
  'import.no-cell': ({ name, sizes }) => ({
    found: `${name} é ${sizes}`,
    expected: 'esperado: H×H de uma RNN, 3·H×H de uma GRU ou 4·H×H de uma LSTM',
  }),
  'import.other-cell': ({ name, sizes, blocks, cell, wants, fitting }) => ({
    found: `${name} é ${sizes}, ${counted(blocks, 'bloco', 'blocos')} de portas`,
    expected: `--cell ${cell} tem ${wants}`,
    advice: `use --cell ${fitting.join(' ou ')}`,
  }),
  'import.which-cell': ({ cells }) => ({
    found: 'os pesos não dizem qual é a função das unidades',
    expected: `esperado: --cell ${cells.join(' ou ')}`,
    advice: 'nn.RNN usa tanh se não recebeu outro nonlinearity',
  }),
  'import.layer-sizes': ({ name, found, expected, layer }) => ({
    found: `${name} é ${found}`,
    expected: `esperado: ${expected} na camada ${layer + 1}`,
  }),
  'import.two-embeddings': ({ one, other }) => ({
    found: `tanto ${one} como ${other} podem ser o embedding`,
    advice: 'chame-o embedding.weight, e o outro readout.weight',
  }),
  'import.no-readout': ({ names, symbols, hidden }) => ({
    found: `não tem camada de saída (além das camadas: ${names})`,
    expected: `esperado: uma matriz de ${symbols}×${hidden}, como a de nn.Linear(${hidden}, ${symbols})`,
  }),
  'import.turned-readout': ({ name, found, expected }) => ({
    found: `${name} é ${found}`,
    expected: `esperado: uma camada de saída de ${expected}, como a de nn.Linear`,
    advice: 'grave a transposta, com .T.contiguous()',
  }),
  'import.symbols': ({ name, sizes, rows, symbols }) => ({
    found: `${name} é de ${counted(rows, 'símbolo', 'símbolos')} (${sizes})`,
    expected: `o alfabeto tem ${symbols}`,
    advice: 'dê o alfabeto com que o modelo foi treinado, um símbolo para cada linha',
  }),
  'import.inputs': ({ names, inputs, symbols }) => ({
    found: `a camada 1 recebe ${counted(inputs, 'número', 'números')} por símbolo`,
    expected: `esperado: ${symbols}, one-hot, como o alfabeto, ou um embedding de ${symbols}×${inputs} (além das camadas: ${names})`,
  }),
  'import.left-over': ({ names, count: left }) => ({
    found: `${names} não ${left > 1 ? 'têm' : 'tem'} lugar num modelo de camadas recorrentes e uma saída`,
    advice:
      'antes de gravar, deixe de fora aquilo por onde o texto não passa; um modelo com outras camadas não pode ser importado',
  }),
  'import.not-finite': ({ name, value, at }) => ({
    found: `${name} contém ${value} em float32 (número ${at})`,
    expected: 'esperado: pesos finitos',
    advice: 'o treino havia divergido: use pesos de antes disso',
  }),
  'alphabet.too-long': ({ bytes, most }) => ({
    found: `tem ${count(bytes)} bytes`,
    expected: `esperado: um alfabeto de no máximo ${count(most)}`,
  }),
  'alphabet.no-list': ({ defect }) => ({
    found:
      defect === null
        ? 'não é uma lista JSON'
        : defect.is === 'no-utf-8'
          ? 'não é UTF-8'
          : defectWords(defect),
    expected: 'esperado: uma lista JSON de símbolos na ordem dos ids, como ["\\n"," ","a"]',
  }),
  'alphabet.size': ({ symbols, most }) => ({
    found: `tem ${counted(symbols, 'símbolo', 'símbolos')}`,
    expected: `esperado: de 2 a ${count(most)}, na ordem dos ids`,
  }),
  'alphabet.symbol': ({ id, symbol, isControl }) => ({
    found: `o símbolo ${id} ${valueOf(symbol)}`,
    expected: isControl
      ? 'esperado: nenhum caractere de controle além de tabulação e fim de linha'
      : 'esperado: um caractere',
    advice: SIGN,
  }),
  'alphabet.twice': ({ symbol, first, second }) => ({
    found: `${symbol} é o símbolo ${first} e também o ${second}`,
    expected: 'esperado: uma só vez',
  }),
  'alphabet.id': ({ symbol, id, last }) => ({
    found: `o id de ${symbol} ${valueOf(id)}`,
    expected: `esperado: cada um de 0 a ${last}, uma vez`,
  }),
});
