/** Which scheme the tags of a file are in. @module */
import { checkTags, decodeTags, type TagScheme } from "./tag_scheme.ts";
import type { Span } from "./letter.ts";

/** A tag as a scheme has it: `0` is a way to write `O`. */
export function plainTag(tag: string): string {
  return tag === "0" ? "O" : tag;
}

/** Finds out, from tags sentence by sentence, which scheme they are in. */
export class SchemeFinder {
  readonly #letters = new Set<string>();
  #bare = false;
  #iob1 = true;
  #iob2 = true;
  #ioe2 = true;

  see(tags: readonly string[]): void {
    for (const tag of tags) {
      if (tag === "O") continue;
      if (/^[BIESLU]-./.test(tag)) this.#letters.add(tag.charAt(0));
      else this.#bare = true;
    }
    this.#iob1 &&= checkTags(tags, "iob1") === undefined;
    this.#iob2 &&= checkTags(tags, "iob2") === undefined;
    this.#ioe2 &&= checkTags(tags, "ioe2") === undefined;
  }

  /** The narrowest scheme that has the letters seen; labels alone where any tag has none. */
  get scheme(): TagScheme | "labels" {
    const has = (letter: string) => this.#letters.has(letter);
    if (this.#bare) return "labels";
    if (has("L") || has("U")) return "bilou";
    if (has("S") || (has("E") && has("B"))) return "iobes";
    if (has("E")) return this.#ioe2 ? "ioe2" : "ioe1";
    return this.#iob1 && !this.#iob2 ? "iob1" : "iob2"; // of a file that is neither, the usual one's rules say why
  }
}

/** The spans of a sentence's tags, `[start, end)` in tokens, or which tag is wrong and how. */
export function tagSpans(
  tags: readonly string[],
  scheme: TagScheme | "labels",
): { readonly spans: readonly Span[] } | { readonly index: number; readonly problem: string } {
  if (scheme !== "labels") {
    const wrong = checkTags(tags, scheme);
    return wrong
      ? { ...wrong, problem: `${scheme} forbids ${wrong.problem}` }
      : { spans: decodeTags(tags, scheme) };
  }
  const spans: Span[] = [];
  for (const [start, label] of tags.entries()) {
    const last = spans.at(-1);
    if (label === "O") continue;
    if (last?.end === start && last.label === label) spans[spans.length - 1] = { ...last, end: start + 1 };
    else spans.push({ start, end: start + 1, label });
  }
  return { spans };
}
