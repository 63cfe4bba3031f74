/** The form: a row for each setting, a column for each net, and the text they learn. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import {
  differences,
  FIELD_NAMES,
  FIELDS,
  FIRST_PAIR,
  isUsed,
  SIDES,
  valueOf,
  type Field,
  type FieldName,
  type Side,
} from '../settings.js';
import type { TextFile } from '../../text.js';
import type { PlaygroundWords } from '../../../words/en/playground.js';
import { inspected, lab, namesOf, ownText, pair, words } from './context.js';
import { Button } from './button.js';
import { bundled, type TextChoice } from './lab.js';

export function Setting() {
  const w = words();
  const differ = differences(pair());
  return (
    <section aria-labelledby="settings-title" id="settings" tabIndex={-1}>
      <h2 id="settings-title">{w.settings}</h2>
      <p class="soft">{w.settingsHint}</p>
      <p aria-live="polite" class="differ">
        {differ.length === 0 ? w.same : w.differ(differ.map((name) => w.fields[name][0]))}
      </p>
      <div class="fields" role="group" aria-label={w.settings}>
        <div class="field head" aria-hidden="true">
          <span />
          {SIDES.map((side) => (
            <b key={side} class={`net-${side}`}>
              <i class="swatch" /> {side.toUpperCase()}
            </b>
          ))}
        </div>
        {FIELD_NAMES.map((name) => (
          <Row name={name} isDifferent={differ.includes(name)} key={name} />
        ))}
      </div>
      <div class="row">
        <button
          type="button"
          onClick={() => {
            inspected.value = null;
            void lab.set(FIRST_PAIR);
          }}
        >
          {w.reset}
        </button>
        {(['a', 'b'] as const).map((side) => {
          const other: Side = side === 'a' ? 'b' : 'a';
          return (
            <button
              type="button"
              key={side}
              onClick={() => {
                void lab.set({ [other]: lab.benches[side].settings.peek() });
              }}
            >
              {w.copy(side.toUpperCase(), other.toUpperCase())}
            </button>
          );
        })}
      </div>
      <Text />
    </section>
  );
}

function Row({ name, isDifferent }: { readonly name: FieldName; readonly isDifferent: boolean }) {
  const w = words();
  const [label, what] = w.fields[name];
  return (
    <div class={`field${isDifferent ? ' different' : ''}`}>
      <div>
        <b id={`label-${name}`}>{label}</b>
        <p class="soft" id={`what-${name}`}>
          {what}
        </p>
      </div>
      {SIDES.map((side) => (
        <Input name={name} side={side} key={side} />
      ))}
    </div>
  );
}

/** A number as its field has it: exact, with the reader's decimal sign. */
export const written = ({ locale }: PlaygroundWords, value: string | number): string =>
  typeof value === 'number'
    ? value.toLocaleString(locale, { useGrouping: false, maximumSignificantDigits: 17 })
    : value;

/** What a field of numbers takes. */
export const rangeOf = (w: PlaygroundWords, field: Field): string =>
  field.kind === 'choice'
    ? ''
    : field.isWhole
      ? w.wrongWhole(field.least, field.most)
      : w.wrong(field.least, field.most);

function Input({ name, side }: { readonly name: FieldName; readonly side: Side }) {
  const w = words();
  const field = FIELDS[name];
  const bench = lab.benches[side];
  const settings = bench.settings.value;
  const wrong = useSignal(false);
  const place = useRef<HTMLInputElement>(null);
  const shown = written(w, settings[name]);
  // Whatever was written there, a beginning shows what holds.
  useEffect(() => {
    wrong.value = false;
    if (place.current) place.current.value = shown;
  }, [settings, shown]);
  const set = (text: string): void => {
    const value = valueOf(name, text);
    wrong.value = value === null;
    if (value === null || value === settings[name]) return;
    inspected.value = null;
    void lab.set({ [side]: { ...settings, [name]: value } });
  };
  const common = {
    id: `${side}-${name}`,
    'aria-label': `${w.fields[name][0]}, ${side.toUpperCase()}`,
    'aria-describedby': `what-${name}`,
    disabled: !isUsed(name, settings),
  };
  if (field.kind === 'choice')
    return (
      <div>
        <select
          {...common}
          value={String(settings[name])}
          onChange={(event) => {
            set(event.currentTarget.value);
          }}
        >
          {field.choices.map((choice) => (
            <option key={choice} value={choice}>
              {name === 'cell' ? w.cells[choice] : name === 'init' ? w.inits[choice] : choice}
            </option>
          ))}
        </select>
      </div>
    );
  const { least, isWhole } = field;
  return (
    <div>
      <input
        {...common}
        type="text"
        inputMode={isWhole && least >= 0 ? 'numeric' : 'decimal'}
        ref={place}
        value={shown}
        aria-invalid={wrong.value}
        onChange={(event) => {
          set(event.currentTarget.value);
        }}
      />
      {wrong.value && (
        <p class="error" role="alert">
          {rangeOf(w, field)}
        </p>
      )}
    </div>
  );
}

