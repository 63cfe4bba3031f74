/** What goes with the reader: the address, checkpoints, logs, the command that trains the same net. */
import { useSignal } from '@preact/signals';
import { commandOf } from '../command.js';
import { DEFAULTS, SIDES, type Side } from '../settings.js';
import { addressOf, lab, namesOf, words } from './context.js';
import { Button } from './button.js';
import { download } from '../../charts/save.js';

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
  const said = useSignal<'copied' | 'too long' | { readonly address: string } | null>(null);
  const withText = useSignal(false);
  const isOwn = lab.text.value.kind === 'own';
  const copy = async (): Promise<void> => {
    const hash = addressOf(withText.value);
    if (hash === null) {
      said.value = 'too long';
      return;
    }
    const address = `${location.href.split('#')[0]}${hash ? `#${hash}` : ''}`;
    try {
      await navigator.clipboard.writeText(address);
      said.value = 'copied';
    } catch {
      // A page from disk may not write there: what is to be copied is shown.
      said.value = { address };
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
        <output class="soft address">
          {said.value === 'copied'
            ? w.copied
            : said.value === 'too long'
              ? w.linkTooLong
              : said.value?.address}
        </output>
      </div>
      <div class="row">
        {SIDES.map((side) => (
          <Button
            key={side}
            id={`checkpoint-${side}`}
            isOff={!isOpen}
            onClick={() => {
              void file(side);
            }}
          >
            {w.checkpoint(side.toUpperCase())}
          </Button>
        ))}
        {SIDES.map((side) => (
          <Button
            key={side}
            id={`log-${side}`}
            isOff={!isOpen}
            onClick={() => {
              download(
                new Blob([csvOf(side)], { type: 'text/csv' }),
                `${side}-${lab.benches[side].settings.peek().cell}.csv`,
              );
            }}
          >
            {w.log(side.toUpperCase())}
          </Button>
        ))}
        <span class="soft">{w.checkpointHint}</span>
      </div>
      {SIDES.map((side) => (
        <Command side={side} key={side} />
      ))}
      <Scan />
    </section>
  );
}

/** The run on the command line; of a net that goes on from elsewhere there is none. */
function Command({ side }: { readonly side: Side }) {
  const w = words();
  const bench = lab.benches[side];
  const settings = bench.settings.value;
  const text = lab.text.value;
  const own = namesOf(text);
  const origin = bench.origin.value;
  const name = side.toUpperCase();
  if (origin !== 'start') return <p class="soft">{w.commandNone[origin](name)}</p>;
  return (
    <div>
      <p class="soft">{w.command(name)}</p>
      <pre class="command" tabIndex={0}>
        {commandOf(settings, text.kind === 'own' ? own : text.piece === null ? [] : [`corpus/${text.piece}`])
          .split(' ')
          .map((word, i) => [i > 0 && ' ', <span class="word">{word}</span>])}
      </pre>
      {own.length > 0 && <p class="soft">{w.commandOwn(own)}</p>}
      {text.kind === 'corpus' && text.piece !== null && <p class="soft">{w.commandPiece}</p>}
      {settings.gain !== DEFAULTS.gain && <p class="soft">{w.commandGain}</p>}
    </div>
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
