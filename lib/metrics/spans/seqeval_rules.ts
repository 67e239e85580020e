/** What seqeval 1.2.2 takes two neighbouring tags for. @module */

import type { TagScheme } from "../../corpus/tag_scheme.ts";

/** How seqeval reads tags: its default mode, or its strict mode under a scheme. */
export type Reading = "lenient" | TagScheme;

/** Between two neighbouring tags: bits of a rule table. */
export const [START, INSIDE, END] = [1, 2, 4];
/** Letters by number. */
export const LETTERS = "OBIESUL";

/** Which bits hold between two letters, by `tableIndex()`. */
export type RuleTable = Uint8Array;

/**
 * Rules of seqeval's strict mode, each the letters of two neighbouring tags (`*` any), with `=` where the labels must be the
 * same and `!` where they must differ. IOB1 and IOE1 are as incomplete as they are there: a lone `E` opens nothing.
 */
const strictRules: Readonly<Record<TagScheme, readonly [start: string, inside: string, end: string]>> = {
  iob1: ["OI II! BI IB= BB=", "BI= II=", "II! IO IB BO BI! BB="],
  iob2: ["*B", "BI= II=", "IO II! IB BO BI! BB"],
  ioe1: ["OI II! EI EE=", "II= IE=", "II! IO IE! EI= EE="],
  ioe2: ["OI OE EI EE II! IE!", "II= IE=", "E*"],
  iobes: ["*B *S", "BI= BE= II= IE=", "E* S*"],
  bilou: ["*B *U", "BI= BL= II= IL=", "L* U*"],
};
/** Rules of the default mode, which takes any letters: those of the conlleval script. */
const lenientRules = [
  "*B *S EE EI SE SI OE OI " + [..."BIESUL"].map((letter) => `*${letter}!`).join(" "),
  "",
  "E* S* BB BS BO IB IS IO " + [..."BIESUL"].map((letter) => `${letter}*!`).join(" "),
] as const;

function compiled(rules: readonly [start: string, inside: string, end: string]): RuleTable {
  const table = new Uint8Array(2 * 8 * 8);
  for (const [bit, text] of rules.entries()) {
    for (const [left = "", right = "", labels] of text.split(" ").filter(Boolean)) {
      for (const a of left === "*" ? LETTERS : left) {
        for (const b of right === "*" ? LETTERS : right) {
          const [from, to] = [LETTERS.indexOf(a), LETTERS.indexOf(b)];
          for (const same of [false, true]) {
            const holds = labels === undefined || (labels === "=") === same;
            if (holds) table[tableIndex(from, to, same)]! |= 1 << bit; // letters are below 8
          }
        }
      }
    }
  }
  return table;
}

function tableIndex(left: number, right: number, same: boolean): number {
  return (left << 4) | (right << 1) | (same ? 1 : 0);
}

const tables: Readonly<Record<Reading, RuleTable>> = {
  lenient: compiled(lenientRules),
  iob1: compiled(strictRules.iob1),
  iob2: compiled(strictRules.iob2),
  ioe1: compiled(strictRules.ioe1),
  ioe2: compiled(strictRules.ioe2),
  iobes: compiled(strictRules.iobes),
  bilou: compiled(strictRules.bilou),
};

/** The rules of a reading. */
export function tableOf(reading: Reading): RuleTable {
  return tables[reading];
}

/** Tags by number: the letter and the label of each. Number 0 is `O`, and its label that of a tag without one. */
export interface NumberedTags {
  readonly letters: Uint8Array;
  readonly labels: Int32Array;
}

/**
 * What begins, goes on or ends between two neighbouring tags, as bits `START`, `INSIDE`, `END`.
 *
 * @example
 * ```ts
 * import { END, LETTERS, rulesBetween, START, tableOf } from "./seqeval_rules.ts";
 * import { equal } from "node:assert/strict";
 * const tags = { letters: Uint8Array.from("OBI", (letter) => LETTERS.indexOf(letter)), labels: Int32Array.of(0, 1, 1) };
 * equal(rulesBetween(1, 1, tags, tableOf("iob2")), START | END); // B-A B-A
 * equal(rulesBetween(0, 2, tags, tableOf("lenient")), START); // O I-A
 * ```
 */
export function rulesBetween(
  left: number,
  right: number,
  { letters, labels }: NumberedTags,
  table: RuleTable,
): number {
  return table[tableIndex(letters[left]!, letters[right]!, labels[left] === labels[right])]!; // a letter for every tag
}
