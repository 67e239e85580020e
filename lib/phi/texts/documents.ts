/** Whole texts: queries, notes, letters, messages, lists, and texts without anything that identifies. @module */

import type { Letter } from "../../corpus/letter.ts";
import { type Random, random } from "../../random.ts";
import { pick, weighted } from "./choice.ts";
import { englishMaterial, listOf, type Material } from "./lists.ts";
import { isTemplateOf, type NamePools, namePools, type Part } from "./name_pools.ts";
import { noisy } from "./noise.ts";
import { letterOf, type Segment } from "./segments.ts";
import { slotsOf } from "./slots.ts";
import { takenOut } from "./taken_out.ts";
import { filled } from "./template.ts";

/** The share of texts that were de-identified before. */
const TAKEN_OUT = 0.03;

/** What texts are written. */
export interface TextOptions {
  readonly seed: number;
  /** Default `train`. */
  readonly part?: Part;
  /** Whether some texts are spoilt by misspellings, lost capitals and the like. Default true. */
  readonly noise?: boolean;
}

/**
 * English texts with everything marked that identifies somebody, in the labels of the embedded letters; seed, part and number alone decide each. The
 * parts `train` and `dev` have no template and no name in common.
 *
 * @param count how many
 *
 * @example
 * ```ts
 * import { phiTexts } from "./documents.ts";
 * import { equal } from "node:assert/strict";
 * const [first, ...others] = await Array.fromAsync(phiTexts(3, { seed: 1 }));
 * equal(others.length, 2);
 * equal(first?.id, "train-1-0");
 * ```
 */
export async function* phiTexts(count: number, options: TextOptions): AsyncGenerator<Letter> {
  const { seed, part = "train", noise = true } = options;
  const writer = new Writer(part, await namePools(part));
  for (let i = 0; i < count; i++) {
    const id = `${part}-${seed}-${i}`;
    const chance = random(id);
    const written = writer.write(chance);
    const segments = noise && chance.next() < TAKEN_OUT ? takenOut(written, chance) : written;
    yield letterOf(noise ? noisy(segments, chance) : segments, id);
  }
}

class Writer {
  readonly #material: Material;
  readonly #pools: NamePools;
  /** The templates of the part. */
  readonly #templates: Material["templates"];

