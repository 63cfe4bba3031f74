/** What each option of a command is, by table and option; with each its default where the table itself has none. */
import type { OptionGroup } from '../../base/options.js';
import { everyName, PROBE_NAMES, TRAINING_PROBES, type EveryName } from '../../probe/training.js';
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
  probes: 'Probes',
  files: 'Files',
  sweep: 'Sweep',
  run: 'Run',
  general: 'General',
};

const reading = {
  encoding: 'encoding of the texts; auto finds it out, list shows those there are',
  badBytes: 'bytes that are not of the encoding; replace puts U+FFFD',
  ext: 'endings of the files that are read of a folder, with commas between',
  keepBoilerplate: "leave Project Gutenberg's headers, credits and licences in",
  lowercase: 'read capitals as small letters',
};

const engine = {
  engine: 'compute backend; auto is the fastest available, wasm-simd128 gives the same bits on every machine',
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
  hidden: 'units in each layer, H',
  init: 'weight initialisation; uniform is as in PyTorch',
  forgetBias: "initial bias of the LSTM's forget gate",
  dropout: 'share of units dropped between layers',

  window: 'timesteps the gradient travels back, T',
  batch: 'sequences trained side by side, N',
  validation: 'share of the text, or count of its characters, held out at the end; 0 for none',
  test: 'share or count held out behind that, which only the end of the run looks at',
  ...reading,
  records:
    'what stands by itself: shuffled, split, predicted and sampled one by one; without it all is one text',
  symbols: 'what a symbol is; bytes takes any file as it is (default: characters)',
  unknown: 'with --from: what becomes of symbols that the model has not (default: add)',
  minCount: 'symbols met less often are read as one unknown symbol',

  steps: 'updates of the weights; 0 measures the network as it is initialised',
  epochs: 'passes over the text, instead of --steps',
  lr: 'learning rate',
  schedule: 'course of the learning rate over all steps; --resume with more stretches it',
  warmup: 'steps in which the learning rate rises from 0',
  minLr: 'learning rate that linear and cosine end at',
  average: 'decay of an average of the weights, which is evaluated, sampled and saved as best; 0 for none',
  clip: 'gradient clipping: largest norm (or value, see --clip-mode)',
  clipMode: 'clip the norm of the gradient, each value, or none',
  patience: 'early stopping after so many evaluations without a better one; 0 for never',
  seed: 'seed of all random numbers',

  optimizer: "optimiser, in PyTorch's definition",
  momentum: "sgd's momentum",
  alpha: "rmsprop's smoothing",
  beta1: "adam's and adamw's first decay",
  beta2: "adam's and adamw's second decay",
  epsilon: 'added to denominators',
  weightDecay: 'L2 penalty; with adamw decoupled',

  evaluateEvery:
    'steps between evaluations on the held-out text (default: 250; more where they cost a tenth of the work, fewer on a short text)',
  evaluateFirst:
    'step of the first evaluation, from where each is at twice the step up to --evaluate-every (default: that, where it is given)',
  evaluateCharacters:
    'held-out characters that evaluations on the way look at, evenly spread (default: 16384 to 65536)',
  checkpointEvery: 'steps between checkpoints',
  keep: 'newest checkpoints that are kept, beside the best',
  sampleEvery: 'steps between samples in samples.txt; 0 for none',
  probe: 'what is measured of the gradient on the way',
  ...schedules,
  ...engine,
  out: 'folder of the run (default: checkpoints/<cell>-<layers>x<hidden>)',
  resume: 'folder of a run to go on with',
  from: 'model whose weights a new run begins with: a .safetensors file or a run',
  minutes: 'chooses model, rate, steps and the like for the text and so much time, once; flags given stay',
  json: 'print what happens as JSON lines, for programs: an object for each event',
};

const { encoding, badBytes, ext, keepBoilerplate } = reading;
/** Of the commands that measure a model on a text. */
const measured = {
  encoding,
  badBytes,
  ext,
  keepBoilerplate,
  unknown:
    'what becomes of symbols that the model has not (default: replace where it has a symbol for them, else refuse)',
  ...engine,
  ...json,
};

