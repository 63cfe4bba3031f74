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

/** One of each kind; other labels of TextDecoder's are known too. What each was used for stands in words/. */
export const ENCODINGS = [
  'auto',
  'utf-8',
  'utf-16le',
  'utf-16be',
  'utf-32le',
  'utf-32be',
  'windows-1252',
  'iso-8859-15',
  'macintosh',
  'cp850',
  'cp437',
  'windows-1250',
  'iso-8859-2',
  'cp852',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-10',
  'iso-8859-13',
  'iso-8859-14',
  'windows-1257',
  'windows-1254',
  'windows-1251',
  'koi8-r',
  'koi8-u',
  'iso-8859-5',
  'ibm866',
  'x-mac-cyrillic',
  'windows-1253',
  'iso-8859-7',
  'windows-1255',
  'iso-8859-8',
  'windows-1256',
  'iso-8859-6',
  'windows-874',
  'windows-1258',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'euc-kr',
] as const;
export type EncodingName = (typeof ENCODINGS)[number];

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
