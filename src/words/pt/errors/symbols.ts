/** De registros, e de bytes como símbolos. */
import { errorWords } from '../../error-words.js';

export const symbols = errorWords({
  'text.bytes-as-they-are': () => ({
    found: 'vale para caracteres, e --symbols bytes usa os bytes como estão',
    advice: 'retire um dos dois',
  }),
  'records.none': ({ records }) => ({
    found: `não há registro nenhum (--records ${records})`,
    expected: 'esperava-se ao menos uma linha que não esteja vazia',
  }),
  'records.too-few': ({ count, parts }) => ({
    found: `o texto tem ${count} ${count === 1 ? 'registro' : 'registros'}`,
    expected: `esperado: ao menos ${parts}: cada registro é separado inteiro`,
    advice: 'dê mais registros, outro --records, ou --validation 0',
  }),
  'records.begins': () => ({
    found: 'o modelo é de registros, e uma amostra dele começa onde começa um registro',
    advice: 'deixe de fora; --prompt dá o começo do registro',
  }),
  'records.not-here': ({ command }) => ({
    where: '--records',
    found: `${command} lê o texto como um só, do começo ao fim`,
    advice: `tire a opção, ou treine com registros: npx dissipa ${command === 'lesson' ? 'compare' : 'train'} TEXTO --records line`,
  }),
  'records.no-lines': ({ records }) => ({
    where: '--lines',
    found: `o modelo é de registros (${records}), cada um de uma linha`,
    advice: 'deixe de fora; --count diz quantos registros',
  }),
  'records.of-model': ({ value, has, path }) => ({
    found: `é ${value}, e o modelo de onde se parte tem ${has ?? 'nenhum'} (${path})`,
    expected: 'os símbolos continuam valendo o que valiam',
    advice: 'retire-a, ou comece sem --from',
  }),
  'records.bad-entry': ({ entry, found }) => ({
    found: `sua entrada "${entry}" é ${found}`,
    expected:
      entry === 'end'
        ? 'esperava-se o id de um símbolo'
        : entry === 'records'
          ? 'esperava-se line, blank-line ou file, ao lado de "end"'
          : 'esperavam-se símbolos de U+0000 a U+00FF',
  }),
});
