/** Help: what each command does, how it is called, and with what. */
import type { Takes } from '../../base/options.js';

/** A command line, and what it does. */
type Example = readonly [line: string, what: string];

const placeholders: Readonly<Record<Takes | 'number' | 'choice' | 'other', string>> = {
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
  other: 'VALUE',
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
    command: 'the command that help is wanted for',
    shell: 'bash, zsh or fish',
  },
  global: {
    lang: "language of all that is said: pt or en (default: the system's)",
    color: 'without colours; the terminal decides otherwise (also NO_COLOR, FORCE_COLOR)',
    help: 'show this help',
    version: 'show the version',
  },
  more: 'dissipa help COMMAND shows what a command takes, with examples.',
  commands: {
    train: command(
      'train on texts (the bundled corpus where none is named)',
      ['dissipa train', 'a small RNN on the bundled corpus, in about a minute'],
      ['dissipa train book.txt --cell lstm --hidden 256 --epochs 10', 'an LSTM on a text of your own'],
      ['dissipa train book.txt --minutes 20', 'model and rate chosen for 20 minutes'],
      ['dissipa train --resume checkpoints/tanh-1x128 --steps 20000', 'go on with a run'],
    ),
    sample: command(
      'write text with a model',
      ['dissipa sample checkpoints/lstm-2x176.safetensors', '500 characters'],
      ['dissipa sample checkpoints/tanh-1x128 --prompt "O meu " --temperature 0.5', 'go on from a beginning'],
    ),
    evaluate: command(
      'how well a model predicts a text',
      ['dissipa evaluate checkpoints/tanh-1x128', 'a run, on the text it held out'],
      ['dissipa evaluate model.safetensors --text book.txt --json', 'any model on any text, for programs'],
    ),
    inspect: command(
      'the gradient by layer, timestep and lag: in the terminal, as a page, as a table',
      ['dissipa inspect checkpoints/tanh-1x128', 'how far back the gradient reaches'],
      ['dissipa inspect checkpoints/tanh-1x128 --html report.html', 'a report for the browser'],
      ['dissipa inspect checkpoints/tanh-1x128 --csv log.csv', 'the log as a table'],
    ),
    check: command(
      'are the gradients right? against differences in float64; a fresh small model where none is named',
      ['dissipa check', 'a fresh small LSTM'],
      ['dissipa check checkpoints/tanh-1x128 --entries 0', 'every entry of every tensor'],
    ),
    compare: command(
      'trains each kind of cell, brain.js and n-grams on the same text, and says what came of it',
      ['dissipa compare', 'all contenders, in about two minutes on two cores'],
      [
        'dissipa compare book.txt --only tanh,lstm,gru --seeds 5 --html report.html',
        'three cells, five times each',
      ],
    ),
    corpus: command(
      'what there is to know of texts before training on them: symbols, encodings, entropy',
      ['dissipa corpus', 'the bundled corpus'],
      ['dissipa corpus books/ --ext txt,html', 'a folder of texts'],
    ),
    lesson: command(
      'ten claims on the vanishing gradient, measured here: a page in English or Portuguese',
      ['dissipa lesson', 'the lesson, measured on this machine'],
      ['dissipa lesson book.txt --lang pt --html aula.html', 'in Portuguese, on a text of your own'],
    ),
    import: command(
      "a model of one's own PyTorch as a checkpoint, for sample, evaluate and inspect",
      ['dissipa import weights.safetensors --alphabet alphabet.json', 'with the symbols by id'],
      [
        'dissipa import rnn.safetensors --cell tanh --out model.safetensors',
        'of an nn.RNN, its cell is to be said',
      ],
    ),
    export: command(
      'a run for PyTorch: its weights, its text and a script that goes on with it on one GPU or many',
      ['dissipa export checkpoints/lstm-1x256 --pytorch on-a-gpu', 'then: python3 on-a-gpu/train.py'],
    ),
    sweep: command(
      'trains over a grid of settings, resumably: on this machine, in parts, or on many by a queue',
      [
        'dissipa sweep book.txt --grid "cell=lstm,gru hidden=64,128 seed=1..3"',
        'four cells and sizes, three seeds each',
      ],
      [
        'dissipa sweep book.txt --grid "lr=0.0005:0.02:log dropout=0:0.5" --samples 40 --halving 3',
        'as many points as are drawn, most of them stopped early',
      ],
    ),
    worker: command('makes the trainings of sweeps that come by a queue', [
      'dissipa worker --queue redis://host:6379',
      'trainings of a sweep, on any number of machines',
    ]),
    engine: command(
      'which compute backend is in use here, how fast it is, and why',
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
