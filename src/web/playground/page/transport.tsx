/** The buttons that make the two nets move, and where they are. */
import { SIDES } from '../settings.js';
import { drawing, heard, isGuessing, lab, words } from './context.js';
import { Button } from './button.js';
import type { Speed, State } from './lab.js';

const stateOf = (): State | 'hidden' =>
  lab.state.value === 'running' && lab.isHidden.value ? 'hidden' : lab.state.value;

export function Transport() {
  const w = words();
  const state = lab.state.value;
  const isRunning = state === 'running';
  const can = isRunning || ((state === 'ready' || state === 'paused') && !lab.isOver.value);
  return (
    <div class="transport" role="group" aria-label={w.play}>
      <Button
        class="play"
        id="play"
        isOff={!can}
        onClick={() => {
          isGuessing.value = false;
          drawing.value = null;
          if (isRunning) lab.pause();
          else lab.play();
        }}
      >
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
          <path d={isRunning ? 'M6 4h4v16H6zM14 4h4v16h-4z' : 'M7 4l14 8-14 8z'} fill="currentColor" />
        </svg>
        {isRunning ? w.pause : w.play}
      </Button>
      <Button
        id="step"
        isOff={!can || isRunning}
        onClick={() => {
          isGuessing.value = false;
          lab.stepOnce();
        }}
      >
        {w.step}
      </Button>
      <Button
        id="rewind"
        title={w.rewindHint}
        isOff={state === 'loading'}
        onClick={() => {
          void lab.rewind();
        }}
      >
        {w.rewind}
      </Button>
      <label class="speed">
        <span class="hidden">{w.speed}</span>
        <select
          value={lab.speed.value}
          onChange={(event) => {
            lab.speed.value = event.currentTarget.value as Speed;
          }}
        >
          {(['full', 'quick', 'slow'] as const).map((speed) => (
            <option key={speed} value={speed}>
              {w.speeds[speed]}
            </option>
          ))}
        </select>
      </label>
      <p class="where" aria-live={isRunning ? 'off' : 'polite'}>
        <b>{w.states[stateOf()]}</b> · {w.stepAt(lab.step.value)}
        <Pace />
      </p>
    </div>
  );
}

function Pace() {
  heard();
  const total = SIDES.reduce((sum, side) => sum + lab.benches[side].speed, 0);
  const threads = lab.threads.value;
  return lab.state.value === 'running' && total > 0 ? (
    <span class="soft">
      {' '}
      · {words().charactersPerSecond(Number(total.toPrecision(2)))}
      {threads > SIDES.length && ` · ${words().threads(threads)}`}
    </span>
  ) : null;
}
