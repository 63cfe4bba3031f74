/** O que `engine`, `evaluate`, `check` e `corpus` relatam, e o que todo comando anota no caminho; veja `en`. */
import type { Words } from '../en/words.js';
import { numbers } from './numbers.js';

const { count, counted, fixed, percent, plural, short } = numbers;

const symbolsOrBytes = (n: number, areBytes: boolean): string => counted(n, areBytes ? 'byte' : 'caractere');

export const reports: Words['reports'] = {
  engine: {
    onThreads: (name, threads) => (threads > 1 ? `${name} em ${threads} threads` : name),
    inUse: (engine, asked, gflops) =>
      `${engine}: ${asked ? 'como pedido' : 'o mais rápido disponível'}, ${fixed(gflops, 0)} GFLOP/s em produtos de 256×256 números.`,
    onOne: 'Com uma thread cada:',
    missing: (reason) => `não há aqui: ${reason ?? 'motivo desconhecido'}`,
    reasons: {
      browser: 'um navegador não os tem',
      'not-built': 'nenhum foi compilado',
      'no-instructions': 'este processador não tem essas instruções',
    },
    used: 'em uso',
    build: 'Sem kernels nativos, wasm serve; com um compilador C, isto os faz:',
    trial: (microseconds, threads) => `${fixed(microseconds, 0)} µs em ${counted(threads, 'thread')}`,
    taken: (trials, taken) =>
      `O produto de um passo de tempo levou ${trials}: ${plural(taken, 'usa-se', 'usam-se')} ${taken} (--threads auto).`,
    hint: 'os kernels rodam em wasm; com um compilador C, `npx dissipa engine --build` faz nativos, que são mais rápidos',
    alreadyThere: (path) => `já há kernels nativos: ${path}`,
    compiling: (compiler) => `compilando os kernels nativos com ${compiler}: cerca de meio minuto`,
    waiting: 'outro processo os está compilando: à espera dele',
    built: (sets, path) => `kernels nativos feitos (${sets}): ${path}`,
  },
  evaluate: {
    perByte: (bits) => `${fixed(bits, 4)} bits por byte`,
    perSymbol: (bits, perByte, areBytes) =>
      `${fixed(bits, 4)} bits por ${areBytes ? 'símbolo' : 'caractere'}, ${fixed(perByte, 4)} por byte${areBytes ? '' : ' UTF-8'}`,
    figures: (figures, perplexity, predictions, text) =>
      `${figures} (perplexidade ${short(perplexity)}), em ${counted(predictions, 'previsão', 'previsões')} (${text})`,
    even: (symbols) =>
      `um palpite uniforme entre os ${symbols} símbolos precisaria de ${fixed(Math.log2(symbols), 4)}`,
    trainedOn: 'O treino não reservou nada: este é o texto com que o modelo foi treinado.',
    records: (n, bits) =>
      `${counted(n, 'registro')}, cada um a partir do nada e com o fim também previsto: ${fixed(bits, 2)} bits por registro.`,
    allUnknown:
      'Todas as previsões são do símbolo dos desconhecidos, quaisquer que fossem: as medidas nada dizem do texto.',
    someUnknown: (share, others, bits) =>
      `${percent(share)} das previsões são do símbolo dos desconhecidos, quaisquer que fossem; só as outras ${count(others)} precisam de ${fixed(bits, 4)} bits por caractere.`,
  },
  check: {
    fresh: 'um modelo novo',
    measured: (model, shape, window, text, bits) =>
      `${model} (${shape}), ${window} (${text}): perda de ${fixed(bits, 4)} bits por caractere`,
    head: ['tensor', 'elementos', 'maior |∂|', 'pior erro', ''],
    entries: (compared, size, atKink) =>
      `${count(compared)} de ${count(size)}${atKink > 0 ? `, ${atKink} numa quina` : ''}`,
    wrong: 'ERRADO',
    nothing: 'nada a comparar',
    small: 'abaixo do que as diferenças resolvem',
    ok: 'ok',
    detail: (name, entry, backward, difference) =>
      `${name}, elemento ${entry}: a retropropagação diz ${backward}, as diferenças ${difference}`,
    right: (worst, allowed) =>
      `Os gradientes estão certos: o pior erro relativo é ${worst}; até ${allowed} é permitido.`,
    areWrong: (wrong, tensors, allowed) =>
      `Os gradientes de ${wrong} de ${counted(tensors, 'tensor', 'tensores')} estão errados (até ${allowed} é permitido):`,
    overflow: (engine) => `LONGE DEMAIS: ${engine} sai dos números que tem nesta janela.`,
    beside: (engine, passed, distance, tensor, allowed) =>
      `${passed ? '' : 'LONGE DEMAIS: '}${engine} difere da referência em ${distance} (${tensor}); até ${allowed} é permitido.`,
  },
  corpus: {
    space: 'espaço',
    texts: (n) => counted(n, 'texto'),
    records: (n) => counted(n, 'registro'),
    characters: (n, areBytes, areEnded) => `${symbolsOrBytes(n, areBytes)}${areEnded ? ' com os fins' : ''}`,
    bytes: (n) => counted(n, 'byte'),
    symbols: (n) => counted(n, 'símbolo'),
    allToTrain: 'tudo para treinar',
    heldOut: (training, areBytes, validation) =>
      `${symbolsOrBytes(training, areBytes)} para treinar, os últimos ${count(validation)} reservados`,
    byFrequency: 'Símbolos, do mais frequente ao mais raro:',
    unknown: (n, met) =>
      `${counted(n, 'símbolo')}, com ${counted(met, 'ocorrência')} ao todo, ${plural(n, 'é lido', 'são lidos')} como um só símbolo desconhecido.`,
    rare: (n, times) =>
      `${counted(n, 'símbolo')} ${plural(n, 'ocorre', 'ocorrem')} menos de ${count(times)} vezes (com --min-count ${times}, ${plural(n, 'é lido', 'são lidos')} como um só símbolo desconhecido).`,
    odd: 'Não são letras, algarismos nem ASCII (nomes do Unicode, em inglês):',
    bits: (part, symbols, areBytes) =>
      `Bits por ${areBytes ? 'byte, dados os k bytes antes dele' : 'caractere, dados os k caracteres antes dele'}${part === null ? '' : `, em ${count(part)} deles`} (palpite uniforme entre ${symbols} símbolos: ${fixed(Math.log2(symbols), 3)}):`,
    entropyHead: 'entropia',
    heldOutHead: 'reservado',
    entropy:
      'A coluna “entropia” é contada neste mesmo texto. Com k maior, a maioria dos contextos ocorre uma vez só, e a entropia cai muito abaixo do que é possível prever: quanto mais curto o texto, mais cedo.',
    counting: (soon, good) =>
      `A coluna “reservado” mostra de quantos bits um modelo que só conta (Witten–Bell) precisa na parte reservada. Uma rede que aprende alguma coisa passa logo a menos de ${fixed(soon, 2)}; uma boa, a menos de ${fixed(good, 2)}.`,
  },
  reading: {
    standardInput: 'entrada padrão',
    more: (shown, more) => `${shown} e mais ${more}`,
    readAs: (encoding, how, names) => `lido como ${encoding}${how}: ${names}`,
    asNamed: ', como diz --encoding',
    found: (certainty, words) => ` (${certainty}; --encoding escolhe outra), com palavras como ${words}`,
    certainty: { sure: 'com certeza', likely: 'provável', unsure: 'incerto', told: 'dito' },
    unsure: (rivals) =>
      `incerto: ${rivals.join(', ')} ${plural(rivals.length, 'serve', 'servem')} quase tão bem`,
    changes: {
      carriageReturns: ['retorno de carro lido como \\n', 'retornos de carro lidos como \\n'],
      otherLineEnds: [
        'quebra de página ou outro fim de linha, lido como \\n',
        'quebras de página e outros fins de linha, lidos como \\n',
      ],
      escapeSequences: ['sequência de escape removida', 'sequências de escape removidas'],
      overstrikes: [
        'sobreposição (negrito ou sublinhado) retirada',
        'sobreposições (negrito ou sublinhado) retiradas',
      ],
      controls: ['caractere de controle removido', 'caracteres de controle removidos'],
      softHyphens: ['hífen opcional removido', 'hifens opcionais removidos'],
      byteOrderMarks: ['marca de ordem de bytes removida', 'marcas de ordem de bytes removidas'],
      composed: ['caractere posto em NFC', 'caracteres postos em NFC'],
      reserved: ['U+FFFF reservado lido como U+FFFD', 'U+FFFF reservados lidos como U+FFFD'],
      badBytes: ['byte ruim substituído ou omitido', 'bytes ruins substituídos ou omitidos'],
    },
    changed: (parts, names) => `${parts}: ${names}`,
    cut: (characters, names) =>
      `cabeçalhos e licenças do Project Gutenberg cortados, ${counted(characters, 'caractere')} (--keep-boilerplate os mantém): ${names}`,
    cutPart: (n, text) => `${counted(n, 'caractere')}: “${text}”`,
    moreCuts: (n) => `e mais ${count(n)}`,
    doubt: ({ name, line, encoding, other, words }) =>
      `${name}: a partir da linha ${line}, algumas palavras parecem estar em ${other}, e não em ${encoding} (${words.join(' ')}): se parte do arquivo está em outra codificação, converta tudo para uma só; se ele todo está em ${other}, dê --encoding ${other}`,
    mentions: (n, names) =>
      `as palavras "Project Gutenberg" ficaram no texto ${counted(n, 'vez', 'vezes')}: ${names}`,
    unknown(told) {
      const done = {
        skip: plural(told.times, 'omitido'),
        nearest: `${plural(told.times, 'lido')} como o mais próximo que ele tem, ou como espaço`,
        symbol: `${plural(told.times, 'lido')} como o seu símbolo dos desconhecidos`,
      }[told.done];
      return `${told.what}: ${count(told.times)} de ${counted(told.characters, 'caractere')} (${percent(told.times / told.characters)}) ${plural(told.times, 'não está', 'não estão')} no alfabeto do modelo (${told.named}${told.more > 0 ? ` e mais ${told.more}` : ''}), ${done}`;
    },
    long: 'um texto longo: os seus símbolos vão para um arquivo',
  },
  notes: {
    wrote: (path, kib, what) => `gravado: ${path} (${count(kib)} KiB): ${what}`,
    openIt: 'abra-o num navegador',
    seed: (seed) => `semente ${seed}`,
    table: 'uma tabela',
    chart: 'um gráfico',
    logsAlone: (error) => `${error}; só os registros são mostrados`,
  },
  comparing: {
    characters: (all, held) => `${counted(all, 'caractere')}, ${count(held)} deles reservados`,
    trainings: (n, there) =>
      `${counted(n, 'treino')}${there > 0 ? `, ${count(there)} já ${plural(there, 'pronto')}` : ''}`,
    bits: (bits) => `${fixed(bits, 3)} bits/caractere`,
    characterCount: (n) => `${n} caracteres`,
    diverged: 'NaN (divergiu)',
    took: (characters, clock) => `${characters} em ${clock}`,
    interrupted: (kept, all, command) =>
      `interrompido com ${count(kept)} de ${counted(all, 'treino')} ${plural(all, 'guardado')}; continue com: ${command}`,
    notBegun: (dir) => `nada de uma comparação estava guardado em ${dir}: ela começa, com as opções dadas`,
    inFull: (path) => `Medidas por extenso: ${path}`,
  },
};
