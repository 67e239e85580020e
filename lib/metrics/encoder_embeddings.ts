/** Contextual embeddings from a model folder, for BERTScore. @module */

import { openEncoder } from "../checkpoint/model.ts";
import type { SessionOptions } from "../onnx/session.ts";
import { type Batch, openEmbeddingRunner, type Precision } from "./bertscore/embedding_runner.ts";
import { overlapOf, type Window, windowsOf } from "./bertscore/windows.ts";
import { unitEmbeddings } from "./bertscore/unit_embeddings.ts";
import type { EncodedText, TokenEncoder } from "./token_encoder.ts";
import { isPythonSpace } from "./words/python_spaces.ts";

/** A token encoder that holds memory until it is closed. */
export interface OpenTokenEncoder extends TokenEncoder {
  close(): Promise<void>;
}

/** What becomes of a text that is longer than the model's input: covered by overlapping windows, or cut off. */
export type LongTexts = "window" | "truncate";

export interface TokenEncoderOptions extends SessionOptions {
  /** Whose output is taken; 0 is the embeddings. */
  readonly layer: number;
  /** Default `window`. `truncate` is what bert_score does. */
  readonly long?: LongTexts;
  /** Default `float32`. */
  readonly precision?: Precision;
}

/** Pieces in one run of the model: as many as its caches hold well. */
const PIECES_PER_RUN = 512;

/**
 * Opens a model folder for embeddings, each of length 1. A text that fits the model's input is encoded as `bert_score` does. A
 * longer one is covered by as few windows as can be, which overlap; each piece takes its embedding from the window in which
 * it stands farther from an end, so that every piece is seen with context on both sides. With `truncate` it is cut off, as
 * `bert_score` does it. The signature says which.
 *
 * Texts run together only where they are equally long, so that nothing is padded and no text's embeddings depend on what it
 * is encoded with; in `int8`, where a run has one scale, each runs by itself.
 *
 * @throws {Error} in one line where the folder is missing, half-written, or has fewer layers
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { openTokenEncoder } from "./encoder_embeddings.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await tinyModel(folder, { pieces: ["fever"], positions: 16 });
 * const encoder = await openTokenEncoder(folder, { layer: 2 });
 * const [text] = await encoder.encode(["fever fever"]);
 * equal(text?.ids.length, 4); // [CLS] fever fever [SEP]
 * await encoder.close();
 * ```
 */
export async function openTokenEncoder(
  folder: string,
  options: TokenEncoderOptions,
): Promise<OpenTokenEncoder> {
  const { layer, long = "window", precision = "float32" } = options;
  const { name, architecture, tokenizer, maxLength, parameters } = await openEncoder(folder, {
    kind: "none",
  });
  if (!Number.isInteger(layer) || layer < 0 || layer > architecture.layers) {
    throw new Error(`layer ${layer}: ${folder} has layers 0 to ${architecture.layers}.`);
  }
  const graph = unitEmbeddings(architecture, parameters, layer);
  const runner = await openEmbeddingRunner(graph, precision, options);
  const { hidden } = architecture;
  const { cls, sep } = tokenizer.special;
  const { before, after } = tokenizer.around;
  const around = before.length + after.length;
  const room = maxLength - around;
  const cover = long === "window"
    ? `window:${maxLength}|overlap:${overlapOf(room)}`
    : `truncate:${maxLength}`;

  const piecesOf = (text: string) => {
    const pieces = tokenizer.encode(stripped(text));
    return long === "truncate" ? pieces.slice(0, room) : pieces;
  };

  return {
    signature: `${name}|layer:${layer}|${cover}${precision === "int8" ? "|int8" : ""}`,
    specialIds: [cls, sep],
    tokenIds: (text) => Int32Array.from(tokenizer.withSpecial(piecesOf(text))),
    async encode(texts) {
      const pieces = texts.map(piecesOf);
      const encoded = pieces.map((ids): EncodedText => ({
        ids: Int32Array.from(tokenizer.withSpecial(ids)),
        embeddings: new Float32Array((ids.length + around) * hidden),
        hidden,
        unit: true,
      }));
      const windows = pieces.flatMap((ids, text) =>
        windowsOf(ids.length, room).map((window): Shown => ({
          window,
          text,
          ids: tokenizer.withSpecial(ids.slice(window.start, window.end)),
          last: window.to === ids.length,
        }))
      );
      const batches = [...equallyLong(windows, precision === "int8" ? 1 : PIECES_PER_RUN)];
      await runner.run(
        batches.map(batchOf),
        (states, batch) =>
          batches[batch]?.forEach(({ text, ids, window, last }, row) => {
            // The special tokens before the text come with its first window, those behind it with its last.
            const from = window.from === 0 ? 0 : before.length + window.from;
            const to = before.length + window.to + (last ? after.length : 0);
            const at = row * ids.length - window.start;
            const rows = states.subarray((at + from) * hidden, (at + to) * hidden);
            encoded[text]?.embeddings.set(rows, from * hidden);
          }),
      );
      return encoded;
    },
    close: () => runner.close(),
  };
}

/** A window of a text with the ids that the model is shown. */
interface Shown {
  readonly window: Window;
  readonly text: number;
  readonly ids: readonly number[];
  /** Whether it is the text's last. */
  readonly last: boolean;
}

/** Batches of windows of one length, of so many pieces at most, or of a single window. */
function* equallyLong(windows: readonly Shown[], most: number): Iterable<readonly Shown[]> {
  for (const [length, same] of Map.groupBy(windows, ({ ids }) => ids.length)) {
    const size = Math.max(1, Math.floor(most / length));
    for (let i = 0; i < same.length; i += size) yield same.slice(i, i + size);
  }
}

function batchOf(windows: readonly Shown[]): Batch {
  const length = windows[0]?.ids.length ?? 0;
  const ids = new BigInt64Array(windows.length * length);
  windows.forEach((window, row) => window.ids.forEach((id, i) => ids[row * length + i] = BigInt(id)));
  return { ids, shape: [windows.length, length] };
}

/** A text without the blanks at its ends, as `bert_score` takes them off. */
function stripped(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isPythonSpace(text.charCodeAt(start))) start++;
  while (end > start && isPythonSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}
