/** A model folder as the encoder filler sees it. @module */

import { fillGraph } from "../architectures/inference.ts";
import { padded } from "../checkpoint/batch.ts";
import { openEncoder } from "../checkpoint/model.ts";
import { Session, type SessionOptions } from "../onnx/session.ts";
import type { MaskedLanguageModel } from "./masked_language_model.ts";

/** A masked language model that holds memory until it is closed. */
export interface OpenMaskedLM extends MaskedLanguageModel {
  close(): Promise<void>;
}

/**
 * Opens a model folder for filling. Only the blanks go through the vocabulary, and of their scores only the two best
 * pieces leave the runtime.
 *
 * @throws Error in one line where the folder is missing, half-written, or its files do not fit each other
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { openMaskedLM } from "./encoder_model.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await tinyModel(folder, { pieces: ["fever"], positions: 16 });
 * const model = await openMaskedLM(folder);
 * const [best] = await model.best([{ ids: [model.clsId, model.maskId, model.sepId], masked: [1] }]);
 * equal(model.piece(best?.[0]?.word ?? NaN), "fever"); // the only whole word it has
 * await model.close();
 * ```
 */
export async function openMaskedLM(folder: string, options: SessionOptions = {}): Promise<OpenMaskedLM> {
  const head = { kind: "language-model" } as const;
  const { name, architecture, tokenizer, maxLength, parameters } = await openEncoder(folder, head);
  const { special } = tokenizer;
  const session = await Session.open(fillGraph(architecture, parameters, tokenizer.wholeWords()), options);
  return {
    name,
    maxLength,
    maskId: special.mask,
    clsId: special.cls,
    sepId: special.sep,
    padId: special.pad,
    pieces: (word) => [...tokenizer.pieces(word)],
    piece: (id) => tokenizer.piece(id),
    async best(windows) {
      const inputs = padded(windows.map(({ ids }) => ids), special.pad);
      const longest = inputs.input_ids.shape[1] ?? 0;
      const rows = windows.flatMap(({ masked }, row) => masked.map((at) => row * longest + at));
      if (rows.length === 0) return windows.map(() => []);
      const { raw, word } = await session.run({
        ...inputs,
        rows: { dtype: "int64", shape: [rows.length], data: BigInt64Array.from(rows, BigInt) },
      });
      let next = 0;
      return windows.map(({ masked }) =>
        masked.map(() => {
          const best = { raw: Number(raw?.data[next]), word: Number(word?.data[next]) };
          next++;
          return best;
        })
      );
    },
    close: () => session.close(),
  };
}
