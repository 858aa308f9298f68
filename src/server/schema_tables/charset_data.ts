/**
 * The character sets and collations that MySQL 9.7 knows, for information_schema and SHOW.
 *
 * MySQL: information_schema.character_sets and .collations of a 9.7.4 server.
 */

/** Name, default collation without it (`=` is the set's own name), bytes of its longest character, description. */
export const CHARACTER_SETS = `
big5 | chinese_ci | 2 | Big5 Traditional Chinese
dec8 | swedish_ci | 1 | DEC West European
cp850 | general_ci | 1 | DOS West European
hp8 | english_ci | 1 | HP West European
koi8r | general_ci | 1 | KOI8-R Relcom Russian
latin1 | swedish_ci | 1 | cp1252 West European
latin2 | general_ci | 1 | ISO 8859-2 Central European
swe7 | swedish_ci | 1 | 7bit Swedish
ascii | general_ci | 1 | US ASCII
ujis | japanese_ci | 3 | EUC-JP Japanese
sjis | japanese_ci | 2 | Shift-JIS Japanese
hebrew | general_ci | 1 | ISO 8859-8 Hebrew
tis620 | thai_ci | 1 | TIS620 Thai
euckr | korean_ci | 2 | EUC-KR Korean
koi8u | general_ci | 1 | KOI8-U Ukrainian
gb2312 | chinese_ci | 2 | GB2312 Simplified Chinese
greek | general_ci | 1 | ISO 8859-7 Greek
cp1250 | general_ci | 1 | Windows Central European
gbk | chinese_ci | 2 | GBK Simplified Chinese
latin5 | turkish_ci | 1 | ISO 8859-9 Turkish
armscii8 | general_ci | 1 | ARMSCII-8 Armenian
utf8mb3 | general_ci | 3 | UTF-8 Unicode
ucs2 | general_ci | 2 | UCS-2 Unicode
cp866 | general_ci | 1 | DOS Russian
keybcs2 | general_ci | 1 | DOS Kamenicky Czech-Slovak
macce | general_ci | 1 | Mac Central European
macroman | general_ci | 1 | Mac West European
cp852 | general_ci | 1 | DOS Central European
latin7 | general_ci | 1 | ISO 8859-13 Baltic
cp1251 | general_ci | 1 | Windows Cyrillic
utf16 | general_ci | 4 | UTF-16 Unicode
utf16le | general_ci | 4 | UTF-16LE Unicode
cp1256 | general_ci | 1 | Windows Arabic
cp1257 | general_ci | 1 | Windows Baltic
utf32 | general_ci | 4 | UTF-32 Unicode
binary | = | 1 | Binary pseudo charset
geostd8 | general_ci | 1 | GEOSTD8 Georgian
cp932 | japanese_ci | 2 | SJIS for Windows Japanese
eucjpms | japanese_ci | 3 | UJIS for Windows Japanese
gb18030 | chinese_ci | 4 | China National Standard GB18030
utf8mb4 | 0900_ai_ci | 4 | UTF-8 Unicode
`;

/**
 * By character set: each collation's name without it (`=` is the set's own name), id, sort length, N for NO PAD. What is left
 * out is as in the one before, the id one more. UCA stands for the languages of the Unicode collation algorithm 4.0.0,
 * 0900 for those of 9.0.0.
 */
export const COLLATIONS = `
armscii8: general_ci 32, bin 64
ascii: general_ci 11, bin 65
big5: chinese_ci 1, bin 84
binary: = 63 1 N
cp1250: general_ci 26, czech_cs 34 2, croatian_ci 44 1, bin 66, polish_ci 99
cp1251: bulgarian_ci 14, ukrainian_ci 23, bin 50, general_ci, general_cs
cp1256: general_ci 57, bin 67
cp1257: lithuanian_ci 29, bin 58, general_ci
cp850: general_ci 4, bin 80
cp852: general_ci 40, bin 81
cp866: general_ci 36, bin 68
cp932: japanese_ci 95, bin
dec8: swedish_ci 3, bin 69
eucjpms: japanese_ci 97, bin
euckr: korean_ci 19, bin 85
gb18030: chinese_ci 248 2, bin 249 1, unicode_520_ci 250 8
gb2312: chinese_ci 24, bin 86
gbk: chinese_ci 28, bin 87
geostd8: general_ci 92, bin
greek: general_ci 25, bin 70
hebrew: general_ci 16, bin 71
hp8: english_ci 6, bin 72
keybcs2: general_ci 37, bin 73
koi8r: general_ci 7, bin 74
koi8u: general_ci 22, bin 75
latin1: german1_ci 5, swedish_ci 8, danish_ci 15, german2_ci 31 2, bin 47 1, general_ci, general_cs, spanish_ci 94
latin2: czech_cs 2 4, general_ci 9 1, hungarian_ci 21, croatian_ci 27, bin 77
latin5: turkish_ci 30, bin 78
latin7: estonian_cs 20, general_ci 41, general_cs, bin 79
macce: general_ci 38, bin 43
macroman: general_ci 39, bin 53
sjis: japanese_ci 13, bin 88
swe7: swedish_ci 10, bin 82
tis620: thai_ci 18 4, bin 89 1
ucs2: general_ci 35, bin 90, UCA 128, general_mysql500_ci 159 1
ujis: japanese_ci 12, bin 91
utf16: general_ci 54, bin, UCA 101
utf16le: general_ci 56, bin 62
utf32: general_ci 60, bin, UCA 160
utf8mb3: general_ci 33, tolower_ci 76, bin 83, UCA 192, general_mysql500_ci 223 1
utf8mb4: general_ci 45, bin, UCA 224, 0900_ai_ci 255 0 N, 0900 ai_ci, eo_0900_ai_ci 273, hu_0900_ai_ci,
  hr_0900_ai_ci, vi_0900_ai_ci 277, 0900_as_cs, 0900 as_cs, eo_0900_as_cs 296, hu_0900_as_cs, hr_0900_as_cs,
  vi_0900_as_cs 300, ja_0900_as_cs 303, ja_0900_as_cs_ks 304 24, 0900_as_ci 305 0, ru_0900_ai_ci, ru_0900_as_cs,
  zh_0900_as_cs, 0900_bin 309 1, nb_0900_ai_ci 310 0, nb_0900_as_cs, nn_0900_ai_ci, nn_0900_as_cs,
  sr_latn_0900_ai_ci, sr_latn_0900_as_cs, bs_0900_ai_ci, bs_0900_as_cs, bg_0900_ai_ci, bg_0900_as_cs, gl_0900_ai_ci,
  gl_0900_as_cs, mn_cyrl_0900_ai_ci, mn_cyrl_0900_as_cs
`;

/** With sort length 8, by their ids. */
export const UCA_LANGUAGES = `unicode icelandic latvian romanian slovenian polish estonian spanish swedish turkish czech danish
  lithuanian slovak spanish2 roman persian esperanto hungarian sinhala german2 croatian unicode_520 vietnamese`;

export const LANGUAGES_0900 = "de_pb is lv ro sl pl et es sv tr cs da lt sk es_trad la";
