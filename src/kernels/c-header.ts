/**
 * The C that follows from the table of calls: `kernels.h`, with the kernels' parameters and the table of functions that each
 * build of them fills, and `calls.h`, which fetches every call's operands and cuts it into parts (c/calls.c includes it).
 */
import { CALLS, CALL_NAMES, type Call, type CallName, type Operand } from './calls.js';
import { MOST_SLOTS, inC, slotsOf, type Slot } from './slots.js';

const NUMBERS = [
  { number: 'float', table: 'kernels', suffix: '' },
  { number: 'double', table: 'kernels64', suffix: '64' },
] as const;
type NumberKind = (typeof NUMBERS)[number];

interface Parameter {
  readonly slot: Slot;
  readonly type: string;
  readonly name: string;
}

function parametersOf(call: Call, number: string): Parameter[] {
  const pointer = (operand: Operand): string => {
    if (operand.kind === 'ids') return 'const int *';
    const isRead = operand.kind === 'matrix' && operand.access === 'reads';
    return `${isRead ? 'const ' : ''}${number} *${call.mayOverlap ? '' : 'restrict '}`;
  };
  return slotsOf(call).map((slot): Parameter => {
    const operand = call.operands[slot.operand];
    const name = 'name' in operand ? inC(operand.name) : '';
    switch (slot.is) {
      case 'address':
        return { slot, type: pointer(operand), name };
      case 'panels':
        // What is packed is written by `pack` alone.
        return { slot, type: slot.operand > 0 ? `const ${pointer(operand)}` : pointer(operand), name };
      case 'number':
        return { slot, type: operand.kind === 'flag' ? 'int ' : `${number} `, name };
      case 'setting':
        return { slot, type: `${number} `, name: inC(slot.name) };
      case 'choice':
        return { slot, type: 'int ', name };
      case 'step':
        return { slot, type: 'int ', name: `${name}_step` };
      default:
        return { slot, type: 'int ', name: slot.size };
    }
  });
}

/** The size that cuts columns needs to know how many the whole has. */
function strideOf({ operands, shared }: Call): string | null {
  if (!shared) return null;
  const cut = shared.orAlong ?? shared.along;
  const isCut = operands.some((operand) => {
    const shape: readonly string[] = 'shape' in operand ? operand.shape : [];
    return shape.length === 2 && shape[1] === cut && shape[0] !== '1';
  });
  return isCut ? cut : null;
}

const returnsOf = ({ returns }: Call): string => (returns === 'number' ? 'double' : 'void');

function prototype(call: Call, number: string): string {
  const parameters = parametersOf(call, number).map(({ type, name }) => `${type}${name} MAYBE_UNUSED`);
  if (strideOf(call) !== null) parameters.push('int stride MAYBE_UNUSED');
  return parameters.length > 0 ? parameters.join(', ') : 'void';
}

const byName: Readonly<Record<CallName, Call>> = CALLS;

/** `kernels.h` */
export function kernelsHeader(): string {
  const entries = CALL_NAMES.map((name) => ({ name: inC(name), call: byName[name] }));
  const choices = new Map(
    entries.flatMap(({ call }) =>
      call.operands.flatMap((operand) =>
        operand.kind === 'choice'
          ? operand.of.map((one, i): [string, number] => [`${operand.name}_${one}`.toUpperCase(), i])
          : [],
      ),
    ),
  );
  return [
    '/* From src/kernels/calls.ts: the kernels of one build as a table of functions, of float and of double. */',
    '#pragma once',
    '#define MAYBE_UNUSED __attribute__((unused))',
    `#define MOST_SLOTS ${MOST_SLOTS}`,
    `enum choice { ${[...choices].map(([name, value]) => `${name} = ${value}`).join(', ')} };`,
    `#define FOR_KERNELS(K) ${entries.map(({ name }) => `K(${name})`).join(' ')}`,
    ...entries.flatMap(({ name, call }) => [
      `#define RETURNS_${name} ${returnsOf(call)}`,
      `#define PARAMETERS_${name} ${prototype(call, 'number')}`,
    ]),
    '/* Begins the definition of a kernel: its parameters are those of the table. */',
    '#define KERNEL(name) static RETURNS_##name name(PARAMETERS_##name)',
    ...NUMBERS.map(({ number, table }) =>
      [
        `struct ${table} {`,
        ...entries.map(({ name, call }) => `  ${returnsOf(call)} (*${name})(${prototype(call, number)});`),
        '};',
      ].join('\n'),
    ),
    '',
  ].join('\n');
}

