/**
 * tfjs on its wasm backend: an LSTM of its operations, Adam, clipping by norm. It is no dependency of the project: the first
 * call installs it into node_modules/.cache.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Rng } from '../../src/base/rng.js';
import { CLIP, LEARNING_RATE, SEED, SYMBOLS, type Case } from './cases.js';
import { serve } from './side.js';

const VERSION = '4.22.0';
const PACKAGES = ['tfjs', 'tfjs-backend-wasm'].map((name) => `@tensorflow/${name}`);
const folder = fileURLToPath(new URL('../../node_modules/.cache/dissipa-bench/', import.meta.url));

interface Tensor {
  readonly shape: readonly number[];
  dataSync(): Float32Array;
  dispose(): void;
}
/** As much of it as is called here. */
interface Tf {
  setBackend(name: string): Promise<boolean>;
  tidy<T>(work: () => T): T;
  keep(tensor: Tensor): Tensor;
  variable(tensor: Tensor): Tensor;
  tensor1d(values: ArrayLike<number>, type: string): Tensor;
  zeros(shape: readonly number[]): Tensor;
  randomUniform(shape: readonly number[], low: number, high: number, type: string, seed: number): Tensor;
  oneHot(ids: Tensor, depth: number): Tensor;
  cast(tensor: Tensor, type: string): Tensor;
  slice(tensor: Tensor, begin: readonly number[], size: readonly number[]): Tensor;
  concat(tensors: readonly Tensor[], axis: number): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  mul(a: Tensor, b: Tensor | number): Tensor;
  sum(tensor: Tensor): Tensor;
  square(tensor: Tensor): Tensor;
  sigmoid(tensor: Tensor): Tensor;
  tanh(tensor: Tensor): Tensor;
  variableGrads(loss: () => Tensor): { value: Tensor; grads: Record<string, Tensor> };
  readonly losses: { softmaxCrossEntropy(labels: Tensor, logits: Tensor): Tensor };
  readonly train: { adam(lr: number): { applyGradients(gradients: Record<string, Tensor>): void } };
}
interface WasmBackend {
  setWasmPaths(folder: string): void;
  setThreadsCount(threads: number): void;
}

function install(): Tf {
  if (!existsSync(join(folder, 'node_modules', PACKAGES[0]))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
    const wanted = PACKAGES.map((name) => `${name}@${VERSION}`);
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const require = createRequire(join(folder, 'package.json'));
  const backend = require(PACKAGES[1]) as WasmBackend;
  backend.setWasmPaths(`${dirname(require.resolve(PACKAGES[1]))}/`);
  backend.setThreadsCount(1);
  return require(PACKAGES[0]) as Tf;
}

const tf = install();
await tf.setBackend('wasm');
const rng = Rng.fromSeed(SEED);

function prepare({ hidden: H, rows: N, timesteps: T }: Case): Promise<() => number> {
  const bound = 1 / Math.sqrt(H);
  const weights = (...shape: number[]): Tensor =>
    tf.variable(tf.randomUniform(shape, -bound, bound, 'float32', SEED));
  const [input, recurrent, bias] = [weights(SYMBOLS, 4 * H), weights(H, 4 * H), weights(4 * H)];
  const [readout, readoutBias] = [weights(H, SYMBOLS), weights(SYMBOLS)];
  const optimiser = tf.train.adam(LEARNING_RATE);
  let [h, c] = [tf.zeros([N, H]), tf.zeros([N, H])];
  const ids = (): Tensor =>
    tf.tensor1d(
      Int32Array.from({ length: T * N }, () => Math.floor(rng.uniform() * SYMBOLS)),
      'int32',
    );
  const gate = (gates: Tensor, g: number): Tensor => tf.slice(gates, [0, g * H], [N, H]);

  return Promise.resolve(() => {
    tf.tidy(() => {
      const [inputs, targets] = [ids(), ids()].map((one) => tf.cast(tf.oneHot(one, SYMBOLS), 'float32'));
      let [hNext, cNext] = [h, c];
      const { grads } = tf.variableGrads(() => {
        const shares = tf.add(tf.matMul(inputs, input), bias);
        let [hNow, cNow] = [h, c];
        const states: Tensor[] = [];
        for (let t = 0; t < T; t++) {
          const gates = tf.add(tf.slice(shares, [t * N, 0], [N, 4 * H]), tf.matMul(hNow, recurrent));
          const written = tf.mul(tf.sigmoid(gate(gates, 0)), tf.tanh(gate(gates, 2)));
          cNow = tf.add(tf.mul(tf.sigmoid(gate(gates, 1)), cNow), written);
          hNow = tf.mul(tf.sigmoid(gate(gates, 3)), tf.tanh(cNow));
          states.push(hNow);
        }
        [hNext, cNext] = [tf.keep(hNow), tf.keep(cNow)];
        const logits = tf.add(tf.matMul(tf.concat(states, 0), readout), readoutBias);
        return tf.losses.softmaxCrossEntropy(targets, logits);
      });
      const squares = Object.values(grads).map((grad) => tf.sum(tf.square(grad)).dataSync()[0]);
      const norm = Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
      const scale = Math.min(1, CLIP / (norm + 1e-6));
      optimiser.applyGradients(
        Object.fromEntries(Object.entries(grads).map(([name, grad]) => [name, tf.mul(grad, scale)])),
      );
      h.dispose();
      c.dispose();
      [h, c] = [hNext, cNext];
    });
    return N * T;
  });
}

await serve({ about: `tfjs ${VERSION}, wasm, 1 thread`, prepare });
