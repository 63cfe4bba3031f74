/** Encodings of one byte a character, each as a table of the 256 characters. */

/** What a byte stands for that the encoding does not have. */
export const UNDEFINED = 0xfffd;

const ASCII = String.fromCharCode(...Array.from({ length: 128 }, (_, i) => i));

/** From 0x80 on. Those of DOS are none of TextDecoder's. */
const UPPER: Readonly<Record<string, string>> = {
  cp437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xa0',
  cp850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\xad±‗¾¶§÷¸°¨·¹³²■\xa0',
  cp852:
    'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\xad˝˛ˇ˘§÷¸°¨˙űŘř■\xa0',
};

/** 0x80–0x9F of Windows-1252: some versions of Node decode these as ISO-8859-1's control characters. */
const WINDOWS_1252 = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';

const IS_SINGLE_BYTE = /^(?:windows-|iso-8859-|koi8-|cp\d|ibm866|macintosh|x-mac-cyrillic)/;
export const isSingleByte = (encoding: string): boolean => IS_SINGLE_BYTE.test(encoding);

const tables = new Map<string, Uint16Array>();

/**
 * By byte its character (UTF-16), UNDEFINED where there is none: TextDecoder would pass these on as control characters
 * of the same number.
 */
export function byteTable(encoding: string): Uint16Array {
  const known = tables.get(encoding);
  if (known) return known;
  const upper = Uint16Array.from({ length: 128 }, (_, i) => characterOf(encoding, 0x80 + i));
  const table = new Uint16Array(256);
  table.set(Uint16Array.from(ASCII, (c) => c.charCodeAt(0)));
  table.set(upper, 128);
  tables.set(encoding, table);
  return table;
}

function characterOf(encoding: string, byte: number): number {
  if (Object.hasOwn(UPPER, encoding)) return UPPER[encoding].charCodeAt(byte - 0x80);
  if (encoding === 'windows-1252' && byte < 0xa0) return WINDOWS_1252.charCodeAt(byte - 0x80);
  const code = new TextDecoder(encoding).decode(Uint8Array.of(byte)).charCodeAt(0);
  // ISO's encodings have control characters there, and mean them.
  const isNone = code >= 0x80 && code < 0xa0 && !encoding.startsWith('iso-');
  return isNone ? UNDEFINED : code;
}
