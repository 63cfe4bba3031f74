/** What becomes of one contender trained from one seed: figures alone, as compare.json keeps them and as they are read there. */
import * as z from 'zod';
import { listOf, recordOf } from '../../base/lists.js';
import type { Known } from '../../base/known.js';
import type { LayerReport } from '../../bptt/report.js';
import { verdictName } from '../../probe/memory.js';
import type { CheckpointEvent } from '../jobs/checkpoint.js';
import { contenderName } from './contenders.js';

const number = z.number();
const share = number.nullable();

const layerMemory = z.looseObject({
  halfLife: share,
  lag1pct: share,
  lag1e6: share,
  drop: z.looseObject({ decades: number, lag: z.int() }).nullable(),
  tail: z.looseObject({ decadesPerStep: number, standardError: share }).nullable(),
  timeConstant: share,
  verdict: verdictName,
});
/** Of a layer's report what tables and pages read; the rest goes along. */
const layer = z.looseObject({
  layer: z.int().min(0),
  lagLog10: z.looseObject({ h: listOf(share), c: listOf(share).nullable() }),
  saturation: recordOf(listOf(number)),
  memory: layerMemory,
});

/** Of all layers; null for what has none, or has overflowed. */
export const layersSchema = listOf(layer).nullable();

export const curvePoint = z.looseObject({
  /** Trained on so far. */
  characters: number,
  /** Spent on training so far; scoring does not count. */
  seconds: number,
  /** Of the beginning of the held-out text. */
  bitsPerChar: number,
});

/** Of one contender from one seed. */
export const resultSchema = z.looseObject({
  contender: contenderName,
  seed: z.int(),
  /** H, L; null for a model without layers. */
  hidden: z.int().nullable(),
  layers: z.int().nullable(),
  /** Of the n-gram model: n-grams counted. */
  parameters: number,
  charactersSeen: number,
  /** Spent on training. */
  seconds: number,
  /** By the budget; by the cap that the baseline has; or because the numbers were no longer finite. */
  ended: z.enum(['budget', 'cap', 'diverged']),
  /** An `EvaluationReport`; null where it has diverged. */
  heldOut: z
    .looseObject({ predictions: number, lossNats: number, bitsPerChar: number, bitsPerByte: number })
    .nullable(),
  curve: listOf(curvePoint),
  /** Lag curve, memory and saturation by layer, before the training and after it; null for what has no layers. */
  start: layersSchema,
  end: layersSchema,
  sample: z.string(),
  /** A `SampleQuality`. */
  quality: z
    .looseObject({
      words: number,
      knownWords: share,
      distinct: z.tuple([share, share, share]),
      repetition: share,
      novelty: share,
      longestCopy: z.looseObject({ characters: number, text: z.string() }),
    })
    .nullable(),
  /** The n-gram model's order. */
  order: z.int().optional(),
  /** brain.js: are its gradients right, tensor by tensor? */
  gradientCheck: z
    .array(z.looseObject({ tensor: z.string(), relativeDifference: number, right: z.boolean() }))
    .optional(),
});

type Read = Known<z.output<typeof resultSchema>>;
/** One contender from one seed. */
export type Job = Pick<Read, 'contender' | 'seed'>;
export type CurvePoint = Known<z.output<typeof curvePoint>>;
/** What came of it. */
export type JobResult = Omit<Read, 'start' | 'end'> & {
  readonly [Stage in 'start' | 'end']: readonly LayerReport[] | null;
};

export const progressSchema = z.object({
  /** Of the budget, 0 to 1. */
  share: z.number().min(0).max(1),
  characters: z.number().min(0),
  /** As last scored. */
  bitsPerChar: z.number().nullable(),
});
export type JobProgress = Readonly<z.infer<typeof progressSchema>> & { readonly kind: 'progress' };

/** What a job tells on its way; brain.js and the counting model have no checkpoints. */
export type JobEvent =
  JobProgress | CheckpointEvent | { readonly kind: 'result'; readonly result: JobResult };
