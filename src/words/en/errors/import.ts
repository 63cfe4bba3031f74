/** Of a model that is to be imported, and of its alphabet. */
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';
import { defectWords, valueOf } from './entries.js';

const { count, counted } = numbers;

const SIGN = 'in the place of a sign such as <pad> put a character that no text has, such as "\\ue000"';
const WHAT = {
  layers: 'layers',
  hidden: 'units in a layer',
  product: 'numbers in layer 0 with its embedding',
};

export const importing = errorWords({
  'import.pickle': () => ({
    found: 'is a file of torch.save()',
    expected: 'expected safetensors: a pickle may hold a program, and is not opened',
    advice: 'write its state_dict as safetensors, with the lines that README has for it',
  }),
  'import.extension': ({ out }) => ({
    where: '--out',
    found: `is ${out}`,
    expected: 'expected a name that ends in .safetensors',
  }),
  'import.exists': ({ out }) => ({
    where: out,
    found: 'is there already',
    advice: 'take another --out, or move it away',
  }),
  'import.no-alphabet': () => ({
    where: '--alphabet',
    found: 'is missing',
    expected: 'expected a file with the symbols that the ids stand for',
    advice: 'write them as a JSON list in the order of ids, as json.dump(list_of_symbols, file) does',
  }),
  'import.no-alphabet-entry': () => ({
    found: 'its metadata have no "alphabet" entry',
    expected: 'expected a JSON list of symbols, or a checkpoint of dissipa',
  }),
  'import.no-layers': ({ names }) => ({
    found: `it has no recurrent layer (${names})`,
    expected:
      'expected tensors such as rnn.weight_ih_l0 and rnn.weight_hh_l0, as nn.RNN, nn.LSTM and nn.GRU name them',
  }),
  'import.backward': ({ name }) => ({
    found: `${name} reads the text backward`,
    expected: 'expected a model that reads forward alone, as one that predicts the next character must',
    advice: 'train it with bidirectional=False',
  }),
  'import.projection': ({ name }) => ({
    found: `${name} projects the state`,
    expected: 'expected an LSTM with proj_size=0',
  }),
  'import.two-modules': ({ modules }) => ({
    found: `it has several recurrent modules, ${modules}`,
    expected: 'expected one, or such as a number alone tells apart',
    advice: 'save the tensors of one alone',
  }),
  'import.missing': ({ name }) => ({
    found: `${name} is missing`,
    expected: 'expected both weights of each layer',
  }),
  'import.one-bias': ({ name, other }) => ({
    found: `${name} is missing, while ${other} is there`,
    expected: 'expected two biases in each layer, or none in any',
    advice: 'where none is meant, save zeros under its name',
  }),
  'import.too-many': ({ what, found, most }) => ({
    found: `it has ${count(found)} ${WHAT[what]}`,
    expected: `expected ${count(most)} at most`,
  }),
  'import.no-matrix': ({ name, sizes }) => ({
    found: `${name} is ${sizes}`,
    expected: 'expected a matrix',
  }),
  'import.own-cell': ({ cell }) => ({
    found: `is of the cell ${cell}, for which PyTorch has no module`,
    expected: 'expected layers of nn.RNN, nn.LSTM or nn.GRU',
    advice: 'sample, evaluate and inspect take this file as it is',
  }),
  'import.no-cell': ({ name, sizes }) => ({
    found: `${name} is ${sizes}`,
    expected: 'expected H×H of an RNN, 3·H×H of a GRU or 4·H×H of an LSTM',
  }),
  'import.other-cell': ({ name, sizes, blocks, cell, wants, fitting }) => ({
    found: `${name} is ${sizes}, ${counted(blocks, 'block')} of gates`,
    expected: `--cell ${cell} has ${wants}`,
    advice: `give --cell ${fitting.join(' or ')}`,
  }),
  'import.which-cell': ({ cells }) => ({
    found: 'its weights do not tell which function its units have',
    expected: `expected --cell ${cells.join(' or ')}`,
    advice: 'nn.RNN has tanh unless it was given another nonlinearity',
  }),
  'import.layer-sizes': ({ name, found, expected, layer }) => ({
    found: `${name} is ${found}`,
    expected: `expected ${expected} in layer ${layer + 1}`,
  }),
  'import.two-embeddings': ({ one, other }) => ({
    found: `${one} and ${other} might each be the embedding`,
    advice: 'call it embedding.weight, and the other readout.weight',
  }),
  'import.no-readout': ({ names, symbols, hidden }) => ({
    found: `it has no readout (beside the layers: ${names})`,
    expected: `expected a matrix of ${symbols}×${hidden}, as nn.Linear(${hidden}, ${symbols}) has`,
  }),
  'import.turned-readout': ({ name, found, expected }) => ({
    found: `${name} is ${found}`,
    expected: `expected a readout of ${expected}, as nn.Linear has it`,
    advice: 'save it turned round, with .T.contiguous()',
  }),
  'import.symbols': ({ name, sizes, rows, symbols }) => ({
    found: `${name} is of ${counted(rows, 'symbol')} (${sizes})`,
    expected: `the alphabet has ${symbols}`,
    advice: 'give the alphabet that the model was trained with, a symbol for each row',
  }),
  'import.inputs': ({ names, inputs, symbols }) => ({
    found: `layer 1 is given ${counted(inputs, 'number')} for a symbol`,
    expected: `expected ${symbols}, one-hot, as the alphabet has, or an embedding of ${symbols}×${inputs} (beside the layers: ${names})`,
  }),
  'import.left-over': ({ names, count: left }) => ({
    found: `${names} ${left > 1 ? 'have' : 'has'} no place in a model of recurrent layers and one readout`,
    advice:
      'leave out what the text does not go through before saving; a model with further layers cannot be imported',
  }),
  'import.not-finite': ({ name, value, at }) => ({
    found: `${name} holds ${value} in float32 (number ${at})`,
    expected: 'expected finite weights',
    advice: 'the run had diverged: take weights from before that',
  }),
  'alphabet.too-long': ({ bytes, most }) => ({
    found: `has ${count(bytes)} bytes`,
    expected: `expected an alphabet, of ${count(most)} at most`,
  }),
  'alphabet.no-list': ({ defect }) => ({
    found:
      defect === null ? 'is no JSON list' : defect.is === 'no-utf-8' ? 'is not UTF-8' : defectWords(defect),
    expected: 'expected a JSON list of symbols in the order of their ids, such as ["\\n"," ","a"]',
  }),
  'alphabet.size': ({ symbols, most }) => ({
    found: `has ${counted(symbols, 'symbol')}`,
    expected: `expected 2 to ${count(most)}, in the order of their ids`,
  }),
  'alphabet.symbol': ({ id, symbol, isControl }) => ({
    found: `symbol ${id} is ${valueOf(symbol)}`,
    expected: isControl ? 'expected no control character but tab and line feed' : 'expected one character',
    advice: SIGN,
  }),
  'alphabet.twice': ({ symbol, first, second }) => ({
    found: `${symbol} is both symbol ${first} and ${second}`,
    expected: 'expected it once',
  }),
  'alphabet.id': ({ symbol, id, last }) => ({
    found: `the id of ${symbol} is ${valueOf(id)}`,
    expected: `expected each of 0 to ${last} once`,
  }),
});
