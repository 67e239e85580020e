/** Contextual embeddings from a model folder, for BERTScore. @module */

import { embeddingGraph } from "../architectures/inference.ts";
import { padded } from "../checkpoint/batch.ts";
import { openEncoder } from "../checkpoint/model.ts";
import { Session, type SessionOptions } from "../onnx/session.ts";
import type { EncodedText, TokenEncoder } from "./token_encoder.ts";

/** A token encoder that holds memory until it is closed. */
export interface OpenTokenEncoder extends TokenEncoder {
  close(): Promise<void>;
}

export interface TokenEncoderOptions extends SessionOptions {
  /** Whose output is taken; 0 is the embeddings. */
  readonly layer: number;
}

/** The share of a window that its neighbour shows as well: half of it on each side of a seam is context. */
const OVERLAP = 0.25;

/** Pieces in one run of the model, padding included. */
const PIECES_PER_RUN = 8192;

/**
 * Opens a model folder for embeddings. A text that fits the model's input is encoded as `bert_score` does. A longer one,
 * which `bert_score` cuts off, is covered by as few windows as can be, which overlap; each piece takes its embedding from the
 * window in which it stands farther from an end, so that every piece is seen with context on both sides.
 *
 * @throws Error in one line where the folder is missing, half-written, or has fewer layers
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
  const { name, architecture, tokenizer, maxLength, parameters } = await openEncoder(folder, {
    kind: "none",
  });
  const { layer } = options;
  if (!Number.isInteger(layer) || layer < 0 || layer > architecture.layers) {
    throw new Error(`layer ${layer}: ${folder} has layers 0 to ${architecture.layers}.`);
  }
  const session = await Session.open(embeddingGraph(architecture, parameters, layer), options);
  const { cls, sep, pad } = tokenizer.special;
  const hidden = architecture.hidden;
  const room = maxLength - 2;

  return {
    signature: `${name}|layer:${layer}|window:${room + 2}|overlap:${Math.floor(OVERLAP * room)}`,
    specialIds: [cls, sep],
    async encode(texts) {
      const sequences = texts.map((text) => [cls, ...tokenizer.encode(text), sep]);
      const encoded = sequences.map((ids): EncodedText => ({
        ids: Int32Array.from(ids),
        embeddings: new Float32Array(ids.length * hidden),
        hidden,
      }));
      const windows = sequences.flatMap((ids, text) =>
        windowsOf(ids.length - 2, room).map((window) => ({
          ...window,
          text,
          ids: [cls, ...ids.slice(window.start + 1, window.end + 1), sep],
        }))
      ).sort((a, b) => a.ids.length - b.ids.length || a.text - b.text || a.start - b.start);
      for (let first = 0; first < windows.length;) {
        let end = first + 1;
        while (
          end < windows.length && (windows[end]?.ids.length ?? 0) * (end + 1 - first) <= PIECES_PER_RUN
        ) end++;
        const batch = windows.slice(first, end);
        const inputs = padded(batch.map(({ ids }) => ids), pad);
        const longest = inputs.input_ids.shape[1] ?? 0;
        const { hidden: states } = await session.run({ ...inputs });
        if (!(states?.data instanceof Float32Array)) {
          throw new Error(`${folder}: the model gave no hidden states.`);
        }
        for (const [row, { text, start, from, to }] of batch.entries()) {
          const target = encoded[text]?.embeddings;
          const at = row * longest - start; // the row of place p of the text is at + p
          target?.set(states.data.subarray((at + from) * hidden, (at + to) * hidden), from * hidden);
        }
        first = end;
      }
      return encoded;
    },
    close: () => session.close(),
  };
}

interface Cover {
  /** Pieces [start, end) of the text, without its special tokens, that the window shows. */
  readonly start: number;
  readonly end: number;
  /** Places [from, to) of the text with its special tokens whose embeddings the window gives. */
  readonly from: number;
  readonly to: number;
}

/**
 * Windows over a text of so many pieces, as few and as equal as can be; neighbours share at least a quarter.
 * Together their [from, to) cover every place once.
 */
function windowsOf(length: number, room: number): Cover[] {
  const overlap = Math.floor(OVERLAP * room);
  const count = length <= room ? 1 : Math.ceil((length - overlap) / (room - overlap));
  const size = Math.ceil((length + (count - 1) * overlap) / count);
  const starts = Array.from(
    { length: count },
    (_, i) => count === 1 ? 0 : Math.round(i * (length - size) / (count - 1)),
  );
  return starts.map((start, i) => {
    const [before, after] = [starts[i - 1], starts[i + 1]];
    // Two neighbours meet in the middle of what both show.
    const from = before === undefined ? 0 : 1 + Math.floor((before + size + start) / 2);
    const to = after === undefined ? length + 2 : 1 + Math.floor((start + size + after) / 2);
    return { start, end: start + size, from, to };
  });
}
