/**
 * The character sets and collations that MySQL 9.7 knows, for information_schema and SHOW.
 *
 * MySQL: information_schema.character_sets and .collations of a 9.7.4 server.
 */

/** Name, default collation, bytes of its longest character, description. */
export const CHARACTER_SETS = `
big5 | big5_chinese_ci | 2 | Big5 Traditional Chinese
dec8 | dec8_swedish_ci | 1 | DEC West European
cp850 | cp850_general_ci | 1 | DOS West European
hp8 | hp8_english_ci | 1 | HP West European
koi8r | koi8r_general_ci | 1 | KOI8-R Relcom Russian
latin1 | latin1_swedish_ci | 1 | cp1252 West European
latin2 | latin2_general_ci | 1 | ISO 8859-2 Central European
swe7 | swe7_swedish_ci | 1 | 7bit Swedish
ascii | ascii_general_ci | 1 | US ASCII
ujis | ujis_japanese_ci | 3 | EUC-JP Japanese
sjis | sjis_japanese_ci | 2 | Shift-JIS Japanese
hebrew | hebrew_general_ci | 1 | ISO 8859-8 Hebrew
tis620 | tis620_thai_ci | 1 | TIS620 Thai
euckr | euckr_korean_ci | 2 | EUC-KR Korean
koi8u | koi8u_general_ci | 1 | KOI8-U Ukrainian
gb2312 | gb2312_chinese_ci | 2 | GB2312 Simplified Chinese
greek | greek_general_ci | 1 | ISO 8859-7 Greek
cp1250 | cp1250_general_ci | 1 | Windows Central European
gbk | gbk_chinese_ci | 2 | GBK Simplified Chinese
latin5 | latin5_turkish_ci | 1 | ISO 8859-9 Turkish
armscii8 | armscii8_general_ci | 1 | ARMSCII-8 Armenian
utf8mb3 | utf8mb3_general_ci | 3 | UTF-8 Unicode
ucs2 | ucs2_general_ci | 2 | UCS-2 Unicode
cp866 | cp866_general_ci | 1 | DOS Russian
keybcs2 | keybcs2_general_ci | 1 | DOS Kamenicky Czech-Slovak
macce | macce_general_ci | 1 | Mac Central European
macroman | macroman_general_ci | 1 | Mac West European
cp852 | cp852_general_ci | 1 | DOS Central European
latin7 | latin7_general_ci | 1 | ISO 8859-13 Baltic
cp1251 | cp1251_general_ci | 1 | Windows Cyrillic
utf16 | utf16_general_ci | 4 | UTF-16 Unicode
utf16le | utf16le_general_ci | 4 | UTF-16LE Unicode
cp1256 | cp1256_general_ci | 1 | Windows Arabic
cp1257 | cp1257_general_ci | 1 | Windows Baltic
utf32 | utf32_general_ci | 4 | UTF-32 Unicode
binary | binary | 1 | Binary pseudo charset
geostd8 | geostd8_general_ci | 1 | GEOSTD8 Georgian
cp932 | cp932_japanese_ci | 2 | SJIS for Windows Japanese
eucjpms | eucjpms_japanese_ci | 3 | UJIS for Windows Japanese
gb18030 | gb18030_chinese_ci | 4 | China National Standard GB18030
utf8mb4 | utf8mb4_0900_ai_ci | 4 | UTF-8 Unicode
`;

