/** What stands at the lesson's pictures and tables in English. */
import type { LessonWords } from '../../lesson/words.js';
import { cells, numbers, updates } from './shared.js';

const { count } = numbers;

export const pictures: LessonWords['pictures'] = ({ steps, window }) => {
  const stages = { start: 'before training', end: `after ${updates(steps)}` };
  const back = 'timesteps back (lag k)';
  const left = 'gradient left, as a share';
  return {
    stages,
    sensitivity: {
      byLayer: {
        start: {
          title: `By layer, ${stages.start}`,
          x: 'layer changed',
          y: 'share of probability that moves',
        },
        end: { title: `By layer, ${stages.end}`, x: 'layer changed', y: 'share of probability that moves' },
      },
      byLag: {
        start: { title: `By timestep, ${stages.start}`, x: back, y: 'movement relative to lag 0' },
        end: { title: `By timestep, ${stages.end}`, x: back, y: 'movement relative to lag 0' },
      },
      changes: { small: '0.1%', tenth: '10%', whole: '100%', redrawn: 'redrawn' },
      layers: {
        title: 'Share of the predicted probability that moves when a layer’s weights change by',
        head: ['', 'layer', '0.1%', '10%', '100%', 'redrawn'],
      },
      lags: {
        title: 'The same when the top layer’s state changes by',
        head: ['', 'timesteps back', '0.1%', '10%', '100%', 'redrawn'],
      },
    },
    squashing: {
      title: (cell, stage) => `${cells[cell]}, ${stages[stage]}`,
      curve: 'the activation φ(a)',
      slope: 'its derivative φ′(a)',
      units: 'where the units are (relative frequency)',
      flat: 'saturated: φ′ below 0.05',
      x: 'pre-activation a',
      head: [
        '',
        'typical derivative',
        'saturated units',
        'factor of a step back',
        'part of the derivative',
        'part of W_hh',
        'bits per character',
      ],
    },
    regions: {
      curves: {
        1: {
          title: 'Distance between the states of two texts (median of the seeds)',
          x: 'layer (0: what enters the first activation)',
          y: 'distance per unit',
        },
        100: {
          title: 'The same, with inputs a hundred times as large',
          x: 'layer (0: what enters the first activation)',
          y: 'distance per unit',
        },
      },
      table: 'What a layer leaves of a distance: the activation’s factor times that of the weights',
      head: [
        '',
        'initialisation',
        'first layer',
        'layer 8',
        'activation’s factor',
        'weights’ factor',
        'smaller in every layer',
        'inputs × 100: first layer',
        'layer 8',
        'smaller in every layer',
      ],
    },
    depth: {
      drawn: (cell) => ({
        title: `${cells[cell]}: gradient of the first layer (median of the seeds)`,
        x: 'layers in the network',
        y: 'relative to a single layer',
      }),
      lags: {
        start: { title: `One sigmoid network layer by layer, ${stages.start}`, x: back, y: '‖∂ℓ/∂h‖' },
        end: { title: `The same network, ${stages.end}`, x: back, y: '‖∂ℓ/∂h‖' },
      },
      layer: (number) => `layer ${number}`,
      table: `Trained: ‖∂L/∂W‖ of the first and of the last layer, and what was learnt`,
      head: [
        '',
        'layers',
        'first, before training',
        'last',
        'first, after training',
        'last',
        'bits per character',
        'has learnt',
      ],
    },
    freezing: {
      curves: {
        alone: {
          title: 'One layer alone learns, the readout is frozen too',
          x: 'layer that learns',
          y: 'bits per character',
        },
        withReadout: {
          title: 'One layer learns, and the readout with it',
          x: 'layer that learns',
          y: 'bits per character',
        },
      },
      level: 'frequency of the symbols',
      table: 'Loss on the held-out text, bits per character, by the layer that learns',
      head: ['', 'readout', 'layer 1', 'layer 2', 'layer 3', 'layer 4', 'none of them', 'all together'],
      rows: { alone: 'frozen', withReadout: 'learns too' },
    },
    product: {
      curve: (cell, stage) => ({
        title: `${cells[cell]}, ${stages[stage]}: what is left, and the most that can be`,
        x: back,
        y: left,
      }),
      parts: (cell, stage) => ({
        title: `${cells[cell]}, ${stages[stage]}: the factors, multiplied up`,
        x: back,
        y: 'powers of ten gained or lost',
      }),
      factors: { title: 'The factor of each step', x: back, y: 'factor' },
      table: 'On average over the window',
      measured: 'measured',
      bound: 'bound (σ₁γ)ᵏ',
      derivative: 'derivative',
      weights: 'W_hh',
      together: 'together',
      head: [
        '',
        'factor of a step',
        'part of the derivative',
        'part of W_hh',
        'σ₁γ',
        `bound at lag ${window - 1}`,
      ],
    },
    methods: {
      curves: {
        start: { title: `What is left, ${stages.start}`, x: back, y: left },
        end: { title: `What is left, ${stages.end}`, x: back, y: left },
      },
      table: 'How far back each reaches (smallest and largest of the seeds)',
      head: ['', '1% is left at lag', 'left at the far end', 'bits per character', 'have learnt'],
      beyond: (lag) => `beyond ${lag}`,
    },
    remedies: {
      curves: { title: `What is left, ${stages.end}`, x: back, y: left },
      effect: {
        title: 'What each does (drop and tail: first seed, in powers of ten)',
        head: ['', 'reaches further', 'has learnt', 'bits per character', 'drop', 'tail, a step'],
      },
      price: {
        title: 'What each costs (smallest and largest of the seeds)',
        head: [
          '',
          'dead units',
          'updates clipped',
          'largest gradient, relative to the median',
          'the same without clipping',
        ],
      },
      diverged: (step) => `NaN at update ${count(step)}`,
      drop: (decades, lag) => `${decades} within ${lag}`,
    },
    misleading: {
      curve: (cell, stage) => ({
        title: `${cells[cell]}, ${stages[stage]}: two gradients of the same network`,
        x: 'timestep t',
        y: 'relative to the last timestep',
      }),
      total: 'total',
      last: 'last loss',
    },
    recall: {
      accuracy: {
        title: 'How often the letter k timesteps back is named (mean of the seeds)',
        x: 'k',
        y: 'right answers',
      },
      start: { title: 'Gradient left at the letter, before training (median)', x: 'k', y: left },
      end: { title: 'The same after training', x: 'k', y: left },
      chance: 'chance',
      table: 'Right answers by k (smallest and largest of the seeds)',
      head: (distances) => ['', ...distances.map((k) => `k = ${k}`), 'recalls up to'],
      none: 'none',
    },
  };
};
