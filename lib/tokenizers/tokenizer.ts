/** Tokenizers of all families. @module */

import { readJson } from "../checkpoint/read_json.ts";
import { z } from "zod";
import type { Blueprint } from "./blueprint.ts";
import { createDecoder } from "./decoders/create.ts";
import type { Decoder } from "./decoders/decoder.ts";
import type { DecodeOptions, EncodedWords, Encoding, WordOptions } from "./encoding.ts";
import { readBlueprint } from "./folder/read_blueprint.ts";
import { Lexicon } from "./lexicon.ts";
import { createModel } from "./models/create.ts";
import { createNormalizer } from "./normalizers/create.ts";
import { Pipeline } from "./pipeline.ts";
import { createPostProcessor, type PostProcessor } from "./post_processor.ts";
import { createPreTokenizer } from "./pre_tokenizers/create.ts";
import { type SpecialTokens, specialTokens } from "./special_tokens.ts";
import { type Surface, surfaceOf } from "./surface.ts";
import { trimmed } from "./trim.ts";
import { withPrefixSpace } from "./prefix_space.ts";

/** No model is known whose vocabulary is padded by as much. */
const MOST_PADDING = 256;
const ModelFile = z.looseObject({ vocab_size: z.int().positive().nullish() });

/**
 * The tokenizer of a model folder: WordPiece (BERT, DistilBERT), byte-level BPE (RoBERTa, Longformer, GPT-2, BLOOM), SentencePiece unigram
 * (T5) and BPE (GPT-SW3), Moses and BPE (BioGPT). What it gives is what Python gives: Hugging Face's `tokenizers` for a `tokenizer.json`,
 * `AutoTokenizer` for folders that have none. Whatever the files say of truncation and padding, a text is encoded as a whole.
 *
 * @example
 * ```ts
 * import { Tokenizer } from "./tokenizer.ts";
 * import { writeWordPiece } from "./train/write_word_piece.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await writeWordPiece(folder, ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "fe", "##ver", "."]);
 * const tokenizer = await Tokenizer.open(folder);
 * deepEqual(tokenizer.encode("Fever. [MASK]"), [5, 6, 7, 4]);
 * deepEqual(tokenizer.withSpecial([5, 6]), [2, 5, 6, 3]);
 * deepEqual(tokenizer.encodeWithOffsets("Fever."), { ids: [5, 6, 7], starts: [0, 2, 5], ends: [2, 5, 6] });
 * deepEqual(tokenizer.encodeWords(["Fever", "."]), { ids: [5, 6, 7], first: [0, 2] });
 * equal(tokenizer.decode([2, 5, 6, 7, 3], { skipSpecial: true }), "fever.");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export class Tokenizer {
  /** The ids of special tokens; reading one that the family has not throws an error that names it. */
  readonly special: SpecialTokens;
  /** The longest input that the model was made for, special tokens included; Infinity where the folder does not say. */
  readonly maxLength: number;
  /** One more than the largest id. */
  readonly vocabSize: number;
  /** T5's sentinels, `<extra_id_0>` first; empty where the family has none. */
  readonly sentinels: readonly number[];
  /** The special tokens before and after a text: `[CLS]` and `[SEP]`, or none. */
  readonly around: { readonly before: readonly number[]; readonly after: readonly number[] };

  readonly #lexicon: Lexicon;
  readonly #decoder: Decoder | undefined;
  readonly #trim: PostProcessor["trim"];
  readonly #pipeline: Pipeline;
  readonly #withSpace: () => Pipeline;
  readonly #withoutSpace: () => Pipeline;

  private constructor(blueprint: Blueprint) {
    const { where, added_tokens: added } = blueprint;
    this.maxLength = blueprint.maxLength;
    const part = <T>(key: keyof Blueprint, make: (config: unknown, where: string) => T): T | undefined =>
      blueprint[key] === null || blueprint[key] === undefined
        ? undefined
        : make(blueprint[key], `${where}: ${key}`);
    const model = createModel(blueprint.model, `${where}: model`);
    const normalizer = part("normalizer", createNormalizer);
    const pipeline = (preTokenizer: unknown) =>
      new Pipeline({
        added,
        normalizer,
        preTokenizer: preTokenizer ? createPreTokenizer(preTokenizer, `${where}: pre_tokenizer`) : undefined,
        model,
      });
    this.#pipeline = pipeline(blueprint.pre_tokenizer);
    const variant = (space: boolean) => {
      const changed = withPrefixSpace(blueprint.pre_tokenizer, space);
      return once(() => changed === blueprint.pre_tokenizer ? this.#pipeline : pipeline(changed));
    };
    this.#withSpace = variant(true);
    this.#withoutSpace = variant(false);
    this.#decoder = part("decoder", createDecoder);
    const { template = [undefined], trim } = part("post_processor", createPostProcessor) ?? {};
    this.#trim = trim;
    const text = template.indexOf(undefined);
    const ids = (from: number, to: number) => template.slice(from, to).filter((id) => id !== undefined);
    this.around = { before: ids(0, Math.max(text, 0)), after: ids(Math.max(text, 0), template.length) };

    this.#lexicon = new Lexicon(model.vocabulary, added, surfaceOf(blueprint), where);
    this.vocabSize = this.#lexicon.size;
    this.special = specialTokens(blueprint.roles, this.#lexicon.ids, where);
    this.sentinels = sentinelsOf(this.#lexicon.ids);
  }

  /**
   * Opens the tokenizer's files in a folder: `tokenizer.json`, or else `vocab.txt`, `vocab.json` with `merges.txt`, or a SentencePiece
   * model, and beside them, where they are there, `tokenizer_config.json`, `special_tokens_map.json`, `added_tokens.json` and `config.json`.
   *
   * @throws Error in one line, with the file and what to do, where files are missing, half-written or contradict each other, or there are
   * not as many pieces as `vocab_size` of `config.json` says, give or take padding
   */
  static async open(folder: string): Promise<Tokenizer> {
    const blueprint = await readBlueprint(folder);
    const tokenizer = new Tokenizer(blueprint);
    const { vocab_size } = await readJson(`${folder}/config.json`, ModelFile, {});
    // Some models pad their vocabulary, BLOOM by 200 pieces; a larger gap means another model's tokenizer.
    const gap = (vocab_size ?? tokenizer.vocabSize) - tokenizer.vocabSize;
    if (gap < 0 || gap >= MOST_PADDING) {
      throw new Error(
        `${blueprint.where}: ${tokenizer.vocabSize} pieces, but vocab_size of config.json is ${vocab_size}. ` +
          "Put the files of one model together.",
      );
    }
    return tokenizer;
  }

  /** The ids of a text's pieces, without special tokens around it. `[MASK]` and its like in the text become their ids. */
  encode(text: string): number[] {
    return idsOf(this.#pipeline, text);
  }

  /** The pieces of a text with the ranges that they stand for, as Python's `offset_mapping` has them. */
  encodeWithOffsets(text: string): Encoding {
    const encoding: Encoding = { ids: [], starts: [], ends: [] };
    this.#pipeline.run(text, (pieces, start) => {
      for (const [i, id] of pieces.ids.entries()) {
        encoding.ids.push(id);
        encoding.starts.push(start + (pieces.starts[i] ?? 0));
        encoding.ends.push(start + (pieces.ends[i] ?? 0));
      }
    });
    if (this.#trim) trimmed(encoding, text, this.#lexicon, this.#trim);
    return encoding;
  }

  /**
   * The pieces of words, each encoded by itself, and where each word's begin: Python's `is_split_into_words=True`.
   *
   * @throws Error where `leadingSpace` has not one value a word
   */
  encodeWords(words: readonly string[], { leadingSpace = true }: WordOptions = {}): EncodedWords {
    if (typeof leadingSpace !== "boolean" && leadingSpace.length !== words.length) {
      throw new Error(
        `leadingSpace: ${leadingSpace.length} values for ${words.length} words. Give one a word.`,
      );
    }
    const encoded: EncodedWords = { ids: [], first: [] };
    for (const [i, word] of words.entries()) {
      const pieces = this.pieces(
        word,
        typeof leadingSpace === "boolean" ? leadingSpace : leadingSpace[i] ?? true,
      );
      encoded.first.push(pieces.length === 0 ? -1 : encoded.ids.length);
      for (const id of pieces) encoded.ids.push(id);
    }
    return encoded;
  }

  /** The ids of a word's pieces (or of any text's); as after a space where `leadingSpace` is true. */
  pieces(word: string, leadingSpace = true): number[] {
    return idsOf(leadingSpace ? this.#withSpace() : this.#withoutSpace(), word);
  }

  /** A text's ids with the special tokens around that the model expects. */
  withSpecial(ids: readonly number[]): number[] {
    return [...this.around.before, ...ids, ...this.around.after];
  }

  /** The text that ids stand for. Ids that no piece has, as a padded vocabulary gives, stand for nothing, as in Python. */
  decode(ids: readonly number[], { skipSpecial = false }: DecodeOptions = {}): string {
    const pieces: string[] = [];
    for (const id of ids) {
      const name = this.#lexicon.names[id];
      if (name !== undefined && !(skipSpecial && this.#lexicon.isSpecial(name))) pieces.push(name);
    }
    if (pieces.length === 0) return "";
    return this.#decoder ? this.#decoder(pieces).join("") : pieces.join(" ");
  }

  /**
   * A piece as the vocabulary has it: `"##ver"`, `"Ġfever"`, `"▁fever"`.
   *
   * @throws Error where no piece has the id
   */
  piece(id: number): string {
    return this.#lexicon.piece(id);
  }

  /**
   * The text that a piece stands for, without the family's marks, and whether it begins a word.
   *
   * @throws Error where no piece has the id
   */
  surface(id: number): Surface {
    return this.#lexicon.surface(id);
  }

  /**
   * 1 at the ids of pieces that are words of letters alone (`\p{L}`) and begin a word: no part of a word, number, mark or special token.
   * (BioGPT marks the ends of words only: its pieces may also end a longer word.)
   */
  wholeWords(): Uint8Array {
    return this.#lexicon.wholeWords();
  }
}

function idsOf(pipeline: Pipeline, text: string): number[] {
  const ids: number[] = [];
  pipeline.run(text, (pieces) => {
    for (const id of pieces.ids) ids.push(id);
  });
  return ids;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The ids of `<extra_id_0>` and on, as far as they go. */
function sentinelsOf(ids: ReadonlyMap<string, number>): number[] {
  const sentinels: number[] = [];
  for (let id; (id = ids.get(`<extra_id_${sentinels.length}>`)) !== undefined;) sentinels.push(id);
  return sentinels;
}
