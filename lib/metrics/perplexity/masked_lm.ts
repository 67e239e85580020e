/** How unexpected a text is to a model that sees both sides of a gap. @module */

import { lastOf } from "../../architectures/architecture.ts";
import { openEncoder } from "../../checkpoint/model.ts";
import type { SessionOptions } from "../../onnx/session.ts";
import { overlapOf, windowsOf } from "../bertscore/windows.ts";
import { type OpenLanguageModel, PIECES_PER_RUN } from "./language_model.ts";
import { lossesOf, openRowLosses, type Shown } from "./row_losses.ts";

/** How a masked language model reads. */
export interface MaskedLMOptions extends SessionOptions {
  /** Pieces that the model sees at once, special ones among them; default: as many as it was made for. */
  readonly window?: number;
}

/**
 * Opens a masked language model for pseudo-perplexity. The loss of a piece is −ln p(piece | all others), with the piece, and no
 * other of its word, masked; special pieces are seen and not judged. A text longer than the model's input is covered by
 * overlapping windows, and each piece is judged in the one in which it stands farther from an end.
 *
 * Source: Salazar et al., "Masked language model scoring", ACL 2020.
 *
 * @throws {Error} where the folder is missing, half-written, no encoder's, its model has no masked-LM head, or the window does not fit
 *
 * @example
 * ```ts
 * import { tinyModel } from "../../checkpoint/tiny_model.ts";
 * import { openMaskedLM } from "./masked_lm.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await tinyModel(folder, { pieces: ["fever"], positions: 16 });
 * const model = await openMaskedLM(folder);
 * equal((await model.losses("fever fever")).length, 2);
 * await model.close();
 * ```
 */
export async function openMaskedLM(
  folder: string,
  options: MaskedLMOptions = {},
): Promise<OpenLanguageModel> {
  const { name, architecture, tokenizer, maxLength, parameters } = await openEncoder(folder, {
    kind: "language-model",
  });
  const { before, after } = tokenizer.around;
  const window = options.window ?? maxLength;
  const room = window - before.length - after.length;
  if (!Number.isInteger(window) || room < 1 || window > maxLength) {
    throw new Error(
      `window ${window}: ${folder} takes up to ${maxLength} pieces. Give a whole number of them.`,
    );
  }
  const { mask } = tokenizer.special;
  const model = await openRowLosses(
    parameters,
    (net, ids) => lastOf(architecture.states(net, { ids })),
    (net, hidden) => architecture.maskedLM(net, hidden),
    options,
  );
  return {
    signature: `${name}|window:${window}|overlap:${overlapOf(room)}`,
    async losses(text, every = 1) {
      const ids = tokenizer.encode(text);
      const losses: number[] = [];
      for (const { start, end, from, to } of windowsOf(ids.length, room)) {
        const sequence = tokenizer.withSpecial(ids.slice(start, end));
        const shown = ids.slice(from, to).flatMap((target, i): Shown[] => {
          if ((from + i) % every > 0) return [];
          const place = before.length + from + i - start;
          return [{ ids: sequence.with(place, mask), places: [place], targets: [target] }];
        });
        losses.push(...await lossesOf(model, shown, PIECES_PER_RUN));
      }
      return Float64Array.from(losses);
    },
    close: () => model.close(),
  };
}
