/** The encoder that the English finder of identifying data is trained from. @module */

import { bert } from "../architectures/bert.ts";
import { modelParameters } from "../architectures/heads.ts";
import { openEncoder, saveModel } from "../checkpoint/model.ts";
import { initialize } from "../train/initialize.ts";
import type { Letter } from "../corpus/letter.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { random } from "../random.ts";
import { writeWordPiece } from "../tokenizers/train/write_word_piece.ts";
import { Tokenizer } from "../tokenizers/tokenizer.ts";
import { casedPieces, type VocabularySizes } from "./tagger_vocabulary.ts";

/** What is kept of an encoder. */
export interface CutOptions extends VocabularySizes {
  /** The first so many. */
  readonly layers: number;
  readonly positions: number;
}

const WORDS = "bert.embeddings.word_embeddings.weight";
const POSITIONS = "bert.embeddings.position_embeddings.weight";
const CAPITALS = 0.3; // of a piece's length: how far a capital moves it

/**
 * Cuts an uncased BERT down to its first layers and gives it a vocabulary whose capitals count ({@linkcode casedPieces}). A new piece begins where its small
 * letters stood (the mean, where they were several pieces), moved by one direction for a first capital and by another for capitals alone.
 *
 * @param encoder the folder of the uncased BERT
 * @param texts what the vocabulary is learnt from
 * @param out the folder that is written, in float16
 * @throws {Error} where the encoder is no BERT, or has fewer layers or positions
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { openModel } from "../checkpoint/model.ts";
 * import { writeTaggerStart } from "./tagger_start.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await tinyModel(`${folder}/a`, { pieces: ["f", "##e", "fever"], positions: 16, layers: 2 });
 * const texts = [{ id: "a", text: "Fever.", spans: [], meta: {} }];
 * await writeTaggerStart(`${folder}/a`, texts, `${folder}/b`, { layers: 1, positions: 8, size: 3000, texts: 100, capitalTexts: 100, capitals: 9 });
 * equal((await openModel(`${folder}/b`, { kind: "none" })).architecture.layers, 1);
 * ```
 */
export async function writeTaggerStart(
  encoder: string,
  texts: readonly Letter[],
  out: string,
  { layers, positions, ...sizes }: CutOptions,
): Promise<void> {
  const { config, architecture, tokenizer, parameters } = await openEncoder(encoder, { kind: "none" });
  if (
    architecture.modelType !== "bert" || architecture.layers < layers || architecture.positions < positions
  ) {
    throw new Error(
      `${encoder}: a ${architecture.modelType} of ${architecture.layers} layers and ${architecture.positions} positions, ` +
        `wanted is a bert of at least ${layers} and ${positions}. Name another folder.`,
    );
  }
  const old = Array.from({ length: tokenizer.vocabSize }, (_, id) => tokenizer.piece(id) ?? "");
  const pieces = casedPieces(old, texts, sizes);
  await writeWordPiece(out, pieces, positions, { cased: true });
  const cut = {
    ...config,
    ...{ num_hidden_layers: layers, vocab_size: pieces.length, max_position_embeddings: positions },
  };
  const smaller = bert(cut);
  const head = { kind: "none" } as const;
  const kept = new Map([...modelParameters(smaller, head)].map(([name, shape]) => {
    const tensor = parameters.get(name) ?? initialize(name, shape, 42);
    if (name === WORDS) return [name, embeddings(tensor, pieces, old, tokenizer)];
    if (name !== POSITIONS) return [name, tensor];
    return [name, { ...tensor, shape, data: tensor.data.slice(0, positions * (shape[1] ?? 0)) }];
  }));
  await saveModel({ config: cut, architecture: smaller, head, parameters: kept }, out, "float16");
}

function embeddings(
  old: Tensor<"float32">,
  pieces: readonly string[],
  known: readonly string[],
  tokenizer: Tokenizer,
): Tensor<"float32"> {
  const width = old.shape[1] ?? 0;
  const ids = new Map(known.map((piece, id) => [piece, id]));
  const norm = Math.sqrt(old.data.reduce((sum, x) => sum + x * x, 0) / known.length);
  const direction = (seed: string) => {
    const chance = random(seed);
    const raw = Float32Array.from({ length: width }, () => chance.normal());
    const length = Math.hypot(...raw);
    return raw.map((x) => x / length * norm * CAPITALS);
  };
  const [first, all] = [direction("first capital"), direction("capitals alone")];
  const data = new Float32Array(pieces.length * width);
  for (const [row, piece] of pieces.entries()) {
    const own = data.subarray(row * width, (row + 1) * width);
    const rows = ids.has(piece) ? [ids.get(piece) ?? 0] : sources(piece, ids, tokenizer);
    for (const id of rows) {
      for (let i = 0; i < width; i++) {
        own[i] = (own[i] ?? 0) + (old.data[id * width + i] ?? 0) / rows.length;
      }
    }
    const bare = piece.replace(/^##/, "");
    if (!/\p{Lu}/u.test(bare) || piece.startsWith("[")) continue;
    const moved = bare.length > 1 && bare === bare.toUpperCase() ? all : first;
    for (let i = 0; i < width; i++) own[i] = (own[i] ?? 0) + (moved[i] ?? 0);
  }
  return { ...old, shape: [pieces.length, width], data };
}

/** The rows that a piece's small letters have: their own piece, or those that they are cut into. */
function sources(piece: string, ids: ReadonlyMap<string, number>, tokenizer: Tokenizer): readonly number[] {
  const inside = piece.startsWith("##");
  const plain = piece.replace(/^##/, "").toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const own = ids.get(inside ? `##${plain}` : plain);
  if (own !== undefined) return [own];
  return tokenizer.encode(plain);
}
