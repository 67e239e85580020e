/** From a folder to the parts of its tokenizer. @module */

import { template } from "../template.ts";
import { z } from "zod";
import { readJson } from "../../checkpoint/read_json.ts";
import { isFile } from "../../look.ts";
import type { AddedToken } from "../added_tokens.ts";
import { checked } from "../component.ts";
import { type Blueprint, type Role, TokenizerFile } from "../blueprint.ts";
import { readSettings, type Settings } from "./config_files.ts";
import { FAMILIES, type Family } from "./families.ts";
import { readAsQuotient } from "./quotient.ts";
import { readSentencePiece } from "./sentencepiece_files.ts";
import { readVocabAndMerges } from "./vocab_and_merges.ts";
import { readVocabTxt } from "./vocab_txt.ts";

/** Names that SentencePiece models have on the hub. */
const SENTENCEPIECE_FILES = ["spiece.model", "sentencepiece.bpe.model", "tokenizer.model"] as const;

/**
 * Reads the tokenizer's files of a folder: `tokenizer.json` where there is one, or else the older ones, which Python reads too.
 *
 * @throws Error in one line, with file and remedy, where there are none, or one is half-written or does not fit the others
 *
 * @example See {@linkcode Tokenizer.open}.
 */
export async function readBlueprint(folder: string): Promise<Blueprint> {
  const settings = await readSettings(folder);
  if (await isFile(`${folder}/tokenizer.json`)) return await readTokenizerJson(folder, settings);
  for (const name of SENTENCEPIECE_FILES) {
    if (await isFile(`${folder}/${name}`)) return await readSentencePiece(`${folder}/${name}`, settings);
  }
  if (await isFile(`${folder}/vocab.json`)) return await readVocabAndMerges(folder, settings);
  if (await isFile(`${folder}/vocab.txt`)) return await readVocabTxt(folder, settings);
  throw new Error(
    `${folder}/tokenizer.json: missing. Name a model folder that has it, or vocab.txt, vocab.json with merges.txt, or spiece.model.`,
  );
}

const Model = z.looseObject({
  type: z.string().optional(),
  unk_token: z.string().nullish(),
  unk_id: z.int().nullish(),
  vocab: z.unknown().optional(),
}).transform((model) => ({ ...model, type: model.type ?? typeOf(model), vocab: scored(model.vocab) }));

/** Old files do not say of what type the model is. */
function typeOf(model: Readonly<Record<string, unknown>>): string {
  return "merges" in model ? "BPE" : Array.isArray(model["vocab"]) ? "Unigram" : "WordPiece";
}

/** A unigram model's scores as Python reads them; other vocabularies as they are. */
function scored(vocab: unknown): unknown {
  if (!Array.isArray(vocab)) return vocab;
  const pieces: unknown[] = vocab;
  return pieces.map((pair) =>
    Array.isArray(pair) && typeof pair[1] === "number" ? [pair[0], readAsQuotient(pair[1])] : pair
  );
}

async function readTokenizerJson(folder: string, settings: Settings): Promise<Blueprint> {
  const where = `${folder}/tokenizer.json`;
  const file = await readJson(where, TokenizerFile);
  const model = checked(Model, file.model, `${where}: model`);
  const known = new Set(file.added_tokens.map(({ content }) => content));
  const added_tokens = [...file.added_tokens, ...settings.added.filter(({ content }) => !known.has(content))];
  const roles = { ...rolesIn(model, file.added_tokens, settings.family), ...settings.roles };
  return {
    ...file,
    model,
    added_tokens,
    where,
    roles,
    maxLength: settings.maxLength,
    ...bosAndEos(settings, roles, added_tokens, file.post_processor),
  };
}

/** Where `tokenizer_config.json` says whether texts get `bos` and `eos`, that counts, as in Python. */
function bosAndEos(
  { config: { add_bos_token, add_eos_token } }: Settings,
  { bos, eos }: Partial<Record<Role, string>>,
  added: readonly AddedToken[],
  processor: unknown,
): { post_processor?: unknown } {
  if (typeof add_bos_token !== "boolean" && typeof add_eos_token !== "boolean") return {};
  const ids = new Map(added.map(({ content, id }) => [content, id]));
  const has = (token: string | undefined): token is string => token !== undefined && ids.has(token);
  const around = template(
    add_bos_token && has(bos) ? [bos] : [],
    add_eos_token && has(eos) ? [eos] : [],
    ids,
  );
  return { post_processor: processor ? { type: "Sequence", processors: [processor, around] } : around };
}

/** Special tokens that no other file names: those of the family, or of the family that the parts look like. */
function rolesIn(
  { type, unk_token, unk_id, vocab }: z.infer<typeof Model>,
  added: readonly AddedToken[],
  family: Family | undefined,
): Partial<Record<Role, string>> {
  const contents = new Set(added.map(({ content }) => content));
  const looks = contents.has("<mask>")
    ? FAMILIES.roberta
    : contents.has("<extra_id_0>")
    ? FAMILIES.t5
    : contents.has("<|endoftext|>")
    ? FAMILIES.gpt2
    : type === "WordPiece"
    ? FAMILIES.bert
    : FAMILIES.bloom;
  const pair: unknown = Array.isArray(vocab) ? vocab[unk_id ?? -1] : undefined;
  const unknown: unknown = unk_token ?? (Array.isArray(pair) ? pair[0] : undefined);
  return { ...(family ?? looks).roles, ...typeof unknown === "string" && { unk: unknown } };
}
