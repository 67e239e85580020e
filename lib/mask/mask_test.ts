import { deepEqual, equal, notDeepEqual, ok, throws } from "node:assert/strict";
import { mask, type MaskOptions } from "./mask.ts";
import type { RuleName } from "./protect/protect.ts";
import { maskedLetter, rewrite } from "./rewrite.ts";

const text = "She was seen by the team on Monday for aspirin and went home quite well after lunch. ".repeat(4)
  .trim();
const spans = [{ start: text.indexOf("aspirin"), end: text.indexOf("aspirin") + 7, label: "DRUG" }];
const letter = { id: "a", text, spans, meta: {} };
const options = { strategy: "random", ratio: 0.5, seed: 42 } as const satisfies MaskOptions;
const maskOne = (more: { ratio?: number; seed?: number; protect?: RuleName[] }, id = "a") => {
  const [masked] = mask([{ ...letter, id }], { ...options, ...more });
  ok(masked);
  return masked;
};

Deno.test("mask() masks floor(n × ratio) of the words that are not protected, and only these", () => {
  for (const ratio of [0, 0.1, 0.29, 0.3, 0.5, 0.7, 1]) {
    const { words, protectedBy, masked } = maskOne({ ratio });
    const n = protectedBy.filter((reason) => reason === undefined).length;
    equal(n, 67); // 4 × 17 words less the entity
    equal(masked.length, Math.floor(n * ratio));
    ok(
      masked.every((index, i) =>
        protectedBy[index] === undefined && index > (masked[i - 1] ?? -1) && index < words.length
      ),
    );
  }
});

Deno.test("mask() counts what the decimal ratio means", () => {
  const hundred = { id: "h", text: "word ".repeat(100), spans: [], meta: {} };
  for (const percent of [29, 57, 58, 99]) {
    const [masked] = mask([hundred], { ...options, ratio: percent / 100 });
    equal(masked?.masked.length, percent);
  }
});

Deno.test("mask() at a ratio masks all that it masks at a lower one", () => {
  let before: readonly number[] = [];
  for (const ratio of [0.1, 0.3, 0.5, 0.7, 0.9, 1]) {
    const { masked } = maskOne({ ratio });
    ok(new Set(before).isSubsetOf(new Set(masked)));
    before = masked;
  }
});

Deno.test("mask() depends on the seed and the letter's id, not on the other letters", () => {
  deepEqual(maskOne({}).masked, maskOne({}).masked);
  notDeepEqual(maskOne({ seed: 43 }).masked, maskOne({}).masked);
  notDeepEqual(maskOne({}, "b").masked, maskOne({}).masked);
  const [, second] = mask([{ ...letter, id: "b" }, letter], options);
  deepEqual(second?.masked, maskOne({}).masked);
});

Deno.test("mask() applies only the rules it is given", () => {
  equal(
    maskOne({ protect: ["not alphabetic"] }).protectedBy.filter((reason) => reason === undefined).length,
    68,
  );
});

Deno.test("mask() rejects what it does not know", () => {
  throws(() => maskOne({ ratio: 1.1 }), /ratio 1\.1 is not within \[0, 1\]/);
  throws(() => maskOne({ ratio: NaN }), /ratio NaN/);
  throws(() => maskOne({ seed: 0.5 }), /seed 0\.5 is no whole number/);
  const untyped = JSON.parse('{ "strategy": "nuons", "ratio": 0.5, "seed": 42 }');
  throws(
    () => mask([letter], untyped),
    /unknown masking strategy "nuons"\. The nearest is nouns\. Known: random, /,
  );
});

Deno.test("maskedLetter() writes the masks and moves the spans", () => {
  const masked = maskOne({ ratio: 1 });
  const result = maskedLetter(masked, "[MASK]");
  equal(result.text.split(".")[0], "[MASK] ".repeat(8) + "[MASK] aspirin" + " [MASK]".repeat(7));
  deepEqual(result.spans.map(({ start, end }) => result.text.slice(start, end)), ["aspirin"]);
});

Deno.test("rewrite() drops the annotation of an entity that was masked", () => {
  deepEqual(rewrite(maskOne({ ratio: 1, protect: ["not alphabetic"] }), () => "x").spans, []);
  deepEqual(rewrite(maskOne({ ratio: 0, protect: ["not alphabetic"] }), () => "x").spans, spans);
});
