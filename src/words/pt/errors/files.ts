/** Do que pode haver de errado com arquivos, travas e pastas de treinos. */
import type { Complaint, Problems } from '../../../base/errors.js';
import type { FileAction, Whereabouts } from '../../../store/file-problems.js';

import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';

const { counted } = numbers;

const CHANGES: ReadonlySet<FileAction> = new Set(['written', 'appended to', 'made', 'removed']);

const DOING: Readonly<Record<FileAction, string>> = {
  read: 'ler',
  written: 'gravar',
  'appended to': 'acrescentar',
  listed: 'listar',
  made: 'criar',
  removed: 'apagar',
  'looked at': 'consultar',
};

type Said = Omit<Complaint, 'where'>;

function missing(action: FileAction): Said {
  if (action === 'written' || action === 'appended to')
    return {
      found: 'a pasta em que ele ficaria não existe',
      advice: 'crie a pasta antes, ou confira o caminho',
    };
  if (action === 'made') return { found: 'o sistema não cria pastas aqui', advice: 'use outro caminho' };
  return {
    found: action === 'listed' ? 'a pasta não existe' : 'o arquivo não existe',
    advice: 'confira o caminho',
  };
}

/** What a system's error code means to a person. */
function explained(code: string, action: FileAction): Said {
  const untouched = CHANGES.has(action) ? ', nada foi alterado' : '';
  switch (code) {
    case 'ENOENT':
      return missing(action);
    case 'EACCES':
    case 'EPERM':
      return {
        found: `sem permissão para ${DOING[action]}${untouched}`,
        advice: 'mude as permissões dele e da pasta, ou use outro caminho',
      };
    case 'EROFS':
      return {
        found: `está num disco só de leitura${untouched}`,
        advice: 'use um caminho em que se possa gravar',
      };
    case 'ENOSPC':
      return { found: `o disco está cheio${untouched}`, advice: 'libere espaço e tente de novo' };
    case 'EDQUOT':
      return {
        found: `a sua cota do disco acabou${untouched}`,
        advice: 'libere espaço e tente de novo',
      };
    case 'EFBIG':
      return {
        found: `o arquivo passaria do tamanho que o sistema permite${untouched}`,
        advice: 'veja `ulimit -f`, ou use outro disco',
      };
    case 'ERR_FS_FILE_TOO_LARGE':
      return { found: 'é grande demais para ser lido de uma vez', expected: 'esperado: menos de 2 GiB' };
    case 'EISDIR':
      return { found: 'é uma pasta', expected: 'esperado: um arquivo', advice: 'confira o caminho' };
    case 'ENOTDIR':
      return action === 'listed'
        ? { found: 'é um arquivo', expected: 'esperado: uma pasta', advice: 'confira o caminho' }
        : {
            found: 'uma parte deste caminho é um arquivo',
            expected: 'esperado: uma pasta',
            advice: 'confira o caminho',
          };
    case 'EEXIST':
      return action === 'made'
        ? { found: 'é um arquivo', expected: 'esperado: uma pasta', advice: 'use outro caminho' }
        : { found: 'já existe', advice: 'use outro caminho' };
    case 'EMFILE':
    case 'ENFILE':
      return {
        found: `não é possível ${DOING[action]}: há arquivos abertos demais`,
        advice: 'feche outros programas, ou aumente o limite com `ulimit -n 4096`',
      };
    case 'ENAMETOOLONG':
      return { found: 'o caminho é longo demais para este sistema', advice: 'use um mais curto' };
    case 'ELOOP':
      return { found: 'é um link que leva de volta a si mesmo', advice: 'confira o caminho' };
    case 'EBUSY':
    case 'ETXTBSY':
      return {
        found: `não é possível ${DOING[action]}${untouched}: outro programa está usando o arquivo`,
        advice: 'feche esse programa',
      };
    case 'ENXIO':
      return {
        found: `não é possível ${DOING[action]}: não há ninguém na outra ponta`,
        advice: 'confira o caminho',
      };
    case 'EIO':
      return { found: `o disco falhou ao ${DOING[action]}`, advice: 'confira o disco e o cabo' };
    default:
      return {
        found: `não é possível ${DOING[action]} (o sistema diz ${code})`,
        advice: 'confira o caminho e o disco',
      };
  }
}

const system = ({ where, code, action }: Problems['file.system']): Complaint => ({
  where: where === '' ? '(caminho vazio)' : where,
  ...explained(code, action),
});

const WHEREABOUTS: Readonly<Record<Whereabouts, (host: string) => string>> = {
  'other-machine': (host) => `em outra máquina (${host})`,
  'other-start': () => 'de outra inicialização desta máquina, ou de uma com o mesmo nome',
  'other-container': () => 'em outro contêiner nesta máquina',
  here: () => 'nesta máquina',
  'this-one': () => 'nesta máquina, que é este mesmo',
};