/** A pasted text below it fills no window worth training on. */
const SHORTEST = 200;

export const isCheckpoint = (name: string): boolean => /\.safetensors$/i.test(name);

/** Files dropped or chosen: a checkpoint is looked into as A, all others together are the text. */
export async function take(given: Iterable<File>): Promise<void> {
  const files: TextFile[] = [];
  for (const file of given)
    try {
      files.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    } catch {
      lab.refuse(() => words().text.unreadable(file.name));
      return;
    }
  const checkpoint = files.find(({ name }) => isCheckpoint(name));
  const texts = files.filter(({ name }) => !isCheckpoint(name));
  if (texts.length > 0) await lab.choose({ kind: 'own', files: texts, text: null });
  if (checkpoint && (await lab.inspect(checkpoint))) inspected.value = checkpoint.name;
}

const choiceOf = (text: TextChoice): string => (text.kind === 'own' ? 'own' : (text.piece ?? ''));

function Text() {
  const w = words();
  const text = lab.text.value;
  const pasted = useSignal('');
  const { a } = lab.benches;
  const opened = a.opened.value;
  const counting = lab.counting.value;
  return (
    <div class="text" id="text">
      <h3>{w.text.title}</h3>
      <div class="row">
        <select
          id="text-choice"
          aria-label={w.text.title}
          value={choiceOf(text)}
          onChange={(event) => {
            const select = event.currentTarget;
            if (select.value === 'own') return;
            void lab.choose({ kind: 'corpus', piece: select.value || null }).then(() => {
              // Where it was refused, the nets still read what they read before.
              select.value = choiceOf(lab.text.peek());
            });
          }}
        >
          <option value="">{w.text.all(bundled.length)}</option>
          {text.kind === 'own' && <option value="own">{w.text.files(namesOf(text))}</option>}
          <optgroup label={w.text.piece}>
            {bundled.map((name) => (
              <option key={name} value={name}>
                {name.replace(/\.txt$/, '').replaceAll('-', ' ')}
              </option>
            ))}
          </optgroup>
        </select>
        <span class="soft">
          {opened && w.text.characters(opened.characters, opened.alphabet.length)}
          {counting !== null && ` · ${w.text.counting(counting)}`}
        </span>
      </div>
      <label class="block">
        {w.text.paste}
        <textarea
          rows={3}
          value={pasted.value}
          onInput={(event) => {
            pasted.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="row">
        <Button
          id="use-text"
          isOff={pasted.value.length < SHORTEST}
          onClick={() => {
            void lab.choose(ownText(pasted.value));
          }}
        >
          {w.text.use}
        </Button>
        <label class="file">
          <span class="button">{w.text.choose}</span>
          <input
            type="file"
            class="hidden"
            id="file"
            multiple
            onChange={(event) => {
              void take(event.currentTarget.files ?? []);
            }}
          />
        </label>
        <span class="soft">
          {pasted.value.length > 0 && pasted.value.length < SHORTEST ? w.text.short : w.text.drop}
        </span>
      </div>
      {inspected.value && opened && a.origin.value === 'checkpoint' && (
        <p class="said" role="status">
          {w.inspected(inspected.value, w.cells[a.settings.value.cell])}{' '}
          {a.step.value === opened.step && w.inspectedCurve}
        </p>
      )}
    </div>
  );
}
