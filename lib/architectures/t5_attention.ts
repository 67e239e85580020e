/** T5's attention: scores that are not scaled, projections without bias, heads of any size. @module */

import { type Dim, joined, type Value } from "../onnx/graph.ts";
import type { KeyValue } from "./architecture.ts";
import type { Net } from "./net.ts";
import { byTexts } from "./text_groups.ts";

/** Sizes of an attention, and the name that its parameters begin with. */
export interface T5Attention {
  readonly name: string;
  readonly hidden: number;
  readonly heads: number;
  /** Columns of a head; heads · size need not be `hidden`. */
  readonly size: number;
  /** The share of attention weights that drop out in training. */
  readonly dropout: number;
}

/** Queries of x (batch · sequence, hidden) → (batch, heads, sequence, size). */
export function queriesOf(net: Net, x: Value, attention: T5Attention, batch: Dim, sequence: Dim): Value {
  return projected(net, x, attention, "q", batch, sequence);
}

/** Keys and values of x (batch · sequence, hidden). */
export function keysOf(net: Net, x: Value, attention: T5Attention, batch: Dim, sequence: Dim): KeyValue {
  return {
    key: projected(net, x, attention, "k", batch, sequence),
    value: projected(net, x, attention, "v", batch, sequence),
  };
}

/** The keys and values of a past with those that follow it. */
export function following(net: Net, past: KeyValue, next: KeyValue): KeyValue {
  const both = (before: Value, after: Value) => net.b.one("Concat", [before, after], { axis: { int: 2 } });
  return { key: both(past.key, next.key), value: both(past.value, next.value) };
}

/**
 * What the queries find (batch · sequence, hidden).
 *
 * @param query (batch, heads, sequence, size)
 * @param bias added to the scores before the softmax; broadcasts to (batch, heads, sequence, places)
 */
export function attended(
  net: Net,
  query: Value,
  { key, value }: KeyValue,
  attention: T5Attention,
  bias?: Value,
): Value {
  const { b } = net;
  const { name, hidden, heads, size, dropout } = attention;
  const [batch = 1, , sequence = 1] = query.shape;
  const [, , places = 1] = key.shape;
  const arrays = [query, key, value, bias];
  const rows = byTexts(
    b,
    batch,
    joined([heads, sequence, places]),
    arrays,
    (texts, [q = query, k = key, v = value, added]) => {
      const scores = b.matMul(q, b.transpose(k, [0, 1, 3, 2])); // (texts, heads, sequence, places)
      const weights = b.one("Softmax", [added ? b.add(scores, added) : scores], { axis: { int: -1 } });
      const mixed = b.matMul(net.dropout(weights, dropout), v); // (texts, heads, sequence, size)
      return b.reshape(b.transpose(mixed, [0, 2, 1, 3]), [joined([texts, sequence]), heads * size]);
    },
  );
  return net.dense(rows, `${name}.o`, heads * size, hidden, { bias: false });
}

function projected(
  net: Net,
  x: Value,
  { name, hidden, heads, size }: T5Attention,
  which: "q" | "k" | "v",
  batch: Dim,
  sequence: Dim,
): Value {
  const flat = net.dense(x, `${name}.${which}`, hidden, heads * size, { bias: false });
  return net.b.transpose(net.b.reshape(flat, [batch, sequence, heads, size]), [0, 2, 1, 3]);
}
