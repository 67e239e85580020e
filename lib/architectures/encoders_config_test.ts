import { deepEqual, equal, throws } from "node:assert/strict";
import { checkJson } from "../checkpoint/read_json.ts";
import { families } from "./families.ts";

const bert = {
  vocab_size: 31,
  hidden_size: 8,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  intermediate_size: 12,
  max_position_embeddings: 12,
};
const distilbert = {
  vocab_size: 31,
  dim: 8,
  n_layers: 2,
  n_heads: 2,
  hidden_dim: 12,
  max_position_embeddings: 12,
};
const SIZES = { bert, roberta: bert, "xlm-roberta": bert, camembert: bert, longformer: bert, distilbert };
type Family = keyof typeof SIZES;

function open(family: Family, keys: object = {}) {
  const json = { ...SIZES[family], ...keys };
  return checkJson("config.json", json, () => families.get(family)?.(json));
}

Deno.test("families without a mistake open, and classes are called as in Python", () => {
  const names = Object.entries(SIZES).map(([family, json]) => {
    const encoder = families.get(family)?.(json);
    return encoder?.kind === "encoder" && encoder.className({ kind: "token-classification", labels: 2 });
  });
  deepEqual(names, [
    ...["BertForTokenClassification", "RobertaForTokenClassification", "XLMRobertaForTokenClassification"],
    ...[
      "CamembertForTokenClassification",
      "LongformerForTokenClassification",
      "DistilBertForTokenClassification",
    ],
  ]);
  equal(open("roberta")?.positions, 10);
});

/** Keys that say that the graph would be another than the one that is built. */
const REFUSED: readonly (readonly [Family, object, string])[] = [
  [
    "bert",
    { hidden_act: "silu" },
    'hidden_act is "silu": known are gelu, gelu_new, gelu_pytorch_tanh, relu.',
  ],
  ["distilbert", { activation: "gelu_10" }, 'activation is "gelu_10": known are gelu,'],
  [
    "bert",
    { position_embedding_type: "relative_key" },
    'position_embedding_type is "relative_key": known is absolute.',
  ],
  ["roberta", { is_decoder: true }, "is_decoder is true: known is false, an encoder."],
  ["roberta", { add_cross_attention: true }, "add_cross_attention is true: known is false, an encoder."],
  ["bert", { pruned_heads: { 0: [1] } }, 'pruned_heads is {"0":[1]}: known are layers with all their heads.'],
  ["distilbert", { pruned_heads: { 1: [0] } }, 'pruned_heads is {"1":[0]}'],
  ["camembert", { hidden_size: 9 }, "hidden_size is 9: not a multiple of num_attention_heads."],
  ["distilbert", { dim: 9 }, "dim is 9: not a multiple of n_heads."],
  ["bert", { tie_word_embeddings: "yes" }, 'tie_word_embeddings is "yes"'],
  ["bert", { type_vocab_size: -1 }, "type_vocab_size is -1: not a whole number of 0 or more."],
  [
    "xlm-roberta",
    { pad_token_id: 11 },
    "max_position_embeddings is 12: no position is left behind that of pad_token_id.",
  ],
  ["longformer", { attention_window: 7 }, "attention_window is 7: not an even number"],
  ["longformer", { attention_window: [8, 0] }, "attention_window.1 is 0: not a whole number above 0."],
  ["longformer", { attention_window: [8, 8, 8] }, "attention_window is [8,8,8]: not one window a layer."],
];

for (const [family, keys, message] of REFUSED) {
  Deno.test(`${family} refuses ${JSON.stringify(keys)}`, () => {
    throws(() => open(family, keys), (error) => {
      if (error instanceof Error && error.message.startsWith(`config.json: ${message}`)) return true;
      throw error;
    });
  });
}
