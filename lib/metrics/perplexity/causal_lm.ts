/** How unexpected a text is to a model that reads from left to right. @module */

import { lastOf } from "../../architectures/architecture.ts";
import { openDecoder } from "../../checkpoint/model.ts";
import type { SessionOptions } from "../../onnx/session.ts";
import { type OpenLanguageModel, PIECES_PER_RUN } from "./language_model.ts";
import { lossesOf, openRowLosses, type Shown } from "./row_losses.ts";

export interface CausalLMOptions extends SessionOptions {
  /** Pieces that the model sees at once; default: as many as it was made for. */
  readonly window?: number;
  /** Pieces from the start of a window to that of the next; default: half a window. */
  readonly stride?: number;
}

/** Where neither model nor tokenizer bounds the input. */
const UNBOUNDED = 1024;

/**
 * Opens a causal language model (GPT-2, BLOOM, BioGPT) for perplexity. The loss of a piece is −ln p(piece | the pieces before
 * it), special pieces that the tokenizer puts before a text among them; the first piece of the sequence has none before it and
 * is not judged. A text longer than the window is read in windows that start every `stride` pieces, and each piece is judged
 * once, in the first window that holds it: it sees at least window − stride pieces before it, where the text has so many.
 *
 * @throws {Error} where the folder is missing, half-written or no decoder's, or window and stride do not fit the model
 *
 * @example
 * ```ts
 * import { project } from "../../project.ts";
 * import { openCausalLM } from "./causal_lm.ts";
 * import { equal } from "node:assert/strict";
 * const model = await openCausalLM(`${project.lib}/metrics/perplexity/fixtures/tiny-gpt2`);
 * equal(model.signature, "tiny-gpt2|window:32|stride:16");
 * await model.close();
 * ```
 */
export async function openCausalLM(
  folder: string,
  options: CausalLMOptions = {},
): Promise<OpenLanguageModel> {
  const { name, architecture, tokenizer, maxLength, parameters } = await openDecoder(folder, {
    kind: "language-model",
  });
  const longest = Number.isFinite(maxLength) ? maxLength : UNBOUNDED;
  const window = options.window ?? longest;
  const stride = options.stride ?? Math.floor(window / 2);
  if (!Number.isInteger(window) || window < 2 || window > maxLength) {
    throw new Error(`window ${window}: ${folder} takes 2 to ${longest} pieces. Give a whole number of them.`);
  }
  if (!Number.isInteger(stride) || stride < 1 || stride >= window) {
    throw new Error(`stride ${stride}: give a whole number from 1 to ${window - 1}, less than the window.`);
  }
  const model = await openRowLosses(
    parameters,
    (net, ids) => lastOf(architecture.states(net, { ids }).states),
    (net, hidden) => architecture.languageModel(net, hidden),
    options,
  );
  return {
    signature: `${name}|window:${window}|stride:${stride}`,
    losses(text) {
      const ids = tokenizer.withSpecial(tokenizer.encode(text));
      return lossesOf(model, stridedWindows(ids, window, stride), PIECES_PER_RUN);
    },
    close: () => model.close(),
  };
}

/** Windows over a sequence; in each, the pieces that no window before it has judged. */
function stridedWindows(ids: readonly number[], window: number, stride: number): Shown[] {
  const shown: Shown[] = [];
  for (let start = 0, judged = 1; judged < ids.length; start += stride) {
    const end = Math.min(start + window, ids.length);
    shown.push({
      ids: ids.slice(start, end),
      places: Array.from({ length: end - judged }, (_, i) => judged + i - 1 - start),
      targets: ids.slice(judged, end),
    });
    judged = end;
  }
  return shown;
}
