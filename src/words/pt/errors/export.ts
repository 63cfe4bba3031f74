/** De um treino que vai continuar no PyTorch. */
import { errorWords } from '../../error-words.js';

const KINDS = {
  none: 'não existe',
  file: 'é um arquivo',
  pipe: 'é um pipe ou um dispositivo',
  folder: 'não contém run.json',
};

export const exporting = errorWords({
  'export.no-target': () => ({
    where: '--pytorch',
    found: 'está faltando',
    expected: 'esperado: uma pasta nova, para os pesos, o texto e um script',
  }),
  'export.no-run': ({ where, kind }) => ({
    where,
    found: KINDS[kind],
    expected: 'esperado: a pasta de um treino',
    advice:
      kind === 'file' && /\.safetensors$/i.test(where)
        ? 'indique a pasta em que ele está; um modelo sozinho não precisa de exportação: o README traz as linhas que o carregam no PyTorch'
        : 'confira o caminho, ou comece um com `dissipa train`',
  }),
  'export.no-folder': ({ dir }) => ({
    where: dir,
    found: 'é um arquivo',
    expected: 'esperado: uma pasta nova',
  }),
  'export.not-empty': ({ dir, names }) => ({
    where: dir,
    found: `não está vazia (${names})`,
    expected: 'esperado: uma pasta nova',
    advice: 'indique outra com --pytorch',
  }),
  'export.no-checkpoint': () => ({
    found: 'não tem checkpoint de onde continuar',
    expected: 'esperado: step-<n>.safetensors nela',
    advice: 'treine mais, ou com um --checkpoint-every menor',
  }),
  'export.all-damaged': ({ reason }) => ({
    found: `nenhum dos seus checkpoints pode ser lido (${reason})`,
    advice: 'comece um novo treino',
  }),
});
