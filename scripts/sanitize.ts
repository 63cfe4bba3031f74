/**
 * The C code under the compilers' sanitizers: `tsx scripts/sanitize.ts`. A harness made from the table of calls runs every call,
 * of floats and of doubles, over operands that are each an allocation of their own of exactly their size, so that a number
 * read or written beside one is found (AddressSanitizer), with sizes 1 to 17 and beyond the products' blocks, ±0, infinities
 * and NaN (UndefinedBehaviourSanitizer); then once more on three threads, every call cut, with pauses in which they go to
 * sleep (ThreadSanitizer), which must give the same bits. Says so and leaves well where the compiler has no sanitizers.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CALLS, CALL_NAMES, type Call, type CallName } from '../src/kernels/calls.js';
import { inC, slotsOf } from '../src/kernels/slots.js';
import { readSources } from './kernel-sources.js';

const KINDS = [
  { number: 'float', suffix: '' },
  { number: 'double', suffix: '64' },
] as const;

/** A size or its multiple, `4H`, as C. */
const inSizes = (size: string): string => size.replace(/^(\d+)([A-Z])$/, '$1 * $2');

/** One case of a call: draws its sizes and operands, runs it on one thread and on several, and compares. */
function caseOf(name: CallName, { number, suffix }: (typeof KINDS)[number]): string {
  const call: Call = CALLS[name];
  const slots = slotsOf(call);
  const sizes = slots.flatMap((slot) => ('size' in slot ? [slot.size] : []));
  const lines = sizes.map((size) => `int ${size} = draw_size();`);
  if (name === 'pack') lines.push('S = K * N;');
  const written: { readonly name: string; readonly count: string }[] = [];
  call.operands.forEach((operand) => {
    if (!('shape' in operand)) return;
    const shape: readonly string[] = operand.shape;
    if (operand.kind === 'ids') {
      lines.push(`int *${operand.name} = draw_ids(${shape[0]}, V);`);
      return;
    }
    const rows = shape[0].endsWith('|1') ? `${operand.name}_rows` : inSizes(shape[0]);
    if (shape[0].endsWith('|1')) lines.push(`int ${rows} = draw() % 2 ? 1 : ${shape[0].slice(0, -2)};`);
    const count =
      operand.kind === 'packed'
        ? `${rows} * (${shape[1]} + width - 1) / width * width`
        : [rows, ...shape.slice(1).map(inSizes)].join(' * ');
    const whole =
      operand.kind === 'packed'
        ? `(long)${shape[0]} * ((${shape[1]} + width - 1) / width * width)`
        : `(long)${count}`;
    const made = `draw_numbers_${number}(${whole})`;
    const none = operand.kind === 'matrix' ? operand.without : 'never';
    const value =
      none === 'null' ? `draw() % 2 ? ${made} : NULL` : none === 'empty' && suffix === '' ? 'NULL' : made;
    lines.push(`${number} *${operand.name} = ${value};`);
    const isWritten = operand.kind === 'packed' ? name === 'pack' : operand.access === 'writes';
    if (isWritten) written.push({ name: operand.name, count: whole });
  });
  const fill = slots
    .map((slot) => {
      const operand = call.operands[slot.operand];
      const x = 'name' in operand ? operand.name : '';
      switch (slot.is) {
        case 'address':
        case 'panels':
          return `(double)(uintptr_t)${x}`;
        case 'number':
          return operand.kind === 'flag' ? 'draw() % 2' : 'draw_setting()';
        case 'setting':
          return 'draw_setting()';
        case 'choice':
          return `draw() % ${slot.of.length}`;
        case 'step': {
          const [, cols] = (operand as { readonly shape: readonly string[] }).shape;
          return `!${x} || ${x}_rows == 1 ? 0 : ${cols}`;
        }
        default:
          return slot.size;
      }
    })
    .map((value, i) => `given[${i}] = ${value};`);
  const has = (what: { readonly name: string }): string => what.name;
  return [
    `static void case${suffix}_${inC(name)}(void) {`,
    ...[
      `int width = (int)engine.kernels${suffix}->panel_width();`,
      '(void)width;',
      'double given[MOST_SLOTS];',
      '(void)given;',
      ...lines,
      ...fill,
      ...written.map(
        (one) => `${number} *before_${has(one)} = copy_of(${one.name}, sizeof(${number}) * ${one.count});`,
      ),
      `run(call${suffix}_${inC(name)}, given, ${slots.length}, 1);`,
      'double result = arguments[0];',
      '(void)result;',
      ...written.flatMap((one) => [
        `${number} *alone_${one.name} = copy_of(${one.name}, sizeof(${number}) * ${one.count});`,
        `if (${one.name}) memcpy(${one.name}, before_${one.name}, sizeof(${number}) * ${one.count});`,
      ]),
      `run(call${suffix}_${inC(name)}, given, ${slots.length}, THREADS);`,
      ...(call.returns === 'number' ? [`same_double("${name}", &result, &arguments[0], 1);`] : []),
      ...written.flatMap((one) => [
        `same_${number}("${name}: ${one.name}", alone_${one.name}, ${one.name}, ${one.count});`,
        `free(alone_${one.name}), free(before_${one.name});`,
      ]),
      ...call.operands.flatMap((operand) => ('shape' in operand ? [`free(${operand.name});`] : [])),
    ].map((line) => `  ${line}`),
    '}',
  ].join('\n');
}

