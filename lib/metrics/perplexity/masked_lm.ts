/** How unexpected a text is to a model that sees both sides of a gap. @module */

import { lastOf } from "../../architectures/architecture.ts";
import { openEncoder } from "../../checkpoint/model.ts";
import type { SessionOptions } from "../../onnx/session.ts";
import { overlapOf, windowsOf } from "../bertscore/windows.ts";
import { type OpenLanguageModel, PIECES_PER_RUN } from "./language_model.ts";
import { lossesOf, openRowLosses, type Shown } from "./row_losses.ts";

/**
 * Opens a masked language model for pseudo-perplexity. The loss of a piece is −ln p(piece | all others), with the piece, and no
 * other of its word, masked; special pieces are seen and not judged. A text longer than the model's input is covered by
 * overlapping windows, and each piece is judged in the one in which it stands farther from an end.
 *
 * Source: Salazar et al., "Masked language model scoring", ACL 2020.
 *
 * @throws {Error} where the folder is missing, half-written, no encoder's, or its model has no masked-LM head
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
export async function openMaskedLM(folder: string, options: SessionOptions = {}): Promise<OpenLanguageModel> {
  const { name, architecture, tokenizer, maxLength, parameters } = await openEncoder(folder, {
    kind: "language-model",
  });
  const { before, after } = tokenizer.around;
  const room = maxLength - before.length - after.length;
  const { mask } = tokenizer.special;
  const model = await openRowLosses(
    parameters,
    (net, ids) => lastOf(architecture.states(net, { ids })),
    (net, hidden) => architecture.maskedLM(net, hidden),
    options,
  );
  return {
    signature: `${name}|window:${maxLength}|overlap:${overlapOf(room)}`,
    async losses(text) {
      const ids = tokenizer.encode(text);
      const losses = new Float64Array(ids.length);
      for (const { start, end, from, to } of windowsOf(ids.length, room)) {
        const window = tokenizer.withSpecial(ids.slice(start, end));
        const shown = ids.slice(from, to).map((target, i): Shown => {
          const place = before.length + from + i - start;
          return { ids: window.with(place, mask), places: [place], targets: [target] };
        });
        losses.set(await lossesOf(model, shown, PIECES_PER_RUN), from);
      }
      return losses;
    },
    close: () => model.close(),
  };
}
