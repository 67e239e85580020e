import { deepEqual, throws } from "node:assert/strict";
import type { Tensor } from "../onnx/tensor.ts";
import { KeyValueCache } from "./key_value_cache.ts";

/** Keys and values of pieces, each a number that names row, head and piece. */
function added(rows: readonly number[], from: number, count: number): Record<string, Tensor> {
  const numbers = (kind: number) =>
    rows.flatMap((row) =>
      [0, 1].flatMap((head) =>
        Array.from({ length: count }, (_, i) => 1000 * row + 100 * head + from + i + kind / 2)
      )
    );
  const tensor = (kind: number): Tensor => ({
    dtype: "float32",
    shape: [rows.length, 2, count, 1],
    data: Float32Array.from(numbers(kind)),
  });
  return { "added.0.key": tensor(0), "added.0.value": tensor(1) };
}

const ones = (rows: number, columns: number): Tensor<"int64"> => ({
  dtype: "int64",
  shape: [rows, columns],
  data: new BigInt64Array(rows * columns).fill(1n),
});

/** What a row's heads hold where the mask is 1. */
function held(cache: KeyValueCache, row: number, name = "past_key_values.0.key"): number[][] {
  const { attention_mask: mask, [name]: array } = cache.feeds;
  const [, , capacity = 0] = array?.shape ?? [];
  return [0, 1].map((head) =>
    Array.from({ length: capacity }, (_, i) => i)
      .filter((i) => mask?.data[row * (capacity + 1) + i] === 1n)
      .map((i) => Number(array?.data[(2 * row + head) * capacity + i]))
  );
}

Deno.test("a cache holds what was put in, padding hidden, however often it grows", () => {
  const cache = new KeyValueCache({ layers: 1, heads: 2, headSize: 1 }, 2);
  deepEqual(cache.feeds["past_key_values.0.key"]?.shape, [2, 2, 0, 1]);
  const mask = { ...ones(2, 3), data: BigInt64Array.of(1n, 1n, 1n, 0n, 0n, 1n) };
  cache.append(added([1, 2], 0, 3), mask);
  for (let i = 3; i < 150; i++) cache.append(added([1, 2], i, 1), ones(2, 1));
  const all = Array.from({ length: 150 }, (_, i) => i);
  deepEqual(held(cache, 0), [0, 1].map((head) => all.map((i) => 1000 + 100 * head + i)));
  deepEqual(held(cache, 1), [0, 1].map((head) => all.slice(2).map((i) => 2000 + 100 * head + i)));
  deepEqual(
    held(cache, 1, "past_key_values.0.value"),
    [0, 1].map((head) => all.slice(2).map((i) => 2000 + 100 * head + i + 0.5)),
  );
  const { attention_mask } = cache.feeds;
  const [, columns = 0] = attention_mask?.shape ?? [];
  deepEqual([attention_mask?.data[columns - 1], attention_mask?.data[2 * columns - 1]], [1n, 1n]);
});

Deno.test("a text that is given up leaves its row to the last one", () => {
  const cache = new KeyValueCache({ layers: 1, heads: 2, headSize: 1 }, 3);
  cache.append(added([1, 2, 3], 0, 2), ones(3, 2));
  cache.drop(0);
  deepEqual([held(cache, 0), held(cache, 1)], [[[3000, 3001], [3100, 3101]], [[2000, 2001], [2100, 2101]]]);
  cache.append(added([3, 2], 2, 1), ones(2, 1));
  cache.drop(1);
  deepEqual(held(cache, 0), [[3000, 3001, 3002], [3100, 3101, 3102]]);
  deepEqual(cache.feeds["past_key_values.0.key"]?.shape[0], 1);
});

Deno.test("append() names what the graph did not give", () => {
  const cache = new KeyValueCache({ layers: 2, heads: 2, headSize: 1 }, 1);
  throws(() => cache.append(added([1], 0, 1), ones(1, 1)), /no added\.1\.key/);
});
