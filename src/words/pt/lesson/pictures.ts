/** What stands at the lesson's pictures and tables in Portuguese. */
import type { LessonWords } from '../../lesson/words.js';
import { cells, iterations, numbers } from './shared.js';

const { count } = numbers;

export const pictures: LessonWords['pictures'] = ({ steps, window }) => {
  const stages = { start: 'antes do treino', end: `depois de ${iterations(steps)}` };
  const back = 'passos de volta no tempo (defasagem k)';
  const left = 'fração restante do gradiente';
  const entering = 'camada (0: o que entra na primeira ativação)';
  return {
    stages,
    sensitivity: {
      byLayer: {
        start: {
          title: `Por camada, ${stages.start}`,
          x: 'camada perturbada',
          y: 'parte da probabilidade que se move',
        },
        end: {
          title: `Por camada, ${stages.end}`,
          x: 'camada perturbada',
          y: 'parte da probabilidade que se move',
        },
      },
      byLag: {
        start: { title: `Por passo de tempo, ${stages.start}`, x: back, y: 'efeito, em relação a k = 0' },
        end: { title: `Por passo de tempo, ${stages.end}`, x: back, y: 'efeito, em relação a k = 0' },
      },
      changes: { small: '0,1%', tenth: '10%', whole: '100%', redrawn: 'sorteada' },
      layers: {
        title: 'Parte da probabilidade prevista que se move quando os pesos de uma camada mudam em',
        head: ['', 'camada', '0,1%', '10%', '100%', 'sorteados de novo'],
      },
      lags: {
        title: 'O mesmo, quando o estado da última camada muda em',
        head: ['', 'passos de volta', '0,1%', '10%', '100%', 'sorteado de novo'],
      },
    },
    squashing: {
      title: (cell, stage) => `${cells[cell]}, ${stages[stage]}`,
      curve: 'a ativação φ(a)',
      slope: 'sua derivada φ′(a)',
      units: 'onde estão as unidades (frequência relativa)',
      flat: 'saturação: φ′ abaixo de 0,05',
      x: 'pré-ativação a',
      head: [
        '',
        'derivada típica',
        'unidades saturadas',
        'fator de um passo de volta',
        'parte da derivada',
        'parte de W_hh',
        'bits por caractere',
      ],
    },
    regions: {
      curves: {
        1: {
          title: 'Distância entre os estados de dois textos (mediana das sementes)',
          x: entering,
          y: 'distância por unidade',
        },
        100: { title: 'O mesmo, com entradas cem vezes maiores', x: entering, y: 'distância por unidade' },
      },
      table: 'O que uma camada deixa de uma distância: o fator da ativação vezes o dos pesos',
      head: [
        '',
        'inicialização',
        'primeira camada',
        'camada 8',
        'fator da ativação',
        'fator dos pesos',
        'menor a cada camada',
        'entradas × 100: primeira camada',
        'camada 8',
        'menor a cada camada',
      ],
    },
    depth: {
      drawn: (cell) => ({
        title: `${cells[cell]}: gradiente da primeira camada (mediana das sementes)`,
        x: 'camadas na rede',
        y: 'em relação a uma camada sozinha',
      }),
      lags: {
        start: { title: `Uma rede de sigmoides, camada a camada, ${stages.start}`, x: back, y: '‖∂ℓ/∂h‖' },
        end: { title: `A mesma rede, ${stages.end}`, x: back, y: '‖∂ℓ/∂h‖' },
      },
      layer: (number) => `camada ${number}`,
      table: 'Treinadas: ‖∂L/∂W‖ da primeira e da última camada, e o que se aprendeu',
      head: [
        '',
        'camadas',
        'primeira, antes do treino',
        'última',
        'primeira, depois do treino',
        'última',
        'bits por caractere',
        'aprendeu',
      ],
    },
    freezing: {
      curves: {
        alone: {
          title: 'Só uma camada aprende; a de saída também fica congelada',
          x: 'camada que aprende',
          y: 'bits por caractere',
        },
        withReadout: {
          title: 'Uma camada aprende, e a de saída junto',
          x: 'camada que aprende',
          y: 'bits por caractere',
        },
      },
      level: 'frequência dos símbolos',
      table: 'Perda no texto de validação, em bits por caractere, pela camada que aprende',
      head: [
        '',
        'camada de saída',
        'camada 1',
        'camada 2',
        'camada 3',
        'camada 4',
        'nenhuma delas',
        'todas juntas',
      ],
      rows: { alone: 'congelada', withReadout: 'aprende junto' },
    },
    product: {
      curve: (cell, stage) => ({
        title: `${cells[cell]}, ${stages[stage]}: o que resta, e o máximo possível`,
        x: back,
        y: left,
      }),
      parts: (cell, stage) => ({
        title: `${cells[cell]}, ${stages[stage]}: os fatores, multiplicados`,
        x: back,
        y: 'potências de dez ganhas ou perdidas',
      }),
      factors: { title: 'O fator de cada passo', x: back, y: 'fator' },
      table: 'Em média, ao longo da janela',
      measured: 'medido',
      bound: 'limite (σ₁γ)ᵏ',
      derivative: 'derivada',
      weights: 'W_hh',
      together: 'juntos',
      head: [
        '',
        'fator de um passo',
        'parte da derivada',
        'parte de W_hh',
        'σ₁γ',
        `limite em k = ${window - 1}`,
      ],
    },
    methods: {
      curves: {
        start: { title: `O que resta, ${stages.start}`, x: back, y: left },
        end: { title: `O que resta, ${stages.end}`, x: back, y: left },
      },
      table: 'Até onde cada uma chega (a menor e a maior das sementes)',
      head: ['', 'resta 1% em k =', 'resta no fim da janela', 'bits por caractere', 'aprenderam'],
      beyond: (lag) => `além de ${lag}`,
    },
    remedies: {
      curves: { title: `O que resta, ${stages.end}`, x: back, y: left },
      effect: {
        title: 'O que cada uma faz (queda e cauda: primeira semente, em potências de dez)',
        head: ['', 'vai mais longe', 'aprendeu', 'bits por caractere', 'queda', 'cauda, por passo'],
      },
      price: {
        title: 'Quanto cada uma custa (a menor e a maior das sementes)',
        head: [
          '',
          'unidades mortas',
          'iterações com recorte',
          'maior gradiente, em relação à mediana',
          'o mesmo, sem recorte',
        ],
      },
      diverged: (step) => `NaN na iteração ${count(step)}`,
      drop: (decades, lag) => `${decades} em ${lag}`,
    },
    misleading: {
      curve: (cell, stage) => ({
        title: `${cells[cell]}, ${stages[stage]}: dois gradientes da mesma rede`,
        x: 'passo de tempo t',
        y: 'em relação ao último passo',
      }),
      total: 'total',
      last: 'última perda',
    },
    recall: {
      accuracy: {
        title: 'Quantas vezes a letra k passos atrás é dita (média das sementes)',
        x: 'k',
        y: 'acertos',
      },
      start: { title: 'Gradiente que resta na letra, antes do treino (mediana)', x: 'k', y: left },
      end: { title: 'O mesmo, depois do treino', x: 'k', y: left },
      chance: 'acaso',
      table: 'Acertos por k (a menor e a maior das sementes)',
      head: (distances) => ['', ...distances.map((k) => `k = ${k}`), 'lembra até'],
      none: 'nenhum',
    },
  };
};
