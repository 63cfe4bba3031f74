/** A lesson to draw: measured once on tiny networks, and changed where a test wants other figures. */
import { measureLesson, type Lesson } from '../../../src/study/lesson/lesson.js';
import { tinySetup } from '../../study/lesson/tiny.js';

export async function exampleLesson(): Promise<Lesson> {
  const running = measureLesson(tinySetup({ window: 16 }));
  for (;;) {
    const next = await running.next();
    if (next.done === true) return next.value;
  }
}

/** As after trainings that all ended in no number. */
export function withoutEnds({ setup, sections }: Lesson): Lesson {
  const bare = <T>(one: T): T => ({ ...one, end: null });
  const { sensitivity, squashing, depth, methods } = sections;
  return {
    setup,
    sections: {
      ...sections,
      sensitivity: { ...sensitivity, nets: sensitivity.nets.map(bare) },
      squashing: { ...squashing, nets: squashing.nets.map(bare) },
      depth: {
        ...depth,
        nets: depth.nets.map(({ cell, byDepth }) => ({ cell, byDepth: byDepth.map(bare) })),
        lags: bare(depth.lags),
      },
      methods: {
        ...methods,
        contenders: methods.contenders.map((one) => ({
          ...bare(one),
          validationLossNats: null,
          clippedNorms: { ...one.clippedNorms, divergedAt: 3 },
        })),
      },
    },
  };
}

/** As of networks whose gradients fall to exact zeros. */
export function withZeros({ setup, sections }: Lesson): Lesson {
  const { misleading } = sections;
  const totalLog10 = { smallest: null, largest: 0 };
  return {
    setup,
    sections: {
      ...sections,
      misleading: {
        ...misleading,
        nets: misleading.nets.map((one) => ({ ...one, totalLog10, leftLog10: null })),
      },
    },
  };
}