const HARNESS = `
#include "calls.c"
#include "denormals.h"
#include "room.h"
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 3 };
extern const struct kernels kernels_baseline;
extern const struct kernels64 kernels64_baseline;
_Thread_local char room_for_tiles[sizeof room_for_tiles] __attribute__((aligned(64)));
_Thread_local char room_for_slices[sizeof room_for_slices] __attribute__((aligned(64)));

static double arguments[MOST_SLOTS];
static unsigned long long state = 88172645463325252ULL;
static unsigned draw(void) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return (unsigned)(state >> 33);
}
/* 1 to 17, now and then beyond the blocks. */
static int draw_size(void) { return draw() % 64 ? 1 + (int)(draw() % 17) : 90 + (int)(draw() % 200); }
static double draw_setting(void) { return 0.05 + (draw() % 1000) / 1100.0; }
static double draw_number(void) {
  static const double special[] = {0, -0.0, INFINITY, -INFINITY, NAN, 1e30, -1e30, 1e-30};
  return draw() % 10 ? (draw() % 20001 - 10000.0) / 2500 : special[draw() % 8];
}
static float *draw_numbers_float(long count) {
  float *x = malloc(sizeof *x * (size_t)count);
  for (long j = 0; j < count; j++) x[j] = (float)draw_number();
  return x;
}
static double *draw_numbers_double(long count) {
  double *x = malloc(sizeof *x * (size_t)count);
  for (long j = 0; j < count; j++) x[j] = draw_number();
  return x;
}
static int *draw_ids(int count, int below) {
  int *ids = malloc(sizeof *ids * (size_t)count);
  for (int j = 0; j < count; j++) ids[j] = (int)(draw() % (unsigned)below);
  return ids;
}
static void *copy_of(const void *from, size_t bytes) {
  if (!from) return NULL;
  void *copy = malloc(bytes);
  memcpy(copy, from, bytes);
  return copy;
}
/* The same bits; of a NaN only that it is one: which of two it comes from, the processor may choose. */
#define SAME(number)                                                                              \\
  static void same_##number(const char *what, const number *alone, const number *shared, long count) { \\
    for (long j = 0; alone && j < count; j++)                                                     \\
      if (memcmp(alone + j, shared + j, sizeof *alone) && !(isnan(alone[j]) && isnan(shared[j]))) { \\
        fprintf(stderr, "%s: not the same bits on several threads\\n", what);                      \\
        exit(1);                                                                                  \\
      }                                                                                           \\
  }
SAME(float)
SAME(double)
static void run(void (*call)(void), const double *given, int count, int threads) {
  for (int i = 0; i < count; i++) arguments[i] = given[i];
  engine.threads = threads;
  /* Longer than they wait on the spot: they fall asleep, and must be woken. */
  if (threads > 1 && draw() % 16 == 0) usleep(200);
  call();
}
static void *serve(void *member) {
  team_serve(member);
  return NULL;
}
`;

