/** Kinds of characters, as the Moses tokenizer's lists have them. @module */

import { classOf } from "../unicode/ranges.ts";

/** Letters that are younger than the lists, and ideographs and Hangul, which are none to it. */
const NO_LETTERS =
  "363-36f 560 588 5ef 860-86a 870-887 889-88e 897 8b3-8c9 8d4-8df 8e3 9fc af9-afc c04 c5a c5d c80 cdd cf3 d00 d04 d54-d56 d5f d81 " +
  "e86 e89 e8c e8e-e93 e98 ea0 ea8-ea9 eac f82-f83 1063-1064 1069-106d 1087-108d 108f 109a-109b 13f5 13f8-13fd 170d 171f 1878 " +
  "1abf-1ac0 1acc-1ace 1b4c 1c36 1c80-1c8a 1c90-1cba 1cbd-1cbf 1cfa 1dd3-1de6 2c2f 2c5f 3005 3007 3021-3029 3038-303b 312e-312f " +
  "31bb-31bf 3400-9fff a69e a78f a7ae-a7af a7b2-a7cd a7d0-a7d1 a7d3 a7d5-a7dc a7f2-a7f6 a802 a80b a8c5 a8fd-a8ff a9e5 aa7b-aa7d " +
  "ab60-ab63 ab66-ab69 ab70-abbf ac00-d7a3 f900-fa6d fa70-fad9";
/** Signs of Indian scripts that count as letters where a text is split. */
const SIGNS =
  "93c 94d 9bc 9cd a3c a4d abc acd afd-aff b3c b4d bcd c4d cbc ccd d3b-d3c d4d dca eba 1039 1714 1bab 1c37 a8c4 a953 aaf6 10a3f 11046 " +
  "110b9-110ba 11133 11173 111c0 111ca 11235-11236 112e9-112ea 1133c 1134d 11442 11446 114c2-114c3 115bf-115c0 1163f 116b6-116b7 " +
  "11839-1183a 119e0 11a34 11c3f 11d42 11d45 11d97 1e94a";
const NO_LOWER =
  "560 588 10d0-10fa 10fc-10ff 1c8a 2c5f a7af a7b9 a7bb a7bd a7bf a7c1 a7c3 a7c8 a7ca a7cd a7d1 a7d3 a7d5 a7d7 a7d9 a7db a7f2-a7f4 " +
  "a7f6 ab66-ab69 10597-105a1 105a3-105b1 105b3-105b9 105bb-105bc 10780 10783-10785 10787-107b0 107b2-107ba 10d70-10d85 16e60-16e7f " +
  "1df00-1df09 1df0b-1df1e 1df25-1df2a 1e030-1e06d";

const PLANE = "\\u{0}-\\u{ffff}";
const letters = `[[\\p{Alphabetic}&&[${PLANE}]]--[${classOf(NO_LETTERS)}]]\\u135f\\u25cc`;

/** Bodies of character classes, for patterns with the flag `v`. */
export const LETTER = `${letters}${classOf(SIGNS)}`;
export const DIGIT = `[\\p{Nd}&&[${PLANE}]]`;
export const NUMBER = `[[\\p{N}&&[${PLANE}]]--[${classOf("d58-d5e d76-d78 3007 3021-3029 3038-303a")}]]\\n`;
export const LOWER = `[\\p{Lowercase}--[${classOf(NO_LOWER)}]]\\u25cc`;
/** Letters where a text is put together again. */
export const JOINING_LETTER = letters;
export const CURRENCY = `[\\p{Sc}--[${classOf("7fe-7ff 20be-20c0 11fdd-11fe0 1e2ff 1ecb0")}]]\\n`;
/** White space as Python has it. */
export const SPACE = "\\p{White_Space}\\u{1c}-\\u{1f}";
/** Blocks of Chinese, Japanese and Korean. */
export const EAST_ASIAN = classOf(
  "1100-11ff 2e80-a4cf a840-a87f ac00-d7af f900-faff fe30-fe4f ff65-ffdc 17000-18aff 1b000-1b12f 1b170-1b2ff 20000-2ffff",
);
