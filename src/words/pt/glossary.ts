/** Os termos da área, como as páginas e o README os explicam. */
import type { glossary as english } from '../en/glossary.js';

export const glossary: typeof english = {
  title: 'Glossário',
  summary: 'O que significa cada grandeza',
  entries: [
    [
      'dissipação do gradiente (também: desaparecimento; vanishing gradient)',
      'No caminho de volta no tempo, o gradiente é multiplicado a cada passo; onde os fatores são menores que 1, depois de poucos passos quase nada sobra dele, e a rede nada aprende com o que veio antes. **explosão do gradiente (exploding gradient)**: os fatores são maiores que 1, e ele cresce sem fim.',
    ],
    [
      'BPTT, truncada',
      'Retropropagação através do tempo (backpropagation through time): a rede é desenrolada nos passos de tempo de uma janela, e o gradiente é seguido de volta por eles; na borda da janela ele é truncado.',
    ],
    [
      'defasagem k (lag)',
      'Quantos passos de tempo o gradiente voltou a partir da última perda ℓ: ‖∂ℓ/∂h‖ e ‖∂ℓ/∂c‖ k passos antes dela, derivadas totais por tudo o que vem depois e acima.',
    ],
    [
      'estado oculto h, estado da célula c',
      'O que uma rede leva de um passo de tempo ao seguinte; c é o da LSTM.',
    ],
    ['norma do estado', '√(‖∂h‖² + ‖∂c‖²), em todas as sequências do lote (batch) e todas as unidades.'],
    ['total', '‖∂L/∂h_t‖, sendo L a perda média da janela inteira.'],
    [
      'camada',
      'As camadas ocultas contam a partir de 1, da entrada para cima; nos arquivos, em --json e nos nomes dos tensores (weight_hh_l0), a partir de 0.',
    ],
    [
      'cauda, queda',
      'A cauda é uma reta pelos logaritmos da segunda metade das defasagens; a queda é o que se perde antes de a curva chegar a essa reta. ± é o erro padrão entre as sequências.',
    ],
    [
      'dissipado',
      'A norma do estado cai a um centésimo da defasagem 0, e a cauda continua a cair, uma potência de dez ou mais ao longo da janela. **fraco**: sobra menos de um centésimo, mas dura. **conservado**: sobra mais. **explode**: sobe a cem vezes, ou a cauda sobe duas potências de dez ao longo da janela. **morta**: 95% ou mais das unidades de uma camada ReLU estão em 0. **não finito**: os números transbordaram. **não resolvido**: a rede é caótica, e a aritmética não consegue segui-la.',
    ],
    [
      'saturação',
      'Uma unidade está saturada onde sua função de ativação é quase plana, com derivada menor que 0,05 (ReLU: em 0); o gradiente quase não passa por ela.',
    ],
    [
      'portas (gates)',
      'LSTM: de entrada i, de esquecimento f, candidato g, de saída o. GRU: de redefinição r, de atualização z, candidato n. Cada uma é uma fração de 0 a 1 do que deixa passar, menos g e n.',
    ],
    ['potência de dez', 'Um fator 10: −0,3 por passo é a metade.'],
    [
      'bits por caractere',
      'A entropia cruzada das previsões, em bits: 1 bit é a dúvida entre dois caracteres igualmente prováveis.',
    ],
  ],
};
