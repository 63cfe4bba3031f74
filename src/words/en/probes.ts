/** The probes: what their schedules are of, and what those say that declare what there is to see. */
import { layerNumber } from '../inspect.js';
import type { ProbeWords } from '../probes.js';
import { findings } from './findings.js';
import { numbers } from './numbers.js';

const { count, counted, factor, fixed, listed, percent, power, precise, share, short, signed } = numbers;
const timesteps = (many: number): string => counted(many, 'timestep');
const Layer = (index: number): string => `Layer ${count(layerNumber(index))}`;
const steps = (constant: number): string =>
  constant === Infinity ? 'more timesteps than can be told' : `${short(constant)} timesteps`;

/** What is too small for a number to hold is told by its decade. */
const sigma = (log10: number): string =>
  Math.abs(log10) < 300 ? short(10 ** log10) : power(Math.round(log10));

export const probes: ProbeWords = {
  total: {
    option: 'the total gradient',
    view: {
      heading: 'The total gradient looks level, and hides it',
      headingOf: ({ hides }) =>
        hides ? 'The total gradient looks level, and hides it' : 'The total gradient beside it',
      explains: ({ hides }) =>
        `The total ‖∂L/∂h_t‖ is what most tools plot. Every timestep has a loss of its own, and each adds a fresh gradient there${hides ? ': the sum stays level however little of it has come from far away' : ''}. Only the gradient of one loss, followed back, shows what is lost on the way.`,
      finding: findings.total,
      labels: {
        timestep: 'timestep t',
        relative: 'relative to the last timestep',
        total: 'total',
        lastLoss: 'last loss',
      },
    },
  },
  lag: { option: 'the gradient by lag' },
  recurrent: {
    option: "each timestep's share of W_hh's gradient",
    view: {
      heading: "What each timestep adds to the weights' gradient",
      explains: ({ recurrent }) =>
        `‖Σ δ_t ⊗ h_{t−1}‖, what timestep t alone adds to the gradient of ${recurrent} of the whole window's loss. The timesteps' parts sum to that gradient.`,
      finding: ({ layer, recurrent, decades }) =>
        `${Layer(layer)}: the most that a timestep adds to ${recurrent}'s gradient is ${factor(decades)} times the least.`,
      labels: { timestep: 'timestep t', norm: 'norm of what it adds' },
    },
  },
  saturation: {
    option: 'the share of saturated units',
    view: {
      heading: 'Saturation: where no gradient passes',
      explains: () => 'The share of units on the flat part of their activation, by timestep.',
      finding: ({ layer, means, below }) =>
        `${Layer(layer)}: saturated units (derivative below ${short(below)}; ReLU: at 0): ${listed(means.map(([name, mean]) => `${name} ${percent(mean)}`))}.`,
      labels: {
        timestep: 'timestep t',
        step: 'training step',
        share: 'share of saturated units',
        meanShare: 'share of saturated units, mean over timesteps',
      },
    },
  },
  activation: {
    option: "the gates' mean activation",
    view: {
      heading: "The gates' mean activation",
      explains: () =>
        'Mean over rows and units, by timestep. A forget gate (z of a GRU) near 1 carries the state on.',
      finding: ({ layer, means }) =>
        `${Layer(layer)}: mean activation ${listed(means.map(([name, mean]) => `${name} ${fixed(mean, 2)}`))}.`,
      labels: {
        timestep: 'timestep t',
        step: 'training step',
        share: 'mean activation',
        meanShare: 'mean activation, mean over timesteps',
      },
    },
  },
  split: {
    option: "the lag curve's steps, split into gates, weights and the rest",
    view: {
      heading: 'Where it goes: gates, weights, and what arrives from above',
      explains: ({ gated, recurrent }) =>
        `Each step back multiplies by the ${gated ? 'gates' : "activation's derivative"}${recurrent === null ? '' : ` and by ${recurrent}`}, and what the layer above sends is added. In decades (powers of ten), added up from lag 0, ${recurrent === null ? 'they' : 'the three'} make the lag curve.`,
      finding({ layer, gated, recurrent, sum, parts }) {
        const names = {
          gates: gated ? 'gates' : 'derivative of the activation',
          weights: recurrent ?? '',
          arriving: 'arriving from above',
        };
        const told = parts.map(([name, value]) => `${names[name]} ${signed(value)}`);
        return `${Layer(layer)}: on average ${signed(sum)} decades a step back${told.length > 1 ? `: ${listed(told)}` : ''}.`;
      },
      labels: {
        lag: 'lag k',
        decades: 'decades gained or lost since lag 0',
        gates: 'gates',
        derivative: 'derivative',
        arriving: 'from above',
        together: 'together',
      },
    },
  },
  units: {
    option: "the lag curve's quantiles over units, and their time constants",
    view: {
      heading: 'Unit by unit',
      explains: () =>
        "The lag curve of each unit alone, by its quantiles over the layer's units. Of a gated cell below it each unit's time constant −1/ln(mean gate), in timesteps: of an LSTM's forget gate, of a GRU's z, of a minGRU's 1 − z. A state that passes through that gate alone is down to 37% after so many.",
      finding({ layer, spread, constants }) {
        const told = [
          ...(spread === null
            ? []
            : [
                `at lag ${count(spread.lag)} the gradients of nine tenths of the units are within a factor of ${factor(spread.decades)}`,
              ]),
          ...(constants === null
            ? []
            : [
                `half of the ${counted(constants.units, 'unit')} have a time constant of ${steps(constants.half)} or more, a tenth ${steps(constants.tenth)}`,
                `${constants.beyond === 0 ? 'none has' : `${count(constants.beyond)} of them ${constants.beyond === 1 ? 'has' : 'have'}`} more than the window's ${count(constants.timesteps)}`,
              ]),
        ];
        return `${Layer(layer)}: ${told.length === 0 ? 'at the longest lag some units get no gradient at all' : told.join('; ')}.`;
      },
      labels: {
        lag: 'lag k',
        norm: 'gradient, relative to the median unit at lag 0',
        constant: 'time constant, timesteps',
        units: 'units',
        window: 'window',
      },
    },
  },
  updates: {
    option: 'the size of the update beside the weights',
    view: {
      heading: 'What an update changes',
      explains: () => 'The size of the change beside the weights: 10⁻³ or so is usual in a healthy run.',
      finding: findings.updates,
      labels: { tensor: 'tensor', ratio: '‖Δw‖/‖w‖ of one update' },
    },
  },
  theory: {
    option: 'spectra of W_hh and Lyapunov exponents',
    view: {
      heading: 'Theory beside measurement',
      explains: () =>
        'σ₁, the largest singular value of W_hh, bounds what one step can keep: for a vanilla cell σ₁γ (γ = 1 for tanh and ReLU, ¼ for sigmoid). The bound is a theorem for the top layer; lower layers get gradient from above as well.',
      finding: findings.theory,
      labels: ({ recurrent }) => ({
        layer: 'layer',
        block: `${recurrent} of`,
        sigma1: 'σ₁',
        radius: 'spectral radius',
      }),
    },
  },
  audit: {
    option: 'what truncation discards',
    view: {
      heading: 'What truncation discards',
      explains: ({ timesteps: long }) =>
        `Training cuts the gradient off at the window's edge. On a window of ${timesteps(long)}: the share of ∂ℓ/∂W, over all recurrent tensors, that comes from further back than a cut.`,
      finding({ cut, timesteps: long, share: part }) {
        const lacking = part === null ? 'less than 10⁻³⁰' : share(part > 0 ? Math.log10(part) : null);
        return `Cut off after ${timesteps(cut)}, the gradient lacks ${lacking} of what ${timesteps(long)} ${long === 1 ? 'gives' : 'give'}.`;
      },
      labels: {
        cut: 'cut off after k timesteps',
        discarded: 'share of the gradient that is discarded',
        all: 'all layers',
      },
    },
  },
  direction: {
    option: "the truncated gradient's direction",
    view: {
      heading: 'The direction of the truncated gradient',
      explains: ({ timesteps: full, windows }) =>
        `The gradient that is cut off after k timesteps beside that of ${timesteps(full)}, both averaged over ${counted(windows, 'window')} of the text: their cosine, and the relative bias ‖difference‖/‖full gradient‖, which no averaging takes away.`,
      finding: ({ cut, timesteps: full, windows, cosine, bias }) =>
        `Cut off after ${timesteps(cut)}, the gradient averaged over ${counted(windows, 'window')} has a cosine of ${precise(cosine)} with that of ${timesteps(full)}, and a relative bias of ${percent(bias)}.`,
      labels: {
        cut: 'cut off after k timesteps',
        cosine: 'cosine with the full gradient',
        bias: 'relative bias',
        all: 'all layers',
        trained: 'T',
      },
    },
  },
  matrix: {
    option: 'the gradient between all pairs of timesteps',
    view: {
      heading: 'Every loss and every state',
      explains: () =>
        'Row s: the gradient of loss s alone, at every timestep t before it, relative to t = s. The diagonal is lag 0; a bright band along it is the reach of the memory, and where it widens the text is remembered longer.',
      finding: findings.matrix,
      labels: { state: 'timestep t of the state', loss: 'timestep s of the loss' },
    },
  },
  listen: {
    option: 'what each character of a passage listens to',
    view: {
      heading: 'What each character listens to',
      explains: () =>
        '‖∂ log p(character)/∂ input‖ for every character before the chosen one: the stronger the colour, the more the prediction would change.',
      finding: findings.listen,
      labels: {},
    },
  },
  spectrum: {
    option: 'singular values of the Jacobians by lag',
    view: {
      heading: 'In how many directions',
      explains: () =>
        'Singular values of ∂h(T−1)/∂h(T−1−k) (and by c) within each layer, along the first sequence: how strongly the last state still moves with the one k timesteps before, in the directions that count most; dashed, the largest for the top layer. The participation ratio (Σσ²)²/Σσ⁴ says in how many directions about.',
      finding({ layer, units, at }) {
        const told = at.map(
          ({ lag, log10, directions }) =>
            `${timesteps(lag)} back σ₁ is ${sigma(log10)} and the participation ratio ${short(directions)} (of ${counted(units, 'direction')})`,
        );
        return `${Layer(layer)}: ${told.length === 0 ? 'no state moves a later one' : told.join('; ')}.`;
      },
      labels: {
        lag: 'lag k',
        ratio: 'participation ratio',
        toTop: 'σ₁, top layer',
        byH: 'singular values by h',
        byC: 'singular values by c',
      },
    },
  },
};
