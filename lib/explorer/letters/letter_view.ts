/** A letter as the page shows it. @module */

import type { Letter } from "../../corpus/letter.ts";
import type { FilledLetter } from "../../fill/fill.ts";
import { versionsOf } from "../../face/show.ts";
import { hunks } from "../../metrics/validity/align.ts";
import type { LetterSource, LetterSources } from "./sources.ts";

/** A marked stretch, `[start, end)` in UTF-16 code units. */
export interface ShownMark {
  readonly start: number;
  readonly end: number;
  /** `protected`, `masked`, `filled`, `differs`, or the label of a span. */
  readonly kind: string;
  readonly role: "state" | "difference" | "span";
  readonly title: string;
  /** What else could have stood there, likeliest first. */
  readonly candidates?: readonly {
    readonly text: string;
    readonly probability: number;
    readonly refused?: string;
  }[];
}

/** A letter in one of its states. */
export interface ShownVersion {
  readonly title: string;
  readonly text: string;
  readonly marks: readonly ShownMark[];
}

/** A letter in all its states, side by side. */
export interface ShownLetter {
  readonly id: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly versions: readonly ShownVersion[];
  /** Whether candidates can be asked for. */
  readonly canExplain: boolean;
  /** What a reader might miss, and why it is not there. */
  readonly note?: string;
}

/**
 * A letter with its original beside it, where one is known: original, masked and synthetic for one that this project filled, original
 * and synthetic for one of another corpus with the same id.
 *
 * @throws {Unanswerable} when there is no such letter
 *
 * @example
 * ```ts
 * import { tinyProject } from "../tiny_project.ts";
 * import { openResults } from "../results/open_results.ts";
 * import { letterSources } from "./sources.ts";
 * import { letterView } from "./letter_view.ts";
 * import { equal } from "node:assert/strict";
 * const { letters, synthetic, results, runs } = await tinyProject(await Deno.makeTempDir());
 * const corpora = [{ name: "letters", path: letters }, { name: "synthetic", path: synthetic }];
 * const sources = letterSources(corpora, await openResults(results), runs);
 * const { versions } = await letterView(sources, { corpus: "synthetic" }, "letter-01");
 * equal(versions.length, 2);
 * ```
 */
export async function letterView(
  sources: LetterSources,
  source: LetterSource,
  id: string,
): Promise<ShownLetter> {
  const { how, masked } = await sources.load(source);
  const letter = await sources.letter(source, id);
  const { fills: _, ...meta } = letter.meta;
  const head = { id, meta };
  if ("fills" in letter) {
    return {
      ...{ ...head, versions: filledVersions(letter), canExplain: how !== undefined },
      ...masked && how &&
        { note: `What this cell wrote is not stored here: ${how.model} filled this letter now.` },
    };
  }
  const original = await originalOf(sources, source, letter);
  const versions = original === undefined
    ? [{ title: "letter", text: letter.text, marks: spanMarks(letter) }]
    : pairVersions(original, letter);
  const [first] = sources.corpora;
  const alone = original === undefined && first !== undefined &&
    !("corpus" in source && source.corpus === first.name);
  return {
    ...{ ...head, versions, canExplain: false },
    ...alone && { note: `${first.name} has no letter of this id: no original stands beside it.` },
  };
}

async function originalOf(
  { corpora, load }: LetterSources,
  source: LetterSource,
  { id }: Letter,
): Promise<Letter | undefined> {
  const [first] = corpora;
  if (!first || ("corpus" in source && source.corpus === first.name)) return undefined;
  return (await load({ corpus: first.name })).byId.get(id);
}

function filledVersions(letter: FilledLetter): ShownVersion[] {
  const { fills, masked } = letter;
  const written = fills.filter(({ text }) => text !== "");
  return versionsOf(letter).map(({ title, letter: one, marks = [] }) => {
    const blanks = title === "masked"
      ? Array.from(one.text.matchAll(/\[MASK\]/g), ({ index }) => ({
        ...{ start: index, end: index + "[MASK]".length, kind: "masked", title: "masked" },
      }))
      : [];
    const states = [...marks, ...blanks].map((mark, i): ShownMark => {
      const fill = mark.kind === "filled" ? written[i] : undefined;
      return {
        ...{ start: mark.start, end: mark.end, kind: mark.kind, role: "state" },
        title: fill ? `was ${masked.words[fill.word]?.text ?? ""}` : mark.title ?? mark.kind,
        ...fill?.candidates && { candidates: fill.candidates.map(candidate) },
      };
    });
    return { title, text: one.text, marks: [...states, ...spanMarks(one)] };
  });
}

function candidate({ text, probability, refused }: { text: string; probability: number; refused?: string }) {
  return { text, probability, ...refused !== undefined && { refused } };
}

function pairVersions(original: Letter, synthetic: Letter): ShownVersion[] {
  const found = hunks(original.text, synthetic.text);
  const differences = (side: "real" | "synthetic", text: string): ShownMark[] =>
    found.flatMap((hunk): ShownMark[] => {
      const here = hunk[side];
      const there = side === "real" ? hunk.synthetic : hunk.real;
      if (here.end <= here.start) return [];
      const other = (side === "real" ? synthetic.text : original.text).slice(there.start, there.end);
      const verb = side === "real" ? "became" : "was";
      const bare = side === "real" ? "left out" : "added";
      const kind = other === "" ? bare : "changed";
      return text.slice(here.start, here.end).trim() === ""
        ? []
        : [{ ...here, kind, role: "difference", title: other === "" ? bare : `${verb} ${other}` }];
    });
  return [
    {
      title: "original",
      text: original.text,
      marks: [...differences("real", original.text), ...spanMarks(original)],
    },
    {
      title: "synthetic",
      text: synthetic.text,
      marks: [...differences("synthetic", synthetic.text), ...spanMarks(synthetic)],
    },
  ];
}

/** The spans of a letter as marks. */
function spanMarks({ spans }: Letter): ShownMark[] {
  return spans.map(({ start, end, label }) => ({ start, end, kind: label, role: "span", title: label }));
}