/** `4H` → `4 * H` */
const product = (size: string): string => size.replace(/^(\d+)([A-Z])$/, '$1 * $2');

/** By how many numbers the beginning of an operand moves where the call is cut along `cut` at `r.from`; null: it does not. */
function moved(operand: Operand, cut: string): string | null {
  if (!('shape' in operand)) return null;
  const shape: readonly string[] = operand.shape;
  const [rows] = shape;
  const cols = shape.at(1);
  if (operand.kind === 'packed') return cols === cut ? `(long)r.from * ${rows}` : null;
  if (rows === cut) return cols === undefined || cols === '1' ? 'r.from' : `(long)r.from * ${product(cols)}`;
  if (rows === `${cut}|1`) return `(long)r.from * ${inC(operand.name)}_step`;
  return cols === cut ? 'r.from' : null;
}

function argument({ slot, name }: Parameter, operands: readonly Operand[], cut: string | null): string {
  if (cut === null) return name;
  if (slot.is === 'address' || slot.is === 'panels') {
    const by = moved(operands[slot.operand], cut);
    if (by === null) return name;
    return slot.is === 'address' && slot.mayBeNone ? `(${name} ? ${name} + ${by} : NULL)` : `${name} + ${by}`;
  }
  return 'size' in slot && slot.size === cut ? 'r.count' : name;
}

function fetched({ slot, type, name }: Parameter, at: number): string {
  if (slot.is === 'address' || slot.is === 'panels') return `  ${type}${name} = pointer(e, ${at});`;
  return `  ${type}${name} MAYBE_UNUSED = (${type.trim()})e->arguments[${at}];`;
}

const unitOf = (unit: string, along: string, table: string): string =>
  ({ one: '1', line: 'LINE', tile: `tile_rows(${along}, parts)`, panel: `(int)e->${table}->panel_width()` })[
    unit
  ] ?? '';

function callOf(name: CallName, { number, table, suffix }: NumberKind): string {
  const call: Call = CALLS[name];
  const own = inC(name);
  const parameters = parametersOf(call, number);
  const { shared } = call;
  const stride = strideOf(call);
  const fetch = parameters.map(fetched);
  const run = (cut: string | null): string => {
    const given = parameters.map((parameter) => argument(parameter, call.operands, cut));
    if (stride !== null) given.push(stride);
    return `e->${table}->${own}(${given.join(', ')})`;
  };
  if (!shared) {
    const line = call.returns === 'number' ? `e->arguments[0] = ${run(null)}` : run(null);
    return [
      `static void call${suffix}_${own}(void) {`,
      '  const struct engine *e = &engine;',
      ...fetch,
      `  ${line};`,
      '}',
    ].join('\n');
  }
  const part = (along: string, unit: Shared['unit'], indent: string): string[] => [
    `${indent}const struct range r = range_of(${along}, ${unitOf(unit, along, table)}, part, parts);`,
    `${indent}if (r.count > 0) ${run(along)};`,
  ];
  const sizes = new Map(
    parameters.flatMap(({ slot }, at): [string, number][] => ('size' in slot ? [[slot.size, at]] : [])),
  );
  const [factor, ...factors] = shared.operations;
  const operations = [
    factor.toFixed(1),
    ...factors.map((size) => `engine.arguments[${sizes.get(size) ?? -1}]`),
  ].join(' * ');
  return [
    `static void part${suffix}_${own}(const void *call, int part, int parts) {`,
    '  const struct engine *e = call;',
    ...fetch,
    ...(shared.orAlong === undefined
      ? part(shared.along, shared.unit, '  ')
      : [
          `  if (parts > 1 && ${shared.along} < parts * LEAST_ROWS) {`,
          ...part(shared.orAlong, 'panel', '    '),
          '    return;',
          '  }',
          ...part(shared.along, shared.unit, '  '),
        ]),
    '}',
    `static void call${suffix}_${own}(void) { share(part${suffix}_${own}, ${operations}); }`,
  ].join('\n');
}
type Shared = NonNullable<Call['shared']>;

/** `calls.h` */
export const callsHeader = (): string =>
  [
    '/* From src/kernels/calls.ts: every kernel as a call without arguments, of floats (call_…) and of doubles (call64_…). */',
    ...NUMBERS.flatMap((kind) => CALL_NAMES.map((name) => callOf(name, kind))),
    '',
  ].join('\n');

/** What the C sources include and the table makes, by name. */
export const generatedHeaders = (): Readonly<Record<string, string>> => ({
  'kernels.h': kernelsHeader(),
  'calls.h': callsHeader(),
});
