/** One thing about letters that is made otherwise, all else held. @module */

import type { Letter, Span } from "../../corpus/letter.ts";
import { type Random, random } from "../../random.ts";
import { type Language, languageOf } from "../../text/language.ts";
import { LabelMap, type SurrogateSort } from "../surrogate/label_sets.ts";
import { type Edit, edited } from "./edit.ts";

/** A factor at one of its levels. */
export interface Change {
  /** What is varied: `"case of names"`. */
  readonly factor: string;
  /** How: `"names in small letters"`; no two changes have one name. */
  readonly name: string;
  /**
   * What may differ: the identifying spans alone; besides what stands before or behind them; or the whole note.
   */
  readonly reach: "spans" | "beside" | "note";
  /** Whether the seed decides anything of it. */
  readonly drawn?: true;
  /** The letter changed, its spans at their new places; the seed decides whatever is drawn. */
  apply(letter: Letter, seed: number): Letter;
}

/** An identifying span of a letter, with what a change may want to know of it. */
export interface Mention extends Span {
  readonly text: string;
  readonly sort: SurrogateSort;
  readonly language: Language;
  /** On its line. */
  readonly before: string;
  readonly after: string;
}

const map = new LabelMap();

/** The identifying spans of a letter of some sorts. */
export function mentionsOf({ text, spans }: Letter, sorts: readonly SurrogateSort[]): Mention[] {
  const language = languageOf(text);
  return spans.flatMap((span): Mention[] => {
    const sort = map.meaning(span.label)?.sort;
    if (sort === undefined || !sorts.includes(sort)) return [];
    const { start, end } = span;
    return [{
      ...span,
      ...{ sort, language, text: text.slice(start, end) },
      before: text.slice(text.lastIndexOf("\n", start - 1) + 1, start),
      after: text.slice(end).split("\n", 1)[0] ?? "",
    }];
  });
}

/** Sorts of everything that is replaced by a stand-in. */
export const identifying: readonly SurrogateSort[] = [
  ...["name", "date", "age", "place", "street", "country", "organisation"] as const,
  ...["phone", "email", "url", "ip", "id", "vehicle"] as const,
];

/**
 * A change that writes each mention of some sorts otherwise. What it gives back as it was, or empty, stays.
 *
 * @param rewrite the mention's new text
 */
export function ofMentions(
  about: Pick<Change, "factor" | "name" | "drawn">,
  sorts: readonly SurrogateSort[],
  rewrite: (mention: Mention, chance: Random, letter: Letter) => string,
): Change {
  return ofEdits({ ...about, reach: "spans" }, sorts, (mention, chance, letter) => {
    const text = rewrite(mention, chance, letter);
    return text.trim() === "" || text === mention.text
      ? []
      : [{ start: mention.start, end: mention.end, text }];
  });
}

/**
 * A change by edits in mentions and beside them. Edits that touch another span than the mention's are left out, so that what is said
 * of other spans stays true.
 */
export function ofEdits(
  about: Pick<Change, "factor" | "name" | "reach" | "drawn">,
  sorts: readonly SurrogateSort[],
  editsOf: (mention: Mention, chance: Random, letter: Letter) => readonly Edit[],
): Change {
  return {
    ...about,
    apply(letter, seed) {
      const chance = chanceOf(about.name, letter, seed);
      let last = 0;
      const edits = mentionsOf(letter, sorts).toSorted((a, b) => a.start - b.start).flatMap((mention) =>
        editsOf(mention, chance, letter).toSorted((a, b) => a.start - b.start).filter((edit) => {
          const free = edit.start >= last && isFree(letter, edit, mention);
          if (free) last = edit.end;
          return free;
        })
      );
      return edited(letter, edits);
    },
  };
}

/** What decides all that a change draws in a letter. */
export function chanceOf(name: string, { id }: Letter, seed: number): Random {
  return random(`${seed}/${name}/${id}`);
}

/** Whether an edit lies in the mention, or touches no span at all. */
function isFree({ spans }: Letter, edit: Edit, mention: Span): boolean {
  return spans.every(({ start, end }) => {
    if (edit.end <= start || edit.start >= end) return true;
    return start <= mention.start && end >= mention.end && edit.start >= start && edit.end <= end;
  });
}
