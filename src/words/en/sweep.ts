/** What `sweep`, `worker` and a queue say. Bits are given as text. */
import { numbers } from './numbers.js';

const { count } = numbers;

const s = (n: number, one: string, several = `${one}s`): string => `${count(n)} ${n === 1 ? one : several}`;

export const sweep = {
  facts: (jobs: number, settings: number, done: number): string =>
    `${s(jobs, 'training')} of ${s(settings, 'setting')}${done > 0 ? `, ${count(done)} through already` : ''}`,
  characters: (characters: number, heldOut: number, symbols: number): string =>
    `${s(characters, 'character')}, ${count(heldOut)} of them held out, ${s(symbols, 'symbol')}`,
  part: (part: number, of: number): string => `part ${part} of ${of}`,
  rungs: (lines: readonly { readonly jobs: number; readonly percent: string }[]): string =>
    `successive halving: ${lines.map(({ jobs, percent }) => `${count(jobs)} to ${percent}`).join(', ')} of the steps`,
  progress: (done: number, jobs: number, running: number): string =>
    `${count(done)} of ${count(jobs)} through${running > 0 ? `, ${count(running)} running` : ''}`,
  bits: (bits: string): string => `${bits} bits/char`,
  bestSoFar: (bits: string): string => `best ${bits} bits/char`,
  left: (time: string): string => `${time} left`,
  finished: (
    job: string,
    ended: 'steps' | 'patience' | 'halving' | 'diverged',
    bits: string | null,
  ): string =>
    `${job}: ${{ steps: '', patience: 'no better any more, ', halving: 'paused, ', diverged: 'diverged' }[ended]}${ended === 'diverged' ? '' : `${bits ?? '–'} bits/char`}`,
  interrupted: (done: number, jobs: number, command: string): string =>
    `interrupted, ${count(done)} of ${s(jobs, 'training')} through; go on with: ${command}`,
  partDone: (part: number, of: number): string =>
    `Part ${part} of ${of} is through. When all are: dissipa sweep --merge DIR…`,
  best: 'Best setting',
  command: 'As a training of its own:',
  settings: (shown: number, all: number): string =>
    shown < all ? `The ${count(shown)} best of ${count(all)} settings` : 'All settings, the best first',
  head: { loss: 'bits/char', seeds: 'trainings', ended: '', seconds: 'time each' },
  axes: 'Bits per character by each axis, over all trainings with the value',
  axisHead: { axis: 'axis', value: 'value', mean: 'mean', best: 'best', trainings: 'trainings' },
  states: { stopped: 'stopped early', diverged: 'diverged' },
  diverged: (n: number): string => (n === 0 ? '' : `, ${count(n)} diverged`),
  nothing: 'No training is through yet.',
  lower: 'Held-out loss, lower is better; ± is the standard deviation over trainings.',
  wrote: (path: string): string => `wrote ${path}`,
  queued: (jobs: number, address: string): string => `${s(jobs, 'training')} in the queue at ${address}`,
  waitingForWorkers: (version: string): string =>
    `no worker of version ${version} is there yet; start some: npx dissipa worker --queue …`,
  watch: {
    workers: (n: number, jobs: number): string =>
      n === 0 ? 'no worker' : `${s(n, 'worker')}, ${count(jobs)} at a time`,
    others: (versions: string, own: string): string =>
      `workers of version ${versions} do not take what is of ${own}`,
    counts: (running: number, waiting: number, failed: number): string =>
      `${count(running)} running, ${count(waiting)} waiting${failed > 0 ? `, ${count(failed)} failed` : ''}`,
    study: (study: 'sweep' | 'compare', text: string, done: number, jobs: number): string =>
      `${{ sweep: 'sweep', compare: 'comparison' }[study]} of ${text}: ${count(done)} of ${count(jobs)} through`,
    unattended: 'nobody is there to take its results: go on with --resume and --queue',
    on: (host: string): string => `on ${host}`,
    more: (hidden: number): string => `… and ${count(hidden)} more`,
    empty: (address: string): string => `nothing is in the queue at ${address}`,
  },
  workerReady: (address: string, jobs: number): string =>
    `waiting for trainings at ${address}, ${s(jobs, 'at a time', 'at a time')}; Ctrl-C ends it`,
  workerTook: (job: string, step: number): string =>
    step > 0 ? `${job}: goes on from step ${count(step)}` : `${job}: begins`,
  workerEnded: 'no more trainings are taken; those at hand go back with their last checkpoints',
  page: {
    title: 'dissipa sweep',
    bundled: 'the bundled corpus',
    texts: (n: number): string => s(n, 'text'),
    parallel: 'Every training as a line',
    parallelHow:
      'Each line is one training and crosses each axis at its value; the last axis is the held-out loss, lower is better. Coloured: the best tenth. Dashed: stopped early.',
    parallelLabel: (jobs: number): string => `Parallel coordinates of ${s(jobs, 'training')}`,
    byAxis: 'By axis',
    settings: 'Settings',
    loss: 'bits/char',
    footer: 'Made by dissipa sweep. All results in full are embedded below, as in results.jsonl.',
    facts: { text: 'text', trainings: 'trainings', settings: 'settings', engine: 'backend', begun: 'begun' },
    diverged: (n: number): string => `${s(n, 'training')} diverged and ${n === 1 ? 'has' : 'have'} no line.`,
  },
};
