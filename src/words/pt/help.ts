/** A ajuda: o que cada comando faz, como é chamado e com quê; veja `en`. */
import { LANGUAGES } from '../../base/language.js';
import type { Words } from '../en/words.js';
import { numbers } from './numbers.js';

const { either } = numbers;

type Help = Words['help'];
type Command = Help['commands']['train'];

const command = (what: string, ...examples: Command['examples']): Command => ({ what, examples });

export const help: Help = {
  about:
    'Treina redes recorrentes de caracteres e mostra o que acontece com o gradiente quando ele volta no tempo.',
  usage: 'Uso:',
  command: 'COMANDO',
  options: '[opções]',
  headings: { commands: 'Comandos:', arguments: 'Argumentos:', examples: 'Exemplos:' },
  preset: (value) => `(padrão: ${value})`,
  placeholders: {
    text: 'TEXTO',
    words: 'PALAVRAS',
    file: 'ARQUIVO',
    folder: 'PASTA',
    model: 'MODELO',
    weights: 'PESOS',
    run: 'TREINO',
    list: 'LISTA',
    number: 'N',
    choice: 'NOME',
    folders: 'PASTA…',
    name: 'NOME',
    count: 'N',
    axes: 'EIXOS',
    part: 'I/N',
    address: 'URL',
  },
  arguments: {
    model: 'um arquivo .safetensors, ou a pasta de um treino (o seu melhor modelo)',
    weights: 'um arquivo .safetensors com o state_dict de camadas recorrentes e uma camada de saída',
    run: 'a pasta de um treino',
    text: 'arquivos, pastas (.txt, .md, também .gz; veja --ext), padrões; - para a entrada padrão',
    command: 'o comando de que se quer a ajuda',
    shell: 'o shell para o qual é o script',
  },
  global: {
    // When it is asked for: pages that bring these words along start without it.
    get lang() {
      return `idioma das mensagens e páginas: ${either(LANGUAGES)} (padrão: o do sistema)`;
    },
    color: 'sem cores; senão, o terminal decide (também NO_COLOR, FORCE_COLOR)',
    help: 'mostra esta ajuda',
    version: 'mostra a versão',
  },
  more: 'dissipa help COMANDO mostra as opções do comando, com exemplos.',
  commands: {
    train: command(
      'treina com textos (ou com o corpus incluído, se nenhum for dado)',
      ['dissipa train', 'uma RNN pequena no corpus incluído, em cerca de um minuto'],
      ['dissipa train livro.txt --cell lstm --hidden 256 --epochs 10', 'uma LSTM num texto seu'],
      ['dissipa train livro.txt --minutes 20', 'modelo e taxa de aprendizado escolhidos para 20 minutos'],
      ['dissipa train --resume checkpoints/tanh-1x128 --steps 20000', 'continua um treino'],
    ),
    sample: command(
      'gera texto com um modelo',
      ['dissipa sample checkpoints/lstm-2x176.safetensors', '500 caracteres'],
      [
        'dissipa sample checkpoints/tanh-1x128 --prompt "O meu " --temperature 0.5',
        'continua a partir de um começo',
      ],
    ),
    evaluate: command(
      'mede quão bem um modelo prevê um texto',
      ['dissipa evaluate checkpoints/tanh-1x128', 'um treino, no texto que reservou'],
      [
        'dissipa evaluate modelo.safetensors --text livro.txt --json',
        'qualquer modelo em qualquer texto, para programas',
      ],
    ),
    inspect: command(
      'mostra o gradiente por camada, passo de tempo e defasagem (lag): no terminal, em página, em tabela',
      ['dissipa inspect checkpoints/tanh-1x128', 'até onde o gradiente volta'],
      ['dissipa inspect checkpoints/tanh-1x128 --html relatorio.html', 'um relatório para o navegador'],
      ['dissipa inspect checkpoints/tanh-1x128 --csv registro.csv', 'o registro como tabela'],
    ),
    check: command(
      'confere se os gradientes estão certos, por diferenças finitas em float64; sem modelo, usa um novo e pequeno',
      ['dissipa check', 'uma LSTM nova e pequena'],
      ['dissipa check checkpoints/tanh-1x128 --entries 0', 'todos os elementos de todos os tensores'],
    ),
    compare: command(
      'treina cada tipo de célula, brain.js e n-gramas no mesmo texto, e compara os resultados',
      ['dissipa compare', 'todos os concorrentes, em cerca de dois minutos em dois núcleos'],
      [
        'dissipa compare livro.txt --only tanh,lstm,gru --seeds 5 --html relatorio.html',
        'três células, cinco vezes cada',
      ],
    ),
    corpus: command(
      'mostra o que convém saber de textos antes de treinar com eles: símbolos, codificações, entropia',
      ['dissipa corpus', 'o corpus incluído'],
      ['dissipa corpus livros/ --ext txt,html', 'uma pasta de textos'],
    ),
    lesson: command(
      'mede dez afirmações sobre a dissipação do gradiente nesta máquina e as reúne numa página',
      ['dissipa lesson', 'a aula, medida nesta máquina'],
      ['dissipa lesson livro.txt --lang pt --html aula.html', 'em português, num texto seu'],
    ),
    import: command(
      'converte um modelo seu do PyTorch num checkpoint, para sample, evaluate e inspect',
      ['dissipa import pesos.safetensors --alphabet alfabeto.json', 'com os símbolos por id'],
      [
        'dissipa import rnn.safetensors --cell tanh --out modelo.safetensors',
        'de um nn.RNN é preciso dizer a célula',
      ],
    ),
    export: command(
      'leva um treino para o PyTorch: os pesos, o texto e um script que o continua numa GPU ou em várias',
      ['dissipa export checkpoints/lstm-1x256 --pytorch numa-gpu', 'depois: python3 numa-gpu/train.py'],
    ),
    sweep: command(
      'treina uma grade de configurações, e a retoma: nesta máquina, em partes, ou em várias máquinas por uma fila',
      [
        'dissipa sweep livro.txt --grid "cell=lstm,gru hidden=64,128 seed=1..3"',
        'quatro combinações de célula e tamanho, três sementes cada',
      ],
      [
        'dissipa sweep livro.txt --grid "lr=0.0005:0.02:log dropout=0:0.5" --samples 40 --halving 3',
        'pontos sorteados, a maioria com parada antes do fim',
      ],
    ),
    worker: command('executa os treinos de varreduras e comparações recebidos por uma fila', [
      'dissipa worker --queue redis://servidor:6379',
      'treinos de uma varredura, em quantas máquinas você quiser',
    ]),
    engine: command(
      'mostra qual backend de cálculo está em uso aqui, a sua velocidade e o motivo da escolha',
      ['dissipa engine', 'o que está em uso'],
      ['dissipa engine --build', 'compila os kernels nativos, se houver um compilador C'],
    ),
    playground: command(
      'treina duas redes no navegador e mostra onde os gradientes se separam',
      ['dissipa playground', 'abre no navegador'],
      ['dissipa playground --host', 'para uma sala de aula: com um QR code para celulares da mesma rede'],
      [
        'dissipa playground --html playground.html',
        'como um arquivo para distribuir, que funciona sem internet',
      ],
    ),
    completion: command(
      'imprime um script que completa comandos, opções e seus valores num shell',
      ['source <(dissipa completion bash)', 'para este bash; em ~/.bashrc, para todos'],
      ['dissipa completion zsh > "${fpath[1]}/_dissipa"', 'para o zsh'],
      ['dissipa completion fish > ~/.config/fish/completions/dissipa.fish', 'para o fish'],
    ),
    help: command('mostra as opções de um comando', [
      'dissipa help train',
      'o mesmo que dissipa train --help',
    ]),
  },
  defect: 'dissipa falhou de um modo que não devia; por favor, relate isto:',
};
