/** What the files beside a vocabulary say. @module */

import { z } from "zod";
import { readJson } from "../../checkpoint/read_json.ts";
import { AddedToken } from "../added_tokens.ts";
import { type Role, ROLES } from "../blueprint.ts";
import { type Family, familyOf } from "./families.ts";

const Token = z.looseObject({
  content: z.string(),
  single_word: z.boolean().default(false),
  lstrip: z.boolean().default(false),
  rstrip: z.boolean().default(false),
  normalized: z.boolean().default(true),
  special: z.boolean().default(false),
});
type Shape = z.infer<typeof Token>;
const Named = z.union([z.string(), Token]).nullish();
const roleKeys = {
  bos_token: Named,
  eos_token: Named,
  unk_token: Named,
  sep_token: Named,
  pad_token: Named,
  cls_token: Named,
  mask_token: Named,
} as const;

const TokenizerConfig = z.looseObject({
  ...roleKeys,
  tokenizer_class: z.string().nullish(),
  model_max_length: z.number().positive().nullish(),
  added_tokens_decoder: z.record(z.string().regex(/^\d+$/), Token).nullish(),
  do_lower_case: z.boolean().nullish(),
  strip_accents: z.boolean().nullish(),
  tokenize_chinese_chars: z.boolean().nullish(),
  add_prefix_space: z.boolean().nullish(),
  trim_offsets: z.boolean().nullish(),
  add_bos_token: z.boolean().nullish(),
  add_eos_token: z.boolean().nullish(),
  extra_ids: z.int().nonnegative().nullish(),
});
const SpecialTokensMap = z.looseObject(roleKeys);
const AddedTokens = z.record(z.string(), z.int().nonnegative());
const ModelConfig = z.looseObject({
  model_type: z.string().nullish(),
  tokenizer_class: z.string().nullish(),
});

/** Numbers from here on stand for no limit; Python writes `int(1e30)`. */
const NO_LIMIT = 1e20;

/** What `tokenizer_config.json`, `special_tokens_map.json`, `added_tokens.json` and `config.json` say together. */
export interface Settings {
  readonly config: z.infer<typeof TokenizerConfig>;
  readonly family: Family | undefined;
  /** The tokenizer's class as the files name it, for messages. */
  readonly named: string;
  /** The special tokens that files name. */
  readonly roles: Readonly<Partial<Record<Role, string>>>;
  /** Added tokens whose ids the files give. */
  readonly added: readonly AddedToken[];
  /** How special tokens are to be found in texts, where files say more than their content. */
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly maxLength: number;
}

/**
 * Reads the files beside a vocabulary; those that are missing say nothing.
 *
 * @throws Error in one line where a file is half-written or a value does not fit
 *
 * @example
 * ```ts
 * import { readSettings } from "./config_files.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/tokenizer_config.json`, '{"tokenizer_class": "T5Tokenizer", "pad_token": "<pad>"}');
 * const { family, roles } = await readSettings(folder);
 * equal(family?.name, "T5");
 * equal(roles.pad, "<pad>");
 * ```
 */
export async function readSettings(folder: string): Promise<Settings> {
  const config = await readJson(`${folder}/tokenizer_config.json`, TokenizerConfig, {});
  const map = await readJson(`${folder}/special_tokens_map.json`, SpecialTokensMap, {});
  const ids = await readJson(`${folder}/added_tokens.json`, AddedTokens, {});
  const model = await readJson(`${folder}/config.json`, ModelConfig, {});
  const roles: Partial<Record<Role, string>> = {};
  const shapes = new Map<string, Shape>();
  for (const file of [map, config]) {
    for (const role of ROLES) {
      const token = file[`${role}_token`];
      if (token === undefined) continue;
      if (token === null) delete roles[role];
      else roles[role] = typeof token === "string" ? token : token.content;
      if (typeof token === "object" && token !== null) shapes.set(token.content, token);
    }
  }
  const special = new Set(Object.values(roles));
  const added = new Map<string, AddedToken>();
  for (const [content, id] of Object.entries(ids)) {
    const shape = shapes.get(content) ?? { normalized: !special.has(content) };
    added.set(content, AddedToken.parse({ ...shape, content, id, special: special.has(content) }));
  }
  for (const [id, token] of Object.entries(config.added_tokens_decoder ?? {})) {
    added.set(token.content, AddedToken.parse({ ...token, id: Number(id) }));
  }
  const named = config.tokenizer_class ?? model.tokenizer_class ?? undefined;
  const length = config.model_max_length ?? Infinity;
  return {
    config,
    family: familyOf(named, model.model_type ?? undefined),
    named: named ?? model.model_type ?? "none",
    roles,
    added: [...added.values()],
    shapes,
    maxLength: length >= NO_LIMIT ? Infinity : length,
  };
}

/**
 * Special tokens as Python adds them to a vocabulary: not normalised, and with the id that the vocabulary gives them. Those that it does
 * not have are left out, unless files give them ids.
 *
 * @example
 * ```ts
 * import { addedTokens } from "./config_files.ts";
 * import { deepEqual } from "node:assert/strict";
 * const tokens = addedTokens(["<s>", "<x>"], new Map([["a", 0], ["<s>", 1]]), { added: [], shapes: new Map() });
 * deepEqual(tokens.map(({ content, id, special }) => [content, id, special]), [["<s>", 1, true]]);
 * ```
 */
export function addedTokens(
  contents: Iterable<string>,
  vocabulary: ReadonlyMap<string, number>,
  { added, shapes }: Pick<Settings, "added" | "shapes">,
): AddedToken[] {
  const tokens = new Map(added.map((token) => [token.content, token]));
  for (const content of contents) {
    const id = vocabulary.get(content);
    if (id === undefined || tokens.has(content)) continue;
    tokens.set(content, AddedToken.parse({ ...shapes.get(content), id, content, special: true }));
  }
  return [...tokens.values()].sort((a, b) => a.id - b.id);
}
