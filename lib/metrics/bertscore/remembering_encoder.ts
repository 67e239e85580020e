/** An encoder that finds again on disk what it has encoded before. @module */

import { fingerprint } from "../../checkpoint/fingerprint.ts";
import { project } from "../../project.ts";
import type { OpenTokenEncoder } from "../encoder_embeddings.ts";
import type { EncodedText } from "../token_encoder.ts";
import { encodingStore } from "./encoding_store.ts";

/** Counts changes of the computation that change embeddings: what was kept before them is not found any more. */
const VERSION = 1;

/** Bytes that are kept, of all models together: about 2,000 letters of an encoder as wide as BERT's base. */
const MOST_BYTES = 4e9;

/** Where encodings are kept. */
export const ENCODINGS = `${project.root}/.cache/encodings`;

/**
 * The same encoder, which looks for the given texts on disk before it encodes them, and keeps them there. Give it the
 * references: the letters of a second model are compared with the same ones, and then cost half. What is kept is found by
 * the model's contents, the layer, the way of covering long texts, the precision and the text.
 *
 * @param model the encoder's folder
 * @param texts what is kept; candidates are rarely seen twice
 * @param folder where it is kept; default {@linkcode ENCODINGS}
 * @throws {Error} where the folder can't be written
 *
 * @example
 * ```ts
 * import { tinyModel } from "../../checkpoint/tiny_model.ts";
 * import { openTokenEncoder } from "../encoder_embeddings.ts";
 * import { rememberingEncoder } from "./remembering_encoder.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await tinyModel(`${folder}/tiny`, { pieces: ["fever"], positions: 16 });
 * const open = () => openTokenEncoder(`${folder}/tiny`, { layer: 2 });
 * const first = await rememberingEncoder(await open(), `${folder}/tiny`, ["fever"], `${folder}/kept`);
 * const encoded = await first.encode(["fever"]);
 * await first.close();
 * const second = await rememberingEncoder(await open(), `${folder}/tiny`, ["fever"], `${folder}/kept`);
 * deepEqual(await second.encode(["fever"]), encoded); // read, not computed
 * await second.close();
 * ```
 */
export async function rememberingEncoder(
  encoder: OpenTokenEncoder,
  model: string,
  texts: Iterable<string>,
  folder: string = ENCODINGS,
): Promise<OpenTokenEncoder> {
  const kept = new Set(texts);
  const store = encodingStore(folder, JSON.stringify([VERSION, await fingerprint(model), encoder.signature]));
  let written = false;
  return {
    ...encoder,
    async encode(all) {
      const found = await Promise.all(all.map((text) => kept.has(text) ? store.get(text) : undefined));
      const missing = all.filter((_, i) => found[i] === undefined);
      const made = missing.length > 0 ? (await encoder.encode(missing))[Symbol.iterator]() : undefined;
      const encoded = all.map((_, i): EncodedText => {
        const one = found[i] ?? made?.next().value;
        if (one) return one;
        throw new Error(`encoder ${encoder.signature}: gave too few texts. Give one a text.`);
      });
      const fresh = [...encoded.entries()].filter(([i]) => found[i] === undefined && kept.has(all[i] ?? ""));
      await Promise.all(fresh.map(([i, one]) => one.unit && store.put(all[i] ?? "", one)));
      written ||= fresh.length > 0;
      return encoded;
    },
    async close() {
      await encoder.close();
      if (written) await store.trim(MOST_BYTES);
    },
  };
}