const inUse = ({ pid, host, whereabouts }: Problems['lock.in-use']): string =>
  `em uso pelo processo ${pid} ${WHEREABOUTS[whereabouts](host)}`;

const goOn = (folder: string): string =>
  `este termina aqui, e nada gravou desde então; continue com --resume ${folder}`;

export const files = errorWords({
  'file.system': system,
  'file.full-in-run': ({ folder, ...values }) => ({
    ...system(values),
    advice: `libere espaço e continue com --resume ${folder}`,
  }),
  'file.changed': () => ({
    found: 'o arquivo mudou enquanto era lido',
    expected: 'esperado: que ficasse como está',
    advice: 'tente de novo quando nada mais gravar nele',
  }),
  'file.ends-early': ({ size, needed }) => ({
    found: `o arquivo só tem ${counted(size, 'byte')}`,
    expected: `esperado: pelo menos ${numbers.count(needed)}`,
    advice: 'ele foi cortado ou substituído; comece o comando de novo',
  }),
  'file.pipe': () => ({
    found: 'é um pipe ou um dispositivo',
    expected: 'esperado: um arquivo',
  }),
  'file.interrupted': ({ path, action }) => ({
    where: 'interrompido',
    found: `${path}: ainda faltava ${DOING[action]}`,
  }),
  'file.bad-id': ({ at, symbol, symbols }) => ({
    found: `o caractere ${at} é o símbolo ${symbol}`,
    expected: `o texto tem ${symbols}`,
    advice: 'o arquivo está danificado: apague-o e retome o treino, que o refaz',
  }),
  'run.no-folder': ({ kind, missing: name }) => ({
    found: {
      none: 'a pasta não existe',
      file: 'é um arquivo',
      pipe: 'é um pipe ou um dispositivo',
      folder: `não contém ${name}`,
    }[kind],
    expected: 'esperado: a pasta de um treino',
    advice: 'confira o caminho, ou comece um treino com `dissipa train`',
  }),
  'run.taken': ({ where }) => ({
    where,
    found: 'já há um treino ali',
    advice: `retome-o com --resume ${where}, ou dê outro --out`,
  }),
  'run.leftovers': ({ names, missing: name }) => ({
    found: `contém ${names.join(', ')} de um treino anterior, mas não ${name}`,
    advice: 'leve-os para outro lugar, ou dê outro --out',
  }),
  'run.unreadable': ({ checkpoints, reason }) => ({
    found: `${checkpoints === 1 ? 'o único checkpoint de iteração não pode ser lido' : `nenhum dos ${counted(checkpoints, 'checkpoint')} de iteração pode ser lido`} (${reason})`,
    advice: 'comece um treino novo com outro --out',
  }),
  'model.none': ({ kind }) => ({
    found: {
      none: 'não há nada ali',
      file: 'não é um arquivo .safetensors',
      pipe: 'é um pipe ou um dispositivo',
    }[kind],
    expected: 'esperado: um arquivo .safetensors ou a pasta de um treino',
    advice: kind === 'none' ? 'confira o caminho, ou treine um com `dissipa train`' : 'confira o caminho',
  }),
  'model.empty-folder': ({ best }) => ({
    found: 'é uma pasta sem checkpoint',
    expected: `esperado: ${best} ou step-<n>.safetensors nela`,
    advice: 'treine por mais tempo, ou confira o caminho',
  }),
  'lock.contended': () => ({
    found: 'vários processos a estão retomando neste momento',
    advice: 'inicie só um deles, ou dê outro --out',
  }),
  'lock.unreadable': () => ({
    found: 'não é uma trava que se possa entender',
    advice: 'se nenhum dissipa está trabalhando nesta pasta, apague este arquivo',
  }),
  'lock.gone': ({ where }) => ({
    where,
    found: 'a trava sumiu: outro processo assumiu a pasta nesse meio-tempo, ou alguém a apagou',
    advice: goOn(where),
  }),
  'lock.taken-over': ({ where, by }) => ({
    where,
    found: `foi assumida por ${by === null ? 'outro processo' : `processo ${by.pid} em ${by.host}`} enquanto este estava suspenso`,
    advice: goOn(where),
  }),
  'lock.in-use': (values) => ({
    where: values.where,
    found: inUse(values),
    advice: 'espere por ele, pare-o, ou dê outro --out',
  }),
  'lock.maybe-in-use': (values) => ({
    where: values.where,
    found: inUse(values),
    advice: `espere por ele, ou dê outro --out; se tem certeza de que ele terminou, apague ${values.lock}`,
  }),
  'lock.fresh': (values) => ({
    where: values.where,
    found: `${inUse(values)}, que deu sinal de vida há ${values.seconds} s`,
    advice: `espere por ele, ou dê outro --out; sem sinal por ${values.endedAfter} s, ele conta como terminado`,
  }),
});
