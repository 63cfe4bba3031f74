/** What each option of a command is, by table and option; with each its default where the table itself has none. */
import type { OptionGroup } from '../../base/options.js';
import { everyName, PROBE_NAMES, TRAINING_PROBES, type EveryName } from '../../probe/training.js';
import { lesson } from './lesson/names.js';
import { probes } from './probes.js';

/** The headings of help. */
const groups: Readonly<Record<OptionGroup, string>> = {
  sampling: 'Sampling',
  measuring: 'Measurement',
  model: 'Model',
  fresh: 'Fresh model',
  contenders: 'Contenders',
  budget: 'Budget',
  data: 'Data',
  training: 'Training',
  optimiser: 'Optimiser',
  probes: 'Probes (measurements of the gradient during training)',
  files: 'Files',
  sweep: 'Sweep',
  run: 'Run',
  general: 'General',
};

const reading = {
  encoding: 'encoding of the texts; auto detects it, list shows those there are',
  badBytes:
    'what to do with bytes that are not of the encoding (refuse turns the text down, replace puts U+FFFD, drop leaves them out)',
  ext: 'extensions of the files that are read from a folder, separated by commas',
  keepBoilerplate: "keep Project Gutenberg's headers, credits and licences",
  lowercase: 'read capital letters as lower case',
};

const engine = {
  engine: 'compute backend (auto: the fastest available; wasm-simd128: the same bits on every machine)',
  threads: 'threads that share the work; auto takes as many as help',
};

const json = { json: 'print one JSON object, for programs' };

const html = { html: 'write a self-contained HTML report' };

const schedules = Object.fromEntries(
  PROBE_NAMES.map((name) => {
    const { light, full } = TRAINING_PROBES[name].presets;
    const presets = light > 0 ? `light ${light}, full ${full}` : `full ${full}`;
    return [everyName(name), `steps between logs of ${probes[name].option} (${presets}); 0 for none`];
  }),
) as Record<EveryName, string>;

const train = {
  cell: 'kind of cell',
  layers: 'stacked layers, L',
  hidden: 'units in each hidden layer, H',
  init: 'weight initialisation (uniform: as in PyTorch)',
  forgetBias: "initial bias of the LSTM's forget gate",
  dropout: 'share of units dropped between layers',

  window: 'window: timesteps the gradient travels back, T',
  batch: 'batch: sequences trained side by side, N',
  validation: 'share of the text, or count of its characters, held out at the end; 0 for none',
  test: 'share or count held out after that, evaluated only at the end of the run',
  ...reading,
  records:
    'what a record is, shuffled, held out, predicted and sampled by itself (without this option all is one text)',
  symbols: 'what a symbol is (bytes: any file, as it is; default: characters)',
  unknown: 'with --from: what to do with symbols that the model does not have (default: add)',
  minCount: 'symbols that occur less often are read as one unknown symbol',

  steps: 'updates of the weights; 0 measures the network as initialised',
  epochs: 'passes over the text, instead of --steps',
  lr: 'learning rate',
  schedule: 'how the learning rate changes over all steps (--resume with more steps stretches the curve)',
  warmup: 'steps in which the learning rate rises from 0',
  minLr: 'learning rate at which linear and cosine end',
  average: 'decay of an average of the weights, which is evaluated, sampled and saved as best; 0 for none',
  clip: 'gradient clipping: largest norm (or value, see --clip-mode)',
  clipMode: 'clip the norm of the gradient, each value, or none',
  patience: 'early stopping after so many evaluations without improvement; 0 for never',
  seed: 'seed of all random numbers',

  optimizer: "optimiser, in PyTorch's definition",
  momentum: "sgd's momentum",
  alpha: "rmsprop's smoothing",
  beta1: "adam's and adamw's first decay",
  beta2: "adam's and adamw's second decay",
  epsilon: 'added to denominators',
  weightDecay: 'L2 penalty; decoupled with adamw',

  evaluateEvery:
    'steps between evaluations on the held-out text (default: 250; more where they cost a tenth of the work, fewer on a short text)',
  evaluateFirst:
    'step of the first evaluation; from there on each comes at twice the step of the one before, up to --evaluate-every (default: that value, if it is given)',
  evaluateCharacters:
    'held-out characters that evaluations during training read, evenly spread (default: 16384 to 65536)',
  checkpointEvery: 'steps between checkpoints',
  keep: 'how many of the newest checkpoints are kept, besides the best',
  sampleEvery: 'steps between samples in samples.txt; 0 for none',
  probe: 'what is measured of the gradient during training',
  ...schedules,
  ...engine,
  out: 'folder of the run (default: checkpoints/CELL-LxH)',
  resume: 'folder of a run to resume',
  from: 'model whose weights a new run begins with: a .safetensors file or a run',
  minutes:
    'choose model, learning rate, steps etc. for the text and this much time, once; flags that are given stay',
  json: 'print what happens as JSON lines, for programs: an object for each event',
};

const { cell, layers, hidden, init, window, batch, records, symbols, minCount } = train;
const { lr, forgetBias, validation, seed } = train;
const { encoding, badBytes, ext, keepBoilerplate } = reading;
/** Of the commands that measure a model on a text. */
const measured = {
  ...{ encoding, badBytes, ext, keepBoilerplate },
  unknown:
    'what to do with symbols that the model does not have (default: replace if it has a symbol for them; else refuse)',
  ...engine,
  ...json,
};

