/** O que está nos gráficos: eixos, curvas, legendas, e como se chama um gráfico para quem não pode vê-lo. */
import type { charts as english } from '../en/charts.js';
import { numbers } from './numbers.js';

const { count } = numbers;

export const charts: typeof english = {
  lag: 'defasagem k: passos de tempo que o gradiente voltou',
  lagBriefly: 'defasagem k',
  lagUpwards: 'defasagem k (passos de volta)',
  left: 'gradiente restante, relativo à defasagem 0',
  onePercent: '1%',
  bound: 'limite (σ₁γ)ᵏ',
  boundBriefly: 'limite',
  timestep: 'passo de tempo t',
  step: 'iteração',
  bits: 'bits por caractere',
  training: 'treino',
  heldOut: 'validação',
  norm: 'norma do gradiente antes do recorte',
  clippedAt: (norm) => `recorte em ${count(norm)}`,
  lagOfOnePercent: 'defasagem em que sobra 1%',
  ramp: 'gradiente restante, relativo à defasagem 0 (cinza: exatamente 0)',
  characters: 'caracteres de treino',
  seconds: 'segundos de treino',
  bitsHeldOut: 'bits por caractere, validação',
  /** What a reader can do with one on a page. */
  tools: {
    svg: 'SVG',
    png: 'PNG',
    saveAs: (what) => `Salvar este gráfico como ${what}`,
    curves: 'Mostrar ou esconder curvas',
  },
  /** In a terminal. */
  text: {
    lag: (lag) => `def. ${lag}`,
    step: (step) => `iteração ${count(step)}`,
    left: 'sobra: ',
    less: 'menos',
    to: '≥',
    layers: (numbers, many) => `camada${many > 1 ? 's' : ''} ${numbers}`,
  },
};
