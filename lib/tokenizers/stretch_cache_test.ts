import { equal } from "node:assert/strict";
import { StretchCache } from "./stretch_cache.ts";

Deno.test("StretchCache finds what was set, however much it has grown", () => {
  const cache = new StretchCache<number>(1e6);
  const key = (i: number) => `word ${i} ${"x".repeat(i % 20)}`;
  for (let i = 0; i < 5000; i++) cache.set(key(i), i);
  for (let i = 0; i < 5000; i++) equal(cache.get(`<${key(i)}>`, 1, 1 + key(i).length), i);
  equal(cache.get("word 5000 ", 0, 10), undefined);
});

Deno.test("StretchCache keeps what is asked for, and forgets the rest by and by", () => {
  const cache = new StretchCache<number>(10);
  cache.set("often", -1);
  cache.set("once", -2);
  for (let i = 0; i < 100; i++) {
    cache.set(`${i}`, i);
    equal(cache.get("often", 0, 5), -1);
  }
  equal(cache.get("once", 0, 4), undefined);
});
