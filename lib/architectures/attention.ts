/** Multi-head attention (Vaswani et al. 2017, section 3.2). @module */

import { type Dim, joined, type Value } from "../onnx/graph.ts";
import type { Net } from "./net.ts";
import { byTexts } from "./text_groups.ts";

export interface AttentionSizes {
  readonly batch: Dim;
  /** Places that look. */
  readonly sequence: Dim;
  /** Places that are looked at. Left out: the same. */
  readonly keys?: Dim;
  readonly heads: number;
  /** Columns of a head. */
  readonly size: number;
  /** The share of attention weights that drop out in training. */
  readonly dropout: number;
}

/**
 * Every place looks at every place: query (batch · sequence, heads · size), key and value (batch · keys, heads · size) →
 * (batch · sequence, heads · size).
 *
 * @param bias added to the scores before the softmax; broadcasts to (batch, heads, sequence, keys)
 */
export function attention(
  net: Net,
  query: Value,
  key: Value,
  value: Value,
  sizes: AttentionSizes,
  bias?: Value,
): Value {
  if (net.fused && !bias) return fused(net, query, key, value, sizes);
  const { batch, sequence, keys = sequence, heads } = sizes;
  return byTexts(net.b, batch, joined([heads, sequence, keys]), [query, key, value, bias], (texts, some) => {
    const [q = query, k = key, v = value, added] = some;
    return together(net, q, k, v, { ...sizes, batch: texts }, added);
  });
}

function fused(
  { b }: Net,
  query: Value,
  key: Value,
  value: Value,
  { batch, sequence, keys = sequence, heads, size }: AttentionSizes,
): Value {
  const hidden = heads * size;
  const shaped = [
    b.reshape(query, [batch, sequence, hidden]),
    b.reshape(key, [batch, keys, hidden]),
    b.reshape(value, [batch, keys, hidden]),
  ];
  const type = { dtype: query.dtype, shape: [batch, sequence, hidden] };
  const mixed = b.typed("com.microsoft.MultiHeadAttention", shaped, type, { num_heads: { int: heads } });
  return b.reshape(mixed, query.shape); // (batch · sequence, heads · size)
}

function together(
  net: Net,
  query: Value,
  key: Value,
  value: Value,
  { batch, sequence, keys = sequence, heads, size, dropout }: AttentionSizes,
  bias?: Value,
): Value {
  const { b } = net;
  const split = (x: Value, places: Dim, perm: readonly number[]) =>
    b.transpose(b.reshape(x, [batch, places, heads, size]), perm);
  const q = split(b.mul(query, b.scalar(1 / Math.sqrt(size))), sequence, [0, 2, 1, 3]); // (batch, heads, sequence, size)
  const k = split(key, keys, [0, 2, 3, 1]); // (batch, heads, size, keys)
  const v = split(value, keys, [0, 2, 1, 3]); // (batch, heads, keys, size)
  const scores = b.matMul(q, k); // (batch, heads, sequence, keys)
  const weights = b.one("Softmax", [bias ? b.add(scores, bias) : scores], { axis: { int: -1 } });
  const mixed = b.matMul(net.dropout(weights, dropout), v); // (batch, heads, sequence, size)
  return b.reshape(b.transpose(mixed, [0, 2, 1, 3]), query.shape); // (batch · sequence, heads · size)
}

/** 0 where a piece may be looked at and a very negative number where it is padding: (batch, 1, 1, sequence). */
export function paddingBias(net: Net, mask: Value): Value {
  const { b } = net;
  const [batch = 1, sequence = 1] = mask.shape;
  return b.reshape(unseen(net, b.cast(mask, "float32")), [batch, 1, 1, sequence]);
}

/** From 1 where something may be looked at and 0 elsewhere, float32, to what is added to its scores. */
export function unseen(net: Net, seen: Value): Value {
  const { b } = net;
  return b.mul(b.sub(b.scalar(1), seen), b.scalar(-3.4028234663852886e38));
}
