/** The encodings a text may be in, by the names that `--encoding` takes and reports show. */

/** Names beside those that TextDecoder knows. */
const ALIASES: Readonly<Record<string, string | undefined>> = {
  ...{ cp437: 'cp437', ibm437: 'cp437', '437': 'cp437' },
  ...{ cp850: 'cp850', ibm850: 'cp850', '850': 'cp850' },
  ...{ cp852: 'cp852', ibm852: 'cp852', '852': 'cp852' },
  ...{ macroman: 'macintosh', 'mac-roman': 'macintosh', latin9: 'iso-8859-15', 'latin-9': 'iso-8859-15' },
  ...{ cp932: 'shift_jis', cp936: 'gbk', cp949: 'euc-kr', cp950: 'big5' },
  ...{ 'utf-32le': 'utf-32le', 'utf-32be': 'utf-32be', utf32le: 'utf-32le', utf32be: 'utf-32be' },
};

/** One of each kind, with what it was used for; other labels of TextDecoder's are known too. */
export const ENCODINGS: readonly (readonly [name: string, use: string])[] = [
  ['auto', 'found out from the text'],
  ['utf-8', 'Unicode; ASCII too'],
  ['utf-16le', 'Unicode, Windows'],
  ['utf-16be', 'Unicode'],
  ['utf-32le', 'Unicode'],
  ['utf-32be', 'Unicode'],
  ['windows-1252', 'Western Europe, Windows; also latin1, iso-8859-1'],
  ['iso-8859-15', 'Western Europe with €; also latin9'],
  ['macintosh', 'Western Europe, Mac OS before X; also macroman'],
  ['cp850', 'Western Europe, DOS'],
  ['cp437', 'Western Europe and the USA, DOS'],
  ['windows-1250', 'Central Europe, Windows'],
  ['iso-8859-2', 'Central Europe'],
  ['cp852', 'Central Europe, DOS'],
  ['iso-8859-3', 'Maltese, Esperanto'],
  ['iso-8859-4', 'Baltic'],
  ['iso-8859-10', 'Nordic'],
  ['iso-8859-13', 'Baltic'],
  ['iso-8859-14', 'Celtic'],
  ['windows-1257', 'Baltic, Windows'],
  ['windows-1254', 'Turkish, Windows; also iso-8859-9'],
  ['windows-1251', 'Cyrillic, Windows'],
  ['koi8-r', 'Russian, Unix'],
  ['koi8-u', 'Ukrainian, Unix'],
  ['iso-8859-5', 'Cyrillic'],
  ['ibm866', 'Cyrillic, DOS'],
  ['x-mac-cyrillic', 'Cyrillic, Mac OS before X'],
  ['windows-1253', 'Greek, Windows'],
  ['iso-8859-7', 'Greek'],
  ['windows-1255', 'Hebrew, Windows'],
  ['iso-8859-8', 'Hebrew'],
  ['windows-1256', 'Arabic, Windows'],
  ['iso-8859-6', 'Arabic'],
  ['windows-874', 'Thai'],
  ['windows-1258', 'Vietnamese'],
  ['gb18030', 'Chinese, simplified; gbk, gb2312 are part of it'],
  ['big5', 'Chinese, traditional'],
  ['shift_jis', 'Japanese, Windows'],
  ['euc-jp', 'Japanese, Unix'],
  ['iso-2022-jp', 'Japanese, mail'],
  ['euc-kr', 'Korean'],
];

/** The one name of an encoding by any of its labels (`latin1` → `windows-1252`), or undefined for none. */
export function encodingNamed(label: string): string | undefined {
  const own = ALIASES[label.trim().toLowerCase()];
  if (own?.startsWith('cp') || own?.startsWith('utf-32')) return own;
  try {
    return new TextDecoder(own ?? label).encoding;
  } catch {
    return undefined;
  }
}
