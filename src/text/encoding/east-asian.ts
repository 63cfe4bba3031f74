/**
 * How likely a text is as Chinese, Japanese or Korean, from the characters alone: the standards put those in daily use
 * first (the first level of GB 2312, Big5 and JIS X 0208; the Hangul of KS X 1001), and a text read in the wrong
 * encoding is full of the others.
 */
import type { LanguageModel } from './language.js';

/** Characters of one kind, and the share of a text they have together. */
interface Kind {
  readonly share: number;
  readonly characters: string;
}

const PUNCTUATION = '，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕—…·～\u3000';
const FULL_WIDTH = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0xff01 + i)).join('');
const ASCII = Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i)).join('');
const between = (from: number, to: number): string =>
  String.fromCharCode(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
const HIRAGANA = between(0x3041, 0x3096);
const KATAKANA = `${between(0x30a1, 0x30fa)}ー`;
const HALF_WIDTH = between(0xff61, 0xff9f);

/** The most frequent in any text. */
const SIMPLIFIED =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运';
const TRADITIONAL =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運';
const KANJI =
  '日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨会同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以思家世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住無真有口少町料工建空急止送切転研足究楽起着店病質待試族銀早映親験英医仕去味写字答夜音注帰古歌買悪図週室歩風紙黒花春赤青館屋色走秋夏習駅洋旅服夕借曜飲肉貸堂鳥飯勉冬昼茶弟牛魚兄犬妹姉漢';
const SYLLABLES =
  '이다는의에을가고를은하지한도로기사인나그아리자어해시대서라으있과만수스정보일전제게주것니들여와부면모오성장조구우거상연마소신원무비있었했던않적동공생세중된안국경물미치바때더문방회저진내말없두까유발';

const KINDS: Readonly<Record<EastAsian, () => readonly Kind[]>> = {
  zhHans: () => [
    { share: 0.6, characters: SIMPLIFIED },
    { share: 0.2, characters: decoded('gbk', [0xb0, 0xd7], [[0xa1, 0xfe]]) },
    { share: 0.008, characters: decoded('gbk', [0xd8, 0xf7], [[0xa1, 0xfe]]) },
    { share: 0.14, characters: PUNCTUATION },
  ],
  zhHant: () => [
    { share: 0.6, characters: TRADITIONAL },
    { share: 0.2, characters: decoded('big5', [0xa4, 0xc6], BIG5_TRAILS) },
    { share: 0.008, characters: decoded('big5', [0xc9, 0xf9], BIG5_TRAILS) },
    { share: 0.14, characters: PUNCTUATION },
  ],
  ja: () => [
    { share: 0.46, characters: HIRAGANA },
    { share: 0.1, characters: KATAKANA },
    { share: 0.18, characters: KANJI },
    { share: 0.13, characters: decoded('euc-jp', [0xb0, 0xcf], [[0xa1, 0xfe]]) },
    { share: 0.004, characters: decoded('euc-jp', [0xd0, 0xf4], [[0xa1, 0xfe]]) },
    { share: 0.001, characters: HALF_WIDTH },
    { share: 0.1, characters: PUNCTUATION },
  ],
  ko: () => [
    { share: 0.65, characters: SYLLABLES },
    { share: 0.3, characters: decoded('euc-kr', [0xb0, 0xc8], [[0xa1, 0xfe]]) },
    { share: 0.002, characters: decoded('euc-kr', [0xca, 0xfd], [[0xa1, 0xfe]]) },
    { share: 0.02, characters: PUNCTUATION },
  ],
};
const BIG5_TRAILS = [
  [0x40, 0x7e],
  [0xa1, 0xfe],
] as const;

export type EastAsian = 'zhHans' | 'zhHant' | 'ja' | 'ko';
export const EAST_ASIAN: readonly EastAsian[] = ['zhHans', 'zhHant', 'ja', 'ko'];

/** The characters of two bytes, from lead byte to lead byte. */
function decoded(
  encoding: string,
  [first, last]: readonly [number, number],
  trails: readonly (readonly [number, number])[],
): string {
  const bytes: number[] = [];
  for (let lead = first; lead <= last; lead++)
    for (const [from, to] of trails) for (let trail = from; trail <= to; trail++) bytes.push(lead, trail);
  return new TextDecoder(encoding).decode(Uint8Array.from(bytes)).replaceAll('\ufffd', '');
}

/** Share of all other characters of Chinese writing together, and how many there are about. */
const [REST, OTHERS] = [0.0005, 20_000];
const NEVER = Math.log(1e-9);
/** From a Latin letter to one of these, or back, without a space. */
const SWITCH = Math.log(0.05);
const ODD = Math.log(REST / OTHERS);

/** @see LanguageModel */
export class EastAsianLanguage implements LanguageModel {
  readonly #log = new Map<string, number>();

  constructor(readonly name: EastAsian) {
    const kinds = [
      ...KINDS[name](),
      { share: 0.005, characters: FULL_WIDTH },
      { share: 0.02, characters: ASCII },
      { share: REST, characters: HIRAGANA + KATAKANA },
    ];
    for (const { share, characters } of kinds) {
      const all = Array.from(characters);
      for (const character of all)
        if (!this.#log.has(character)) this.#log.set(character, Math.log(share / all.length));
    }
  }

  logLikelihood(token: string): number {
    let sum = 0;
    let before = '';
    for (const character of token) {
      sum += this.#log.get(character) ?? (/^[\u3400-\u9fff\uac00-\ud7a3]$/.test(character) ? ODD : NEVER);
      const [isLatin, isLetter] = [/[a-z]/i.test(character), character > '\xff'];
      if ((isLatin && before > '\xff') || (isLetter && /[a-z]/i.test(before))) sum += SWITCH;
      before = character;
    }
    return sum;
  }
}
