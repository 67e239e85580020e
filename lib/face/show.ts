/** Looking at a letter. @module */

import type { Letter } from "../corpus/letter.ts";
import { type FilledLetter, unfilled } from "../fill/fill.ts";
import type { Fill } from "../fill/filler.ts";
import type { MaskedLetter } from "../mask/masked_letter.ts";
import type { Displayable } from "../report/display.ts";
import { type Mark, showLetters, type Version } from "../report/show.ts";

/**
 * A letter with its spans coloured; a masked one with what is protected (point at it to see by which rules) and what is masked; a
 * filled one as original, masked and synthetic side by side, where each word written tells what it was, and what else could have
 * stood there if `fill()` was asked for candidates. For the last line of a notebook's cell: `show(filled[0])`.
 *
 * @throws {Error} when there is no letter
 *
 * @example
 * ```ts
 * import { show } from "./show.ts";
 * import { jupyterDisplay } from "../report/display.ts";
 * import { mask } from "../mask/mask.ts";
 * import { match } from "node:assert/strict";
 * const letter = { id: "a", text: "Has asthma.", spans: [{ start: 4, end: 10, label: "PROBLEM" }], meta: {} };
 * const [masked] = mask([letter], { strategy: "random", ratio: 1, seed: 42 });
 * match(String(show(masked)[jupyterDisplay]()["text/html"]), /<mark title="protected: gold entity"[^>]*>asthma<\/mark>/);
 * ```
 */
export function show(letter: Letter | MaskedLetter | FilledLetter | undefined): Displayable {
  if (!letter) throw new Error("show: no letter there. Look at one that the list holds.");
  return showLetters(versionsOf(letter));
}

/**
 * What {@linkcode show} puts side by side.
 *
 * @example
 * ```ts
 * import { versionsOf } from "./show.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "Has asthma.", spans: [], meta: {} };
 * deepEqual(versionsOf(letter), [{ title: "a", letter }]);
 * ```
 */
export function versionsOf(letter: Letter | MaskedLetter | FilledLetter): Version[] {
  if ("fills" in letter) {
    const { masked, fills } = letter;
    return [
      ...maskedVersions(masked),
      { title: "synthetic", letter, marks: filledMarks(masked, fills) },
    ];
  }
  return "words" in letter ? maskedVersions(letter) : [{ title: letter.id, letter }];
}

function maskedVersions(masked: MaskedLetter): Version[] {
  return [
    { title: "original", letter: masked.letter, marks: wordMarks(masked) },
    ...unfilled([masked]).map((letter) => ({ title: "masked", letter: { ...letter, spans: [] } })),
  ];
}

function wordMarks({ words, heldBy, masked, phi }: MaskedLetter): Mark[] {
  const chosen = new Set(masked);
  return words.flatMap(({ start, end }, index): Mark[] => {
    const rules = heldBy[index] ?? [];
    const found = phi?.[index];
    if (chosen.has(index)) {
      const title = found === undefined ? "masked" : `masked: identifying, ${found}`;
      return [{ start, end, kind: "masked", title }];
    }
    return rules.length === 0
      ? []
      : [{ start, end, kind: "protected", title: `protected: ${rules.join(", ")}` }];
  });
}

/**
 * The words written, at their places in the synthetic letter.
 *
 * @example
 * ```ts
 * import { filledMarks } from "./show.ts";
 * import { mask } from "../mask/mask.ts";
 * import { deepEqual } from "node:assert/strict";
 * const [masked] = mask([{ id: "a", text: "He was ill.", spans: [], meta: {} }], { strategy: "random", ratio: 1, seed: 1 });
 * const fills = ["She", "is", "well"].map((text, word) => ({ word, text, raw: text, valid: true }));
 * deepEqual(masked && filledMarks(masked, fills).map(({ start, end }) => [start, end]), [[0, 3], [4, 6], [7, 11]]);
 * ```
 */
export function filledMarks({ words, masked }: MaskedLetter, fills: readonly Fill[]): Mark[] {
  const byWord = new Map(fills.map((fill) => [fill.word, fill]));
  let shift = 0;
  return masked.flatMap((index): Mark[] => {
    const [word, fill] = [words[index], byWord.get(index)];
    if (!word || !fill) return [];
    const start = word.start + shift;
    shift += fill.text.length - (word.end - word.start);
    return fill.text === "" ? [] : [{
      ...{ start, end: start + fill.text.length, kind: "filled" },
      title: fillTitle(word.text, fill),
    }];
  });
}

function fillTitle(original: string, { candidates, choice }: Fill): string {
  const others = candidates?.map(({ text, probability, refused }) =>
    `${text} ${probability.toFixed(2)}${refused === undefined ? "" : ` (${refused})`}`
  );
  return [
    `was ${original}`,
    ...choice === undefined ? [] : [`${choice.how}, rank ${choice.rank}`],
    ...others === undefined ? [] : [others.join(" · ")],
  ].join("; ");
}
