/** The last five sections in Portuguese: what happens from timestep to timestep. */
import { MARGIN_BITS } from '../../lesson/levels.js';
import { REPEATS } from '../../lesson/methods.js';
import { probes } from '../probes.js';
import type { SectionsWords } from '../../lesson/words.js';
import { cells, iterations, numbers, steps as stepsOf } from './shared.js';

const { counted, plural, short } = numbers;

export const timeSections: Pick<SectionsWords, 'product' | 'methods' | 'remedies' | 'misleading' | 'recall'> =
  {
    product: {
      title: 'É um produto de muitos fatores pequenos',
      claim:
        'Cada passo de tempo de volta multiplica o gradiente pela derivada da ativação e por W_hh; muitos fatores abaixo de 1 dão um produto que é quase nada.',
      how: [
        'O gradiente da última previsão numa rede de uma camada, passo a passo, cada passo dividido em suas duas partes. Ao lado da curva está o máximo que a teoria permite: (σ₁γ)ᵏ, o máximo que W_hh estica um vetor, vezes a maior derivada, k vezes seguidas.',
        'É um produto de muitos fatores pequenos quando nove em cada dez passos, ou mais, diminuem o gradiente e no fim da janela sobra no máximo 1%; e em nenhum ponto a curva passa do limite.',
      ],
      parts: { sigmoid: 'sigmoide', tanh: 'tanh', bound: 'o limite é respeitado' },
      says: {
        steps: (byCell) => `um passo conserva em média: ${byCell}.`,
        step: ({ factor, derivative, weights, shrinking, steps, left }) =>
          `${factor} (derivada ${derivative}, W_hh ${weights}), ${shrinking} dos passos diminuem o gradiente, e ${stepsOf(steps)} ${plural(steps, 'dá', 'dão')} ${left}`,
        bound: (byCell) => `o limite: ${byCell}.`,
        broken: 'é ultrapassado pela curva, o que não pode acontecer: é um defeito do programa',
        nothing: 'σ₁γ é 0: nada pode sobrar',
        sigma: (sigma) => `σ₁γ é ${sigma}`,
        noLimit: (sigma) => `${sigma}, não é menor que 1, e por isso não impõe limite`,
        limit: (sigma, most, lag, left) =>
          `${sigma}, e por isso pode sobrar no máximo ${most} depois de ${stepsOf(lag)}; na medida, sobra ${left}`,
        lasting: (limit) => `${limit}: o gradiente não tem de se dissipar nesta janela`,
      },
      concludes: {
        holds:
          'Nove em cada dez passos, ou mais, diminuem o gradiente, sobra no máximo 1%, e o limite é respeitado: é mesmo um produto de muitos fatores pequenos.',
        fails:
          'Nestas redes não se trata de um produto de muitos fatores pequenos, e o limite é ultrapassado.',
        open: 'Nada foi medido.',
      },
      tryIt: `A página mostra a mesma divisão em “${probes.split.view.heading}”, e σ₁ em “${probes.theory.view.heading}”.`,
    },

    methods: {
      title: 'É questão de método e de ativação, não das redes em si',
      claim:
        'Que o gradiente se dissipe depende de como a rede é montada, inicializada e treinada, e não das redes em si: com outras ativações, outras inicializações e outras células ele vai mais longe.',
      how: [
        `O mesmo texto, o mesmo número de unidades, uma camada cada uma, ${REPEATS} sementes: sigmoide e tanh; ReLU com a inicialização uniforme de sempre e com W_hh igual à identidade; LSTM e GRU, cujas portas deixam um estado passar sem mudar. As curvas são as da primeira semente.`,
        'Há dissipação quando no fim da janela sobra no máximo 1%. Outra rede vai mais longe quando perde no máximo metade das potências de dez que a tanh perde, aprendeu, e não prevê pior que a sigmoide.',
      ],
      parts: { vanish: 'na sigmoide e na tanh há dissipação', reach: 'outra, que aprendeu, vai mais longe' },
      says: {
        left: (lag, byContender) => `voltando ${stepsOf(lag)}, sobra: ${byContender}.`,
        none: 'Das outras, nenhuma aprendeu tanto quanto a sigmoide, ou mais do que a frequência dos símbolos.',
        best: (one, lag, left, loss) =>
          `Das que não são sigmoide nem tanh, aprenderam e não preveem pior que a sigmoide, a que vai mais longe é a ${one} (primeira semente): voltando ${stepsOf(lag)}, sobra ${left}${loss}.`,
        loss: (bits) => ` (${bits} por caractere)`,
        withSeed: (one, seed) => `${one} com a semente ${seed}`,
      },
      concludes: {
        holds:
          'Na sigmoide e na tanh o gradiente se dissipa, e em outro tipo de rede, treinada do mesmo modo, ele vai mais longe: não é destino.',
        fails: 'Nesta janela o gradiente da sigmoide e da tanh não se dissipa.',
        open: 'Das outras nenhuma aprendeu, ou a tanh conserva o gradiente nesta janela: não há com que comparar.',
      },
      tryIt:
        'Uma GRU, treinada e inspecionada. Com --cell relu --init identity no lugar (e outro --out) é a ReLU da tabela, e com --cell lstm, a LSTM.',
    },

    remedies: {
      title: 'A ReLU é o remédio',
      claim: 'A ReLU não comprime; com ela no lugar da sigmoide e da tanh o gradiente não se dissipa.',
      how: [
        `As redes da seção 7, ao lado da tanh com a mesma semente. Um remédio funciona quando o gradiente perde ao longo da janela no máximo metade das potências de dez que perde com a tanh, e a rede aprendeu. O preço: um décimo das unidades, ou mais, morre (vale 0 em todos os passos de tempo da janela: nenhum gradiente passa); o gradiente explode (chegou uma vez a cem vezes o seu tamanho habitual, com recorte do gradiente na norma 5 ou sem); as previsões são piores que as da tanh por mais de ${short(MARGIN_BITS)} bit por caractere.`,
        'A LSTM e a GRU estão ao lado. A curva de uma célula com portas tem duas partes: uma queda nos primeiros passos de tempo e uma cauda que cai devagar; a cauda é a reta da segunda metade da janela.',
      ],
      parts: {
        'relu uniform': 'ReLU, inicialização uniforme',
        'relu identity': 'ReLU, inicialização identidade',
        lstm: 'LSTM',
        gru: 'GRU',
      },
      says: {
        prices: {
          dies: 'muitas unidades morreram',
          explodes: 'o gradiente explodiu',
          isBehind: 'prevê pior que a tanh',
        },
        paid: (prices) => `O preço: ${prices}`,
        free: 'Não paga nenhum dos preços',
        unlearnt: (runs) => `não aprendeu em nenhum de ${counted(runs, 'treino', 'treinos')}`,
        reach: ({ lag, left, tanh, learnt, runs, reaching }) =>
          `voltando ${stepsOf(lag)}, sobra ${left} (tanh ${tanh}); em ${learnt} de ${counted(runs, 'treino', 'treinos')} aprendeu, em ${reaching} vai também mais longe`,
        curve: (decades, lag, step, tanhStep) =>
          `A curva da LSTM (primeira semente) cai ${decades} potências de dez em ${stepsOf(lag)}; daí em diante um passo a muda em ${step}. A cauda da tanh muda em ${tanhStep} por passo.`,
      },
      concludes: {
        holds:
          'A ReLU funciona em todos os treinos, com as duas inicializações, e não paga nenhum dos preços.',
        partly: 'O que funciona em todos os treinos e só se confirma em parte paga um preço.',
        fails: 'A ReLU não funciona em nenhum treino, com nenhuma das duas inicializações.',
        open: 'Não há uma tanh que tenha aprendido e cujo gradiente se dissipe: não há o que remediar. Mais --steps, ou um --window maior, talvez mostrem uma.',
      },
      tryIt:
        'Uma rede com ReLU e inicialização identidade, treinada e inspecionada: sua memória, suas unidades em 0 e suas iterações com recorte.',
    },

    misleading: {
      title: 'A curva plana que engana',
      claim:
        'O gradiente que a maioria das ferramentas desenha, por passo de tempo e da perda inteira, é plano por mais que se dissipe; só o de uma única perda mostra a dissipação.',
      how: [
        'Cada passo de tempo tem sua própria previsão e sua própria perda, e cada uma acrescenta ali um gradiente novo: o total ‖∂L/∂h‖ pode continuar plano, por menos que tenha vindo de longe. Ao lado dele, na mesma rede, nos mesmos passos e na mesma escala: o gradiente da última perda sozinha.',
        'O total engana quando varia por um fator de 10 no máximo, enquanto do gradiente da última perda sobra 1% ou menos.',
      ],
      parts: { tanh: 'tanh', sigmoid: 'sigmoide' },
      says: {
        total: (cell, varying, left) =>
          `o total da ${cells[cell]} ${varying}, enquanto do gradiente da última perda sobra ${left}`,
        isZero: 'é exatamente 0 em algum ponto da janela',
        varies: (factor) => `varia ao longo da janela por um fator de ${factor}`,
      },
      concludes: {
        holds: 'Quem olha só para o total não vê nada disso.',
        fails: 'Aqui o total não é plano: ele não engana.',
        open: 'Nada se dissipa nesta janela, e por isso não há o que esconder.',
      },
      tryIt: `As duas curvas estão na página, em “${probes.total.view.heading}”.`,
    },

    recall: {
      title: 'O que já não chega não é lembrado',
      claim: 'Quanto mais longe vai o gradiente, mais longe uma rede aprende a lembrar.',
      how: [
        'Uma rede lê uma sequência de letras sorteadas, de oito tipos, e no fim deve dizer a que estava k passos atrás. A perda é só a dessa resposta, de modo que tudo o que a rede aprende viajou k passos de tempo de volta. Para cada célula e cada k há redes próprias, três sementes, com sequências novas a cada iteração; depois medimos quantas vezes elas acertam em sequências que nunca viram.',
        'Ao lado, nas mesmas redes: o que sobra, na letra, do gradiente da resposta, antes e depois do treino. Uma rede lembra quando acerta mais vezes que o meio do caminho entre o acaso e sempre.',
      ],
      parts: {
        start: 'o gradiente antes do treino indica qual lembra',
        end: 'o gradiente depois do treino indica qual lembra',
      },
      says: {
        upTo: (many, byContender, longest, chance) =>
          `Depois de ${iterations(many)}, a maioria das redes de um tipo lembra até este k: ${byContender} (sequência mais longa: k = ${longest}; acaso: ${chance}).`,
        none: 'nenhum',
        pairs: (pairs, stage, together, share) =>
          `De ${counted(pairs, 'par', 'pares')} de redes para o mesmo k em que uma lembra e a outra não, a que lembra tinha mais gradiente na letra ${{ start: 'antes do treino', end: 'depois do treino' }[stage]} em ${together} (${share}).`,
        alone: (one, arrived, k) =>
          `Alcance não basta: com a ${one}, antes do treino chegava a k = ${k} ${arrived} do gradiente, e mesmo assim a maioria dessas redes não o lembra, enquanto as de outro tipo lembram.`,
      },
      concludes: {
        holds: 'Alcance e lembrança andam juntos, antes e depois do treino.',
        fails: 'Alcance e lembrança não andam juntos: na metade desses pares, ou mais, é ao contrário.',
        open: 'Para cada k lembram todas as redes, ou nenhuma: nada as distingue. Um --steps ou um --window maior talvez o faça.',
      },
      tryIt: 'A aula inteira com o dobro de iterações: o que se lembra vai mais longe?',
    },
  };
