/** The state of the page in its address, behind `#`: what differs from the beginning, and nothing else. */
import { LANGUAGES, type Language } from '../../base/language.js';
import { FIELD_NAMES, FIRST_PAIR, SIDES, valueOf, type Pair, type Settings, type Side } from './settings.js';

export interface Address {
  readonly nets: Pair;
  /** A bundled text by its name, null for all of them; an own text's characters only where it is shared. */
  readonly text: { readonly piece: string | null } | { readonly own: string };
  readonly language: Language | null;
  readonly lesson: number | null;
  readonly isProjected: boolean;
}

/** An address that browsers and messengers still carry. */
export const LONGEST_SHARED = 8000;

export function toAddress({ nets, text, language, lesson, isProjected }: Address): string {
  const parts = new URLSearchParams();
  for (const side of SIDES)
    for (const name of FIELD_NAMES)
      if (nets[side][name] !== FIRST_PAIR[side][name]) parts.set(`${side}.${name}`, String(nets[side][name]));
  if ('own' in text) parts.set('own', text.own);
  else if (text.piece !== null) parts.set('text', text.piece);
  if (language) parts.set('lang', language);
  if (lesson !== null) parts.set('lesson', String(lesson + 1));
  if (isProjected) parts.set('projector', '1');
  return parts.toString();
}

/** Whatever an address says that cannot be is passed over: a link that was cut short still opens. */
export function fromAddress(hash: string): Address {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const read = (side: Side): Settings => {
    const settings: Record<string, unknown> = { ...FIRST_PAIR[side] };
    for (const name of FIELD_NAMES) {
      const value = valueOf(name, parts.get(`${side}.${name}`) ?? '');
      if (value !== null) settings[name] = value;
    }
    return settings as unknown as Settings;
  };
  const own = parts.get('own');
  const language = parts.get('lang');
  const lesson = Number(parts.get('lesson') ?? NaN) - 1;
  return {
    nets: { a: read('a'), b: read('b') },
    text: own ? { own } : { piece: parts.get('text') },
    language: LANGUAGES.find((one) => one === language) ?? null,
    lesson: Number.isInteger(lesson) && lesson >= 0 ? lesson : null,
    isProjected: parts.get('projector') === '1',
  };
}
