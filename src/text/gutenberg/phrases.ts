/**
 * What Project Gutenberg's headers, credits and licences are known by, in the forms they have had since 1991. All of it
 * is held against paragraphs in which white space is one space.
 */

/**
 * Words without which there is no header and no licence. They are looked for in every text: few, and each begins with a
 * capital, which is found many times faster than a small letter.
 */
export const TRIGGERS = [
  'Gutenberg',
  'GUTENBERG',
  'SMALL PRINT',
  'This eBook is for the use',
  'This ebook is for the use',
  'FULL LICENSE',
  'Title: ',
] as const;

/** The first line of a book: `The Project Gutenberg EBook of …`, `*****The Project Gutenberg Etext of …*****`. */
export const TITLE =
  /^[\W_]{0,8}(?:this is )?(?:the |an? )?(?:copyrighted )?project gutenberg(?:['’]s)?(?:-tm|™| \(tm\))? (?:e-?books?|e-?texts?|edition)\b|^[\W_]{0,8}(?:the )?project gutenberg['’]s (?!.*[.!?]$)/i;
/** No title page's line is longer. */
export const LONGEST_TITLE = 300;

/** Says to whoever knows that a header has begun. */
export const USE = /\b(?:this|the) e-?(?:book|text) is for the use of anyone anywhere/i;
/** The same where nothing was before it: all of it, from its first words on. */
export const USE_FROM_THE_FIRST =
  /^\W{0,8}(?:this|the) e-?(?:book|text) is for the use of anyone anywhere,? (?:at no cost|in the (?:united states|world))/i;
export const OPENING: readonly RegExp[] = [
  USE,
  /^copyright laws are changing all over the world/i,
  /take a look at the important information in this header/i,
  /welcome to the world of free plain vanilla electronic texts/i,
  /^below you will find the first nine project gutenberg etexts/i,
];

/** `Title: …`, and what else is told so. */
export const FIELD =
  /^\[?(?:title|subtitle|authors?|editors?|translators?|illustrators?|contributors?|compilers?|annotators?|commentators?|composers?|photographers?|release date|posting date|publication date|(?:date )?(?:last|most recently) updated|date first posted|first posted|language|character set encoding|iso[- ]8859|edition|credits|original publication|other information and formats|produced by|series|subjects?|note|project gutenberg (?:tm )?e-?text)s? ?:/i;

export const EBOOK_NUMBER = /\[(?:e-?book|e-?text) ?#?\d+\]/i;

export const HEADER: readonly RegExp[] = [
  ...OPENING,
  FIELD,
  /project gutenberg/i,
  EBOOK_NUMBER,
  /^\[?(?:this file was )?(?:first posted|(?:most recently |last |date last )updated|originally released)/i,
  /^#\d+ in our series/i,
  /^\W{0,6}(?:e-?texts? (?:readable|prepared)|these e-?(?:texts?|books?) (?:prepared|were prepared))/i,
  /^we need your donations|^for these and other matters|^the goal of|^\*{3,}$|^if you have an ftp program/i,
  /^we (?:produce about|are now (?:trying to release|releasing) all our)|^please note:? (?:neither|be )/i,
  /^(?:this (?:edition|30th edition|file)|this) (?:is being officially|should be (?:labeled|named))/i,
  /should be (?:labeled|named) \S+\.(?:txt|zip)|^corrected editions of our/i,
  /^\W{0,6}information (?:on contacting|about|prepared by)|^\(three pages\)/i,
  /^(?:all donations|donations) |^we would prefer to send you|^when all other email fails/i,
];

/** What is talked of between a first line and a marker that are both there. */
export const HEADER_TALK =
  /donat|solicit|e-?texts?\b|e-?books?\b|newsletter|https?:|ftp|e?mail|midnight|estimated|registered|small print/i;

/** Ends a header: what follows is the book, or who made it. A title may run on into further lines. */
export const START =
  /^[ \t]{0,20}\*{2,3} ?START OF (?:TH(?:IS|E) )?PROJECT GUTENBERG(?:['’]S)?[ ,][^\n*]{0,300}(?:\*{2,3}[^\n\p{L}]{0,200}|(?:\n[^\n*]{1,200}){0,2}\n[^\n*]{0,200}[^\n*\s][ \t]*\*{2,3}[ \t]*)?(?:\n|$)/imu;
export const SMALL_PRINT =
  /^[ \t]{0,20}\*{0,3} ?START\*{0,3} ?(?:OF )?THE SMALL PRINT!?[^\n]{0,200}(?:\n|$)/im;
export const SMALL_PRINT_END =
  /^[ \t]{0,20}\*{0,3} ?END\*{0,3} ?(?:OF )?THE SMALL PRINT!?[^\n]{0,200}(?:\n|$)/im;
/** From its first line to its last. */
export const LONGEST_SMALL_PRINT = 16_000;

/** Who made the file: right after the header. */
export const CREDITS: readonly RegExp[] = [
  /^\W{0,3}(?:(?:this|the|an?) )?(?:project gutenberg )?(?:e-?book|e-?text|electronic (?:text|edition|version)|html version|text|file|book)?,? ?(?:edition )?(?:(?:has been|was|is) )?(?:originally )?(?:produced|prepared|scanned|transcribed|typed|keyed|digiti[sz]ed|proof-?read|proofed|compiled|converted|donated|contributed|provided|formatted|posted)(?:,? (?:and |& )?(?:edited|proof-?read|proofed|formatted|corrected|prepared|scanned|typed|converted|updated|donated|posted))* (?:by|from)\b/i,
  /^\W{0,3}(?:e-?text|e-?book|html) by /i,
  /distributed proofread(?:ers|ing)|proofreading team|pgdp\.net/i,
  /^\W{0,3}note: (?:project gutenberg|images of the original|this is a|there is an? )/i,
  /^project gutenberg also has/i,
  /^\W{0,3}images (?:of the original|generously)/i,
];
/** What such a paragraph talks of, where it is a sentence: others begin so, and are of the book. */
export const CREDITS_TALK =
  /proof-?read|\bteam\b|https?:|www\.|images?\b|e-?texts?\b|e-?books?\b|\bfiles?\b|html|gutenberg|archive|volunteer|scann|transcri|librar|@|\.(?:org|net|com)\b/i;
export const TRANSCRIBERS_NOTE =
  /^\W{0,3}(?:transcriber|proofreader|transcription|nota do transcritor|note (?:du|de) transcri)\w{0,6}['’]?s? ?notes?\b|^\W{0,3}transcriber['’]?s?['’]? notes?\b|^\W{0,3}nota do transcritor|^\W{0,3}notes? (?:du|de) transcri/i;
/** What such a note tells of, where its heading stands alone. */
export const ABOUT_THE_FILE =
  /\b(?:spelling|typograph|typo|errors?|punctuation|hyphen|footnotes?|retained|obvious|archaic|scan(?:s|ned)|ortograf|gralhas|coquilles)/i;

/** Ends a book. */
export const END_MARK =
  /^[ \t]{0,20}(?:\*{2,3} ?|[[(*_]{0,3}(?:this is )?(?:the )?)(?:END|HERE ENDS) (?:OF )?(?:TH(?:IS|E) )?PROJECT GUTENBERG/i;
/** Its form without stars, which a sentence may begin with too. */
export const STARRED_END = /^[ \t]{0,20}\*{2,3}/;
/** A line of licence that nothing else begins with. */
export const LICENCE_BEGINS: readonly RegExp[] = [
  /^\W{0,8}this file should be named \S+\.\w{2,4}\b/i,
  /^\W{0,8}(?:updated|corrected) editions (?:will replace|of our e-?(?:texts|books) get)/i,
  /^\W{0,8}start: full licen[sc]e/i,
  /^\W{0,8}the full project gutenberg(?:-tm|™)? licen[sc]e(?:\W*$|\W+please read)/i,
  /^creating the works from (?:public domain )?print editions/i,
  /^this and all associated files of various formats/i,
  /^\W{0,8}start\*{0,3} ?the small print/i,
];
/** The rest of it, paragraph by paragraph. */
export const LICENCE: readonly RegExp[] = [
  ...LICENCE_BEGINS,
  USE,
  /project gutenberg|gutenberg(?:-| )?tm|gutenberg™|pglaf|gutenberg\.(?:org|net)|small print/i,
  /\b(?:the|our) foundation\b|literary archive/i,
  /^section \d\.|^1\.[a-f]\.?(?:\d\.?)?(?: |$)/i,
  /electronic works?\b|e-?texts?\b|e-?books\b/i,
  /^[•\-–*] ?you (?:pay|provide|comply)/i,
  /royalt(?:y|ies)|refund|donat(?:e|ions)|501\(c\)\(3\)|trademark|deductible/i,
  /disclaim|warrant(?:y|ies)|liabilit|indemni/i,
  /most people start at our|gregory b\. newby|gbnewby|chief executive|additional contact information/i,
  /^https?:\/\/|^www\.|^\W*end: full licen[sc]e/i,
  /charities|unsolicited|tax treatment/i,
];
/** Its last line. */
export const LICENCE_ENDS =
  /\bto\s+hear\s+about\s+new\s+e-?books\b[^\n]*(?:\n|$)|^\W{0,8}end: full licen[sc]e[^\n]*(?:\n|$)/im;
