/**
 * Writes src/kernels/calls-from-table.ts: each call of the table (src/kernels/calls.ts) as a function that fills the slots from
 * its operands and calls the compiled code. Written out, they take as long as the compiled code makes them; a loop over the
 * slots would double the time of a small call.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { CALLS, CALL_NAMES, type Call, type CallName } from '../src/kernels/calls.js';
import { inC, slotsOf, type Slot } from '../src/kernels/slots.js';
import { kernelsDir } from './kernel-sources.js';

const target = `${kernelsDir}calls-from-table.ts`;

/** What fills a slot, from operand `x`. */
function filling(slot: Slot, x: string): string {
  switch (slot.is) {
    case 'address':
      return slot.mayBeNone ? `addressIfThere(${x})` : `${x}.address`;
    case 'panels':
      return `panelsOf(${x})`;
    case 'number':
      return `Number(${x})`;
    case 'setting':
      return `${x}.${slot.name}`;
    case 'choice':
      return slot.of.reduceRight(
        (rest, one, i) => (rest === '' ? `${i}` : `${x} === '${one}' ? ${i} : ${rest}`),
        '',
      );
    case 'step':
      return `stepOf(${x})`;
    default:
      return `${x}.${slot.is}`;
  }
}

function functionOf(name: CallName): string {
  const call: Call = CALLS[name];
  const names = call.operands.map((operand) => ('name' in operand ? operand.name : 'settings'));
  const body = [
    'before();',
    ...slotsOf(call).map((slot, i) => `args[${i}] = ${filling(slot, names[slot.operand])};`),
    `compiled.${name}();`,
    ...(call.returns === 'number' ? ['return args[0];'] : []),
  ];
  return [`    ${name}(${names.join(', ')}) {`, ...body.map((line) => `      ${line}`), '    },'].join('\n');
}

export const callsModule = (): string =>
  [
    '// Written by scripts/build-calls.ts from calls.ts.',
    "import type { Calls } from './calls.js';",
    "import { addressIfThere, panelsOf, stepOf, type CompiledCode } from './compiled-code.js';",
    '',
    '/** The calls over compiled code. */',
    'export function callsOf({ calls, args, before }: CompiledCode, suffix: string): Calls {',
    '  const compiled = {',
    ...CALL_NAMES.map((name) => `    ${name}: calls[\`${inC(name)}\${suffix}\`],`),
    '  };',
    '  return {',
    ...CALL_NAMES.map(functionOf),
    '  };',
    '}',
    '',
  ].join('\n');

export function buildCalls(): void {
  const text = callsModule();
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
}
