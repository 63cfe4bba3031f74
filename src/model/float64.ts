/**
 * A network as it is measured: the same weights over the engine's float64 kernels. Float32 loses what measuring is about,
 * 1 − tanh² of a saturated unit and all that overflows.
 */
import { Network } from './network.js';

/** The network in float64, its weights as they are now: another one, or itself where it is in float64 already. */
export function inFloat64(network: Network): Network {
  if (network.kernels.scalar === 'f64') return network;
  const twin = new Network(network.kernels.float64, network.shape);
  for (const [name, matrix] of twin.parameters.byName) matrix.data.set(network.parameters.tensor(name).data);
  twin.refresh();
  return twin;
}
