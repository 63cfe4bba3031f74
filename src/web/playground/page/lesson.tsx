/** The guided way: each step sets the nets, asks before it shows, and says what to say. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { DEFAULTS, FIELD_NAMES, SIDES, type Pair, type Settings } from '../settings.js';
import { curvesOf } from './charts.js';
import { Button, focusOn } from './button.js';
import { heard, isGuessing, isProjected, lab, lesson, words } from './context.js';

type Curve = readonly (number | null)[];

interface LessonStep {
  readonly nets: Pair;
  /** The step of the training at which the answer is read off. */
  readonly until: number;
  /** The answer that the curves give; null where they are not clear. */
  readonly found: (a: Curve, b: Curve) => number | null;
}

const net = (settings: Partial<Settings>): Settings => ({ ...DEFAULTS, ...settings });

/** log10 of what is left at a lag; what is exactly 0 is below everything. */
const left = (curve: Curve, lag: number): number => curve[Math.min(lag, curve.length - 1)] ?? -Infinity;
/** Curves closer than a factor of 2 are alike. */
const ALIKE = Math.log10(2);

/** Which of the two has more left at a lag: 0 for A, 1 for B, 2 for neither. */
const larger = (a: Curve, b: Curve, lag: number): number => {
  const more = left(b, lag) - left(a, lag);
  return Math.abs(more) < ALIKE ? 2 : more > 0 ? 1 : 0;
};

/** In the order of the words. */
export const LESSON: readonly LessonStep[] = [
  {
    nets: { a: net({ cell: 'tanh' }), b: net({ cell: 'tanh', seed: 2 }) },
    until: 20,
    found: (a) => (left(a, 10) > ALIKE ? 2 : left(a, 10) < -2 ? 1 : left(a, 10) > -0.3 ? 0 : null),
  },
  {
    nets: { a: net({ cell: 'tanh' }), b: net({ cell: 'sigmoid' }) },
    until: 20,
    found: (a, b) => {
      const more = larger(a, b, 10);
      return more === 2 ? 2 : 1 - more;
    },
  },
  {
    nets: { a: net({ cell: 'tanh' }), b: net({ cell: 'gru' }) },
    until: 200,
    found: (a, b) => larger(a, b, 40),
  },
  {
    nets: { a: net({ cell: 'lstm', forgetBias: 0 }), b: net({ cell: 'lstm', forgetBias: 3 }) },
    until: 1,
    found: (a, b) => larger(a, b, 20),
  },
  {
    nets: { a: net({ cell: 'tanh' }), b: net({ cell: 'tanh', init: 'orthogonal' }) },
    until: 1,
    found: (a, b) => larger(a, b, 20),
  },
  {
    nets: { a: net({ cell: 'tanh' }), b: net({ cell: 'tanh', gain: 3 }) },
    until: 1,
    found: (a, b) => (left(b, 20) === -Infinity ? 2 : larger(a, b, 20) === 1 ? 1 : 0),
  },
];

export function Lesson() {
  const at = lesson.value;
  return at === null ? null : <Step at={at} />;
}

function Step({ at }: { readonly at: number }) {
  heard();
  const w = words();
  const answered = useSignal<{ readonly at: number; readonly answer: number } | null>(null);
  const answer = answered.value?.at === at ? answered.value.answer : null;
  const { nets, until, found } = LESSON[at];
  const text = w.lessonSteps[at];
  useEffect(() => {
    // What was measured before the first step is hidden too, until play is pressed: the question comes first.
    isGuessing.value = true;
    void lab.set(nets);
  }, [at]);
  // Of other nets than those that were asked about there is no answer; another seed is one more try.
  const isAsked = SIDES.every((side) => {
    const { settings, origin } = lab.benches[side];
    return (
      origin.value === 'start' &&
      FIELD_NAMES.every((name) => name === 'seed' || settings.value[name] === nets[side][name])
    );
  });
  const isSeen = isAsked && lab.step.value >= until;
  // As it was when the question was answered, however far the nets have gone on since.
  const [a, b] = SIDES.map((side) => curvesOf(lab.benches[side].at(until)).at(-1) ?? []);
  const right = isSeen && a.length > 0 && b.length > 0 ? found(a, b) : null;
  return (
    <section class="lesson" aria-labelledby="lesson-title">
      <p class="soft">
        {w.lesson} · {w.lessonTitle(at + 1, LESSON.length)}
      </p>
      <h2 id="lesson-title" aria-live="polite">
        {text.title}
      </h2>
      <fieldset>
        <legend>
          <span class="soft">{w.lessonAsk}</span>
          <br />
          {text.question}
        </legend>
        <div class="row">
          {text.answers.map((one, i) => (
            <button
              type="button"
              key={one}
              aria-pressed={answer === i}
              onClick={() => {
                answered.value = { at, answer: i };
              }}
            >
              {one}
            </button>
          ))}
        </div>
      </fieldset>
      <div aria-live="polite">
        {!isAsked && lab.state.value !== 'loading' && (
          <p>
            {w.lessonChanged}{' '}
            <button
              type="button"
              onClick={() => {
                isGuessing.value = true;
                void lab.set(nets);
                focusOn('play');
              }}
            >
              {w.lessonRestore}
            </button>
          </p>
        )}
        {isAsked && !isSeen && <p class="soft">{w.lessonWait(until)}</p>}
        {isSeen && (
          <div class="seen">
            <h3>{w.lessonSeen}</h3>
            {right === null ? (
              <p>{w.lessonOpen}</p>
            ) : (
              <>
                {answer !== null && (
                  <p>
                    {w.lessonYours(text.answers[answer])} {answer === right ? w.lessonRight : w.lessonWrong}
                  </p>
                )}
                <p>
                  <b>{text.answers[right]}</b>
                </p>
              </>
            )}
            <p>{text.claim}</p>
          </div>
        )}
      </div>
      {!isProjected.value && (
        <details class="script">
          <summary>{w.script}</summary>
          <dl>
            {(['say', 'show', 'write', 'ask'] as const).map((part) => (
              <div key={part}>
                <dt>{w.scriptParts[part]}</dt>
                <dd class={part}>{text[part]}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <div class="row">
        <Button
          isOff={at === 0}
          onClick={() => {
            lesson.value = at - 1;
          }}
        >
          {w.lessonBack}
        </Button>
        <Button
          isOff={at === LESSON.length - 1}
          onClick={() => {
            lesson.value = at + 1;
          }}
        >
          {w.lessonNext}
        </Button>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            lesson.value = null;
            isGuessing.value = false;
            focusOn('lesson');
          }}
        >
          {w.lessonEnd}
        </button>
      </div>
    </section>
  );
}