/** By character set: each collation's name without it (`=` is the set's own name), id, sort length, N for NO PAD. */
export const COLLATIONS = `
armscii8: general_ci 32 1, bin 64 1
ascii: general_ci 11 1, bin 65 1
big5: chinese_ci 1 1, bin 84 1
binary: = 63 1 N
cp1250: general_ci 26 1, czech_cs 34 2, croatian_ci 44 1, bin 66 1, polish_ci 99 1
cp1251: bulgarian_ci 14 1, ukrainian_ci 23 1, bin 50 1, general_ci 51 1, general_cs 52 1
cp1256: general_ci 57 1, bin 67 1
cp1257: lithuanian_ci 29 1, bin 58 1, general_ci 59 1
cp850: general_ci 4 1, bin 80 1
cp852: general_ci 40 1, bin 81 1
cp866: general_ci 36 1, bin 68 1
cp932: japanese_ci 95 1, bin 96 1
dec8: swedish_ci 3 1, bin 69 1
eucjpms: japanese_ci 97 1, bin 98 1
euckr: korean_ci 19 1, bin 85 1
gb18030: chinese_ci 248 2, bin 249 1, unicode_520_ci 250 8
gb2312: chinese_ci 24 1, bin 86 1
gbk: chinese_ci 28 1, bin 87 1
geostd8: general_ci 92 1, bin 93 1
greek: general_ci 25 1, bin 70 1
hebrew: general_ci 16 1, bin 71 1
hp8: english_ci 6 1, bin 72 1
keybcs2: general_ci 37 1, bin 73 1
koi8r: general_ci 7 1, bin 74 1
koi8u: general_ci 22 1, bin 75 1
latin1: german1_ci 5 1, swedish_ci 8 1, danish_ci 15 1, german2_ci 31 2, bin 47 1, general_ci 48 1, general_cs 49 1,
  spanish_ci 94 1
latin2: czech_cs 2 4, general_ci 9 1, hungarian_ci 21 1, croatian_ci 27 1, bin 77 1
latin5: turkish_ci 30 1, bin 78 1
latin7: estonian_cs 20 1, general_ci 41 1, general_cs 42 1, bin 79 1
macce: general_ci 38 1, bin 43 1
macroman: general_ci 39 1, bin 53 1
sjis: japanese_ci 13 1, bin 88 1
swe7: swedish_ci 10 1, bin 82 1
tis620: thai_ci 18 4, bin 89 1
ucs2: general_ci 35 1, bin 90 1, unicode_ci 128 8, icelandic_ci 129 8, latvian_ci 130 8, romanian_ci 131 8,
  slovenian_ci 132 8, polish_ci 133 8, estonian_ci 134 8, spanish_ci 135 8, swedish_ci 136 8, turkish_ci 137 8,
  czech_ci 138 8, danish_ci 139 8, lithuanian_ci 140 8, slovak_ci 141 8, spanish2_ci 142 8, roman_ci 143 8,
  persian_ci 144 8, esperanto_ci 145 8, hungarian_ci 146 8, sinhala_ci 147 8, german2_ci 148 8, croatian_ci 149 8,
  unicode_520_ci 150 8, vietnamese_ci 151 8, general_mysql500_ci 159 1
ujis: japanese_ci 12 1, bin 91 1
utf16: general_ci 54 1, bin 55 1, unicode_ci 101 8, icelandic_ci 102 8, latvian_ci 103 8, romanian_ci 104 8,
  slovenian_ci 105 8, polish_ci 106 8, estonian_ci 107 8, spanish_ci 108 8, swedish_ci 109 8, turkish_ci 110 8,
  czech_ci 111 8, danish_ci 112 8, lithuanian_ci 113 8, slovak_ci 114 8, spanish2_ci 115 8, roman_ci 116 8,
  persian_ci 117 8, esperanto_ci 118 8, hungarian_ci 119 8, sinhala_ci 120 8, german2_ci 121 8, croatian_ci 122 8,
  unicode_520_ci 123 8, vietnamese_ci 124 8
utf16le: general_ci 56 1, bin 62 1
utf32: general_ci 60 1, bin 61 1, unicode_ci 160 8, icelandic_ci 161 8, latvian_ci 162 8, romanian_ci 163 8,
  slovenian_ci 164 8, polish_ci 165 8, estonian_ci 166 8, spanish_ci 167 8, swedish_ci 168 8, turkish_ci 169 8,
  czech_ci 170 8, danish_ci 171 8, lithuanian_ci 172 8, slovak_ci 173 8, spanish2_ci 174 8, roman_ci 175 8,
  persian_ci 176 8, esperanto_ci 177 8, hungarian_ci 178 8, sinhala_ci 179 8, german2_ci 180 8, croatian_ci 181 8,
  unicode_520_ci 182 8, vietnamese_ci 183 8
utf8mb3: general_ci 33 1, tolower_ci 76 1, bin 83 1, unicode_ci 192 8, icelandic_ci 193 8, latvian_ci 194 8,
  romanian_ci 195 8, slovenian_ci 196 8, polish_ci 197 8, estonian_ci 198 8, spanish_ci 199 8, swedish_ci 200 8,
  turkish_ci 201 8, czech_ci 202 8, danish_ci 203 8, lithuanian_ci 204 8, slovak_ci 205 8, spanish2_ci 206 8,
  roman_ci 207 8, persian_ci 208 8, esperanto_ci 209 8, hungarian_ci 210 8, sinhala_ci 211 8, german2_ci 212 8,
  croatian_ci 213 8, unicode_520_ci 214 8, vietnamese_ci 215 8, general_mysql500_ci 223 1
utf8mb4: general_ci 45 1, bin 46 1, unicode_ci 224 8, icelandic_ci 225 8, latvian_ci 226 8, romanian_ci 227 8,
  slovenian_ci 228 8, polish_ci 229 8, estonian_ci 230 8, spanish_ci 231 8, swedish_ci 232 8, turkish_ci 233 8,
  czech_ci 234 8, danish_ci 235 8, lithuanian_ci 236 8, slovak_ci 237 8, spanish2_ci 238 8, roman_ci 239 8,
  persian_ci 240 8, esperanto_ci 241 8, hungarian_ci 242 8, sinhala_ci 243 8, german2_ci 244 8, croatian_ci 245 8,
  unicode_520_ci 246 8, vietnamese_ci 247 8, 0900_ai_ci 255 0 N, de_pb_0900_ai_ci 256 0 N, is_0900_ai_ci 257 0 N,
  lv_0900_ai_ci 258 0 N, ro_0900_ai_ci 259 0 N, sl_0900_ai_ci 260 0 N, pl_0900_ai_ci 261 0 N, et_0900_ai_ci 262 0 N,
  es_0900_ai_ci 263 0 N, sv_0900_ai_ci 264 0 N, tr_0900_ai_ci 265 0 N, cs_0900_ai_ci 266 0 N, da_0900_ai_ci 267 0 N,
  lt_0900_ai_ci 268 0 N, sk_0900_ai_ci 269 0 N, es_trad_0900_ai_ci 270 0 N, la_0900_ai_ci 271 0 N,
  eo_0900_ai_ci 273 0 N, hu_0900_ai_ci 274 0 N, hr_0900_ai_ci 275 0 N, vi_0900_ai_ci 277 0 N, 0900_as_cs 278 0 N,
  de_pb_0900_as_cs 279 0 N, is_0900_as_cs 280 0 N, lv_0900_as_cs 281 0 N, ro_0900_as_cs 282 0 N, sl_0900_as_cs 283 0 N,
  pl_0900_as_cs 284 0 N, et_0900_as_cs 285 0 N, es_0900_as_cs 286 0 N, sv_0900_as_cs 287 0 N, tr_0900_as_cs 288 0 N,
  cs_0900_as_cs 289 0 N, da_0900_as_cs 290 0 N, lt_0900_as_cs 291 0 N, sk_0900_as_cs 292 0 N,
  es_trad_0900_as_cs 293 0 N, la_0900_as_cs 294 0 N, eo_0900_as_cs 296 0 N, hu_0900_as_cs 297 0 N,
  hr_0900_as_cs 298 0 N, vi_0900_as_cs 300 0 N, ja_0900_as_cs 303 0 N, ja_0900_as_cs_ks 304 24 N, 0900_as_ci 305 0 N,
  ru_0900_ai_ci 306 0 N, ru_0900_as_cs 307 0 N, zh_0900_as_cs 308 0 N, 0900_bin 309 1 N, nb_0900_ai_ci 310 0 N,
  nb_0900_as_cs 311 0 N, nn_0900_ai_ci 312 0 N, nn_0900_as_cs 313 0 N, sr_latn_0900_ai_ci 314 0 N,
  sr_latn_0900_as_cs 315 0 N, bs_0900_ai_ci 316 0 N, bs_0900_as_cs 317 0 N, bg_0900_ai_ci 318 0 N,
  bg_0900_as_cs 319 0 N, gl_0900_ai_ci 320 0 N, gl_0900_as_cs 321 0 N, mn_cyrl_0900_ai_ci 322 0 N,
  mn_cyrl_0900_as_cs 323 0 N
`;
