/** O que pode haver de errado com o conteúdo de um arquivo: registros, run.json, checkpoints. */
import type { Complaint, Problems } from '../../../base/errors.js';
import type { AlphabetFault, DamageFault, EntryFault } from '../../../store/problems.js';
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';
import { defectWords, infoWords, issueWords, valueOf } from './entries.js';

const { count, counted, plural } = numbers;

type Said = Omit<Complaint, 'where'>;

const UPDATE = 'é preciso um dissipa mais novo: atualize-o';
const GO_BACK = 'volte a um checkpoint anterior';
const COPY_AGAIN = `copie-o de novo da origem, ou ${GO_BACK}`;
const OURS = 'indique um arquivo gravado por `dissipa train`';
const MEND = 'corrija ou apague essa linha';

const logOf = (header: string): string => `esperado: um registro (log) que comece por ${header}`;
const line = (where: string, at: number): string => `${where}, linha ${at}`;

function badLine({ is, value }: Problems['log.bad-line']): Said {
  const torn = { expected: 'só a última linha de um registro pode estar cortada', advice: MEND };
  switch (is) {
    case 'no-utf-8':
      return { found: 'não é UTF-8', ...torn };
    case 'no-json':
      return { found: `${value ?? ''} não é JSON`, ...torn };
    case 'no-object':
      return { found: valueOf(value), expected: 'esperado: um objeto', advice: MEND };
    case 'step':
      return {
        found: `step ${valueOf(value)}`,
        expected: 'esperado: um número inteiro a partir de 0',
        advice: MEND,
      };
  }
}

function alphabet(fault: AlphabetFault): Required<Pick<Said, 'found' | 'expected'>> {
  switch (fault.is) {
    case 'no-list':
      return { found: valueOf(fault.value), expected: 'esperado: uma lista com pelo menos um símbolo' };
    case 'size':
      return {
        found: `tem ${counted(fault.symbols, 'símbolo')}`,
        expected: `esperado: no máximo ${count(fault.most)}`,
      };
    case 'symbol':
      return {
        found: `o símbolo ${fault.id} ${valueOf(fault.symbol)}`,
        expected: 'esperado: uma string de um caractere',
      };
    case 'no-byte':
      return {
        found: `o símbolo ${fault.id} é ${fault.code}`,
        expected: 'esperado: bytes, de U+0000 a U+00FF',
      };
    case 'control':
      return {
        found: `o símbolo ${fault.id} é o caractere de controle ${fault.code}`,
        expected: 'esperado: nenhum além de tabulação e quebra de linha',
      };
    case 'twice':
      return {
        found: `${fault.symbol} é o símbolo ${fault.first} e também o ${fault.second}`,
        expected: 'esperado: uma só vez',
      };
  }
}

function entryWords(entry: string, fault: EntryFault): Said {
  switch (fault.is) {
    case 'none':
      return { found: `os metadados não têm a entrada "${entry}"` };
    case 'defect':
      return { found: `a entrada "${entry}" ${defectWords(fault.defect)}` };
    case 'no-json':
      return { found: `a entrada "${entry}" não é JSON: ${fault.text}` };
    case 'issue': {
      const { found, expected } = issueWords(fault.issue);
      return { found: `na entrada "${entry}": ${found}`, expected };
    }
  }
}

function damage(fault: DamageFault): Said {
  switch (fault.is) {
    case 'empty':
      return { found: 'está vazio', expected: 'esperado: um arquivo safetensors' };
    case 'header-utf-8':
      return { found: 'o cabeçalho não é UTF-8' };
    case 'header-json':
      return { found: 'o cabeçalho não é um objeto JSON' };
    case 'header-defect':
      return { found: `o cabeçalho ${defectWords(fault.defect)}` };
    case 'cut-header':
      return {
        found: `termina no meio do cabeçalho (${fault.has} de ${fault.needed} bytes): foi cortado`,
      };
    case 'metadata':
      return fault.key === null
        ? { found: `${fault.entry} ${valueOf(fault.value)}`, expected: 'esperado: um objeto de strings' }
        : {
            found: `em ${fault.entry}, ${fault.key} ${valueOf(fault.value)}`,
            expected: 'esperado: uma string',
          };
    case 'tensor':
      return {
        found: `${fault.tensor} ${valueOf(fault.value)}`,
        expected: 'esperado: a descrição de um tensor',
      };
    case 'dtype':
      return {
        found: `o dtype de ${fault.tensor} ${valueOf(fault.value)}`,
        expected: 'esperado: uma string',
      };
    case 'shape':
      return {
        found: `o shape de ${fault.tensor} ${valueOf(fault.value)}`,
        expected: 'esperado: uma lista de números inteiros a partir de 0',
      };
    case 'offsets':
      return {
        found: `data_offsets de ${fault.tensor} ${valueOf(fault.value)}`,
        expected: 'esperado: dois números inteiros a partir de 0',
      };
    case 'endless':
      return { found: `o shape de ${fault.tensor} ${valueOf(fault.value)}, que não cabe em nenhum arquivo` };
    case 'backwards':
      return {
        found: `os dados de ${fault.tensor} terminam (${fault.end}) antes de começar (${fault.begin})`,
      };
    case 'bytes':
      return {
        found: `os dados de ${fault.tensor} têm ${fault.bytes} ${plural(fault.bytes, 'byte')}`,
        expected: `esperado: ${fault.needed} para ${fault.dtype} ${fault.shape ?? ''}`,
      };
    case 'overlap':
      return { found: `os dados de ${fault.tensor} se sobrepõem aos de outro tensor` };
    case 'before':
      return { found: strayBytes(fault.bytes, `antes dos dados de ${fault.tensor}`) };
    case 'after':
      return { found: strayBytes(fault.bytes, 'depois do último tensor') };
    case 'cut-tensor':
      return {
        found: `termina no meio de ${fault.tensor} (${fault.has} de ${fault.needed} bytes): foi cortado`,
      };
  }
}

