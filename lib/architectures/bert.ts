/**
 * BERT (Devlin et al. 2019): an encoder of post-norm transformer layers, with a masked-LM head.
 * Weights go by the names of the hub's `BertForMaskedLM` checkpoints.
 *
 * @module
 */

import type { GraphBuilder } from "../onnx/builder.ts";
import type { Dim, Value } from "../onnx/graph.ts";
import { ELEMENT_TYPE } from "../onnx/codec.ts";

/** What of a `config.json` decides the graph. */
export interface BertShape {
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly intermediate_size: number;
  readonly vocab_size: number;
  readonly max_position_embeddings: number;
  readonly type_vocab_size: number;
  readonly layer_norm_eps: number;
}

/** Where a parameter comes from: a graph input in training, an array of the model in inference. */
export type Parameters = (name: string, shape: readonly number[]) => Value;

export interface BertInputs {
  /** Piece ids, int64 (batch, sequence). */
  readonly ids: Value;
  /** 1 for pieces, 0 for padding, int64 (batch, sequence). Left out: no padding. */
  readonly mask?: Value;
}

/**
 * The encoder.
 *
 * @returns the hidden states, the embeddings first, then every layer's output: float32 (batch · sequence, hidden)
 * @throws where `ids` has more positions than the model
 */
export function bertEncoder(b: GraphBuilder, config: BertShape, of: Parameters, inputs: BertInputs): Value[] {
  const { hidden_size: hidden, num_attention_heads: heads } = config;
  const [batch, sequence] = inputs.ids.shape;
  if (batch === undefined || sequence === undefined) {
    throw new Error("ids: needs the axes batch and sequence");
  }
  if (typeof sequence === "number" && sequence > config.max_position_embeddings) {
    throw new Error(`ids: ${sequence} positions, but the model has ${config.max_position_embeddings}`);
  }
  const rows: Dim = typeof batch === "number" && typeof sequence === "number"
    ? batch * sequence
    : `${batch}*${sequence}`;
  const norm = (x: Value, name: string) => layerNorm(b, x, of, `${name}.LayerNorm`, config);

  const table = of("bert.embeddings.word_embeddings.weight", [config.vocab_size, hidden]);
  const positions = of("bert.embeddings.position_embeddings.weight", [
    config.max_position_embeddings,
    hidden,
  ]);
  const types = of("bert.embeddings.token_type_embeddings.weight", [config.type_vocab_size, hidden]);
  const words = b.one("Gather", [table, inputs.ids]); // (batch, sequence, hidden)
  const places = b.add(b.rows(positions, sequence), b.rows(types, 1)); // (sequence, hidden)
  let x = norm(b.reshape(b.add(words, places), [rows, hidden]), "bert.embeddings"); // (rows, hidden)

  const bias = inputs.mask && attentionBias(b, inputs.mask, batch, sequence); // (batch, 1, 1, sequence)
  const states = [x];
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const at = `bert.encoder.layer.${layer}`;
    const project = (name: string) => dense(b, x, of, `${at}.attention.self.${name}`, hidden, hidden);
    const split = (y: Value, perm: readonly number[]) =>
      b.transpose(b.reshape(y, [batch, sequence, heads, hidden / heads]), perm);
    const query = split(b.mul(project("query"), b.scalar(1 / Math.sqrt(hidden / heads))), [0, 2, 1, 3]); // (batch, heads, sequence, d)
    const key = split(project("key"), [0, 2, 3, 1]); // (batch, heads, d, sequence)
    const value = split(project("value"), [0, 2, 1, 3]); // (batch, heads, sequence, d)
    const scores = b.matMul(query, key); // (batch, heads, sequence, sequence)
    const weights = b.one("Softmax", [bias ? b.add(scores, bias) : scores], { axis: { int: -1 } });
    const mixed = b.transpose(b.matMul(weights, value), [0, 2, 1, 3]); // (batch, sequence, heads, d)
    const context = b.reshape(mixed, [rows, hidden]);
    const attended = dense(b, context, of, `${at}.attention.output.dense`, hidden, hidden);
    x = norm(b.add(x, attended), `${at}.attention.output`); // (rows, hidden)
    const wide = b.one("Gelu", [
      dense(b, x, of, `${at}.intermediate.dense`, hidden, config.intermediate_size),
    ]);
    const narrow = dense(b, wide, of, `${at}.output.dense`, config.intermediate_size, hidden);
    x = norm(b.add(x, narrow), `${at}.output`); // (rows, hidden)
    states.push(x);
  }
  return states;
}

/**
 * The masked-LM head: hidden (n, hidden) → scores of every piece (n, vocabulary). The decoder is tied to the word
 * embeddings, as the hub's checkpoints have it.
 */
export function maskedLMHead(b: GraphBuilder, config: BertShape, of: Parameters, hidden: Value): Value {
  const { hidden_size: size, vocab_size: vocabulary } = config;
  const at = "cls.predictions";
  const turned = b.one("Gelu", [dense(b, hidden, of, `${at}.transform.dense`, size, size)]);
  const x = layerNorm(b, turned, of, `${at}.transform.LayerNorm`, config);
  return b.dense(
    x,
    of("bert.embeddings.word_embeddings.weight", [vocabulary, size]),
    of(`${at}.bias`, [vocabulary]),
  );
}

/** 0 where a piece may be looked at and a very negative number where it is padding: (batch, 1, 1, sequence). */
function attentionBias(b: GraphBuilder, mask: Value, batch: Dim, sequence: Dim): Value {
  const seen = b.one("Cast", [mask], { to: { int: ELEMENT_TYPE.float32 } }); // (batch, sequence)
  const bias = b.mul(b.sub(b.scalar(1), seen), b.scalar(-3.4028234663852886e38));
  return b.reshape(bias, [batch, 1, 1, sequence]);
}

function dense(b: GraphBuilder, x: Value, of: Parameters, name: string, from: number, to: number): Value {
  return b.dense(x, of(`${name}.weight`, [to, from]), of(`${name}.bias`, [to]));
}

function layerNorm(b: GraphBuilder, x: Value, of: Parameters, name: string, config: BertShape): Value {
  const inputs = [x, of(`${name}.weight`, [config.hidden_size]), of(`${name}.bias`, [config.hidden_size])];
  const [y] = b.apply("LayerNormalization", inputs, {
    axis: { int: -1 },
    epsilon: { float: config.layer_norm_eps },
  });
  if (!y) throw new Error("LayerNormalization has no output");
  return y;
}
