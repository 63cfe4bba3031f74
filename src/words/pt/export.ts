/** O que `export` diz quando os arquivos estão gravados. */
import type { Words } from '../en/words.js';

export const exporting: Words['exporting'] = {
  written: (dir, from, symbols) =>
    `${dir}: os pesos e o otimizador de ${from}, ${symbols} símbolos de texto e train.py`,
  passedOver: (reason) => `ignorado: ${reason}`,
  goOn: 'Para continuar daí, numa GPU (ou na CPU), e em quatro:',
  back: 'E de volta, para examinar:',
};
