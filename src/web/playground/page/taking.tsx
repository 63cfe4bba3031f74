/** What goes with the reader: the address, checkpoints, logs, the command that trains the same net. */
import { useSignal } from '@preact/signals';
import { DEFAULTS, FIELD_NAMES, isUsed, SIDES, type Settings, type Side } from '../settings.js';
import { addressOf, lab, words } from './context.js';
import { download } from './interactive.js';

/** What the command line takes where nothing is said. */
const COMMAND_DEFAULTS: Partial<Settings> = {
  cell: 'tanh',
  layers: 1,
  hidden: 128,
  init: 'uniform',
  forgetBias: 1,
  dropout: 0,
  window: 64,
  batch: 32,
  optimizer: 'adam',
  lr: 0.002,
  clip: 5,
  seed: 1,
};

const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`)}`;

/** The call that trains the same net, bit for bit, on the bundled corpus. */
export function commandOf(settings: Settings): string {
  const flags = FIELD_NAMES.filter(
    (name) => name !== 'gain' && isUsed(name, settings) && settings[name] !== COMMAND_DEFAULTS[name],
  ).map((name) => `${flagOf(name)} ${settings[name]}`);
  return `npx dissipa train ${[...flags, '--engine wasm-simd128'].join(' ')}`;
}

/** The log as `step,loss_nats,gradient_norm,clip_scale`, numbers as they are. */
export function csvOf(side: Side): string {
  const { rows } = lab.benches[side];
  const lines = rows.map(({ step, lossNats, gradientNorm, clipScale }) =>
    [step, lossNats, gradientNorm, clipScale].join(','),
  );
  return ['step,lossNats,gradientNorm,clipScale', ...lines].join('\n') + '\n';
}

export function Taking() {
  const w = words();
  const said = useSignal('');
  const withText = useSignal(false);
  const isOwn = lab.text.value.kind === 'own';
  const copy = async (): Promise<void> => {
    const hash = addressOf(withText.value);
    if (hash === null) {
      said.value = w.linkTooLong;
      return;
    }
    const address = `${location.href.split('#')[0]}${hash ? `#${hash}` : ''}`;
    try {
      await navigator.clipboard.writeText(address);
      said.value = w.copied;
    } catch {
      // A page from disk may not write there: what is to be copied is shown.
      said.value = address;
    }
  };
  const file = async (side: Side): Promise<void> => {
    await lab.paused();
    const bytes = await lab.benches[side].call('checkpoint', null);
    const { cell, layers, hidden } = lab.benches[side].settings.peek();
    const name = `${cell}-${layers}x${hidden}-step-${lab.benches[side].step.peek()}.safetensors`;
    download(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' }), name);
  };
  const isOpen = SIDES.every((side) => lab.benches[side].opened.value !== null);
  return (
    <section aria-labelledby="along-title">
      <h2 id="along-title">{w.along}</h2>
      <p class="soft">{w.alongHint}</p>
      <div class="row">
        <button
          type="button"
          id="copy-address"
          onClick={() => {
            void copy();
          }}
        >
          {w.link}
        </button>
        {isOwn && (
          <label>
            <input
              type="checkbox"
              checked={withText.value}
              onChange={(event) => {
                withText.value = event.currentTarget.checked;
              }}
            />{' '}
            {w.linkWithText}
          </label>
        )}
        <output class="soft address">{said.value}</output>
      </div>
      <div class="row">
        {SIDES.map((side) => (
          <button
            type="button"
            key={side}
            id={`checkpoint-${side}`}
            disabled={!isOpen}
            onClick={() => {
              void file(side);
            }}
          >
            {w.checkpoint(side.toUpperCase())}
          </button>
        ))}
        {SIDES.map((side) => (
          <button
            type="button"
            key={side}
            id={`log-${side}`}
            disabled={!isOpen}
            onClick={() => {
              download(
                new Blob([csvOf(side)], { type: 'text/csv' }),
                `${side}-${lab.benches[side].settings.peek().cell}.csv`,
              );
            }}
          >
            {w.log(side.toUpperCase())}
          </button>
        ))}
        <span class="soft">{w.checkpointHint}</span>
      </div>
      {SIDES.map((side) => {
        const settings = lab.benches[side].settings.value;
        return (
          <div key={side}>
            <p class="soft">{w.command(side.toUpperCase())}</p>
            <pre class="command" tabIndex={0}>
              {commandOf(settings)}
            </pre>
            {settings.gain !== DEFAULTS.gain && <p class="soft">{w.commandGain}</p>}
          </div>
        );
      })}
      <Scan />
    </section>
  );
}

/** Where this page is served to a network: its address as a picture for phones. */
function Scan() {
  const w = words();
  const address = document.querySelector<HTMLMetaElement>('meta[name="dissipa-address"]')?.content;
  const picture = document.getElementById('dissipa-qr')?.innerHTML;
  if (!address || !picture) return null;
  return (
    <figure class="scan">
      <figcaption>
        <h3>{w.scan}</h3>
        <p>{address}</p>
      </figcaption>
      <div
        class="qr"
        role="img"
        aria-label={w.scanAlt(address)}
        dangerouslySetInnerHTML={{ __html: picture }}
      />
    </figure>
  );
}
