/** The page's sections on how the run went: drawn from its logs. */
import { chosenLayers } from '../../probe/view.js';
import { lagCourse } from '../../ui/course.js';
import { clippingFinding, courseFinding } from './findings.js';
import { loggedLayers } from '../../ui/inspection.js';
import { DEEPEST } from '../../ui/palette.js';
import { figure, grid, section, soft, type Section } from '../../ui/page/blocks.js';
import * as courses from '../../ui/charts/courses.js';
import { courseMap, floorOf, shareRamp } from '../../ui/charts/heats.js';

/** The lag curve's course over the training. */
export const training: Section = (data, words) => {
  const { findings, memory: told, page } = words.inspect;
  const layers = chosenLayers(loggedLayers(data, 'lagLog10'));
  const maps = layers.flatMap((layer) => {
    const course = lagCourse(data, layer, 80, 48);
    return course ? [{ layer, course }] : [];
  });
  if (maps.length === 0) return null;
  const { charts, numbers } = words;
  const axes = { x: charts.step, y: charts.lagUpwards, count: numbers.count };
  const floor = floorOf(
    maps.flatMap(({ course }) => course.columns.flatMap(({ values }) => values)),
    DEEPEST,
  );
  const remembered = chosenLayers(loggedLayers(data, 'memory'));
  const title = page.memoryByStep;
  const memory =
    remembered.length === 0
      ? []
      : [figure(title, page.memoryEdge, courses.memoryCurves(data, remembered, title, words))];
  return section(
    page.headings.training,
    soft(page.training),
    shareRamp(floor, words),
    grid([
      ...maps.map(({ layer, course }) => {
        const finding = courseFinding(data, layer);
        const title = finding === null ? told.Layer(layer) : findings.course(finding);
        return figure(title, null, courseMap(course, floor, title, axes));
      }),
      ...memory,
    ]),
  );
};

export const progress: Section = (data, words) => {
  const { findings, page } = words.inspect;
  const { history } = data;
  if (!history || history.updates.length === 0) return null;
  const last = history.updates[history.updates.length - 1];
  const best = [...history.evaluations].sort((a, b) => a.validationLossNats - b.validationLossNats).at(0);
  const loss = best
    ? page.bestLoss(best.step, best.validationLossNats)
    : page.lastLoss(last.step, last.lossNats);
  const clipped = clippingFinding(data);
  const clipping = clipped === null ? '' : findings.clipping(clipped);
  return section(
    page.headings.progress,
    grid([
      figure(loss, null, courses.lossCurves(data, loss, words)),
      figure(clipping, null, courses.normCurve(data, clipping, words)),
    ]),
  );
};
