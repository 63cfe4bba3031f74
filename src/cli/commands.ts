/** The registry of commands: a line each. Only what is wanted is loaded: a sample should begin at once. */
import * as z from 'zod';
import type { Words } from '../words/words.js';
import type { Command, CommandName, Loaded } from './command.js';

/** A table with a text for each of its options: one that has none does not compile. */
const loaded = <S extends z.core.$ZodLooseShape>(
  flags: z.ZodObject<S>,
  texts: (words: Words) => Readonly<Record<keyof S & string, string>>,
  run: Loaded['run'],
): Loaded => ({ flags, texts, run });

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
      return loaded(
        sampleFlags,
        ({ options }) => options.sample,
        (env, [model], argv) => sample(env, model, argv),
      );
    },
  },
  evaluate: {
    takes: 'model',
    load: async () => {
      const { evaluateModel, evaluateFlags } = await import('./commands/evaluate.js');
      return loaded(
        evaluateFlags,
        ({ options }) => options.evaluate,
        (env, [model], argv) => evaluateModel(env, model, argv),
      );
    },
  },
  inspect: {
    takes: 'model',
    load: async () => {
      const { inspectModel, inspectFlags } = await import('./commands/inspect.js');
      return loaded(
        inspectFlags,
        ({ options }) => options.inspect,
        (env, [model], argv) => inspectModel(env, model, argv),
      );
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
      return loaded(
        importFlags,
        ({ options }) => options.import,
        (env, [weights], argv) => importWeights(env, weights, argv),
      );
    },
  },
  export: {
    takes: 'run',
    load: async () => {
      const { exportRun, exportFlags } = await import('./commands/export.js');
      return loaded(
        exportFlags,
        ({ options }) => options.export,
        (env, [run], argv) => exportRun(env, run, argv),
      );
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
      return loaded(
        workerFlags,
        ({ options }) => options.worker,
        (env, _, argv) => worker(env, argv),
      );
    },
  },
  playground: {
    takes: 'nothing',
    load: async () => {
      const { playground, playgroundFlags } = await import('./commands/playground.js');
      return loaded(
        playgroundFlags,
        ({ options }) => options.playground,
        (env, _, argv) => playground(env, argv),
      );
    },
  },
  engine: {
    takes: 'nothing',
    load: async () => {
      const { engine, engineFlags } = await import('./commands/engine.js');
      return loaded(
        engineFlags,
        ({ options }) => options.engine,
        (env, _, argv) => engine(env, argv),
      );
    },
  },
};
