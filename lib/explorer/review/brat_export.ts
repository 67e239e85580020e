/** What was reviewed, as BRAT keeps it. @module */

import type { Letter } from "../../corpus/letter.ts";
import { type Given, outcomeOf, type ReviewedLetter, type SeenUnit } from "./reviewed_letter.ts";

/** Which rejected spans are written. */
export type Rejected = "left out" | "kept";

/**
 * A letter with what a reviewer may see of its review: rejected spans are left out, with the relations and attributes that name them,
 * or kept; who decided what, and the comments, are notes (`#1<TAB>AnnotatorNotes T1<TAB>…`). BRAT has no notes on a letter: what is said
 * of it as a whole stands on its first span.
 *
 * @example
 * ```ts
 * import { annotated } from "./brat_export.ts";
 * import { ReviewedLetter } from "./reviewed_letter.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "On aspirin.", spans: [{ start: 3, end: 10, label: "DRUG" }], meta: {} };
 * const review = new ReviewedLetter();
 * const head = { at: "2026-01-01T00:00:00Z", reviewer: "Ann", corpus: "c", letter: "a" };
 * review.add({ ...head, span: { start: 3, end: 10, label: "DRUG" }, decision: "accept", comment: "dose?" });
 * deepEqual(annotated(letter, review, "Ann", "left out").standoff?.lines, ["T1", "#1\tAnnotatorNotes T1\taccept (Ann: dose?)"]);
 * ```
 */
export function annotated(
  letter: Letter,
  review: ReviewedLetter,
  reviewer: string,
  rejected: Rejected,
): Letter {
  const names = letter.standoff?.names ?? letter.spans.map((_, i) => `T${i + 1}`);
  const units = letter.spans.map((span, i) => {
    const { start, end, label } = span;
    return { span, name: names[i] ?? "", seen: review.seen({ start, end, label }, reviewer) };
  });
  const kept = units.filter(({ seen }) => rejected === "kept" || outcomeOf(seen) !== "reject");
  const gone = new Set(units.filter((unit) => !kept.includes(unit)).map(({ name }) => name));
  const before = withoutMentions(letter.standoff?.lines ?? names, gone);
  const [first] = kept;
  const said = [
    ...first ? [{ name: first.name, text: noteOf(review.seen(null, reviewer), reviewer, "letter: ") }] : [],
    ...kept.map(({ name, seen }) => ({ name, text: noteOf(seen, reviewer, "") })),
  ].filter(({ text }) => text !== "");
  const from = Math.max(0, ...before.map((line) => Number(/^#(\d+)\t/.exec(line)?.[1] ?? 0))) + 1;
  return {
    ...letter,
    spans: kept.map(({ span }) => span),
    standoff: {
      ...letter.standoff,
      names: kept.map(({ name }) => name),
      lines: [...before, ...said.map(({ name, text }, i) => `#${from + i}\tAnnotatorNotes ${name}\t${text}`)],
    },
  };
}

/** The lines but for those of spans that are gone, what names them, and what names that in turn. */
function withoutMentions(lines: readonly string[], gone: Set<string>): readonly string[] {
  const kept = lines.filter((line) => {
    const [name = "", what = ""] = line.split("\t");
    const stays = !gone.has(name) && !what.split(/[ :]/).some((word) => gone.has(word));
    if (!stays && !["*", ""].includes(name)) gone.add(name);
    return stays;
  });
  return kept.length === lines.length ? kept : withoutMentions(kept, gone);
}

/** One line; nothing where nothing was said. */
function noteOf(seen: SeenUnit, reviewer: string, before: string): string {
  const all = seen.both ?? [{ reviewer, ...seen.own }];
  const given = [...all, ...seen.adjudicated ? [seen.adjudicated] : []];
  if (given.every(({ decision, comment }) => decision === "none" && comment === "")) return "";
  const outcome = { accept: "accept", reject: "reject", none: "undecided" }[outcomeOf(seen)];
  const words = given.map((one, i) => wordsOf(one, all.length > 1, i === all.length));
  return `${before}${outcome} (${words.join("; ")})`.replaceAll(/\s+/g, " ");
}

function wordsOf({ reviewer, decision, comment }: Given, several: boolean, adjudicates: boolean): string {
  const who = adjudicates ? `adjudicated by ${reviewer}` : reviewer;
  const what = several ? ` ${decision === "none" ? "undecided" : decision}` : "";
  return `${who}${what}${comment === "" ? "" : `: ${comment}`}`;
}
