/** A few lines in each of several languages, and the encodings each was written in. */
export const SAMPLES: Readonly<
  Record<string, { readonly text: string; readonly encodings: readonly string[] }>
> = {
  pt: {
    text: `O velho pescador não dizia nada. Sentado à porta, remendava a rede com a paciência de quem já viu muitas marés.
Você acha que amanhã chove? perguntou a avó. É possível, respondeu ele; o céu está da cor do pão queimado.
As crianças corriam pela praça atrás de um cão, e a última lâmpada da rua acendeu-se às seis em ponto.
Até à véspera da procissão ninguém soube quem tinha escondido a chave da capela. Pôs-se então a questão ao padre, que não quis responder.`,
    encodings: ['windows-1252', 'macintosh', 'cp850', 'cp437'],
  },
  fr: {
    text: `La vieille boulangère ouvrait sa boutique dès cinq heures, même en hiver, et l'odeur du pain réveillait le quartier.
Où êtes-vous allés hier ? demanda-t-elle. Nous avons marché jusqu'à la forêt, mais la rivière était gelée.
Le garçon avait reçu une lettre très brève : « Venez à Noël, je vous attends près du pont. »
Cette leçon, répétée cent fois, n'était pas oubliée ; il préféra cependant se taire.`,
    encodings: ['windows-1252', 'macintosh', 'cp850'],
  },
  de: {
    text: `Der Bäcker öffnete früh, und über den Dächern lag noch Nebel. Die Straße war leer, nur ein Hund lief vorüber.
Könnten Sie mir den Schlüssel geben? fragte die Lehrerin. Natürlich, sagte er, aber die Tür schließt schlecht.
Im Frühling blühen die Apfelbäume, und die Mädchen hängen Wäsche in den Garten. Größere Städte kennen das nicht.`,
    encodings: ['windows-1252', 'macintosh', 'cp850', 'cp437'],
  },
  es: {
    text: `El niño escondió la llave debajo de una piedra y corrió hacia el jardín. ¿Quién la encontrará mañana?
La señora del tercer piso cantaba canciones antiguas; también tocaba el piano, aunque según decía no lo hacía bien.
Después llegó el tren, con sólo dos vagones, y el maquinista bajó a pedir café. ¡Qué frío!, exclamó.`,
    encodings: ['windows-1252', 'macintosh', 'cp850'],
  },
  it: {
    text: `La città era già buia quando il postino arrivò. Perché così tardi? chiese la più giovane delle sorelle.
Non è colpa mia, disse lui: il ponte è chiuso e lunedì nessuno lavora. Però ho portato ciò che aspettavate.`,
    encodings: ['windows-1252', 'macintosh'],
  },
  sv: {
    text: `På våren går isen upp och båtarna läggs i sjön. Den gamle mannen på ön väntade på sin dotter från Göteborg.
Har du ätit? frågade hon. Nej, jag har bara druckit kaffe och läst tidningen, svarade han och log åt henne.`,
    encodings: ['windows-1252', 'cp850'],
  },
  pl: {
    text: `Stary zegarmistrz zamknął sklep i poszedł w stronę rzeki. Śnieg padał już trzeci dzień, a łódki stały przymarznięte.
Dlaczego pan się śmieje? zapytała dziewczyna. Bo życie jest krótkie, odpowiedział, a jutro znów będzie święto.
Mówią, że ktoś widział źródło pod górą, gdzie rosną dęby. Nikt jednak nie wie, jak tam dojść.`,
    encodings: ['windows-1250', 'iso-8859-2', 'cp852'],
  },
  cs: {
    text: `Starý mlynář řekl, že voda letos nepřijde. Děti běžely přes louku a za nimi štěkal černý pes.
Kde jste byli tak dlouho? ptala se babička. Ztratili jsme cestu v lese, ale našli jsme houby a čerstvé jahody.`,
    encodings: ['windows-1250', 'iso-8859-2'],
  },
  hu: {
    text: `Az öreg halász a tó partján ült, és várta, hogy fölszálljon a köd. A gyerekek már az iskolában voltak.
Hová tűnt a kulcs? kérdezte a nővére. Lehet, hogy a szekrényben van, felelte ő, vagy a zöld fűben, a kert végében.`,
    encodings: ['windows-1250', 'iso-8859-2'],
  },
  tr: {
    text: `Yaşlı balıkçı sabah erkenden kıyıya indi. Hava soğuktu, ama gökyüzü açıktı ve güneş dağların ardından doğuyordu.
Bugün ne yapacağız? diye sordu küçük kız. Önce ekmek alacağız, sonra da köprüye kadar yürüyeceğiz, dedi annesi.`,
    encodings: ['windows-1254'],
  },
  ru: {
    text: `Старый часовщик закрыл лавку и пошёл к реке. Снег шёл третий день, и лодки примёрзли к берегу.
Почему вы смеётесь? спросила девушка. Потому что завтра праздник, ответил он, а ключи остались у соседа.
Говорят, под горой есть родник, но никто не знает, как туда дойти.`,
    encodings: ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5'],
  },
  uk: {
    text: `Старий рибалка сидів біля річки й чекав, доки розійдеться туман. Діти вже пішли до школи, і на подвір'ї було тихо.
Де ти був так довго? запитала його сестра. Шукав ключі, відповів він, а потім зустрів сусіда і їхнього собаку.`,
    encodings: ['windows-1251', 'koi8-u'],
  },
  el: {
    text: `Ο γέρος ψαράς καθόταν στην πόρτα και έφτιαχνε τα δίχτυα του. Το πρωί είχε φυσήξει δυνατός άνεμος από τη θάλασσα.
Πού πήγες χθες; ρώτησε η γιαγιά. Περπάτησα μέχρι το χωριό, απάντησε εκείνος, αλλά η εκκλησία ήταν κλειστή.`,
    encodings: ['windows-1253', 'iso-8859-7'],
  },
  zhHans: {
    text: `老渔夫坐在门口补网，一句话也不说。孩子们从桥上跑过，笑声传得很远。
“明天会下雨吗？”奶奶问。他抬头看了看天，说：“云从山那边来，也许晚上就下。”
第二天早上，街上的灯还亮着，面包店已经开门了。没有人知道教堂的钥匙藏在哪里。`,
    encodings: ['gb18030', 'gbk'],
  },
  zhHant: {
    text: `老漁夫坐在門口補網，一句話也不說。孩子們從橋上跑過，笑聲傳得很遠。
「明天會下雨嗎？」奶奶問。他抬頭看了看天，說：「雲從山那邊來，也許晚上就下。」
第二天早上，街上的燈還亮著，麵包店已經開門了。沒有人知道教堂的鑰匙藏在哪裡。`,
    encodings: ['big5'],
  },
  ja: {
    text: `年老いた漁師は戸口に座って網を直していた。子どもたちは橋の上を走り、笑い声が遠くまで聞こえた。
「明日は雨が降るでしょうか」と祖母が尋ねた。彼は空を見上げて、夜には降るかもしれないと答えた。
次の朝、パン屋はもう開いていたが、教会の鍵がどこにあるのか、誰も知らなかった。`,
    encodings: ['shift_jis', 'euc-jp'],
  },
  ko: {
    text: `늙은 어부는 문 앞에 앉아 그물을 고치고 있었다. 아이들은 다리 위를 뛰어다녔고 웃음소리가 멀리까지 들렸다.
내일 비가 올까요? 할머니가 물었다. 그는 하늘을 올려다보고, 밤에는 올지도 모른다고 대답했다.
다음 날 아침 빵집은 벌써 문을 열었지만, 교회 열쇠가 어디에 있는지 아무도 몰랐다.`,
    encodings: ['euc-kr'],
  },
};
