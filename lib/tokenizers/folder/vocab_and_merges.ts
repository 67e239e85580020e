/** `vocab.json` and `merges.txt`. @module */

import { template } from "../template.ts";
import { readJson } from "../../checkpoint/read_json.ts";
import { readFile } from "../../read_file.ts";
import type { Blueprint } from "../blueprint.ts";
import { Vocabulary } from "../models/vocabulary.ts";
import { addedTokens, type Settings } from "./config_files.ts";
import { FAMILIES } from "./families.ts";

/**
 * A BPE tokenizer from `vocab.json` and `merges.txt`: byte-level as Python's `GPT2Tokenizer` and `RobertaTokenizer` make it, or BioGPT's.
 *
 * @throws Error in one line where a file is missing or half-written, a merge is no pair, or no family is named
 *
 * @example See {@linkcode Tokenizer.open}.
 */
export async function readVocabAndMerges(folder: string, settings: Settings): Promise<Blueprint> {
  const where = `${folder}/vocab.json`;
  const vocab = await readJson(where, Vocabulary);
  const merges = await readMerges(`${folder}/merges.txt`, settings.family === FAMILIES.bioGpt);
  const vocabulary = Object.fromEntries(vocab);
  const { config, family } = settings;
  const roles = { ...family?.roles, ...settings.roles };
  const shared = {
    where,
    roles,
    maxLength: settings.maxLength,
    added_tokens: addedTokens(Object.values(roles), vocab, settings),
    normalizer: undefined,
  };
  switch (family) {
    case FAMILIES.bioGpt:
      return {
        ...shared,
        pre_tokenizer: { type: "Moses" },
        post_processor: template([roles.sep ?? "</s>"], [], vocab),
        decoder: { type: "Moses" },
        model: { type: "FairseqBPE", vocab: vocabulary, merges, unk_token: roles.unk },
      };
    case FAMILIES.gpt2:
    case FAMILIES.roberta: {
      const add_prefix_space = config.add_prefix_space ?? false;
      const { bos = "", eos = "", cls = "", sep = "" } = roles;
      const end = (token: string, wanted: boolean | null | undefined) =>
        wanted && vocab.has(token) ? [token] : [];
      return {
        ...shared,
        pre_tokenizer: { type: "ByteLevel", add_prefix_space, use_regex: true },
        post_processor: family === FAMILIES.gpt2
          ? template(end(bos, config.add_bos_token), end(eos, config.add_eos_token), vocab)
          : {
            type: "RobertaProcessing",
            sep: [sep, vocab.get(sep) ?? 0],
            cls: [cls, vocab.get(cls) ?? 0],
            trim_offsets: config.trim_offsets ?? true,
            add_prefix_space,
          },
        decoder: { type: "ByteLevel" },
        model: { type: "BPE", vocab: vocabulary, merges },
      };
    }
    default:
      throw new Error(
        `${where}: tokenizer_class is ${settings.named}; such files can be GPT-2's, RoBERTa's or BioGPT's. ` +
          `Name GPT2Tokenizer, RobertaTokenizer or BioGptTokenizer in tokenizer_config.json.`,
      );
  }
}

/** Pairs, a line each. BioGPT's have a count as third column. */
async function readMerges(path: string, counted: boolean): Promise<[string, string][]> {
  const lines = new TextDecoder().decode(await readFile(path, "Fetch it, it belongs to vocab.json")).split(
    "\n",
  );
  if (lines.at(-1) === "") lines.pop();
  const columns = counted ? [2, 3] : [2];
  return lines.flatMap((line, i): [string, string][] => {
    if (line.startsWith("#version")) return [];
    const parts = line.replace(/\r$/, "").split(" ");
    const [left = "", right = ""] = parts;
    if (left !== "" && right !== "" && columns.includes(parts.length)) return [[left, right]];
    throw new Error(
      `${path}:${i + 1}: "${line.slice(0, 80)}" is no pair of pieces: half-written? Fetch the file again.`,
    );
  });
}
