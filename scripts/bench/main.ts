/**
 * `npm run bench`: how fast it trains, beside PyTorch, brain.js and tfjs where they are to be had, in turn on one machine.
 *
 *   npm run bench                        everything, about ten minutes
 *   npm run bench -- --only sampling     one part: training, sampling, start or memory
 *   npm run bench -- --rows "lstm 1×128" the rows of the training table whose names have these words
 *   npm run bench -- --json bench.json   writes every sample too
 */
import { writeFileSync } from 'node:fs';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { CASES, nameOf, SEED } from './cases.js';
import { machine } from './machine.js';
import { measureFma } from './fma.js';
import { inWords, whyNoPeer } from './peer.js';
import { measureMemory } from './memory.js';
import { measureSampling, measureStart } from './sampling.js';
import { sides } from './sides.js';
import { inPercent } from './spread.js';
import * as tables from './tables.js';
import { measurePeaks, measureTraining } from './training.js';

const PARTS = ['training', 'sampling', 'start', 'memory'] as const;
const given = await yargs(hideBin(process.argv))
  .options({
    only: { choices: PARTS, describe: 'one part alone' },
    rows: { type: 'string', default: '', describe: 'rows of the training table whose names have this' },
    rounds: { type: 'number', default: 5, describe: 'turns that each side gets' },
    tfjs: { type: 'boolean', default: false, describe: 'install tfjs beside the project and measure it' },
    python: { type: 'string', describe: 'a Python whose PyTorch is the peer, such as a newer one' },
    json: { type: 'string', describe: 'file to write the results to, with every sample' },
  })
  .strict()
  .version(false)
  .parseAsync();

const does = (part: (typeof PARTS)[number]): boolean => given.only === undefined || given.only === part;
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const tell = (text: string): void => {
  process.stderr.write(`… ${text}\n`);
};

const on = machine();
say(`${on.processor}, ${on.cores} cores, ${on.memoryGiB} GiB, ${on.system}, Node ${on.versions.node}`);
const results: Record<string, unknown> = {
  format: 'dissipa.bench',
  version: 1,
  machine: on,
  seed: SEED,
  rounds: given.rounds,
};

if (does('training')) {
  const { specs, notes } = sides(given.tfjs, given.python);
  const cases = CASES.filter((one) => nameOf(one).includes(given.rows));
  tell('the peak of one core');
  const fma = measureFma();
  const { peaks, blas } = await measurePeaks(specs.filter(({ name }) => name.endsWith(' 1')));
  const { rows, about } = await measureTraining(cases, specs, given.rounds, tell);
  const peak = Math.max(...Object.values(peaks), fma ?? 0);
  const noPeer = 'PyTorch 1' in peaks ? whyNoPeer(blas, peaks['PyTorch 1'], peak) : null;
  const ofPeaks = Object.entries(peaks).map(([name, gflops]) => `${name} ${gflops.toFixed(0)}`);
  say(`\nA product of 512×512 numbers, GFLOP/s on one core: ${ofPeaks.join(', ')}.`);
  say(
    fma === null
      ? 'The core itself was not measured: that takes a C compiler.'
      : `The core itself multiplies and adds at ${fma.toFixed(0)} GFLOP/s.`,
  );
  if ('PyTorch 1' in peaks) say(`PyTorch computes with ${inWords(blas)}.`);
  say(
    'Training steps: Adam, clipping at 5, 100 symbols, default probes; cell layers×hidden, rows×timesteps;',
  );
  say('medians of turns and half the distance between the extremes.\n');
  say(tables.speeds(rows, Object.keys(about)));
  say('');
  say(tables.ratios(rows, peak, noPeer === null));
  if (noPeer !== null) say(noPeer);
  say('Ratios differ by processor: these are of this one.');
  for (const note of notes) say(note);
  Object.assign(results, { peaks, fma, blas, about, training: rows });
}
if (does('sampling')) {
  tell('sampling');
  const sampling = await measureSampling();
  const rates = Object.entries(sampling).map(
    ([name, rate]) => `${name} ${rate.median.toFixed(0)} ${inPercent(rate)}`,
  );
  say(`\nSampling from an LSTM of 2×512, characters a second: ${rates.join(', ')}.`);
  results.sampling = sampling;
}
if (does('start')) {
  tell('start');
  const start = await measureStart();
  say(
    `\n\`dissipa sample\` to its first character, LSTM 2×512: ${start.median.toFixed(2)} s ${inPercent(start)}.`,
  );
  results.start = start;
}
if (does('memory')) {
  tell('memory');
  const memory = measureMemory();
  say(`\n${tables.memory(memory)}`);
  results.memory = memory;
}
if (given.json !== undefined) {
  writeFileSync(given.json, `${JSON.stringify(results, null, 1)}\n`);
  say(`\n${given.json}`);
}
