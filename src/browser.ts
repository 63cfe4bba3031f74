/**
 * dissipa as a library, all of it that needs no Node: texts in, character models out, and what the gradient does on the
 * way.
 *
 * ```
 * text → train → model → sample, evaluate, inspect
 *        Alphabet → Trainer → events, snapshots → checkpoints → loadModel
 * ```
 */
import './words/spoken.js';

export { DissipaError, UsageError, type Problem, type Problems } from './base/errors.js';
export type { Language } from './base/language.js';

export { speak, wordsIn } from './words/words.js';

export { Rng } from './base/rng.js';
export { Ids, Matrix } from './base/matrix.js';

export { decodeText, TextReader } from './text/decode.js';
export type { Reading } from './text/reading.js';
export { SymbolCount } from './text/symbol-count.js';
export { asSymbols, rangeOf, type Symbols } from './text/symbols.js';
export { Alphabet, UNKNOWN, type SymbolKind } from './text/alphabet.js';
export { fromBytes, toBytes } from './text/bytes.js';
export { END, markedText, RecordMarks, type Records } from './text/records.js';
export { shuffledPieces } from './text/shuffle.js';
export { splitRecords, splitText } from './text/split.js';
export { SymbolReader, type Unknown } from './text/unknown.js';
export { Windows, type WindowSize } from './text/windows.js';

export { openEngine, ENGINES, type EngineName } from './kernels/engine.js';
export type { Kernels, Room, Scope } from './kernels/kernels.js';
export { inRoom, scoped } from './kernels/scoped.js';

export { CELLS, GATES, parameterCount, tensorShapes, type CellName, type ModelShape } from './model/shape.js';
export { addCell, cellNames, type AddedName } from './model/cells/index.js';
export {
  pytorchTensors,
  type Cell,
  type CellActivation,
  type CellGradients,
  type CellState,
  type CellStep,
  type CellTensor,
  type RecurrentWeights,
} from './model/cells/cell.js';
export { initialise, INITS, type InitName } from './model/init.js';
export { Network } from './model/network.js';
export { Parameters } from './model/parameters.js';

export { Unrolled, type UnrolledOptions } from './bptt/unrolled.js';
export { forward } from './bptt/forward.js';
export { loss, type WindowLoss } from './bptt/loss.js';
export { backward, type BackwardOptions } from './bptt/backward.js';
export type { Tap, TapView } from './bptt/tap.js';
export { backwardWithProbes, type Measurement, type Probe, type Site, type Survey } from './bptt/probing.js';
export type { Extras, GradientStep, LayerReport } from './bptt/report.js';
export type { Truncation } from './probe/audit.js';
export type { Listening } from './probe/listen.js';
export type { ByState, Triangle } from './probe/log.js';
export type { PairMatrix } from './probe/matrix.js';
export type { Memory, Verdict } from './probe/memory.js';
export type { Split } from './probe/split.js';
export type { Theory } from './probe/theory.js';

export { total } from './probe/total.js';
export { lag } from './probe/lag.js';
export { recurrent } from './probe/recurrent.js';
export { saturation } from './probe/saturation.js';
export { activation } from './probe/activation.js';
export { split } from './probe/split.js';
export { theory } from './probe/theory.js';
export { audit } from './probe/audit.js';
export { matrix } from './probe/matrix.js';
export { listen as listenProbe } from './probe/listen.js';
export { updates } from './probe/updates.js';
export { scheduled, TRAINING_PROBES, type ScheduledProbe } from './probe/training.js';
export { memoryOf } from './probe/memory.js';

export { parseTrainOptions, type GivenTrainOptions, type TrainOptions } from './train/options.js';
export type { TrainerSetup } from './train/setup.js';
export { Trainer } from './train/trainer.js';
export type { TrainEvent } from './train/events.js';
export type { Snapshot, TrainingState } from './train/state.js';

export { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './store/checkpoint.js';
export { RunFolder, resolveModelPath } from './store/run-folder.js';
export { readHistory, type History } from './store/history.js';
export { memoryFiles } from './store/files-memory.js';
export type { FileStore } from './store/files.js';

export { loadModel, type Model } from './study/model/model.js';
export type { Predictor } from './study/evaluate/predictor.js';
export {
  sampleFrom,
  sampleMany,
  Sampler,
  sampleOptions,
  type SampleEvent,
  type SampleOptions,
} from './study/sample/sample.js';
export { evaluate, evaluatePredictor, type EvaluationReport } from './study/evaluate/evaluate.js';
export { predictability, type Predictability } from './study/corpus/measure.js';
export { train, type HeldOutFigures, type Trained, type TrainSetup } from './study/train/train.js';
export { record, type RecordOptions, type RunEvent } from './study/train/record.js';
