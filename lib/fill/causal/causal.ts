/** Writing blanks with a causal language model: suffix rewriting. @module */

import type { Continuation } from "../../generate/decoder.ts";
import { type MaskedSpan, maskedSpans } from "../../mask/masked_letter.ts";
import type { MaskedLetter } from "../../mask/mask.ts";
import { type Fill, type Filler, LEFT_BLANK } from "../filler.ts";
import { matchCase } from "../match_case.ts";
import type { CausalModel } from "./causal_model.ts";
import { type CausalOptions, type CausalSettings, causalSettings } from "./options.ts";

/** Pieces beyond those of the words: blanks and marks that the model writes between them. */
const SLACK = 2;

/**
 * Fills with a causal language model, which sees what stands before a blank and nothing behind it. It is the third family, for comparison: what
 * a filling loses that does not look ahead.
 *
 * **Suffix rewriting.** The letter's beginning up to a cut (`keep`, a share of its words) stays as it is. From there on the masked words are
 * written anew, from left to right: masked words beside each other are one stretch; the model goes on from all that stands before it (the
 * letter as it is where nothing is masked, and what was written for earlier stretches), and the first words of letters that it writes, one a
 * masked word, take the stretch's place. Words that it does not come to stay blank. What is not masked stays, so that gold entities and
 * their spans stay as well.
 *
 * Pieces are drawn by nucleus sampling (Holtzman et al. 2020), seeded by the letter's id and the stretch: the same letter is written the same
 * whatever letters are with it.
 *
 * @throws Error when an option is not what it can be, or leaves the model no room
 *
 * @example
 * ```ts
 * import { mask } from "../../mask/mask.ts";
 * import { causal } from "./causal.ts";
 * import { openCausalModel } from "./causal_model.ts";
 * import { tinyGpt2 } from "./tiny_gpt2.ts";
 * import { equal } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * await tinyGpt2(folder);
 * const model = await openCausalModel(folder);
 * const letter = { id: "a", text: "She felt well today.", spans: [], meta: {} };
 * const masked = mask([letter], { strategy: "random", ratio: 1, seed: 42 });
 * const [fills] = await causal(model, { keep: 0.5 }).fill(masked);
 * equal(fills?.slice(0, 2).map(({ text }) => text).join(" "), "She felt");
 * await model.close();
 * ```
 */
export function causal(model: CausalModel, options: CausalOptions = {}): Filler {
  const how = causalSettings(options);
  return {
    name: model.name,
    async fill(letters, progress = () => {}) {
      const drafts = letters.map((letter) => new Draft(letter, model, how));
      let open = drafts.filter((draft) => !draft.isDone);
      progress(drafts.length - open.length, drafts.length);
      while (open.length > 0) {
        // Stretches of one length go together: what is written is then as long for all, whoever is beside them.
        for (const group of Map.groupBy(open, ({ asked }) => asked).values()) {
          const asked = group.map((draft) => draft.ask());
          const answers = model.generate(asked.map(({ prompt }) => prompt), {
            ...{ maxPieces: asked[0]?.room ?? 1, ends: model.ends, sampling: how.sampling },
            ...{ names: asked.map(({ name }) => name), standings: true },
          });
          let i = 0;
          for await (const answer of answers) group[i++]?.take(answer);
        }
        open = open.filter((draft) => !draft.isDone);
        progress(drafts.length - open.length, drafts.length);
      }
      return drafts.map((draft) => draft.fills);
    },
  };
}

/** A letter as far as it is written. */
class Draft {
  readonly fills: Fill[] = [];
  readonly #masked: MaskedLetter;
  readonly #model: CausalModel;
  readonly #how: CausalSettings;
  readonly #stretches: readonly MaskedSpan[];
  #next = 0;
  #text = "";
  /** How much of the letter is in the text. */
  #done = 0;