/** Of the commands that make runs by a queue. */
const queued = {
  queue: 'address of a Redis or Valkey from which workers take the runs: redis://…, rediss://…',
  jobs: 'runs side by side (default: one per processor)',
};

export const options = {
  groups,
  train,
  sample: {
    prompt: 'text to continue; the network reads it first',
    start: 'begin with a new word or line (the network reads a space or a line feed first)',
    length: 'characters to generate, at most',
    stop: 'end a sample before this text',
    lines: 'end a sample after so many lines; 0 for no end',
    count:
      'samples to generate, side by side; their seeds are seed, seed + 1, … and each is what its seed gives alone',
    temperature: 'temperature: below 1, likelier choices; above 1, bolder ones; 0 always takes the likeliest',
    topK: 'choose among the k likeliest only; 0 for all',
    topP: 'choose among the likeliest that together have this probability',
    seed: 'seed of the choices: same seed, same text',
    unknown:
      'what to do with symbols of the prompt that the model does not have (default: replace if it has a symbol for them; else refuse)',
    ...engine,
    ...json,
  },
  evaluate: {
    text: "text to measure on; - for standard input (default: the run's held-out text)",
    ...measured,
  },
  inspect: {
    text: "text to measure on; - for standard input (default: the run's held-out text, or the bundled corpus)",
    ...measured,
    window: "timesteps of the window, T (default: the run's, or 64)",
    rows: 'sequences of the window, N (default: 16)',
    deep: 'also measure what costs more: what truncation discards and its direction, the gradient between all timesteps, singular values, what each character depends on; a page always has them',
    ...html,
    svg: 'write each chart of the report into this folder, as SVG',
    csv: "write the run's log as a table, a row for each number; - for standard output",
    parquet: 'write the same table as Parquet',
  },
  check: {
    text: "text to check on; - for standard input (default: the run's held-out text, or the bundled corpus)",
    ...measured,
    window: 'timesteps of the window, T',
    rows: 'sequences of the window, N',
    entries: 'entries of each tensor to compare; 0 for all',
    ...{ seed, cell, layers, hidden, init },
  },
  compare: {
    only: 'some of them, separated by commas',
    seeds: 'how many times each is trained, with seeds from --seed on',
    match: 'the same hidden size, or as many parameters as the LSTM of that size',
    characters: 'characters that each is trained on',
    minutes: 'minutes that each is trained, instead of --characters',
    baselineMinutes: 'with --characters: minutes after which brain.js, which would need hours, is stopped',
    scored: 'characters at the beginning of the held-out text that each is scored on',
    validation: 'share at the end of the text that is held out',
    ...reading,
    clip: 'gradient clipping: largest norm',
    baselineLr: "brain.js's learning rate",
    engine: engine.engine,
    threads: 'contenders that run side by side (default: one per processor)',
    out: 'folder of the comparison (default: checkpoints/compare)',
    resume: 'folder of a comparison to resume',
    ...html,
    ...json,
    ...{ layers, hidden, window, batch, records, minCount, lr, forgetBias, seed },
    queue: queued.queue,
  },
  corpus: {
    ...reading,
    seed: 'seed of the order that records are put in',
    ...json,
    ...{ records, symbols, minCount, validation },
  },
  lesson: {
    hidden: 'units in each layer of every network, H',
    steps: 'updates in each of the runs',
    html: `the page (default: ${lesson.file}.html, numbered if there is one already)`,
    json: 'write the figures to a .json file; without a name, or with -, print them instead of writing a page',
    ...reading,
    ...engine,
    ...{ window, seed },
  },
  import: {
    alphabet:
      "the symbols by id: a JSON list, or ids by symbol; or a checkpoint that has the same ones (default: the weights' own metadata)",
    cell: 'kind of cell (default: lstm and gru are known by the weights; for an nn.RNN say which, unless its metadata does)',
    out: 'the checkpoint (default: beside the weights, with -dissipa in its name)',
    ...json,
  },
  export: {
    pytorch: 'a new folder for the weights, the text and the script (required)',
    text: "the run's text, where it is now (default: where it was)",
  },
  sweep: {
    ...train,
    ...queued,
    schedule: 'how the learning rate changes over all steps',
    grid: 'axes and their values: "cell=lstm,gru hidden=64,128 lr=0.001:0.01:log4 seed=1..5"',
    samples: 'number of points, drawn at random',
    samplesSeed: 'seed of the draw of the points',
    halving: 'successive halving: one run in so many goes on, the rest stop early',
    most: 'largest number of runs; a larger grid is refused',
    out: 'folder of the sweep (default: checkpoints/sweep)',
    resume: 'folder of a sweep to resume',
    part: 'only this part of the runs, i/n',
    merge: 'put the parts in these folders together, and show the whole',
    watch: 'show each run under way; with --queue alone: what the queue is working on',
    csv: 'write a row for each run',
    parquet: 'write the same as Parquet',
    ...html,
    ...json,
  },
  worker: queued,
  playground: {
    host: 'share it on the network, not on this machine alone',
    port: 'port of the server; 0 for any that is free',
    noOpen: 'do not open the browser',
    html: 'write the page to this file instead of serving it',
  },
  engine: {
    ...engine,
    build: "compile native kernels with this machine's C compiler, into the user's cache",
    ...json,
  },
};
