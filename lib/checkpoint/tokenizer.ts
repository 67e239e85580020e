/** The tokenizer of a model folder. @module */

import { Tokenizer as Pipeline } from "@huggingface/tokenizers";
import { z } from "zod";
import { readJson } from "./read_json.ts";

const TokenizerFile = z.looseObject({
  added_tokens: z.array(z.looseObject({ id: z.int().nonnegative(), content: z.string() })),
  normalizer: z.looseObject({ type: z.literal("BertNormalizer") }),
  pre_tokenizer: z.looseObject({ type: z.literal("BertPreTokenizer") }),
  model: z.looseObject({
    type: z.literal("WordPiece"),
    unk_token: z.string(),
    continuing_subword_prefix: z.string(),
    vocab: z.record(z.string(), z.int().nonnegative()),
  }),
  truncation: z.unknown(),
  padding: z.unknown(),
});
const TokenizerConfig = z.looseObject({ model_max_length: z.number().positive().default(Infinity) });
const ModelFile = z.looseObject({ vocab_size: z.int().positive() });

const SPECIAL = { cls: "[CLS]", sep: "[SEP]", mask: "[MASK]", pad: "[PAD]", unk: "[UNK]" } as const;

/** The ids of the special tokens. */
export type SpecialIds = Readonly<Record<keyof typeof SPECIAL, number>>;

/**
 * BERT's WordPiece tokenizer (Devlin et al. 2019), the pipeline of `@huggingface/tokenizers` behind a cache of words. Whatever the
 * folder says of truncation and padding, a text is encoded as a whole.
 *
 * @example
 * ```ts
 * import { Tokenizer } from "./tokenizer.ts";
 * import { writeTokenizer } from "../train/wordpiece/write_tokenizer.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await writeTokenizer(folder, ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "fe", "##ver", "."]);
 * const tokenizer = await Tokenizer.open(folder);
 * deepEqual(tokenizer.encode("Fever. [MASK]"), [5, 6, 7, 4]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export class Tokenizer {
  readonly special: SpecialIds;
  /** The longest input that the model was made for, special tokens included; Infinity where the folder does not say. */
  readonly maxLength: number;
  /** One more than the largest id. */
  readonly vocabSize: number;
  readonly #pipeline: Pipeline;
  readonly #names: readonly (string | undefined)[];
  readonly #continuing: string;
  readonly #added: ReadonlySet<number>;
  readonly #cache = new Map<string, readonly number[]>();

  private constructor(
    file: z.infer<typeof TokenizerFile>,
    config: z.infer<typeof TokenizerConfig>,
    where: string,
  ) {
    this.maxLength = config.model_max_length;
    const ids = new Map(Object.entries(file.model.vocab));
    for (const { content, id } of file.added_tokens) ids.set(content, id);
    const idOf = (token: string) => {
      const id = ids.get(token);
      if (id !== undefined) return id;
      throw new Error(`${where}: no token ${token}. Name a BERT tokenizer.`);
    };
    this.special = {
      cls: idOf(SPECIAL.cls),
      sep: idOf(SPECIAL.sep),
      mask: idOf(SPECIAL.mask),
      pad: idOf(SPECIAL.pad),
      unk: idOf(file.model.unk_token),
    };
    const spaced = file.added_tokens.find(({ content }) => /\s/.test(content));
    if (spaced) throw new Error(`${where}: added token "${spaced.content}" holds white space. Remove it.`);

    const names: (string | undefined)[] = [];
    for (const [name, id] of ids) names[id] = name;
    this.#names = names;
    this.vocabSize = names.length;
    this.#continuing = file.model.continuing_subword_prefix;
    this.#added = new Set(file.added_tokens.map(({ id }) => id));
    this.#pipeline = new Pipeline({ ...file, truncation: null, padding: null }, config);
  }

  /**
   * Opens `tokenizer.json` and, where they are there, `tokenizer_config.json` and `config.json` of a folder.
   *
   * @throws Error in one line where `tokenizer.json` is missing, half-written or not of BERT's kind, or does not number as
   * many pieces as `vocab_size` of `config.json`, give or take padding
   */
  static async open(folder: string): Promise<Tokenizer> {
    const where = `${folder}/tokenizer.json`;
    const file = await readJson(where, TokenizerFile);
    const config = await readJson(
      `${folder}/tokenizer_config.json`,
      TokenizerConfig,
      TokenizerConfig.parse({}),
    );
    const tokenizer = new Tokenizer(file, config, where);
    const model = await readJson(`${folder}/config.json`, ModelFile, { vocab_size: Infinity });
    // Some models pad their vocabulary up to a round number; a larger gap means another model's tokenizer.
    const gap = model.vocab_size - tokenizer.vocabSize;
    if (gap < 0 || (gap >= 128 && Number.isFinite(gap))) {
      throw new Error(
        `${where}: ${tokenizer.vocabSize} pieces, but vocab_size of config.json is ${model.vocab_size}. ` +
          "Put the files of one model together.",
      );
    }
    return tokenizer;
  }

  /** The ids of a text's pieces, without special tokens around it. `[MASK]` and its like in the text become their ids. */
  encode(text: string): number[] {
    const ids: number[] = [];
    for (const stretch of text.split(WHITE_SPACE)) {
      for (const id of this.pieces(stretch)) ids.push(id);
    }
    return ids;
  }

  /** The ids of a word's pieces (or of any text's), remembered for the next time. */
  pieces(word: string): readonly number[] {
    let ids = this.#cache.get(word);
    if (ids === undefined) {
      ids = this.#pipeline.encode(word, { add_special_tokens: false }).ids;
      this.#cache.set(word, ids);
    }
    return ids;
  }

  /**
   * The text of a piece: `"##ver"` inside a word.
   *
   * @throws Error where no piece has the id
   */
  piece(id: number): string {
    const name = this.#names[id];
    if (name === undefined) throw new Error(`piece ${id}: the tokenizer has ids below ${this.vocabSize}.`);
    return name;
  }

  /** 1 at the ids of pieces that are words of letters alone (`\p{L}`): no part of a word, number, mark or special token. */
  wholeWords(): Uint8Array {
    return Uint8Array.from(this.#names, (name = "", id) => {
      const inside = this.#continuing !== "" && name.startsWith(this.#continuing);
      return !inside && !this.#added.has(id) && /^\p{L}+$/u.test(name) ? 1 : 0;
    });
  }
}

/**
 * No step of BERT's pipeline looks beyond white space: cleaning, spacing of CJK characters and splitting go by character, lower-casing
 * (a final sigma) and decomposition by stretches without it. So stretches can be encoded one by one.
 */
const WHITE_SPACE = /[ \t\r\n]+/;
