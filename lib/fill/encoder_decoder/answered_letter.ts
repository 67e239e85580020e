/** A letter while an encoder-decoder fills it. @module */

import type { MaskedLetter } from "../../mask/mask.ts";
import { isAlphabetic } from "../../text/alphabetic.ts";
import { type Candidate, type Choice, type Fill, LEFT_BLANK } from "../filler.ts";
import type { Filter, Proposal } from "../filters/filter.ts";
import { matchCase } from "../match_case.ts";
import type { InfillingModel } from "./infilling_model.ts";
import type { InfillingSettings } from "./options.ts";
import type { Written } from "./read_answer.ts";

/** What is behind a blank's sentinel in one text, as a word. */
interface Reading {
  readonly word: string | undefined;
  readonly raw: string;
  readonly written: Written;
  readonly refused: string | undefined;
}

const LETTERS = /\p{L}[\p{L}\p{M}]*/u;

/** A masked letter and what was written for its blanks so far. */
export class AnsweredLetter {
  readonly #fills = new Map<number, Fill>();
  readonly #model: Pick<InfillingModel, "text">;
  readonly #how: Pick<InfillingSettings, "filters" | "candidates" | "search">;

  constructor(
    readonly masked: MaskedLetter,
    model: Pick<InfillingModel, "text">,
    how: Pick<InfillingSettings, "filters" | "candidates" | "search">,
  ) {
    this.#model = model;
    this.#how = how;
  }

  /** Words that were written, by their index. */
  get written(): Map<number, string> {
    return new Map(
      [...this.#fills].flatMap(([word, { text, left }]): [number, string][] => left ? [] : [[word, text]]),
    );
  }

  /** One a masked word, in their order. */
  fills(): Fill[] {
    return this.masked.masked.map((word) => this.#fills.get(word) ?? this.#fill(word, []));
  }

  /**
   * Decides what stands in place of a word.
   *
   * @param texts what stands behind its sentinel in each text that was found, the best text first
   */
  settle(word: number, texts: readonly (Written | undefined)[]): void {
    this.#fills.set(word, this.#fill(word, texts));
  }

  #fill(word: number, texts: readonly (Written | undefined)[]): Fill {
    const original = this.masked.words[word]?.text ?? "";
    const readings = this.#readings(word, original, texts);
    const chosen = readings.find(({ refused }) => refused === undefined);
    const raw = texts[0] ? this.#model.text(texts[0].pieces).trim() : "";
    const told = this.#how.candidates > 0;
    const refused = refusedBefore(readings, chosen, this.#how.filters);
    return {
      word,
      text: chosen?.word === undefined ? LEFT_BLANK : matchCase(chosen.word, original),
      raw,
      valid: isAlphabetic(raw),
      ...(chosen === undefined && { left: true as const }),
      ...(Object.keys(refused).length > 0 && { refused }),
      ...(told && { original, candidates: this.#candidates(readings, chosen) }),
      ...(told && chosen && { choice: this.#choice(readings, chosen) }),
    };
  }

  /** What each text has for a blank, every word once, in the order of the texts. */
  #readings(word: number, original: string, texts: readonly (Written | undefined)[]): Reading[] {
    const readings: Reading[] = [];
    for (const written of texts) {
      if (!written) continue;
      const raw = this.#model.text(written.pieces).trim();
      const first = LETTERS.exec(raw)?.[0];
      const known = readings.some((reading) =>
        reading.word === first && (first !== undefined || reading.raw === raw)
      );
      if (known) continue;
      const refused = first === undefined ? "no word of letters" : this.#refuse(word, original, first);
      readings.push({ word: first, raw, written, refused });
    }
    return readings;
  }

  #refuse(word: number, original: string, text: string): string | undefined {
    if (this.#how.filters.length === 0) return undefined;
    const proposal: Proposal = {
      ...{ text: matchCase(text, original), original },
      ...{ before: this.#textAt(word - 1), after: this.#textAt(word + 1), line: () => this.#line(word) },
    };
    return this.#how.filters.find((filter) => filter.refuses(proposal))?.name;
  }

  #textAt(word: number): string | undefined {
    const filled = this.#fills.get(word);
    if (filled) return filled.left ? undefined : filled.text;
    return this.masked.masked.includes(word) ? undefined : this.masked.words[word]?.text;
  }

  /** What stands on the word's line before and behind it, blanks as {@linkcode LEFT_BLANK}. */
  #line(word: number): [string, string] {
    const { letter: { text }, words } = this.masked;
    const sides: [string, string] = ["", ""];
    let at = word;
    for (let gap = "", near = words[at]; near; near = words[at]) {
      const far = words[at - 1];
      gap = text.slice(far?.end ?? 0, near.start);
      const line = gap.slice(Math.max(gap.lastIndexOf("\n"), gap.lastIndexOf("\r")) + 1);
      sides[0] = line + sides[0];
      if (line !== gap || !far) break;
      sides[0] = (this.#textAt(at - 1) ?? LEFT_BLANK) + sides[0];
      at--;
    }
    at = word;
    for (let near = words[at]; near; near = words[at]) {
      const far = words[at + 1];
      const gap = text.slice(near.end, far?.start ?? text.length);
      const line = /^[^\n\r]*/.exec(gap)?.[0] ?? "";
      sides[1] += line;
      if (line !== gap || !far) break;
      sides[1] += this.#textAt(at + 1) ?? LEFT_BLANK;
      at++;
    }
    return sides;
  }

  #candidates(readings: readonly Reading[], chosen: Reading | undefined): Candidate[] {
    const list = readings.slice(0, this.#how.candidates);
    if (chosen && !list.includes(chosen)) list.push(chosen);
    return list.map(({ word, raw, written, refused }): Candidate => ({
      ...{ text: word ?? raw, pieces: written.pieces, probability: written.probability },
      ...(refused !== undefined && { refused }),
    })).sort((a, b) => b.probability - a.probability);
  }

  #choice(readings: readonly Reading[], chosen: Reading): Choice {
    return {
      rank: readings.indexOf(chosen) + 1,
      probability: chosen.written.probability,
      how: this.#how.search.sampling ? "drawn" : "likeliest",
    };
  }
}

/** How many words before the chosen one each filter refused. */
function refusedBefore(
  readings: readonly Reading[],
  chosen: Reading | undefined,
  filters: readonly Filter[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { refused } of chosen ? readings.slice(0, readings.indexOf(chosen)) : readings) {
    if (filters.some(({ name }) => name === refused) && refused !== undefined) {
      counts[refused] = (counts[refused] ?? 0) + 1;
    }
  }
  return counts;
}
