/** O que é cada opção de um comando; see `en`. */
import { everyName, PROBE_NAMES, TRAINING_PROBES, type EveryName } from '../../probe/training.js';
import { probes } from './probes.js';
import type { Words } from '../en/words.js';
import { lesson } from './lesson/names.js';

const groups: Words['options']['groups'] = {
  sampling: 'Amostragem',
  measuring: 'Medição',
  model: 'Modelo',
  fresh: 'Modelo novo',
  contenders: 'Concorrentes',
  budget: 'Orçamento',
  data: 'Dados',
  training: 'Treino',
  optimiser: 'Otimizador',
  probes: 'Sondas (medições do gradiente durante o treino)',
  files: 'Arquivos',
  sweep: 'Varredura',
  run: 'Execução',
  general: 'Geral',
};

const reading = {
  encoding: 'codificação dos textos; auto a descobre, list mostra as que existem',
  badBytes:
    'o que fazer com bytes que não são da codificação (refuse recusa o texto, replace põe U+FFFD, drop os omite)',
  ext: 'extensões dos arquivos que são lidos de uma pasta, separadas por vírgulas',
  keepBoilerplate: 'mantém os cabeçalhos, créditos e licenças do Project Gutenberg',
  lowercase: 'lê maiúsculas como minúsculas',
};

const engine = {
  engine: 'backend de cálculo (auto: o mais rápido disponível; wasm-simd128: os mesmos bits em toda máquina)',
  threads: 'threads que dividem o trabalho; auto usa quantas ajudam',
};

const json = { json: 'imprime um objeto JSON, para programas' };

const html = { html: 'grava um relatório em HTML, num arquivo só' };

const schedules = Object.fromEntries(
  PROBE_NAMES.map((name) => {
    const { light, full } = TRAINING_PROBES[name].presets;
    const presets = light > 0 ? `light ${light}, full ${full}` : `full ${full}`;
    return [
      everyName(name),
      `a cada quantas iterações se registra: ${probes[name].option} (${presets}); 0 para nunca`,
    ];
  }),
) as Record<EveryName, string>;

const train = {
  cell: 'tipo de célula',
  layers: 'camadas empilhadas, L',
  hidden: 'unidades em cada camada oculta, H',
  init: 'inicialização dos pesos (uniform: como no PyTorch)',
  forgetBias: 'viés inicial da porta de esquecimento da LSTM',
  dropout: 'proporção de unidades desligadas entre as camadas (dropout)',

  window: 'janela: passos de tempo que o gradiente percorre de volta, T',
  batch: 'lote (batch): sequências treinadas lado a lado, N',
  validation: 'proporção do texto, ou número de caracteres, reservada no fim para validação; 0 para nenhuma',
  test: 'proporção ou número reservado depois disso, que só o fim do treino avalia',
  ...reading,
  records:
    'o que é um registro, embaralhado, reservado, previsto e gerado por si (sem esta opção, tudo é um só texto)',
  symbols: 'o que é um símbolo (bytes: qualquer arquivo, como está; padrão: characters)',
  unknown: 'com --from: o que se faz com símbolos que o modelo não tem (padrão: add)',
  minCount: 'símbolos com menos ocorrências são lidos como um só símbolo desconhecido',

  steps: 'iterações: atualizações dos pesos; 0 mede a rede como foi inicializada',
  epochs: 'épocas: passagens pelo texto, em vez de --steps',
  lr: 'taxa de aprendizado',
  schedule:
    'schedule, como a taxa de aprendizado varia ao longo do treino (--resume com mais iterações estica a curva)',
  warmup: 'iterações em que a taxa de aprendizado sobe de 0',
  minLr: 'taxa de aprendizado em que linear e cosine terminam',
  average:
    'decaimento de uma média dos pesos, que é avaliada, amostrada e gravada como a melhor; 0 para nenhuma',
  clip: 'recorte do gradiente (gradient clipping): maior norma (ou valor, veja --clip-mode)',
  clipMode: 'recorta a norma do gradiente, cada valor, ou nada',
  patience: 'parada antecipada depois de tantas avaliações sem melhora; 0 para nunca',
  seed: 'semente de todos os números aleatórios',

  optimizer: 'otimizador, na definição do PyTorch',
  momentum: 'momento do sgd',
  alpha: 'suavização do rmsprop',
  beta1: 'primeiro decaimento do adam e do adamw',
  beta2: 'segundo decaimento do adam e do adamw',
  epsilon: 'somado aos denominadores',
  weightDecay: 'penalidade L2; no adamw, desacoplada',

  evaluateEvery:
    'iterações entre avaliações no texto reservado (padrão: 250; mais onde custam um décimo do trabalho, menos num texto curto)',
  evaluateFirst:
    'iteração da primeira avaliação; a partir dela, cada uma vem no dobro da anterior, até --evaluate-every (padrão: esse valor, se foi dado)',
  evaluateCharacters:
    'caracteres reservados que as avaliações durante o treino leem, espalhados por igual (padrão: 16384 a 65536)',
  checkpointEvery: 'iterações entre checkpoints',
  keep: 'quantos dos checkpoints mais novos são mantidos, além do melhor',
  sampleEvery: 'iterações entre amostras em samples.txt; 0 para nenhuma',
  probe: 'o que é medido do gradiente durante o treino',
  ...schedules,
  ...engine,
  out: 'pasta do treino (padrão: checkpoints/CÉLULA-LxH)',
  resume: 'pasta de um treino a continuar',
  from: 'modelo com cujos pesos um treino novo começa: um arquivo .safetensors ou a pasta de um treino',
  minutes:
    'escolhe modelo, taxa de aprendizado, iterações etc. para o texto e este tempo, uma vez; as opções dadas ficam',
  json: 'imprime o que acontece em linhas JSON, para programas: um objeto por evento',
};

