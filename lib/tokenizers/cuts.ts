/** Cutting texts into stretches that can be tokenized, and remembered, by themselves. @module */

/** Calls for each stretch of [from, to) of a text, in order. */
export type Cutter = (
  text: string,
  from: number,
  to: number,
  visit: (start: number, end: number) => void,
) => void;

/**
 * Characters that no character beside them changes, and whose normal forms neither begin nor end with a space, as those of "´" and "ͺ" do:
 * ASCII, Latin, Greek, Cyrillic, dashes and quotes, ideographs, Hangul.
 */
const PLAIN = flagged([
  [0x21, 0x7e],
  [0xa1, 0xa7],
  [0xa9, 0xac],
  [0xae, 0xae],
  [0xb0, 0xb3],
  [0xb5, 0xb7],
  [0xb9, 0x24f],
  [0x386, 0x3ff],
  [0x400, 0x482],
  [0x48a, 0x52f],
  [0x2010, 0x2016],
  [0x2018, 0x2027],
  [0x2030, 0x203d],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
]);
/** Plain letters and digits. */
const LETTER = flagged([[0x30, 0x39], [0x41, 0x5a], [0x61, 0x7a], [0xc0, 0xd6], [0xd8, 0xf6], [0xf8, 0x24f]]);

function flagged(ranges: readonly (readonly [number, number])[]): Uint8Array {
  const flags = new Uint8Array(0x10000);
  for (const [first, last] of ranges) flags.fill(1, first, last + 1);
  return flags;
}

const isSpace = (code: number) => code === 32 || code === 10 || code === 13 || code === 9;

/** The whole text as one stretch. */
export const nowhere: Cutter = (_, from, to, visit) => {
  if (from < to) visit(from, to);
};

/**
 * At runs of white space, which belong to no stretch.
 *
 * @param among cut only between these
 */
function atSpace(among?: Uint8Array): Cutter {
  return (text, from, to, visit) => {
    let start = from;
    for (let at = from; at < to;) {
      if (!isSpace(text.charCodeAt(at))) {
        at++;
        continue;
      }
      let after = at + 1;
      while (after < to && isSpace(text.charCodeAt(after))) after++;
      const cut = !among ||
        ((at === from || among[text.charCodeAt(at - 1)]) && (after === to || among[text.charCodeAt(after)]));
      if (cut) {
        if (start < at) visit(start, at);
        start = after;
      }
      at = after;
    }
    if (start < to) visit(start, to);
  };
}
export const atWhiteSpace = atSpace();
export const atWhiteSpaceAmongPlain = atSpace(PLAIN);

/** Before white space that follows something else. */
export const beforeWhiteSpace: Cutter = (text, from, to, visit) => {
  let start = from;
  for (let at = from + 1; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code > 32 || !isSpace(code)) continue;
    const before = text.charCodeAt(at - 1);
    if (before < 128 ? before <= 32 : !PLAIN[before]) continue;
    visit(start, at);
    start = at;
  }
  if (start < to) visit(start, to);
};

/** Before a single space, or what counts as one, between characters of two kinds. */
function beforeSpace(left: Uint8Array, right: Uint8Array, spaces: string): Cutter {
  return (text, from, to, visit) => {
    let start = from;
    for (let at = from + 1; at + 1 < to; at++) {
      const code = text.charCodeAt(at);
      if (code > 32 || (code !== 32 && !spaces.includes(String.fromCharCode(code)))) continue;
      if (!left[text.charCodeAt(at - 1)] || !right[text.charCodeAt(at + 1)]) continue;
      visit(start, at);
      start = at;
    }
    if (start < to) visit(start, to);
  };
}
/** @param spaces further characters that normalisation makes spaces of */
export const beforeWords = (spaces: string) => beforeSpace(PLAIN, PLAIN, spaces);
export const beforeLetters = beforeSpace(PLAIN, LETTER, "");
