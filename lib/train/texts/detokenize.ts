/** Running text from tokens that a corpus keeps apart. @module */

/** How a corpus was tokenised. */
export type Tokenisation =
  /** Moses-like, as in WikiText: `@-@` for a hyphen inside a word, a bare `-` is a dash between words. */
  | "wikitext"
  /** Every punctuation mark apart, as in the BioCreative abstracts: `L - dopa`, `12 . 5`, `Parkinson ' s`. */
  | "split-punctuation";

/** Whether a token touches the one before it and the one after it. */
interface Joins {
  readonly left: boolean;
  readonly right: boolean;
}
type Rule = (token: string, at: (offset: number) => string) => Joins | undefined;

const BOTH = { left: true, right: true };
const LEFT = { left: true, right: false };
const RIGHT = { left: false, right: true };
const APART = { left: false, right: false };

/**
 * Joins the tokens of a paragraph or sentence as a writer would have set them: no space before `. , ; : ? ! ) ] %` and after
 * `( [ $`, quotation marks paired, decimals, thousands and abbreviations (`i.v.`) closed up. What the tokens no longer say
 * (a range or a dash? a minus or a hyphen?) is decided by the neighbours, so a few marks come out with one space too many or few.
 *
 * @example
 * ```ts
 * import { detokenize } from "./detokenize.ts";
 * import { equal } from "node:assert/strict";
 * const join = (text: string) => detokenize(text.split(" "), "split-punctuation");
 * equal(join("Parkinson ' s disease ( PD ) : 12 . 5 mg L - dopa / day ."), "Parkinson's disease (PD): 12.5 mg L-dopa/day.");
 * equal(detokenize('a red @-@ tipped " cutter " , 0 @.@ 7 kg'.split(" "), "wikitext"), 'a red-tipped "cutter", 0.7 kg');
 * ```
 */
export function detokenize(tokens: readonly string[], tokenisation: Tokenisation): string {
  const own = tokenisation === "wikitext" ? wikitext : splitPunctuation;
  const rules: Rule[] = [own, quotation(), common];
  let text = "";
  let joined = true;
  for (const [i, token] of tokens.entries()) {
    const at = (offset: number) => tokens[i + offset] ?? "";
    const joins = rules.reduce<Joins | undefined>((found, rule) => found ?? rule(token, at), undefined) ??
      APART;
    text += (joined || joins.left ? "" : " ") + token.replace(/^@([-.,])@$/, "$1");
    joined = joins.right;
  }
  return text;
}

const isNumber = (token: string) => /^\d+$/.test(token);
const isWord = (token: string) => /^[\p{L}\d]/u.test(token);

/** Pairs `"` and `'`; an apostrophe belongs to its word. Made anew for each text, since it remembers what is open. */
function quotation(): Rule {
  const open = new Set<string>();
  return (token, at) => {
    if (token === "“" || token === "‘") return RIGHT;
    if (token === "”") return LEFT;
    if (token !== '"' && token !== "'" && token !== "’") return;
    if (open.delete(token)) return LEFT;
    if (token !== '"') {
      if (at(1) === "s") return BOTH; // Parkinson ' s
      if (/^\d0s$/.test(at(1))) return RIGHT; // the ' 70s
      if (/\d$/.test(at(-1)) || token === "’" || (/[^']s$/.test(at(-1)) && isWord(at(1)))) return LEFT; // 5 ' end, patients ' age
    }
    open.add(token);
    return RIGHT;
  };
}

const common: Rule = (token, at) => {
  if (token === ":" && isNumber(at(-1)) && isNumber(at(1))) return BOTH; // 1 : 10
  if (/^([.,;:?!)\]}%°′″]|\.{2,}|…)$/.test(token)) {
    if (token === "°" && /^[CF]$/.test(at(1))) return RIGHT;
    return token.length > 1 && /^[[("]?$/.test(at(-1)) ? RIGHT : LEFT;
  }
  if (/^[([{]$/.test(token)) return RIGHT;
  if (/^[$£€¥#]$/.test(token) && (isNumber(at(1)) || at(1) === "[UNK]")) return RIGHT;
  if (token === "/" || token === "⁄") return BOTH;
  if (token === "+" && !isWord(at(1))) return LEFT;
};

const wikitext: Rule = (token, at) => {
  if (/^@[-.,]@$/.test(token) || token === "‑") return BOTH;
  if (/^['’](s|t|ve|re|m|ll|d)$/.test(token)) return LEFT;
  if (token === "–" && /\d$/.test(at(-1)) && /^\d/.test(at(1))) return BOTH;
  if (/^[−+]$/.test(token) && isNumber(at(1)) && !isWord(at(-1))) return RIGHT;
};

const splitPunctuation: Rule = (token, at) => {
  if (token === "." && closesUp(at)) return BOTH;
  if (token === "," && isNumber(at(1)) && isNumber(at(-1))) {
    const thousands = /^[1-9]\d{0,2}$/.test(at(-1)) && at(1).length === 3 && !/^(,|and|or|to)$/.test(at(2)) &&
      at(-2) !== ",";
    const locant = at(2) === "-" && /^[a-z]{4}/.test(at(3)); // 1 , 2 - dichloroethane
    if (thousands || locant) return BOTH;
  }
  if (token === "-") return hyphen(at);
  if (token === "+" && at(1) === "/" && /[\d)%]$|^[a-z]{3,}$/.test(at(-1))) return RIGHT; // 9 + / - 2
  if (token === "+" && (at(-1) === "/" || /^(Na|K|Li|H|Ca|Mg|NAD|CD\d+)$/.test(at(-1)))) {
    return at(1) === "/" ? BOTH : LEFT;
  }
  if (token === "(" && isWord(at(-1)) && isWord(at(-1).slice(-1))) {
    const charge = /^[+-]$/.test(at(1)) && at(2) === ")" ||
      isNumber(at(1)) && /^[+-]$/.test(at(2)) && at(3) === ")";
    const locant = at(-1).length <= 2 && at(2) === ")" && at(3) === "-"; // N ( G ) - nitro
    if (charge || locant) return BOTH;
  }
};

/** A point inside a number (`12 . 5`) or an abbreviation of letters (`i . v .`). */
function closesUp(at: (offset: number) => string): boolean {
  if (/\d$/.test(at(-1)) && isNumber(at(1))) return true;
  return /^[A-Za-z]$/.test(at(-1)) && /^[A-Za-z]$/.test(at(1)) && at(2) === ".";
}

function hyphen(at: (offset: number) => string): Joins {
  if (at(-1) === "/") return LEFT; // - / - mice
  if (/^(and|or|to)$/.test(at(1)) && at(2) !== "-") return LEFT; // alpha - and beta - blockers
  const minus = /^([(=<>[,]|of|to|by|was|at|from|is|than|and|or|)$/.test(at(-1)) && isNumber(at(1));
  return minus ? RIGHT : BOTH;
}
