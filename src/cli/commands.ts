/** The registry of commands: a line each. Only what is wanted is loaded: a sample should begin at once. */
import * as z from 'zod';
import type { Words } from '../words/words.js';
import type { Command, CommandName, Loaded } from './command.js';
import type { Environment } from './environment.js';
import type { Given } from './flags.js';

/** A table with a text for each of its options: one that has none does not compile. */
const loaded = <S extends z.core.$ZodLooseShape>(
  flags: z.ZodObject<S>,
  texts: (words: Words) => Readonly<Record<keyof S & string, string>>,
  run: Loaded['run'],
): Loaded => ({ flags, texts, run });

/** Of a command that takes one word, and of one that takes none. */
const ofWord =
  (run: (env: Environment, word: string, argv: Given) => Promise<number>): Loaded['run'] =>
  (env, [word], argv) =>
    run(env, word, argv);
const ofNone =
  (run: (env: Environment, argv: Given) => Promise<number>): Loaded['run'] =>
  (env, _, argv) =>
    run(env, argv);

/** Of a command that takes words alone. */
export const NO_OPTIONS: Loaded = {
  flags: z.strictObject({}),
  texts: () => ({}),
  run: () => Promise.resolve(0),
};

export const COMMANDS: Readonly<Record<Exclude<CommandName, 'help' | 'completion'>, Command>> = {
  train: {
    takes: 'texts',
    load: async () => {
      const { train, trainFlags } = await import('./commands/train.js');
      return loaded(trainFlags, ({ options }) => options.train, train);
    },
  },
  sample: {
    takes: 'model',
    load: async () => {
      const { sample, sampleFlags } = await import('./commands/sample.js');
      return loaded(sampleFlags, ({ options }) => options.sample, ofWord(sample));
    },
  },
  evaluate: {
    takes: 'model',
    load: async () => {
      const { evaluateModel, evaluateFlags } = await import('./commands/evaluate.js');
      return loaded(evaluateFlags, ({ options }) => options.evaluate, ofWord(evaluateModel));
    },
  },
  inspect: {
    takes: 'model',
    load: async () => {
      const { inspectModel, inspectFlags } = await import('./commands/inspect.js');
      return loaded(inspectFlags, ({ options }) => options.inspect, ofWord(inspectModel));
    },
  },
  check: {
    takes: 'maybe-model',
    load: async () => {
      const { checkModel, checkFlags } = await import('./commands/check.js');
      return loaded(
        checkFlags,
        ({ options }) => options.check,
        (env, words, argv) => checkModel(env, words.at(0) ?? null, argv),
      );
    },
  },
  compare: {
    takes: 'texts',
    load: async () => {
      const { compare, compareFlags } = await import('./commands/compare.js');
      return loaded(compareFlags, ({ options }) => options.compare, compare);
    },
  },
  corpus: {
    takes: 'texts',
    load: async () => {
      const { corpus, corpusFlags } = await import('./commands/corpus.js');
      return loaded(corpusFlags, ({ options }) => options.corpus, corpus);
    },
  },
  lesson: {
    takes: 'texts',
    load: async () => {
      const { lesson, lessonFlags } = await import('./commands/lesson.js');
      return loaded(lessonFlags, ({ options }) => options.lesson, lesson);
    },
  },
  import: {
    takes: 'weights',
    load: async () => {
      const { importWeights, importFlags } = await import('./commands/import.js');
      return loaded(importFlags, ({ options }) => options.import, ofWord(importWeights));
    },
  },
  export: {
    takes: 'run',
    load: async () => {
      const { exportRun, exportFlags } = await import('./commands/export.js');
      return loaded(exportFlags, ({ options }) => options.export, ofWord(exportRun));
    },
  },
  sweep: {
    takes: 'texts',
    load: async () => {
      const { sweep, sweepFlags } = await import('./commands/sweep.js');
      return loaded(sweepFlags, ({ options }) => options.sweep, sweep);
    },
  },
  worker: {
    takes: 'nothing',
    load: async () => {
      const { worker, workerFlags } = await import('./commands/worker.js');
      return loaded(workerFlags, ({ options }) => options.worker, ofNone(worker));
    },
  },
  playground: {
    takes: 'nothing',
    load: async () => {
      const { playground, playgroundFlags } = await import('./commands/playground.js');
      return loaded(playgroundFlags, ({ options }) => options.playground, ofNone(playground));
    },
  },
  engine: {
    takes: 'nothing',
    load: async () => {
      const { engine, engineFlags } = await import('./commands/engine.js');
      return loaded(engineFlags, ({ options }) => options.engine, ofNone(engine));
    },
  },
};
