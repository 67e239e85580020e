/** The files of a tokenizer. @module */

import { writeFiles } from "../../write_file.ts";
import type { Role } from "../blueprint.ts";

/** What goes into the files of a tokenizer. */
export interface TokenizerFiles {
  /** The parts of `tokenizer.json`. */
  readonly parts: Readonly<
    Record<"normalizer" | "pre_tokenizer" | "post_processor" | "decoder" | "model", unknown>
  >;
  /** Special tokens and their ids. */
  readonly special: ReadonlyMap<string, number>;
  readonly roles: Readonly<Partial<Record<Role, string>>>;
  /** The special token that takes the space before it, as RoBERTa's mask does. */
  readonly lstrip?: string;
  /** The rest of `tokenizer_config.json`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Further files by name. */
  readonly more?: Readonly<Record<string, string>>;
}

/**
 * Writes `tokenizer.json`, `tokenizer_config.json` and `special_tokens_map.json` in the hub's layout. All are written before the first is put
 * in place.
 *
 * @example See {@linkcode writeWordPiece}, {@linkcode writeBpe} and {@linkcode writeUnigram}.
 */
export async function writeTokenizerFiles(
  folder: string,
  { parts, special, roles, lstrip, config, more = {} }: TokenizerFiles,
): Promise<void> {
  const flags = (content: string) => ({
    single_word: false,
    lstrip: content === lstrip,
    rstrip: false,
    normalized: false,
  });
  // Python reads tokens with flags by their type in the one file, and without it in the other.
  const named = (type: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(roles).map(([role, content]) => [
        `${role}_token`,
        content === lstrip ? { ...type, content, ...flags(content) } : content,
      ]),
    );
  const tokenizer = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: Array.from(special, ([content, id]) => ({ id, content, ...flags(content), special: true })),
    ...parts,
  };
  const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
  const files = {
    "tokenizer.json": json(tokenizer),
    "tokenizer_config.json": json({ ...config, ...named({ __type: "AddedToken" }) }),
    "special_tokens_map.json": json(named({})),
    ...more,
  };
  await writeFiles(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text])),
  );
}

/**
 * The ids of pieces in order, which begin with special tokens.
 *
 * @throws Error where they do not, or one occurs twice
 *
 * @example
 * ```ts
 * import { idsOf } from "./tokenizer_files.ts";
 * import { deepEqual, throws } from "node:assert/strict";
 * deepEqual([...idsOf(["<unk>", "a"], ["<unk>"])], [["<unk>", 0], ["a", 1]]);
 * throws(() => idsOf(["a"], ["<unk>"]), /0 is "a", not <unk>/);
 * ```
 */
export function idsOf(pieces: readonly string[], special: readonly string[]): Map<string, number> {
  for (const [id, token] of special.entries()) {
    if (pieces[id] !== token) {
      throw new Error(`pieces: ${id} is "${pieces[id]}", not ${token}. Start with ${special.join(" ")}.`);
    }
  }
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const twice = pieces.find((piece, id) => ids.get(piece) !== id);
  if (twice !== undefined) throw new Error(`pieces: "${twice}" occurs twice. Keep one.`);
  return ids;
}
