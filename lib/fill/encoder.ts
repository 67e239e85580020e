/** Filling blanks with a masked language model. @module */
import type { EncoderOptions } from "./encoder_options.ts";
import { settings } from "./encoder_options.ts";
import type { Filler } from "./filler.ts";
import type { MaskedLanguageModel } from "./masked_language_model.ts";
import { oneByOne } from "./one_by_one.ts";
import { onePass } from "./one_pass.ts";
import { Page } from "./page.ts";

/**
 * Fills with an encoder. Without options as Synthetic4Health does (arXiv 2409.09501): one mask a word, every mask of a window
 * in one pass, arg-max; but the arg-max is over whole words of letters, so that no fill is a word's tail, a number or a mark.
 * What the free arg-max would have been is kept in `raw`. With `mode: "left-to-right"`, `window: 256` and
 * `sampling: { seed, topK: 6 }` as its sibling does (arXiv 2409.09831).
 *
 * A window holds as many whole sentences as the model takes, or with `window` what is around a blank. Windows of like length
 * go to the model together, which saves padding, and windows that are the same go once.
 *
 * @throws Error when an option is not what it can be, one word is longer than the model's input, or the model gives another
 * number of answers than it was asked for.
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { mask } from "../mask/mask.ts";
 * import { encoder } from "./encoder.ts";
 * import { openMaskedLM } from "./encoder_model.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await tinyModel(folder, { pieces: ["well", "##s", "."], positions: 16 });
 * const model = await openMaskedLM(folder);
 * const letter = { id: "a", text: "Feels fine today.", spans: [], meta: {} };
 * const filler = encoder(model, { mode: "left-to-right" });
 * const [fills] = await filler.fill(mask([letter], { strategy: "random", ratio: 1, seed: 42 }));
 * equal(fills?.map(({ text }) => text).join(" "), "Well well well"); // the only word it has
 * await model.close();
 * ```
 */
export function encoder(model: MaskedLanguageModel, options: EncoderOptions = {}): Filler {
  const how = settings(options);
  return {
    name: model.name,
    async fill(letters, progress = () => {}) {
      const pages = letters.map((letter) => new Page(letter, model, how));
      const fill = how.mode === "one-pass" ? onePass : oneByOne;
      await fill(pages, (done) => progress(done, letters.length));
      return pages.map((page) => page.fills());
    },
  };
}
