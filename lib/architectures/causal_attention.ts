/** Multi-head attention to the pieces before, those that were computed earlier included. @module */

import { type Dim, joined, type Value } from "../onnx/graph.ts";
import type { KeyValue } from "./architecture.ts";
import type { Net } from "./net.ts";
import { byTexts } from "./text_groups.ts";

/** What an attention compares and mixes, the heads apart: each float32 (batch, heads, sequence, head size). */
export interface QueryKeyValue extends KeyValue {
  readonly query: Value;
}

/** How many there are of what, for taking heads apart. */
export interface HeadSizes {
  readonly batch: Dim;
  readonly sequence: Dim;
  readonly heads: number;
  /** Columns of a head. */
  readonly size: number;
}

/** The heads of x, (batch · sequence, heads · size), apart: (batch, heads, sequence, size). */
export function apart({ b }: Net, x: Value, { batch, sequence, heads, size }: HeadSizes): Value {
  return b.transpose(b.reshape(x, [batch, sequence, heads, size]), [0, 2, 1, 3]);
}

/**
 * Queries, keys and values out of one product, (batch · sequence, 3 · heads · size).
 *
 * @param order which changes slowest along its columns: all queries, then all keys, then all values (GPT-2), or head by
 * head, its query, its key, its value (BLOOM)
 */
export function fusedApart(
  { b }: Net,
  x: Value,
  { batch, sequence, heads, size }: HeadSizes,
  order: "kinds first" | "heads first",
): QueryKeyValue {
  const [shape, perm] = order === "kinds first"
    ? [[batch, sequence, 3, heads, size], [2, 0, 3, 1, 4]]
    : [[batch, sequence, heads, 3, size], [3, 0, 2, 1, 4]];
  const kinds = b.transpose(b.reshape(x, shape), perm); // (3, batch, heads, sequence, size)
  const [query, key, value] = b.parts(kinds, 0, [1, 1, 1]).map((kind) =>
    b.reshape(kind, [batch, heads, sequence, size])
  );
  if (!query || !key || !value) throw new Error("Split has fewer outputs than sizes");
  return { query, key, value };
}

export interface CausalAttentionOptions {
  /** What the products of queries and keys are multiplied by. */
  readonly scale: number;
  /** The share of attention weights that drop out in training. */
  readonly dropout: number;
  /** Added to the scores before the softmax: broadcasts to (batch, heads, sequence, past + sequence). */
  readonly bias: Value;
  /** Keys and values of the pieces before these: (batch, heads, past, size). */
  readonly past?: KeyValue;
}

/**
 * Attention (Vaswani et al. 2017, section 3.2) → (batch · sequence, heads · size).
 *
 * Scores with the past's keys and with the new ones are computed apart and only then laid side by side, so that the past,
 * by far the largest array of a step, is read where it lies and never copied.
 */
export function causalAttention(
  net: Net,
  { query, key, value }: QueryKeyValue,
  { scale, dropout, bias, past }: CausalAttentionOptions,
): Value {
  const { b } = net;
  const [batch = 1, heads = 1, sequence = 1] = query.shape;
  if (!past && bias.shape.length === 4) {
    const scores = joined([heads, sequence, sequence]);
    return byTexts(
      b,
      batch,
      scores,
      [query, key, value, bias],
      (_, [q = query, k = key, v = value, added = bias]) =>
        together(net, { query: q, key: k, value: v }, { scale, dropout, bias: added }),
    );
  }
  return together(net, { query, key, value }, { scale, dropout, bias, ...(past && { past }) });
}

function together(
  net: Net,
  { query, key, value }: QueryKeyValue,
  { scale, dropout, bias, past }: CausalAttentionOptions,
): Value {
  const { b } = net;
  const [batch = 1, heads = 1, sequence = 1, size = 1] = query.shape;
  const scaled = b.mul(query, b.scalar(scale));
  const scoresWith = (keys: Value) => b.matMul(scaled, b.transpose(keys, [0, 1, 3, 2]));
  const weightsOf = (scores: Value) =>
    net.dropout(b.one("Softmax", [b.add(scores, bias)], { axis: { int: -1 } }), dropout);
  const mixed = () => {
    const near = scoresWith(key); // (batch, heads, sequence, sequence)
    if (!past) return b.matMul(weightsOf(near), value);
    const far = scoresWith(past.key); // (batch, heads, sequence, past)
    const weights = weightsOf(b.one("Concat", [far, near], { axis: { int: 3 } }));
    const [before, these] = b.parts(weights, 3, [past.key.shape[2] ?? 0, sequence]);
    if (!before || !these) throw new Error("Split has fewer outputs than sizes");
    return b.add(b.matMul(before, past.value), b.matMul(these, value));
  };
  const rows = b.transpose(mixed(), [0, 2, 1, 3]); // (batch, sequence, heads, size)
  return b.reshape(rows, [joined([batch, sequence]), joined([heads, size])]);
}
