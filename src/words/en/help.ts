/** Help: what each command does, how it is called, and with what. */
import { LANGUAGES } from '../../base/language.js';
import type { Placeholder } from '../../base/options.js';
import { numbers } from './numbers.js';

const { either } = numbers;

/** A command line, and what it does. */
type Example = readonly [line: string, what: string];

const placeholders: Readonly<Record<Placeholder, string>> = {
  text: 'TEXT',
  words: 'WORDS',
  file: 'FILE',
  folder: 'FOLDER',
  model: 'MODEL',
  weights: 'WEIGHTS',
  run: 'RUN',
  list: 'LIST',
  number: 'N',
  choice: 'NAME',
  folders: 'FOLDER…',
  name: 'NAME',
  count: 'N',
  axes: 'AXES',
  part: 'I/N',
  address: 'URL',
};

const command = (
  what: string,
  ...examples: readonly Example[]
): { what: string; examples: readonly Example[] } => ({
  what,
  examples,
});

export const help = {
  about:
    'Trains character-level recurrent networks and shows what the gradient does on its way back through time.',
  usage: 'Usage:',
  command: 'COMMAND',
  options: '[options]',
  headings: { commands: 'Commands:', arguments: 'Arguments:', examples: 'Examples:' },
  preset: (value: string): string => `(default: ${value})`,
  placeholders,
  arguments: {
    model: 'a .safetensors file, or the folder of a run (its best model)',
    weights: 'a .safetensors file with the state_dict of recurrent layers and a readout',
    run: 'the folder of a run',
    text: 'files, folders (.txt, .md, also .gz; see --ext), patterns; - for standard input',
    command: 'the command to show help for',
    shell: 'the shell that the script is for',
  },
  global: {
    // When it is asked for: pages that bring these words along start without it.
    get lang() {
      return `language of messages and pages: ${either(LANGUAGES)} (default: the system's)`;
    },
    color: 'no colours; otherwise the terminal decides (also NO_COLOR, FORCE_COLOR)',
    help: 'show this help',
    version: 'show the version',
  },
  more: 'dissipa help COMMAND shows the options of a command, with examples.',
  commands: {
    train: command(
      'train on texts (the bundled corpus where none is named)',
      ['dissipa train', 'a small RNN on the bundled corpus, in about a minute'],
      ['dissipa train book.txt --cell lstm --hidden 256 --epochs 10', 'an LSTM on a text of your own'],
      ['dissipa train book.txt --minutes 20', 'model and learning rate chosen for 20 minutes'],
      ['dissipa train --resume checkpoints/tanh-1x128 --steps 20000', 'go on with a run'],
    ),
    sample: command(
      'generate text with a model',
      ['dissipa sample checkpoints/lstm-2x176.safetensors', '500 characters'],
      ['dissipa sample checkpoints/tanh-1x128 --prompt "O meu " --temperature 0.5', 'go on from a beginning'],
    ),
    evaluate: command(
      'measure how well a model predicts a text',
      ['dissipa evaluate checkpoints/tanh-1x128', 'a run, on the text it held out'],
      ['dissipa evaluate model.safetensors --text book.txt --json', 'any model on any text, for programs'],
    ),
    inspect: command(
      'show the gradient by layer, timestep and lag: in the terminal, as a page, as a table',
      ['dissipa inspect checkpoints/tanh-1x128', 'how far back the gradient reaches'],
      ['dissipa inspect checkpoints/tanh-1x128 --html report.html', 'a report for the browser'],
      ['dissipa inspect checkpoints/tanh-1x128 --csv log.csv', 'the log as a table'],
    ),
    check: command(
      'check the gradients against finite differences in float64; without a model, those of a small new one',
      ['dissipa check', 'a small new LSTM'],
      ['dissipa check checkpoints/tanh-1x128 --entries 0', 'every entry of every tensor'],
    ),
    compare: command(
      'train each kind of cell, brain.js and n-grams on the same text, and compare the results',
      ['dissipa compare', 'all contenders, in about two minutes on two cores'],
      [
        'dissipa compare book.txt --only tanh,lstm,gru --seeds 5 --html report.html',
        'three cells, five times each',
      ],
    ),
    corpus: command(
      'show what to know about texts before training on them: symbols, encodings, entropy',
      ['dissipa corpus', 'the bundled corpus'],
      ['dissipa corpus books/ --ext txt,html', 'a folder of texts'],
    ),
    lesson: command(
      'measure ten claims about the vanishing gradient on this machine, and write them up as a page',
      ['dissipa lesson', 'the lesson, measured on this machine'],
      ['dissipa lesson book.txt --lang pt --html aula.html', 'in Portuguese, on a text of your own'],
    ),
    import: command(
      'convert a PyTorch model of your own to a checkpoint, for sample, evaluate and inspect',
      ['dissipa import weights.safetensors --alphabet alphabet.json', 'with the symbols by id'],
      [
        'dissipa import rnn.safetensors --cell tanh --out model.safetensors',
        'for an nn.RNN the cell must be given',
      ],
    ),
    export: command(
      'hand a run to PyTorch: its weights, its text and a script that continues it on one GPU or many',
      ['dissipa export checkpoints/lstm-1x256 --pytorch on-a-gpu', 'then: python3 on-a-gpu/train.py'],
    ),
    sweep: command(
      'train a grid of settings, and resume it: on this machine, in parts, or on many machines through a queue',
      [
        'dissipa sweep book.txt --grid "cell=lstm,gru hidden=64,128 seed=1..3"',
        'four combinations of cell and size, three seeds each',
      ],
      [
        'dissipa sweep book.txt --grid "lr=0.0005:0.02:log dropout=0:0.5" --samples 40 --halving 3',
        'points drawn at random, most of them stopped early',
      ],
    ),
    worker: command('run what sweeps and comparisons put into a queue', [
      'dissipa worker --queue redis://host:6379',
      'the runs of a sweep, on as many machines as you like',
    ]),
    engine: command(
      'show which compute backend is in use here, how fast it is, and why it was chosen',
      ['dissipa engine', 'what is in use'],
      ['dissipa engine --build', 'compile native kernels, where there is a C compiler'],
    ),
    playground: command(
      'train two nets in the browser and see where their gradients part',
      ['dissipa playground', 'opens it in the browser'],
      ['dissipa playground --host', 'for a classroom: with a QR code for phones in the same network'],
      ['dissipa playground --html playground.html', 'as one file to hand out, which works offline'],
    ),
    completion: command(
      'print a script that completes commands, options and their values in a shell',
      ['source <(dissipa completion bash)', 'for this bash; put it in ~/.bashrc for all'],
      ['dissipa completion zsh > "${fpath[1]}/_dissipa"', 'for zsh'],
      ['dissipa completion fish > ~/.config/fish/completions/dissipa.fish', 'for fish'],
    ),
    help: command('show what a command takes', ['dissipa help train', 'the same as dissipa train --help']),
  },
  defect: 'dissipa failed in a way it should not; please report this:',
};