  constructor(masked: MaskedLetter, model: CausalModel, how: CausalSettings) {
    this.#masked = masked;
    this.#model = model;
    this.#how = how;
    const cut = Math.floor(masked.words.length * how.keep + 1e-9);
    for (const word of masked.masked) if (word < cut) this.fills.push(kept(masked, word, how));
    const rest = masked.masked.filter((word) => word >= cut);
    this.#stretches = maskedSpans({ words: masked.words, masked: rest });
  }

  get isDone(): boolean {
    return this.#next === this.#stretches.length;
  }

  /** How many words the next stretch has. */
  get asked(): number {
    return this.#stretches[this.#next]?.words.length ?? 0;
  }

  /** What the model is to go on from. */
  ask(): { readonly prompt: readonly number[]; readonly room: number; readonly name: string } {
    const { letter } = this.#masked;
    const { maxLength, begin } = this.#model;
    this.#text += letter.text.slice(this.#done, this.#stretches[this.#next]?.start);
    const { window = Infinity, pieces } = this.#how;
    // A stretch longer than half of what the model takes is written as far as that goes.
    const room = Math.min(pieces * this.asked + SLACK, Math.max(1, Math.floor(maxLength / 2)));
    const most = Math.min(window, maxLength - room - begin.length);
    if (most < 1) {
      throw new Error(
        `letter ${letter.id}: ${room} pieces to write leave none of the model's ${maxLength} to read. Lower pieces.`,
      );
    }
    const tail = this.#text.slice(-CHARACTERS * most); // no piece is read for nothing
    const read = this.#model.pieces(tail.trimEnd()).slice(-most);
    return { prompt: [...begin, ...read], room, name: `${letter.id}/${this.#next}` };
  }

  /** Puts what was written in the stretch's place. */
  take({ pieces, standings = [] }: Continuation): void {
    const { letter: { text }, words } = this.#masked;
    const stretch = this.#stretches[this.#next];
    if (!stretch) return;
    const found = wordsOf(pieces, this.#model);
    for (const [i, word] of stretch.words.entries()) {
      const original = words[word]?.text ?? "";
      const drawn = found[i];
      const filled = drawn ? matchCase(drawn.text, original) : LEFT_BLANK;
      const own = drawn ? standings.slice(drawn.from, drawn.to) : [];
      const probability = Math.exp(own.reduce((sum, { logProbability }) => sum + logProbability, 0));
      this.fills.push({
        ...{ word, text: filled, raw: drawn?.text ?? "", valid: drawn !== undefined },
        ...(!drawn && { left: true as const }),
        ...(this.#how.candidates > 0 && {
          original,
          candidates: drawn
            ? [{ text: drawn.text, pieces: pieces.slice(drawn.from, drawn.to), probability }]
            : [],
          ...(drawn &&
            { choice: { rank: own[0]?.rank ?? 1, probability, how: "drawn" as const } }),
        }),
      });
      const before = words[stretch.words[i - 1] ?? -1];
      this.#text += (before ? text.slice(before.end, words[word]?.start) : "") + filled;
    }
    this.#done = stretch.end;
    this.#next++;
  }
}

/** No piece stands for more characters, on average. */
const CHARACTERS = 16;

/** A masked word before the cut: it stays. */
function kept({ words }: MaskedLetter, word: number, { candidates }: CausalSettings): Fill {
  const text = words[word]?.text ?? "";
  return { word, text, raw: text, valid: true, ...(candidates > 0 && { original: text, candidates: [] }) };
}

/** A word of letters among pieces. */
interface FoundWord {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** The words of letters that pieces make, and which pieces they are of. */
function wordsOf(pieces: readonly number[], model: Pick<CausalModel, "text">): FoundWord[] {
  const ends = pieces.map((_, i) => model.text(pieces.slice(0, i + 1)).length);
  return [...model.text(pieces).matchAll(/\p{L}[\p{L}\p{M}]*/gu)].map(({ 0: text, index }) => {
    const from = ends.findIndex((end) => end > index);
    const to = ends.findIndex((end) => end >= index + text.length) + 1;
    return { text, from: Math.max(from, 0), to: to === 0 ? pieces.length : to };
  });
}
