/** What `sweep`, `worker` and a queue say. Bits are given as text. */
import { numbers } from './numbers.js';

const { count } = numbers;

const s = (n: number, one: string, several = `${one}s`): string => `${count(n)} ${n === 1 ? one : several}`;

export const sweep = {
  facts: (jobs: number, settings: number, done: number): string =>
    `${s(jobs, 'run')} of ${s(settings, 'setting')}${done > 0 ? `, ${count(done)} already done` : ''}`,
  characters: (characters: number, heldOut: number, symbols: number): string =>
    `${s(characters, 'character')}, ${count(heldOut)} of them held out, ${s(symbols, 'symbol')}`,
  part: (part: number, of: number): string => `part ${part} of ${of}`,
  rungs: (lines: readonly { readonly jobs: number; readonly percent: string }[]): string =>
    `successive halving: ${lines.map(({ jobs, percent }) => `${count(jobs)} to ${percent}`).join(', ')} of the steps`,
  progress: (done: number, jobs: number, running: number): string =>
    `${count(done)} of ${count(jobs)} done${running > 0 ? `, ${count(running)} running` : ''}`,
  bits: (bits: string): string => `${bits} bits/char`,
  bestSoFar: (bits: string): string => `best ${bits} bits/char`,
  left: (time: string): string => `${time} left`,
  finished: (
    job: string,
    ended: 'steps' | 'patience' | 'halving' | 'diverged',
    bits: string | null,
  ): string =>
    `${job}: ${{ steps: '', patience: 'stopped improving, ', halving: 'paused, ', diverged: 'diverged' }[ended]}${ended === 'diverged' ? '' : `${bits ?? '–'} bits/char`}`,
  interrupted: (done: number, jobs: number, command: string): string =>
    `interrupted, ${count(done)} of ${s(jobs, 'run')} done; go on with: ${command}`,
  partDone: (part: number, of: number): string =>
    `Part ${part} of ${of} is done. Once all are: dissipa sweep --merge FOLDER…`,
  best: 'Best setting',
  one: 'The one setting',
  command: 'To train it by itself:',
  settings: (shown: number, all: number): string =>
    shown < all ? `The best ${count(shown)} of ${count(all)} settings` : 'All settings, best first',
  head: { loss: 'bits/char', seeds: 'runs', ended: '', seconds: 'time each' },
  axes: 'Bits per character along each axis, over all runs with that value',
  axisHead: { axis: 'axis', value: 'value', mean: 'mean', best: 'best', runs: 'runs' },
  states: { stopped: 'stopped early', diverged: 'diverged' },
  diverged: (n: number): string => (n === 0 ? '' : `, ${count(n)} diverged`),
  nothing: 'No run is done yet.',
  lower: (isSpread: boolean): string =>
    `Loss on the held-out text: lower is better${isSpread ? '; ± is the standard deviation over runs' : ''}.`,
  wrote: (path: string): string => `wrote ${path}`,
  queued: (jobs: number, address: string): string => `${s(jobs, 'run')} in the queue at ${address}`,
  waitingForWorkers: (version: string): string =>
    `there is no worker of version ${version} yet; start some: npx dissipa worker --queue …`,
  watch: {
    workers: (n: number, jobs: number): string =>
      n === 0 ? 'no worker' : `${s(n, 'worker')}, ${count(jobs)} at a time`,
    others: (versions: string, own: string): string =>
      `workers of version ${versions} do not take runs of version ${own}`,
    counts: (running: number, waiting: number, failed: number): string =>
      `${count(running)} running, ${count(waiting)} waiting${failed > 0 ? `, ${count(failed)} failed` : ''}`,
    study: (study: 'sweep' | 'compare', text: string, done: number, jobs: number): string =>
      `${{ sweep: 'sweep', compare: 'comparison' }[study]} of ${text}: ${count(done)} of ${count(jobs)} done`,
    unattended: 'nobody is taking its results: go on with --resume and --queue',
    on: (host: string): string => `on ${host}`,
    more: (hidden: number): string => `… and ${count(hidden)} more`,
    empty: (address: string): string => `the queue at ${address} is empty`,
  },
  workerReady: (address: string, jobs: number): string =>
    `waiting for runs at ${address}, ${count(jobs)} at a time; Ctrl-C ends it`,
  workerTook: (job: string, step: number): string =>
    step > 0 ? `${job}: resumed at step ${count(step)}` : `${job}: started`,
  workerEnded: 'no more runs are taken; those under way go back to the queue with their latest checkpoints',
  page: {
    title: 'dissipa sweep',
    bundled: 'the bundled corpus',
    texts: (n: number): string => s(n, 'text'),
    parallel: 'Every run as a line',
    parallelHow: (isAnyStopped: boolean): string =>
      `Each line is one run and crosses each axis at its value; the last axis is the loss on the held-out text, lower is better. Coloured: the best tenth, at least one.${isAnyStopped ? ' Dashed: stopped early.' : ''}`,
    parallelLabel: (jobs: number): string => `Parallel coordinates of ${s(jobs, 'run')}`,
    byAxis: 'By axis',
    settings: 'Settings',
    loss: 'bits/char',
    footer: 'Made by dissipa sweep. All results are embedded in this page in full, as in results.jsonl.',
    facts: { text: 'text', runs: 'runs', settings: 'settings', engine: 'backend', begun: 'started' },
    diverged: (n: number): string => `${s(n, 'run')} diverged and ${n === 1 ? 'has' : 'have'} no line.`,
  },
};