const strayBytes = (bytes: number, place: string): string =>
  `${bytes} ${plural(bytes, 'byte')} ${place} não ${plural(bytes, 'pertence', 'pertencem')} a nenhum tensor`;

/** `65×512`; um número só não tem dimensões. */
const sizes = (shape: readonly number[]): string => (shape.length === 0 ? 'um número só' : shape.join('×'));

const modelOf = ({ layers, cell }: { readonly layers: number; readonly cell: string }): string =>
  `${counted(layers, 'camada')} ${cell}`;

const HEADER_COUNTS = { bytes: 'bytes', keys: 'chaves', values: 'valores' } as const;

export const store = errorWords({
  'log.no-header': ({ header }) => ({
    found: 'a primeira linha não diz que registro é este',
    expected: logOf(header),
  }),
  'log.other-format': ({ header, format }) => ({
    found: `é um registro ${format}`,
    expected: logOf(header),
  }),
  'log.version': ({ header, version, isNewer }) => ({
    found: `a versão do formato ${valueOf(version)}`,
    expected: logOf(header),
    ...(isNewer && { advice: UPDATE }),
  }),
  'log.bad-line': (values) => ({ where: line(values.where, values.line), ...badLine(values) }),
  'log.bad-entry': ({ where, line: at, issue }) => ({
    where: line(where, at),
    ...issueWords(issue),
    advice: MEND,
  }),
  'run.bad-info': ({ fault }) => ({ ...infoWords(fault, 'train') }),
  'comparison.bad-info': ({ fault }) => ({
    advice: 'comece uma nova comparação',
    ...infoWords(fault, 'compare'),
  }),
  'checkpoint.diverged': ({ value }) => ({
    found: `contém ${value}: o treino divergiu e este modelo não foi salvo`,
    advice: 'recomece de um checkpoint anterior com --lr menor, ou com --clip',
  }),
  'checkpoint.alphabet': ({ where, fault }) => {
    const { found, expected } = alphabet(fault);
    return where === null
      ? { where: 'alfabeto', found, expected }
      : { where, found: `na entrada "alphabet": ${found}`, expected };
  },
  'checkpoint.other-format': ({ format, expected }) => ({
    found: 'este é um arquivo safetensors, mas não um checkpoint do dissipa',
    expected: `esperado: o formato "${expected}" nos metadados${format === null ? '' : `, e não ${format}`}`,
    advice: OURS,
  }),
  'checkpoint.version': ({ version, reads, isNewer }) => ({
    found: `a versão do formato ${valueOf(version)}`,
    expected: `este dissipa lê a versão "${reads}"`,
    advice: isNewer ? UPDATE : OURS,
  }),
  'checkpoint.entry': ({ entry, fault }) => ({ ...entryWords(entry, fault) }),
  'checkpoint.no-tensor': ({ where, tensor, ...model }) => ({
    where,
    found: `${tensor} está faltando`,
    expected: `este modelo (${modelOf(model)}) tem esse tensor`,
  }),
  'checkpoint.alien-tensor': ({ where, tensor, ...model }) => ({
    where,
    found: `${tensor} não tem lugar neste modelo (${modelOf(model)})`,
  }),
  'checkpoint.shape': ({ tensor, shape, wanted, isOtherText }) => ({
    found: `${tensor} é ${sizes(shape)}`,
    expected: `este modelo espera ${sizes(wanted)}`,
    advice: isOtherText
      ? 'ele foi treinado com outro texto?'
      : 'a entrada "model" dos metadados fala de outro modelo',
  }),
  'checkpoint.not-finite': ({ tensor, value, at, of }) => ({
    found: `${tensor} contém ${value} (número ${at})`,
    expected: of === 'weights' ? 'esperado: pesos finitos, na faixa do float32' : 'esperado: números finitos',
    advice: `o treino tinha divergido, ou o arquivo está danificado; ${GO_BACK}`,
  }),
  'checkpoint.changed': ({ entries, digest }) => ({
    found: `não está como foi gravado: ${entries.join(', ')} e os tensores têm um SHA-256 diferente do que diz a entrada "${digest}"`,
    advice: `${COPY_AGAIN}; quem o mudou de propósito tira "${digest}"`,
  }),
  'safetensors.damaged': ({ fault }) => ({ ...damage(fault), advice: COPY_AGAIN }),
  'safetensors.alien': ({ fault }) => ({
    found:
      fault.is === 'other'
        ? 'não é um arquivo safetensors'
        : fault.is === 'short'
          ? `tem só ${counted(fault.bytes, 'byte')}: não é um arquivo safetensors`
          : `o cabeçalho tem ${fault.has} ${HEADER_COUNTS[fault.is]}, e o máximo é ${fault.most}`,
    advice: 'indique um arquivo .safetensors',
  }),
  'safetensors.dtype': ({ tensor, dtype, known }) => ({
    found: `${tensor} é ${dtype}`,
    expected: `esperado: ${known.join(', ')}`,
    advice: 'converta-o antes de salvar, por exemplo com `.float()` no PyTorch',
  }),
});
