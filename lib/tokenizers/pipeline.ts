/** From text to pieces. @module */

import { type AddedToken, type Section, sectionFinder } from "./added_tokens.ts";
import { Aligned } from "./aligned.ts";
import {
  atWhiteSpace,
  atWhiteSpaceAmongPlain,
  beforeLetters,
  beforeWhiteSpace,
  beforeWords,
  type Cutter,
  nowhere,
} from "./cuts.ts";
import type { Model, Pieces } from "./models/model.ts";
import type { Normalizer, Place } from "./normalizers/normalizer.ts";
import type { PreTokenizer } from "./pre_tokenizers/pre_tokenizer.ts";
import { StretchCache } from "./stretch_cache.ts";

/** Longer stretches are seldom met twice. */
const LONGEST_REMEMBERED = 64;
/** Stretches of one kind of place that are remembered at most. */
const MOST_REMEMBERED = 2 ** 17;

/** The parts that a text goes through. */
export interface Parts {
  readonly added: readonly AddedToken[];
  readonly normalizer: Normalizer | undefined;
  readonly preTokenizer: PreTokenizer | undefined;
  readonly model: Model;
}

/**
 * Finds added tokens, normalises, splits and cuts into pieces. Where the parts allow it, a text is cut at spaces beforehand and the
 * pieces of its stretches are remembered, because words repeat.
 *
 * @example
 * ```ts
 * import { createModel } from "./models/create.ts";
 * import { Pipeline } from "./pipeline.ts";
 * import { createPreTokenizer } from "./pre_tokenizers/create.ts";
 * import { deepEqual } from "node:assert/strict";
 * const model = createModel({ type: "WordPiece", vocab: { "[UNK]": 0, fe: 1, "##ver": 2 } }, "model");
 * const preTokenizer = createPreTokenizer({ type: "BertPreTokenizer" }, "pre_tokenizer");
 * const pipeline = new Pipeline({ added: [], normalizer: undefined, preTokenizer, model });
 * const found: number[][] = [];
 * pipeline.run("fever fe", ({ ids }, start) => found.push([start, ...ids]));
 * deepEqual(found, [[0, 1, 2], [6, 1]]);
 * ```
 */
export class Pipeline {
  readonly #parts: Parts;
  readonly #sections: (text: string) => Section[];
  /** Tokens that are looked for once a stretch is normalised. */
  readonly #inner: (text: string) => Section[];
  readonly #cut: Cutter;
  /** By place: within a section, at its head, at its tail, both; and the same for the first section. */
  readonly #known = Array.from({ length: 8 }, () => new StretchCache<Pieces>(MOST_REMEMBERED));

  constructor(parts: Parts) {
    const { added, normalizer } = parts;
    this.#parts = parts;
    const place: Place = { head: true, tail: true, first: true };
    const outside = added.filter((token) => !(token.normalized && normalizer));
    const within = added.filter((token) => token.normalized && normalizer).map((token) =>
      [normalizer?.normalize(Aligned.of(token.content), place).text ?? token.content, token] as const
    );
    // Tokens without normalisation come first wherever they are; only then the others, in what is left.
    const [raw, late] = [
      outside.filter((token) => !token.normalized),
      outside.filter((token) => token.normalized),
    ];
    const [first, second] = [raw, late].map((tokens) =>
      sectionFinder(tokens.map((token) => [token.content, token]))
    );
    this.#sections = (text) =>
      (first?.(text) ?? []).flatMap((section) =>
        section.token
          ? [section]
          : shifted(second?.(text.slice(section.start, section.end)) ?? [], section.start)
      );
    this.#inner = sectionFinder(within);
    this.#cut = within.length === 0 || within.every(([text]) => /^[!-~]+$/.test(text))
      ? cutterFor(parts)
      : nowhere;
  }

  /** Calls for each stretch with its pieces, and where it lies in the text. */
  run(text: string, visit: (pieces: Pieces, start: number) => void): void {
    for (const { start, end, token } of this.#sections(text)) {
      if (token) {
        visit({ ids: [token.id], starts: [0], ends: [end - start] }, start);
      } else {
        this.#cut(text, start, end, (from, to) => {
          const at = (from === start ? 1 : 0) + (to === end ? 2 : 0) +
            (from === start && start === 0 ? 4 : 0);
          visit(this.#stretch(text, from, to, at), from);
        });
      }
    }
  }

  #stretch(text: string, from: number, to: number, at: number): Pieces {
    const known = this.#known[at];
    const short = to - from <= LONGEST_REMEMBERED;
    const remembered = short ? known?.get(text, from, to) : undefined;
    if (remembered) return remembered;
    const stretch = text.slice(from, to);
    const pieces: Pieces = { ids: [], starts: [], ends: [] };
    this.#tokenize(stretch, { head: (at & 1) > 0, tail: (at & 2) > 0, first: (at & 4) > 0 }, pieces);
    if (short) known?.set(stretch, pieces);
    return pieces;
  }

  #tokenize(stretch: string, place: Place, pieces: Pieces): void {
    const { normalizer, preTokenizer, model } = this.#parts;
    const source = Aligned.of(stretch);
    const normalized = normalizer ? normalizer.normalize(source, place) : source;
    const sections = this.#inner(normalized.text);
    for (const [i, { start, end, token }] of sections.entries()) {
      const part = normalized.slice(start, end);
      if (token) {
        const [from, to] = part.range(0, part.text.length);
        pieces.ids.push(token.id);
        pieces.starts.push(from);
        pieces.ends.push(to);
        continue;
      }
      const here = i === 0 ? place : { ...place, head: true };
      for (const word of preTokenizer ? preTokenizer.split([part], here, true) : [part]) {
        const before = pieces.ids.length;
        model.tokenize(word.text, pieces);
        for (let at = before; at < pieces.ids.length; at++) {
          const [from, to] = word.range(pieces.starts[at] ?? 0, pieces.ends[at] ?? 0);
          pieces.starts[at] = from;
          pieces.ends[at] = to;
        }
      }
    }
  }
}

function shifted(sections: readonly Section[], by: number): Section[] {
  return sections.map((section) => ({ ...section, start: section.start + by, end: section.end + by }));
}

/** Line feeds and their like that a normalizer makes spaces of. */
function spacesOf(normalizer: Normalizer | undefined): string {
  const place: Place = { head: false, tail: false, first: false };
  const between = (space: string) => normalizer?.normalize(Aligned.of(`a${space}a`), place).text;
  return normalizer ? [..."\t\n\r"].filter((space) => between(space) === between(" ")).join("") : "";
}

/** Where texts can be cut so that their stretches, taken alone, have the pieces that they have in the text. */
function cutterFor({ normalizer, preTokenizer, model }: Parts): Cutter {
  const { reach = "character", keepsSpaces = true } = normalizer ?? {};
  if (reach === "text") return nowhere;
  switch (preTokenizer?.cuts ?? "where the model can") {
    case "at white space":
      return !keepsSpaces ? nowhere : reach === "character" ? atWhiteSpace : atWhiteSpaceAmongPlain;
    case "before white space":
      return !normalizer ? beforeWhiteSpace : keepsSpaces ? beforeLetters : nowhere;
    case "before letters":
      return keepsSpaces ? beforeLetters : nowhere;
    case "before words":
      return beforeWords(spacesOf(normalizer));
    case "where the model can":
      return model.endsAtSpace ? beforeWords(spacesOf(normalizer)) : nowhere;
    case "nowhere":
      return nowhere;
  }
}
