/** The page's sections on how the run went: drawn from its logs. */
import { chosenLayers } from '../../ui/binning.js';
import { lagCourse } from '../../ui/course.js';
import { clippingFinding, courseFinding, updatesFinding } from './findings.js';
import { extraOf, loggedLayers } from '../../ui/inspection.js';
import { count, short } from '../../words/numbers.js';
import { DEEPEST } from '../../ui/palette.js';
import { figure, grid, section, soft, tableOf, type Section } from '../../ui/page/blocks.js';
import * as courses from '../../ui/charts/courses.js';
import { courseMap, floorOf, shareRamp } from '../../ui/charts/heats.js';
import { markup } from '../../ui/html.js';

/** The lag curve's course over the training. */
export const training: Section = (data) => {
  const layers = chosenLayers(loggedLayers(data, 'lagLog10'));
  const maps = layers.flatMap((layer) => {
    const course = lagCourse(data, layer, 80, 48);
    return course ? [{ layer, course }] : [];
  });
  if (maps.length === 0) return null;
  const floor = floorOf(
    maps.flatMap(({ course }) => course.columns.flatMap(({ values }) => values)),
    DEEPEST,
  );
  const remembered = chosenLayers(loggedLayers(data, 'memory'));
  const title = 'The lag at which 1% is left, by training step';
  const memory =
    remembered.length === 0
      ? []
      : [
          figure(
            title,
            'At the height of the window: beyond it.',
            courses.memoryCurves(data, remembered, title),
          ),
        ];
  return section(
    'How it came about: the lag curve at each logged step',
    soft('A column is a lag curve, as it was at that step of the training; bright reaches far.'),
    shareRamp(floor),
    grid([
      ...maps.map(({ layer, course }) => {
        const title = courseFinding(data, layer) ?? `Layer ${layer}`;
        return figure(title, null, courseMap(course, floor, title));
      }),
      ...memory,
    ]),
  );
};

export const progress: Section = (data) => {
  const { history } = data;
  if (!history || history.updates.length === 0) return null;
  const last = history.updates[history.updates.length - 1];
  const best = [...history.evaluations].sort((a, b) => a.validationLossNats - b.validationLossNats).at(0);
  const loss = best
    ? `Held-out loss is best at step ${count(best.step)}: ${(best.validationLossNats / Math.LN2).toFixed(3)} bits per character.`
    : `At step ${count(last.step)} the loss is ${(last.lossNats / Math.LN2).toFixed(3)} bits per character.`;
  const clipping = clippingFinding(data) ?? '';
  const updates = extraOf(data, 'updates');
  const finding = updatesFinding(data);
  return section(
    'The training itself',
    grid([
      figure(loss, null, courses.lossCurves(data, loss)),
      figure(clipping, null, courses.normCurve(data, clipping)),
    ]),
    updates && finding !== null
      ? markup`<h3>${finding}</h3>${tableOf(
          ['tensor', '‖Δw‖/‖w‖ of one update'],
          Object.entries(updates.value).map(([tensor, ratio]) => [tensor, short(ratio)]),
        )}`
      : null,
  );
};
