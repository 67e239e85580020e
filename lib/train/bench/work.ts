/** The training steps that are measured. @module */

import { z } from "zod";

/** What both sides are told of a step, as JSON. */
export const Work = z.strictObject({
  task: z.enum(["masked-lm", "token-classification", "causal-lm", "lora"]),
  /** Texts a batch, and pieces a text. */
  batch: z.tuple([z.int().positive(), z.int().positive()]),
  /** What stands in `config.json`, the shares that drop out included. */
  config: z.record(z.string(), z.unknown()),
  vocabulary: z.int().positive(),
  /** The share of elements that drop out, in the low-rank updates too. */
  dropout: z.number(),
  /** Whether PyTorch's side is the model's own `forward(labels=…)`, or computes only what ours does. */
  whole: z.boolean(),
  /** How many pieces of a batch masked LM asks for. */
  asked: z.int().positive(),
  threads: z.int().positive(),
  /** How many labels the token classifier has. */
  labels: z.int().positive(),
  /** The low-rank updates of the LoRA step. */
  lora: z.object({ rank: z.int().positive(), alpha: z.number(), targets: z.array(z.string()) }),
  /** The sizes of the bare matrix product: rows, columns that go in, columns that come out. */
  product: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
});

export type Work = z.infer<typeof Work>;

/**
 * How PyTorch computes the step. "trainer": as Hugging Face's trainer runs it, all positions through the vocabulary, with
 * the configuration's default dropout, which is then active here as well. "same": the same arithmetic on both sides,
 * without dropout, only the pieces that are asked for going through the vocabulary.
 */
export type Form = "trainer" | "same";
export const FORMS = ["trainer", "same"] as const satisfies readonly Form[];

/** A row of the table: a step, and the ratio to PyTorch's that it is to reach. */
export interface Row {
  readonly title: string;
  readonly least: number;
  readonly aim: number;
  work(form: Form, threads: number): Work;
}

const [SHARE, DROPOUT] = [0.15, 0.1];

/** The bare product is that of MiniLM's widest dense layer on a batch of 16 × 128. */
const SHARED = {
  labels: 21,
  lora: { rank: 8, alpha: 16, targets: ["c_attn"] },
  product: [2048, 384, 1536] satisfies [number, number, number],
};

function bertRow(title: string, task: Work["task"], batch: Work["batch"], sizes: readonly number[]): Row {
  const [hidden = 0, layers, heads, vocabulary = 0] = sizes;
  const config = {
    hidden_size: hidden,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    intermediate_size: 4 * hidden,
    vocab_size: vocabulary,
    max_position_embeddings: 512,
    type_vocab_size: 2,
    layer_norm_eps: 1e-12,
  };
  const dropping = ["hidden_dropout_prob", "attention_probs_dropout_prob"];
  return row(title, { least: 1.5, aim: 2 }, { task, batch, vocabulary }, config, dropping);
}

function gpt2Row(title: string, task: Work["task"]): Row {
  const vocabulary = 8192;
  const config = { vocab_size: vocabulary, n_embd: 384, n_layer: 6, n_head: 6, n_positions: 512 };
  const dropping = ["embd_pdrop", "attn_pdrop", "resid_pdrop"];
  return row(title, { least: 1.3, aim: 2 }, { task, batch: [8, 256], vocabulary }, config, dropping);
}

function row(
  title: string,
  targets: { readonly least: number; readonly aim: number },
  what: Pick<Work, "task" | "batch" | "vocabulary">,
  config: object,
  dropping: readonly string[],
): Row {
  const [texts, length] = what.batch;
  return {
    title,
    ...targets,
    work(form, threads) {
      const dropout = form === "trainer" ? DROPOUT : 0;
      return {
        ...what,
        ...SHARED,
        config: { ...config, ...Object.fromEntries(dropping.map((key) => [key, dropout])) },
        dropout,
        whole: form === "trainer",
        asked: Math.round(texts * (length - 2) * SHARE),
        threads,
      };
    },
  };
}

const MINILM = [384, 6, 12, 30522];

/** The rows by the names that `--rows` takes. MiniLM has the sizes of all-MiniLM-L6 and BERT's vocabulary. */
export const ROWS: ReadonlyMap<string, Row> = new Map([
  [
    "masked-small",
    bertRow("masked LM, 4 × 256, 8,192 pieces, 16 × 128", "masked-lm", [16, 128], [256, 4, 4, 8192]),
  ],
  ["masked-minilm", bertRow("masked LM, MiniLM, 16 × 128", "masked-lm", [16, 128], MINILM)],
  [
    "tags-minilm",
    bertRow("token classification, MiniLM, 16 × 256", "token-classification", [16, 256], MINILM),
  ],
  ["causal", gpt2Row("causal LM, GPT-2 of 6 × 384, 8 × 256", "causal-lm")],
  ["lora", gpt2Row("LoRA (rank 8, c_attn), GPT-2 of 6 × 384, 8 × 256", "lora")],
]);
