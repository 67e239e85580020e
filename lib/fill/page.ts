/** A letter while its blanks are filled. @module */

import type { MaskedLetter } from "../mask/mask.ts";
import { isAlphabetic } from "../text/alphabetic.ts";
import type { Answer } from "./answer.ts";
import { choose, type Chosen, countRefused, type Offer } from "./choose.ts";
import type { Settings } from "./encoder_options.ts";
import { type Candidate, type Choice, type Fill, LEFT_BLANK } from "./filler.ts";
import type { Proposal } from "./filters/filter.ts";
import type { MaskedLanguageModel } from "./masked_language_model.ts";
import { matchCase } from "./match_case.ts";
import { Sheet } from "./sheet.ts";
import { blankTemplate, type Template, templateOf } from "./template.ts";

/** A word of several pieces that could be written. */
export interface LongerWord {
  readonly pieces: readonly number[];
  readonly text: string;
  /** How many of the pieces were asked for. */
  readonly blanks: number;
  /** The mean logarithm of their probabilities. */
  readonly mean: number;
}

/** What was found for a blank: one piece, or several, or nothing. */
interface Found {
  readonly pieces: readonly number[];
  readonly text: string;
  readonly probability: number;
  readonly rank: number;
  readonly how: Choice["how"];
}

/** A masked letter, its pieces, and what is written so far. */
export class Page {
  readonly sheet: Sheet;
  readonly #written = new Map<number, Fill>();
  readonly #blanks: ReadonlySet<number>;
  /** By word, where its masks are pieces. */
  readonly #given = new Map<number, Template>();
  readonly #longer: readonly Template[];

  /** @throws Error when one word is longer than the model's input */
  constructor(
    readonly masked: MaskedLetter,
    readonly model: MaskedLanguageModel,
    readonly how: Settings,
  ) {
    const masks = Map.groupBy(masked.masks ?? [], ({ word }) => word);
    for (const [index, of] of masks) {
      const word = masked.words[index];
      const template = word && templateOf(word, of, model);
      if (template) this.#given.set(index, template);
    }
    this.#longer = Array.from({ length: how.pieces - 1 }, (_, i) => blankTemplate(i + 2));
    this.#blanks = new Set(masked.masked);
    this.sheet = new Sheet(masked, model, (word) => this.#given.get(word)?.length ?? how.pieces);
  }

  /** Whether all blanks are filled. */
  get isDone(): boolean {
    return this.#written.size === this.#blanks.size;
  }

  /** What words of several pieces are written into, where such may stand in place of a word. */
  templates(word: number): readonly Template[] {
    const given = this.#given.get(word);
    return given ? [given] : this.#longer;
  }

  /** Whether any word of several pieces may be written. */
  get hasTemplates(): boolean {
    return this.#longer.length > 0 || this.#given.size > 0;
  }

  /** One a masked word, in their order. */
  fills(): Fill[] {
    return [...this.#written.values()].sort((a, b) => a.word - b.word);
  }

  /** Decides what stands in place of a word. */
  settle(word: number, answer: Answer, longer: readonly LongerWord[] = []): void {
    const { model, how } = this;
    const original = this.masked.words[word]?.text ?? "";
    const refuse = (text: string) => this.#refuse(word, original, text);
    const one = this.#given.has(word) ? [] : answer.offers; // a template that is given is what is written
    const chosen = choose(one, (id) => refuse(model.surface(id).text));
    const longerLeft = longer.filter(({ text }) => refuse(text) === undefined);
    const found = best(
      chosen.offer && { ...chosen.offer, text: model.surface(chosen.offer.id).text },
      how,
      longerLeft,
      one,
    );
    const [first] = answer.all;
    const fill = {
      word,
      text: found ? matchCase(found.text, original) : LEFT_BLANK,
      raw: first ? model.piece(first.id) : "",
      valid: first !== undefined && this.#isWhole(first.id),
      ...(found === undefined && { left: true as const }),
      ...(chosen.refused.size > 0 && { refused: countRefused(chosen) }),
      ...(how.candidates > 0 && {
        original,
        candidates: this.#candidates(answer, chosen, found, longer, refuse),
        ...(found && { choice: choiceOf(found) }),
      }),
    } satisfies Fill;
    this.#written.set(word, fill);
    this.sheet.write(word, fill.text, found?.pieces);
  }

  #isWhole(id: number): boolean {
    const { text, begins } = this.model.surface(id);
    return begins && isAlphabetic(text);
  }

  #refuse(word: number, original: string, text: string): string | undefined {
    if (this.how.filters.length === 0) return undefined;
    const proposal: Proposal = {
      text: matchCase(text, original),
      original,
      before: this.#textAt(word - 1),
      after: this.#textAt(word + 1),
      line: () => this.#line(word),
    };
    return this.how.filters.find((filter) => filter.refuses(proposal))?.name;
  }

