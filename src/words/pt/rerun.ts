/** O que a página de uma aula diz dos números que são medidos de novo nela. */
import type { RerunWords } from '../en/rerun.js';
import { numbers } from './numbers.js';

const { count, percent, short } = numbers;

export const rerun: RerunWords = {
  start: 'Rodar de novo aqui',
  label: (figure) => `Rodar de novo aqui: ${figure}`,
  stop: 'Parar',
  running: (done) => `treinando de novo: ${percent(done)}`,
  same: (numbers) =>
    `Treinado e medido de novo neste navegador: todos os ${count(numbers)} números desta afirmação são os mesmos, bit a bit.`,
  apart: (same, numbers) =>
    `Treinado e medido de novo neste navegador: ${count(same)} dos ${count(numbers)} números desta afirmação são os mesmos, bit a bit.`,
  within: (within, numbers, tolerance) =>
    `${count(within)} de ${count(numbers)} concordam com diferença de até ${percent(tolerance)} do seu tamanho (logaritmos: até ${short(tolerance)} potência de dez).`,
  engine: (engine) =>
    `A página foi feita com ${engine}, que arredonda de outro modo que um navegador; com \`--engine wasm-simd128\` os bits concordam.`,
  outcome: 'O resultado da afirmação é o mesmo.',
  otherOutcome: 'O resultado da afirmação não é o mesmo aqui.',
  noSimd: 'O WebAssembly deste navegador não tem SIMD, de que as redes precisam. Um navegador mais novo tem.',
  failed: (reason) => `Não foi possível rodar de novo: ${reason}`,
};