  constructor(part: Part, pools: NamePools) {
    this.#material = englishMaterial();
    this.#pools = pools;
    this.#templates = new Map(
      [...this.#material.templates].map((
        [name, lines],
      ) => [name, lines.filter((line) => isTemplateOf(part, line))]),
    );
  }

  write(chance: Random): Segment[] {
    return weighted(chance, [
      [20, () => this.#query(chance)],
      [14, () => this.#framed(chance)],
      [11, () => this.#harmless(chance)],
      [22, () => this.#note(chance)],
      [9, () => this.#sentences(chance)],
      [11, () => this.#messages(chance)],
      [9, () => this.#fields(chance)],
      [4, () => this.#table(chance)],
      [4, () => this.#list(chance)],
    ])();
  }

  /** A question of a sentence or three, by someone at work. */
  #query(chance: Random): Segment[] {
    const { line } = this.#lines(chance);
    const parts = [line("queries")];
    if (chance.next() < 0.35) parts.unshift(line(pick(chance, ["clinical", "notes", "negatives", "notes"])));
    if (chance.next() < 0.3) parts.push(line(pick(chance, ["negatives", "queries", "clinical", "fields"])));
    return joined(parts, chance.next() < 0.85 ? " " : "\n");
  }

  /** Sentences that say nothing of anybody, and who they are about before, behind or around them. */
  #framed(chance: Random): Segment[] {
    const { line } = this.#lines(chance);
    const count = chance.next() < 0.75 ? 1 : 2;
    const inner = joined(
      Array.from({ length: count }, () => line(chance.next() < 0.8 ? "negatives" : "clinical")),
      " ",
    );
    return chance.next() < 0.2
      ? around(line("frames"), around(line("frames"), inner))
      : around(line("frames"), inner);
  }

  #harmless(chance: Random): Segment[] {
    const { line } = this.#lines(chance);
    const count = 1 + chance.below(chance.next() < 0.3 ? 10 : 3);
    return joined(
      Array.from({ length: count }, () => line(chance.next() < 0.75 ? "negatives" : "clinical")),
      " ",
    );
  }

  #sentences(chance: Random): Segment[] {
    const { line } = this.#lines(chance);
    return joined(
      Array.from({ length: 1 + chance.below(4) }, () => line(chance.next() < 0.8 ? "notes" : "clinical")),
      " ",
    );
  }

  /** Head, fields, paragraphs, closing. */
  #note(chance: Random): Segment[] {
    const { line } = this.#lines(chance);
    const parts: Segment[][] = [];
    for (let i = chance.below(3); i > 0; i--) parts.push(line("headlines"));
    for (let i = chance.below(7); i > 0; i--) parts.push(line("fields"));
    for (let i = 1 + chance.below(4); i > 0; i--) {
      const sentences = Array.from(
        { length: 1 + chance.below(5) },
        () => line(weighted(chance, [[55, "notes"], [32, "clinical"], [13, "negatives"]])),
      );
      parts.push(joined(sentences, " "));
    }
    for (let i = chance.below(3); i > 0; i--) parts.push(line("closings"));
    return joined(parts, chance.next() < 0.7 ? "\n" : "\n\n");
  }

  #messages(chance: Random): Segment[] {
    const { line } = this.#lines(chance);
    const parts = Array.from(
      { length: 1 + chance.below(4) },
      () => line(weighted(chance, [[78, "messages"], [12, "notes"], [10, "negatives"]])),
    );
    return joined(parts, pick(chance, ["\n", "\n", " "]));
  }

  #fields(chance: Random): Segment[] {
    const { line } = this.#lines(chance);
    const parts = Array.from({ length: 2 + chance.below(9) }, () => line("fields"));
    return joined(parts, pick(chance, ["\n", "\n", "; ", " | ", " ", ", "]));
  }

  /** Rows of one form, each about somebody else. */
  #table(chance: Random): Segment[] {
    const columns = [
      "pt",
      "pt.lf",
      "pt.l",
      "mrn",
      "dob",
      "dates",
      "age",
      "sex",
      "problem",
      "dr.l",
      "hosp",
      "phone",
      "city",
      "drug",
      "lab",
      "id",
      "dept",
    ];
    const chosen = chance.shuffle([...columns]).slice(0, 3 + chance.below(4)).map((name) => `{${name}}`);
    const template = chosen.join(pick(chance, [" | ", "\t", ", ", " - ", "; ", "  "]));
    const rows = Array.from(
      { length: 2 + chance.below(5) },
      () => filled(chance, template, slotsOf(chance, this.#material.lists, this.#pools).slots),
    );
    return joined(rows, "\n");
  }

  /** Numbered or dashed lines, each about somebody else. */
  #list(chance: Random): Segment[] {
    const mark = pick(chance, ["- ", "* ", "", "#"]);
    const rows = Array.from({ length: 2 + chance.below(5) }, (_, i) => {
      const { line } = this.#lines(chance);
      const own = line(weighted(chance, [[40, "messages"], [40, "notes"], [20, "clinical"]]));
      return [{ text: mark === "#" ? `${i + 1}. ` : mark }, ...own];
    });
    return joined(rows, "\n");
  }

  /** Lines about the same people. */
  #lines(chance: Random) {
    const { slots, cast } = slotsOf(chance, this.#material.lists, this.#pools);
    const title = pick(
      chance,
      cast.pt.gender === "female" ? ["Ms. ", "Mrs. ", "Mrs ", "Ms ", "Miss "] : ["Mr. ", "Mr "],
    );
    const line = (name: string) => {
      const template = pick(chance, listOf(this.#templates, name));
      const titled = template.replaceAll(
        "{pt.t}",
        () => title + (chance.next() < 0.85 ? "{pt.l}" : "{pt.f} {pt.l}"),
      );
      return filled(chance, titled.replace(/\{(\w+)\.f\} \{\1\.l\}/g, "{$1.fl}"), slots);
    };
    return { line };
  }
}

function joined(parts: readonly (readonly Segment[])[], between: string): Segment[] {
  return parts.flatMap((part, i) => i === 0 ? part : [{ text: between }, ...part]);
}

/** A frame, `…` in it standing for what it holds. */
function around(frame: readonly Segment[], inner: readonly Segment[]): Segment[] {
  return frame.flatMap((segment) => {
    const at = segment.label === undefined ? segment.text.indexOf("…") : -1;
    if (at < 0) return [segment];
    return [{ text: segment.text.slice(0, at) }, ...inner, { text: segment.text.slice(at + 1) }];
  });
}