export const options = {
  groups,
  train,
  sample: {
    prompt: 'text to go on from; read through the network first',
    start: 'begin where a word or a line begins: a space or a line feed is read first',
    length: 'characters to make, at most',
    stop: 'end a sample before this text',
    lines: 'end a sample after so many lines; 0 for no end',
    count:
      'samples to make, side by side; their seeds are seed, seed + 1, … and each is what its seed gives alone',
    temperature: 'below 1 likelier, above 1 bolder; 0 always takes the likeliest',
    topK: 'choose among the k likeliest only; 0 for all',
    topP: 'choose among the likeliest that together have this probability',
    seed: 'seed of the choices: same seed, same text',
    unknown:
      'what becomes of symbols of the prompt that the model has not (default: replace where it has a symbol for them, else refuse)',
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
    deep: 'also what costs passes of its own: audit, direction, matrix, spectrum, what the text listens to; a page has them always',
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
    seed: train.seed,
    cell: train.cell,
    layers: train.layers,
    hidden: train.hidden,
    init: train.init,
  },
  compare: {
    only: 'some of them, with commas between',
    seeds: 'times that each is trained, from --seed on',
    match: 'same hidden size, or as many parameters as the LSTM of that size',
    layers: train.layers,
    hidden: train.hidden,
    characters: 'characters that each is trained on',
    minutes: 'minutes that each is trained, instead',
    baselineMinutes: 'with --characters: minutes after which brain.js, which would need hours, is stopped',
    scored: 'characters at the beginning of the held-out text that each is scored on',
    validation: 'share at the end of the text that is held out',
    window: train.window,
    batch: train.batch,
    ...reading,
    records: train.records,
    minCount: train.minCount,
    lr: train.lr,
    clip: train.clip,
    forgetBias: train.forgetBias,
    seed: train.seed,
    baselineLr: "brain.js's learning rate",
    engine: engine.engine,
    threads: 'contenders that run side by side (default: as many as there are processors)',
    out: 'folder of the comparison (default: checkpoints/compare)',
    resume: 'folder of a comparison to go on with',
    queue: 'address of a Redis or Valkey by which workers take the trainings: redis://…, rediss://…',
    ...html,
    ...json,
  },
  corpus: {
    ...reading,
    records: train.records,
    symbols: train.symbols,
    minCount: train.minCount,
    validation: train.validation,
    seed: 'seed of the order that records are put in',
    ...json,
  },
  lesson: {
    hidden: 'units in each layer of every network, H',
    window: train.window,
    steps: 'updates in each of the brief trainings',
    seed: train.seed,
    html: 'the page (default: lesson.html, or aula.html in Portuguese, numbered where one is there)',
    json: 'write the figures to a .json file, or alone (or with -) print them instead of a page',
    ...reading,
    ...engine,
  },
  import: {
    alphabet:
      "the symbols by id: a JSON list, or ids by symbol; or a checkpoint that has the same (default: the weights' own metadata)",
    cell: 'kind of cell (default: lstm and gru are told by the weights; of an nn.RNN say which, unless its metadata do)',
    out: 'the checkpoint (default: beside the weights, with -dissipa in its name)',
    ...json,
  },
  export: {
    pytorch: 'a new folder for what PyTorch goes on with',
    text: "the run's text, where it is now (default: where it was)",
  },
  sweep: {
    ...train,
    grid: 'axes and their values: "cell=lstm,gru hidden=64,128 lr=0.001:0.01:log4 seed=1..5"',
    samples: 'so many points, drawn at random',
    samplesSeed: 'seed that the points are drawn from',
    halving: 'successive halving: one training in so many goes on, the rest stop early',
    most: 'more trainings than this are refused',
    jobs: 'trainings side by side [as many as there are processors]',
    out: "the sweep's folder [checkpoints/sweep]",
    resume: 'folder of a sweep to go on with',
    part: 'this part of the trainings alone, i/n',
    merge: 'puts the parts in these folders together',
    queue: 'address of a Redis or Valkey by which workers take the trainings: redis://…, rediss://…',
    watch: 'show each training under way; with --queue alone: what the queue is at work on',
    csv: 'write a row for each training',
    parquet: 'write the same as Parquet',
    ...html,
    ...json,
  },
  worker: {
    queue: 'address of a Redis or Valkey by which workers take the trainings: redis://…, rediss://…',
    jobs: 'trainings side by side [as many as there are processors]',
  },
  playground: {
    host: 'share it in the network, not with this machine alone',
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
