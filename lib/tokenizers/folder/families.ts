/** Families of tokenizers, as folders name them. @module */

import type { Role } from "../blueprint.ts";

/** What Python's tokenizer classes take for granted. */
export interface Family {
  readonly name: string;
  /** `tokenizer_class`, without `Fast`. */
  readonly classes: readonly string[];
  /** `model_type` of `config.json`. */
  readonly modelTypes: readonly string[];
  /** Special tokens where no file names them. */
  readonly roles: Readonly<Partial<Record<Role, string>>>;
}

const sentence = { bos: "<s>", eos: "</s>", unk: "<unk>", pad: "<pad>" } as const;
const encoder = { ...sentence, cls: "<s>", sep: "</s>", mask: "<mask>" } as const;

/** In the order in which they are looked through. */
export const FAMILIES = {
  gptSw3: {
    name: "GPT-SW3",
    classes: ["GPTSw3Tokenizer"],
    modelTypes: ["gpt-sw3"],
    roles: { ...sentence, eos: "<|endoftext|>" },
  },
  bert: {
    name: "BERT",
    classes: ["BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer"],
    modelTypes: ["bert", "distilbert", "electra", "mobilebert"],
    roles: { unk: "[UNK]", sep: "[SEP]", pad: "[PAD]", cls: "[CLS]", mask: "[MASK]" },
  },
  roberta: {
    name: "RoBERTa",
    classes: ["RobertaTokenizer", "LongformerTokenizer", "BartTokenizer", "LEDTokenizer"],
    modelTypes: ["roberta", "longformer", "bart", "led"],
    roles: encoder,
  },
  xlmRoberta: {
    name: "XLM-RoBERTa",
    classes: ["XLMRobertaTokenizer"],
    modelTypes: ["xlm-roberta"],
    roles: encoder,
  },
  gpt2: {
    name: "GPT-2",
    classes: ["GPT2Tokenizer"],
    modelTypes: ["gpt2", "gpt_neo", "gptj", "opt"],
    roles: { bos: "<|endoftext|>", eos: "<|endoftext|>", unk: "<|endoftext|>" },
  },
  t5: {
    name: "T5",
    classes: ["T5Tokenizer"],
    modelTypes: ["t5", "mt5", "longt5", "umt5"],
    roles: { eos: "</s>", unk: "<unk>", pad: "<pad>" },
  },
  bloom: { name: "BLOOM", classes: ["BloomTokenizer"], modelTypes: ["bloom"], roles: sentence },
  bioGpt: {
    name: "BioGPT",
    classes: ["BioGptTokenizer"],
    modelTypes: ["biogpt"],
    roles: { ...sentence, sep: "</s>" },
  },
} as const satisfies Readonly<Record<string, Family>>;

/**
 * The family that a folder's files name: by the tokenizer's class, or else by the model's type.
 *
 * @example
 * ```ts
 * import { FAMILIES, familyOf } from "./families.ts";
 * import { equal } from "node:assert/strict";
 * equal(familyOf("LongformerTokenizerFast", undefined), FAMILIES.roberta);
 * equal(familyOf(undefined, "t5"), FAMILIES.t5);
 * equal(familyOf("PreTrainedTokenizerFast", undefined), undefined);
 * ```
 */
export function familyOf(
  tokenizerClass: string | undefined,
  modelType: string | undefined,
): Family | undefined {
  const families: readonly Family[] = Object.values(FAMILIES);
  const name = tokenizerClass?.replace(/Fast$/, "");
  return families.find(({ classes }) => name !== undefined && classes.includes(name)) ??
    families.find(({ modelTypes }) => modelType !== undefined && modelTypes.includes(modelType));
}
