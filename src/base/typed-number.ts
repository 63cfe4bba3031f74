/** Numbers as people type them: with a comma for the point, with separators of thousands, several at once. */
import { misuse } from './errors.js';
import { writtenOption } from './option-names.js';

/** What a number of an option may be. */
export type NumberKind = 'whole' | 'any' | 'share-or-count';

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
/** `1.000`, `1,000,000`; with a fraction behind it: `1.000,5`, `1,000.5`. */
const THOUSANDS = /^[-+]?[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+)$/;
const THOUSANDS_AND_FRACTION = /^[-+]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+)$/;

/** As the computer writes it, or null where there are no separators of thousands for sure: 1.500 may be a fraction. */
function withoutThousands(text: string, kind: NumberKind): string | null {
  if (kind !== 'any' && THOUSANDS.test(text)) return text.replace(/[.,]/g, '');
  if (/[.,]\d+[.,]/.test(text) && THOUSANDS.test(text)) return text.replace(/[.,]/g, '');
  if (!THOUSANDS_AND_FRACTION.test(text)) return null;
  const at = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  return `${text.slice(0, at).replace(/[.,]/g, '')}.${text.slice(at + 1)}`;
}

/** @throws UsageError for a text that the computer would not take as the one number that is meant by it, or by mistake */
export function checkTypedNumber(name: string, text: string, kind: NumberKind): void {
  const option = writtenOption(name);
  const plain = withoutThousands(text, kind);
  if (plain !== null) throw misuse('option.thousands', { option, value: text, plain });
  const parts = text.split(/[,;]/).map((part) => part.trim());
  if (parts.length < 2 || !parts.every((part) => NUMBER.test(part))) return;
  if (kind === 'whole' && /^[-+]?0,\d+$/.test(text))
    throw misuse('option.wrong', { option, value: text, expected: { is: 'whole-number' }, guess: null });
  if (kind !== 'whole' && /^[-+]?\d+,\d+$/.test(text))
    throw misuse('option.comma', { option, value: text, point: parts.join('.') });
  throw misuse('option.list', { option, value: text, count: parts.length });
}