const { cell, layers, hidden, init, window, batch, records, symbols, minCount } = train;
const { lr, forgetBias, validation, seed } = train;
const { encoding, badBytes, ext, keepBoilerplate } = reading;
const measured = {
  ...{ encoding, badBytes, ext, keepBoilerplate },
  unknown:
    'o que se faz com símbolos que o modelo não tem (padrão: replace se ele tiver um símbolo para eles; senão, refuse)',
  ...engine,
  ...json,
};

/** Of the commands that make runs by a queue. */
const queued = {
  queue: 'endereço do Redis ou Valkey de onde os workers tiram os treinos: redis://…, rediss://…',
  jobs: 'treinos lado a lado (padrão: um por processador)',
};

export const options: Words['options'] = {
  groups,
  train,
  sample: {
    prompt: 'texto a continuar; a rede o lê primeiro',
    start: 'começa com uma palavra ou linha nova (a rede lê antes um espaço ou uma quebra de linha)',
    length: 'caracteres a gerar, no máximo',
    stop: 'termina uma amostra antes deste texto',
    lines: 'termina uma amostra depois de tantas linhas; 0 para não terminar',
    count:
      'amostras a gerar, lado a lado; suas sementes são seed, seed + 1, … e cada uma é o que a sua semente dá sozinha',
    temperature:
      'temperatura: abaixo de 1, escolhas mais prováveis; acima de 1, mais ousadas; 0 escolhe sempre a mais provável',
    topK: 'escolhe só entre os k mais prováveis; 0 para todos',
    topP: 'escolhe entre os mais prováveis que juntos têm esta probabilidade',
    seed: 'semente das escolhas: a mesma semente, o mesmo texto',
    unknown:
      'o que se faz com símbolos do prompt que o modelo não tem (padrão: replace se ele tiver um símbolo para eles; senão, refuse)',
    ...engine,
    ...json,
  },
  evaluate: {
    text: 'texto em que se mede; - para a entrada padrão (padrão: o texto reservado do treino)',
    ...measured,
  },
  inspect: {
    text: 'texto em que se mede; - para a entrada padrão (padrão: o texto reservado do treino, ou o corpus incluído)',
    ...measured,
    window: 'passos de tempo da janela, T (padrão: os do treino, ou 64)',
    rows: 'sequências da janela, N (padrão: 16)',
    deep: 'mede também o que custa mais: o que o truncamento descarta e sua direção, o gradiente entre todos os passos de tempo, valores singulares, de que cada caractere depende; uma página sempre os tem',
    ...html,
    svg: 'grava cada gráfico do relatório nesta pasta, em SVG',
    csv: 'grava o registro do treino como tabela, uma linha para cada número; - para a saída padrão',
    parquet: 'grava a mesma tabela em Parquet',
  },
  check: {
    text: 'texto em que se confere; - para a entrada padrão (padrão: o texto reservado do treino, ou o corpus incluído)',
    ...measured,
    window: 'passos de tempo da janela, T',
    rows: 'sequências da janela, N',
    entries: 'elementos de cada tensor a comparar; 0 para todos',
    ...{ seed, cell, layers, hidden, init },
  },
  compare: {
    only: 'alguns deles, separados por vírgulas',
    seeds: 'quantas vezes cada um é treinado, com sementes a partir de --seed',
    match: 'mesmo tamanho da camada oculta, ou tantos parâmetros quantos tem a LSTM desse tamanho',
    characters: 'caracteres com que cada um é treinado',
    minutes: 'minutos que cada um é treinado, em vez de --characters',
    baselineMinutes:
      'com --characters: minutos depois dos quais o brain.js, que precisaria de horas, é interrompido',
    scored: 'caracteres do começo do texto reservado em que cada um é avaliado',
    validation: 'proporção do texto que é reservada no fim',
    ...reading,
    clip: 'recorte do gradiente (gradient clipping): maior norma',
    baselineLr: 'taxa de aprendizado do brain.js',
    engine: engine.engine,
    threads: 'concorrentes que treinam lado a lado (padrão: um por processador)',
    out: 'pasta da comparação (padrão: checkpoints/compare)',
    resume: 'pasta de uma comparação a continuar',
    ...html,
    ...json,
    ...{ layers, hidden, window, batch, records, minCount, lr, forgetBias, seed },
    queue: queued.queue,
  },
  corpus: {
    ...reading,
    seed: 'semente da ordem em que ficam os registros',
    ...json,
    ...{ records, symbols, minCount, validation },
  },
  lesson: {
    hidden: 'unidades em cada camada de todas as redes, H',
    steps: 'iterações de cada um dos treinos',
    html: `a página (padrão: ${lesson.file}.html, com número se já existir uma)`,
    json: 'grava as medidas num arquivo .json; sem nome, ou com -, imprime-as em vez de gravar uma página',
    ...reading,
    ...engine,
    ...{ window, seed },
  },
  import: {
    alphabet:
      'os símbolos por id: uma lista JSON, ou ids por símbolo; ou um checkpoint que tem os mesmos (padrão: os metadados dos próprios pesos)',
    cell: 'tipo de célula (padrão: lstm e gru são reconhecidas pelos pesos; de um nn.RNN, diga qual, se os metadados não disserem)',
    out: 'o checkpoint (padrão: ao lado dos pesos, com -dissipa no nome)',
    ...json,
  },
  export: {
    pytorch: 'uma pasta nova, em que ficam os pesos, o texto e o script (obrigatória)',
    text: 'o texto do treino, onde está agora (padrão: onde estava)',
  },
  sweep: {
    ...train,
    ...queued,
    schedule: 'schedule, como a taxa de aprendizado varia ao longo do treino',
    grid: 'eixos e seus valores: "cell=lstm,gru hidden=64,128 lr=0.001:0.01:log4 seed=1..5"',
    samples: 'número de pontos, sorteados',
    samplesSeed: 'semente do sorteio dos pontos',
    halving:
      'redução sucessiva (successive halving): um treino em tantos continua, os outros param antes do fim',
    most: 'número máximo de treinos; uma grade maior é recusada',
    out: 'pasta da varredura (padrão: checkpoints/sweep)',
    resume: 'pasta de uma varredura a continuar',
    part: 'só esta parte dos treinos, i/n',
    merge: 'junta as partes que estão nestas pastas, e mostra o todo',
    watch: 'mostra cada treino em andamento; só com --queue: o que a fila está processando',
    csv: 'grava uma linha por treino',
    parquet: 'grava o mesmo em Parquet',
    ...html,
    ...json,
  },
  worker: queued,
  playground: {
    host: 'abre para a rede local, não só para esta máquina',
    port: 'porta do servidor; 0 para qualquer uma livre',
    noOpen: 'não abre o navegador',
    html: 'grava a página neste arquivo em vez de servi-la',
  },
  engine: {
    ...engine,
    build: 'compila os kernels nativos com o compilador C desta máquina, no cache do usuário',
    ...json,
  },
};
