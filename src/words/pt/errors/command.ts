/** Do que os comandos recebem, leem e gravam. */
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';

const { counted } = numbers;

const thereIs = (there: readonly (readonly [ending: string, count: number])[], more: number): string =>
  [
    ...there.map(([ending, n]) => `${n} .${ending}`),
    ...(more > 0 ? [there.length > 0 ? `mais ${more}` : counted(more, 'arquivo')] : []),
  ].join(', ');

export const command = errorWords({
  'command.fresh-only': ({ path }) => ({
    found: `${path} foi dado`,
    expected: 'e esta opção só vale para um modelo novo',
    advice: 'retire um dos dois',
  }),
  'command.new-only': ({ what, dir }) => ({
    found: `vale para ${what === 'run' ? 'um treino novo' : 'uma comparação nova'}`,
    advice: `retire-a: --resume grava em ${dir}`,
  }),
  'compare.none': ({ file }) => ({
    found: `não há ${file}`,
    expected: 'esperado: a pasta de uma comparação',
    advice: 'confira o caminho, ou comece uma comparação nova',
  }),
  'compare.fixed': ({ had }) => ({
    found: `a comparação tem ${had ?? 'nenhum'}`,
    expected: 'e isso não pode mudar no meio dela',
    advice: 'retire-a, ou comece uma comparação nova',
  }),
  'compare.taken': ({ is, folder }) => ({
    found: { file: 'é um arquivo', comparison: 'já tem uma comparação', full: 'não está vazia' }[is],
    expected: 'esperado: uma pasta vazia ou nova',
    advice: `${is === 'comparison' ? `continue com: --resume ${folder}, ou ` : ''}dê outro --out`,
  }),
  'interrupted.counting': () => ({ where: 'interrompido', found: 'os textos ainda estavam sendo contados' }),
  'interrupted.reading': () => ({ where: 'interrompido', found: 'os textos ainda estavam sendo lidos' }),
  'interrupted.lesson': () => ({
    where: 'interrompido',
    found: 'a aula não chegou ao fim; nada foi gravado',
  }),
  'evaluate.no-text': ({ path }) => ({
    where: 'evaluate',
    found: 'precisa de --text ARQUIVO',
    expected: `pois ${path} não é um treino com um texto seu`,
    advice: 'dê um texto',
  }),
  'inspect.two-outputs': () => ({
    where: '--json',
    found: 'vai para a saída padrão, como --csv -',
    advice: 'dê um arquivo para uma das duas',
  }),
  'lesson.no-json': ({ value }) => ({
    where: '--json',
    found: `é ${value}`,
    expected: 'esperado: um arquivo com nome terminado em .json',
    advice: 'para imprimir as medidas, ponha --json por último, ou dê -',
  }),
  'target.folder': ({ path }) => ({
    found: `${path} é uma pasta`,
    expected: 'esperado: um arquivo',
  }),
  'target.nowhere': ({ folder }) => ({
    found: `não há a pasta ${folder}`,
    expected: 'esperado: uma em que gravar',
    advice: 'crie-a antes, ou dê outra',
  }),
  'run.other-step': ({ step, named }) => ({
    found: `é da iteração ${step}`,
    expected: `esperado: a iteração ${named}, como diz o nome`,
    advice: 'continue a partir de outro checkpoint do treino',
  }),
  'run.minutes': () => ({
    where: '--minutes',
    found: 'vale para um treino novo, pois escolhe um modelo',
    advice: 'dê --steps ou --epochs para continuar por mais tempo',
  }),
  'run.no-beginning': ({ from }) => ({
    found: 'não tem checkpoint',
    expected: `esperado: um com os pesos de ${from ?? 'um modelo'}, com que o treino começou`,
    advice: 'comece um treino novo com --from e outro --out',
  }),
  'run.from-resumed': () => ({
    where: '--from',
    found: 'vale para um treino novo',
    expected: 'e --resume continua com os próprios pesos',
    advice: 'dê uma das duas',
  }),
  'run.other-version': ({ complaint }) => ({
    found: complaint,
    expected: 'esperado: as opções de um treino desta versão',
  }),
  'run.past-end': ({ epochs, end, step }) => ({
    found: epochs === null ? `é ${end}` : `${epochs} termina na iteração ${end}`,
    expected: `e o treino já está na iteração ${step}`,
    advice: 'dê mais do que isso',
  }),
  'run.other-text': ({ what }) => ({
    found: `este não é o texto com que ${{ run: 'o treino', comparison: 'a comparação', sweep: 'a varredura' }[what]} começou`,
    expected: 'esperado: o mesmo texto, inalterado',
    advice: `dê o texto antigo, ou comece ${{ run: 'um treino novo', comparison: 'uma comparação nova', sweep: 'uma varredura nova' }[what]}`,
  }),
  'run.newer-reading': ({ version, newest }) => ({
    found: `seu texto foi lido pela versão ${version} da leitura`,
    expected: `este dissipa lê no máximo pela versão ${newest}`,
    advice: 'é preciso um dissipa mais novo: atualize-o',
  }),
  'run.text-moved': ({ what, command }) => ({
    found: `o texto com que ${{ run: 'o treino', comparison: 'a comparação', sweep: 'a varredura' }[what]} começou não está lá`,
    advice: `diga onde está agora, como em: npx dissipa ${command}`,
  }),
  'run.texts-gone': ({ why }) => ({
    found: {
      gone: 'o texto do treino não está mais lá',
      options: 'suas opções não são as de um treino desta versão',
      changed: 'este não é mais o texto do treino',
    }[why],
    advice: 'dê com --text um texto em que medir',
  }),
  'model.needs-text': () => ({
    where: '--text',
    found: 'está faltando, e o corpus incluído tem símbolos que este modelo não conhece',
    expected: 'esperado: um texto no alfabeto do modelo',
    advice: 'dê-o com --text ARQUIVO',
  }),
  'model.other-shape': ({ given, has, path }) => ({
    found: `é ${given}, e o modelo de partida tem ${has} (${path})`,
    expected: `esperado: ${has}, pois o treino começa com os pesos dele`,
    advice: 'retire-a',
  }),
  'model.none-unknown': () => ({
    where: '--unknown',
    found: 'só vale com --from: sem modelo de partida, nenhum símbolo é desconhecido',
    advice: 'dê também --from MODELO; para um modelo novo, use --min-count',
  }),
  'output.unread': ({ name }) => ({ where: name, found: 'ninguém a lê' }),
  'output.lost': ({ name, code }) => ({
    where: name,
    found: `nem tudo o que foi escrito chegou (o sistema diz ${code})`,
    advice: 'libere espaço, ou envie para outro lugar',
  }),
  'engine.stuck': () => ({
    found: 'outro processo está compilando aqui há dez minutos',
    advice: 'pare-o, e tente de novo',
  }),
  'source.own': ({ held, look, goOn }) => ({
    found:
      held === 'model' ? 'é um modelo' : `é a pasta de ${held === 'run' ? 'um treino' : 'uma comparação'}`,
    expected: 'esperado: textos',
    advice: [look === null ? '' : `para vê-lo: ${look}`, goOn === null ? '' : `para continuar: ${goOn}`]
      .filter((part) => part !== '')
      .join('; '),
  }),
  'source.no-text': ({ endings, there, more, read }) => ({
    found: `a pasta não tem arquivo ${endings.map((name) => `.${name}`).join(' ou ')}${there.length + more > 0 ? `; tem ${thereIs(there, more)}` : ''}`,
    expected: 'esperado: ao menos um texto',
    advice:
      read.length > 0
        ? `leia-os com --ext ${read.join(',')}, ou dê os próprios arquivos`
        : 'dê os próprios arquivos, ou outra pasta',
  }),
  'source.nothing': ({ isPattern }) => ({
    found: isPattern ? 'nada corresponde ao padrão' : 'esse arquivo ou pasta não existe',
    expected: 'esperado: um texto ou uma pasta de textos',
    advice: 'confira o caminho',
  }),
  'source.terminal': () => ({
    where: 'entrada padrão',
    found: 'é um terminal',
    expected: 'esperado: um texto',
    advice: 'passe um por um pipe, como em `zcat a.txt.gz | dissipa train -`',
  }),
  'source.gzip': ({ isCut, complaint }) => ({
    found: `os dados gzip estão ${isCut ? 'cortados' : 'danificados'} (${complaint})`,
    expected: 'esperado: um texto compactado',
    advice: 'confira-o com `gzip -t`, ou baixe-o de novo',
  }),
  'source.too-long': ({ most }) => ({
    found: `o texto tem mais de ${numbers.count(most)} caracteres`,
    expected: 'esperado: menos para medir de uma vez',
    advice: 'meça numa parte dele',
  }),
});
