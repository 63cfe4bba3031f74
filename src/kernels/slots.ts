/**
 * Where the compiled code finds what a call is given: a number after the other in one array, which costs a fraction of what
 * passing ten numbers through Node-API does. Addresses are byte offsets into the engine's memory, 0 being none.
 */
import { CALLS, CALL_NAMES, type Call, type Operand } from './calls.js';

export type Slot =
  | { readonly is: 'address'; readonly operand: number; readonly mayBeNone: boolean }
  | { readonly is: 'panels'; readonly operand: number }
  | { readonly is: 'number'; readonly operand: number }
  | { readonly is: 'setting'; readonly operand: number; readonly name: string }
  | { readonly is: 'choice'; readonly operand: number; readonly of: readonly string[] }
  | { readonly is: 'rows' | 'cols' | 'length'; readonly operand: number; readonly size: string }
  /** 0 where one row serves all, else the numbers from one row to the next. */
  | { readonly is: 'step'; readonly operand: number; readonly rows: string };

const shapeOf = (operand: Operand): readonly string[] => ('shape' in operand ? operand.shape : []);

/** The sizes of a call, in the order of the operands that have them, each with where it is seen first. */
function sizesOf({ operands }: Call): Slot[] {
  const found = new Map<string, Slot>();
  operands.forEach((operand, i) => {
    const shape = shapeOf(operand);
    shape.forEach((size, place) => {
      if (!/^[A-Z]$/.test(size) || found.has(size)) return;
      const is = shape.length === 1 ? 'length' : place === 0 ? 'rows' : 'cols';
      found.set(size, { is, operand: i, size });
    });
  });
  return [...found.values()];
}

function ofOperand(operand: Operand, i: number): Slot[] {
  switch (operand.kind) {
    case 'matrix':
      return [{ is: 'address', operand: i, mayBeNone: operand.without !== 'never' }];
    case 'ids':
      return [{ is: 'address', operand: i, mayBeNone: false }];
    case 'packed':
      return [{ is: 'panels', operand: i }];
    case 'number':
    case 'flag':
      return [{ is: 'number', operand: i }];
    case 'choice':
      return [{ is: 'choice', operand: i, of: operand.of }];
    case 'settings':
      return operand.names.map((name) => ({ is: 'setting', operand: i, name }));
  }
}

const isPlain = (slot: Slot): boolean => slot.is === 'address' && !slot.mayBeNone;

/**
 * In the order of the array: the addresses that are always there, the other operands, the sizes, and the steps of operands of
 * which one row may serve all.
 */
export const slotsOf = (call: Call): Slot[] => [
  ...call.operands.flatMap(ofOperand).filter(isPlain),
  ...call.operands.flatMap(ofOperand).filter((slot) => !isPlain(slot)),
  ...sizesOf(call),
  ...call.operands.flatMap((operand, i): Slot[] => {
    const rows = shapeOf(operand).at(0);
    return rows?.endsWith('|1') ? [{ is: 'step', operand: i, rows: rows.slice(0, -2) }] : [];
  }),
];

/** The longest such array. */
export const MOST_SLOTS = Math.max(...CALL_NAMES.map((name) => slotsOf(CALLS[name]).length));

/** `lstmForward` → `lstm_forward` */
export const inC = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
