/** dissipa/inspect: the gradient of a model by layer, timestep and lag, and whether it is right. */
import './words/spoken.js';
// Each probe declares its part of a report's type.
import './probe/training.js';

export {
  inspect,
  inspectDeep,
  listen,
  measure,
  type DeepInspection,
  type DeepOptions,
  type InspectedLayer,
  type Inspection,
} from './study/inspect/measure.js';
export { measureLesson } from './study/lesson/lesson.js';
export type { Lesson } from './words/lesson/lesson.js';
export type { LessonProgress } from './words/lesson/figures.js';
export { lessonOptions, prepareLesson, type LessonSetup } from './study/lesson/setup.js';
export { check, type CheckOptions, type CheckReport } from './study/check/measure.js';