  #textAt(word: number): string | undefined {
    return this.#blanks.has(word) ? this.#written.get(word)?.text : this.masked.words[word]?.text;
  }

  #line(word: number): readonly [string, string] {
    const { letter: { text }, words } = this.masked;
    const sides: [string, string] = ["", ""];
    for (const [side, step] of [[0, -1], [1, 1]] as const) {
      for (let i = word; words[i] !== undefined; i += step) {
        const [near, far] = [words[i], words[i + step]];
        const gap = step < 0
          ? text.slice(far?.end ?? 0, near?.start)
          : text.slice(near?.end, far?.start ?? text.length);
        const edge = step < 0 ? gap.slice(gap.search(/[^\n\r]*$/)) : gap.match(/^[^\n\r]*/)?.[0] ?? "";
        const broken = edge !== gap || far === undefined;
        const next = broken ? "" : this.#textAt(i + step) ?? LEFT_BLANK;
        sides[side] = step < 0 ? next + edge + sides[side] : sides[side] + edge + next;
        if (broken) break;
      }
    }
    return sides;
  }

  #candidates(
    { all }: Answer,
    { refused }: Chosen,
    found: Found | undefined,
    longer: readonly LongerWord[],
    refuse: (text: string) => string | undefined,
  ): Candidate[] {
    const { model } = this;
    const list = all.slice(0, this.how.candidates).map(({ id, probability }): Candidate => {
      const { text, begins } = model.surface(id);
      const why = !begins
        ? "part of a word"
        : model.words[id] !== 1
        ? "no word of letters"
        : refused.get(id) ?? refuse(text);
      return { text, pieces: [id], probability, ...(why !== undefined && { refused: why }) };
    });
    for (const { pieces, text, mean, blanks } of longer) {
      const why = refuse(text);
      list.push({
        text,
        pieces,
        probability: Math.exp(mean * blanks),
        ...(why !== undefined && { refused: why }),
      });
    }
    if (found && !list.some(({ pieces }) => `${pieces}` === `${found.pieces}`)) {
      list.push({ text: found.text, pieces: found.pieces, probability: found.probability });
    }
    return list.sort((a, b) => b.probability - a.probability);
  }
}

/** The word of one piece, unless one of several is likelier a piece. */
function best(
  offer: (Offer & { readonly text: string }) | undefined,
  { sampling }: Settings,
  longer: readonly LongerWord[],
  offers: readonly Offer[],
): Found | undefined {
  let found: Found | undefined = offer && {
    pieces: [offer.id],
    text: offer.text,
    probability: offer.probability,
    rank: offer.rank,
    how: sampling ? "drawn" : "likeliest",
  };
  let most = offer ? Math.log(offer.probability) : -Infinity;
  for (const { pieces, text, mean, blanks } of longer) {
    if (mean <= most) continue;
    most = mean;
    const rank = 1 + offers.filter(({ probability }) => Math.log(probability) > mean).length;
    found = { pieces, text, probability: Math.exp(mean * blanks), rank, how: "several pieces" };
  }
  return found;
}

function choiceOf({ rank, probability, how }: Found): Choice {
  return { rank, probability, how };
}