const MAIN = (cases: readonly string[]): string => `
int main(int count, char **values) {
  int turns = count > 1 ? atoi(values[1]) : 100;
  for (int teams = 0; teams < 4; teams++) {
    size_t bytes = team_bytes(THREADS);
    void *room = aligned_alloc(64, bytes);
    memset(room, 0, bytes);
    engine = (struct engine){arguments, 0, &kernels_baseline, &kernels64_baseline, team_at(room, THREADS), THREADS, 1};
    pthread_t threads[THREADS - 1];
    for (int m = 0; m < THREADS - 1; m++) pthread_create(&threads[m], NULL, serve, team_member(engine.team, m));
    for (int turn = 0; turn < turns; turn++) {
${cases.map((name) => `      ${name}();`).join('\n')}
    }
    team_end(engine.team);
    for (int m = 0; m < THREADS - 1; m++) pthread_join(threads[m], NULL);
    free(room);
  }
  return 0;
}
`;

export function harness(): string {
  const all = KINDS.flatMap((kind) => CALL_NAMES.map((name) => ({ kind, name })));
  return [
    HARNESS,
    ...all.map(({ kind, name }) => caseOf(name, kind)),
    MAIN(all.map(({ kind, name }) => `case${kind.suffix}_${inC(name)}`)),
  ].join('\n');
}

interface Sanitizing {
  readonly what: string;
  readonly flags: readonly string[];
  readonly turns: number;
}
const SANITIZERS: readonly Sanitizing[] = [
  {
    what: 'address, undefined',
    flags: ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'],
    turns: 150,
  },
  { what: 'thread', flags: ['-fsanitize=thread'], turns: 60 },
];
const FLAGS = [
  '-std=gnu11',
  '-O1',
  '-g',
  '-fno-omit-frame-pointer',
  '-Wno-psabi',
  '-pthread',
  '-DKERNEL_SET=baseline',
];

/** @returns what failed; null where all is well, or there are no sanitizers */
export function sanitize(say: (line: string) => void): string | null {
  const [cc, ...own] = (process.env.CC?.trim() ? process.env.CC : 'cc').trim().split(/\s+/);
  const folder = mkdtempSync(join(tmpdir(), 'dissipa-sanitize-'));
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  try {
    for (const [name, text] of Object.entries(readSources())) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'harness.c'), harness());
    writeFileSync(join(folder, 'empty.c'), 'int main(void) { return 0; }\n');
    for (const { what, flags, turns } of SANITIZERS) {
      const isThere =
        run(cc, ...own, ...flags, 'empty.c', '-o', 'empty').status === 0 && run('./empty').status === 0;
      if (!isThere) {
        say(`sanitizers: ${cc} has none for ${what}`);
        continue;
      }
      const sources = ['harness.c', 'threads.c', 'kernels.c', 'kernels64.c'];
      const compiled = run(cc, ...own, ...FLAGS, ...flags, ...sources, '-lm', '-o', 'harness');
      if (compiled.status !== 0) return `${what}: ${compiled.stderr}`;
      const { status, stderr } = run('./harness', String(turns));
      if (status !== 0) return `${what}: ${stderr}`;
      say(`sanitizers: nothing found (${what})`);
    }
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1]?.endsWith('sanitize.ts')) {
  const fault = sanitize((line) => {
    console.error(line);
  });
  if (fault !== null) {
    console.error(fault);
    process.exitCode = 1;
  }
}
