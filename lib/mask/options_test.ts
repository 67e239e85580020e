import { deepEqual, equal, throws } from "node:assert/strict";
import { mask, masker, type MaskOptions } from "./mask.ts";
import { strategyOptions } from "./strategy_options.ts";

const letter = { id: "a", text: "He was well.", spans: [], meta: {} };
const untyped = (options: unknown): MaskOptions => JSON.parse(JSON.stringify(options));

Deno.test("masker() names what is wrong with its options, with the nearest name", () => {
  const cases: [unknown, RegExp][] = [
    [
      { strategy: "verb", ratio: 0.5, seed: 1 },
      /unknown masking strategy "verb"\. The nearest is verbs\. Known: random, /,
    ],
    [
      { strategy: "classes", classes: ["nuons"], ratio: 0.5, seed: 1 },
      /unknown class of words "nuons"\. The nearest is nouns/,
    ],
    [{ strategy: "classes", classes: [], ratio: 0.5, seed: 1 }, /without classes/],
    [{ strategy: "hybrid", ratios: {}, seed: 1 }, /without ratios/],
    [{ strategy: "hybrid", ratios: { nouns: 1.5 }, seed: 1 }, /ratio 1\.5 of nouns is not within \[0, 1\]/],
    [{ strategy: "random", ratio: -0.1, seed: 1 }, /ratio -0\.1 is not within \[0, 1\]/],
    [{ strategy: "random", ratio: "0.5", seed: 1 }, /ratio 0\.5 is not within/],
    [{ strategy: "random", seed: 1 }, /ratio undefined/],
    [{ strategy: "random", ratio: 0.5, seed: 1.5 }, /seed 1\.5 is no whole number/],
    [
      { strategy: "spans", ratio: 0.5, meanLength: 0, seed: 1 },
      /meanLength 0 is no whole number of 1 or more/,
    ],
    [{ strategy: "near-entities", ratio: 0.5, distance: -1, seed: 1 }, /distance -1/],
    [{ strategy: "entropy", ratio: 0.5, seed: 1 }, /without entropies/],
    [
      { strategy: "random", ratio: 0.5, seed: 1, language: "esp" },
      /unknown language "esp"\. The nearest is es/,
    ],
    [{ strategy: "random", ratio: 0.5, seed: 1, phi: "rule" }, /unknown phi "rule"\. The nearest is rules/],
    [
      { strategy: "random", ratio: 0.5, seed: 1, count: "pieces" },
      /unknown count "pieces"\. The nearest is piece/,
    ],
    [{ strategy: "random", ratio: 0.5, seed: 1, count: "piece" }, /Give pieces/],
    [
      { strategy: "random", ratio: 0.5, seed: 1, protect: ["digits"] },
      /unknown protection rule "digits"\. The nearest is "digit"/,
    ],
    [
      { strategy: "random", ratio: 0.5, seed: 1, keepPatterns: ["(a"] },
      /bad regular expression "\(a": .*Unterminated group/,
    ],
    [
      { strategy: "random", ratio: 0.5, seed: 1, keepPatterns: [""] },
      /bad regular expression "": it is empty/,
    ],
    [{ strategy: "random", ratio: 0.5, seed: 1, keepWords: [" "] }, /word list: " " holds no word/],
  ];
  for (const [options, message] of cases) throws(() => masker(untyped(options)), message);
});

Deno.test("mask() refuses a span that cuts a surrogate pair", () => {
  const cut = { ...letter, text: "a 🙂 b", spans: [{ start: 3, end: 6, label: "X" }] };
  throws(
    () => mask([cut], { strategy: "random", ratio: 0, seed: 1 }),
    /letter a: span X \[3, 6\) cuts a surrogate pair/,
  );
});

Deno.test("a strategy that does not exist, or lacks its options, is a type error", () => {
  // @ts-expect-error the name is none
  throws(() => mask([], { strategy: "nuons", ratio: 0.5, seed: 1 }));
  // @ts-expect-error hybrid has no ratio of its own
  throws(() => mask([], { strategy: "hybrid", ratio: 0.5, seed: 1 }));
  // @ts-expect-error the class is none
  throws(() => mask([], { strategy: "classes", classes: ["noun"], ratio: 0.5, seed: 1 }));
});

Deno.test("strategyOptions() reads each form of a line", () => {
  const common = { ratio: 0.5, seed: 7 };
  deepEqual(strategyOptions("nouns", common), { strategy: "nouns", ...common });
  deepEqual(strategyOptions("nouns+verbs", common), {
    strategy: "classes",
    classes: ["nouns", "verbs"],
    ...common,
  });
  deepEqual(strategyOptions("classes:nouns, verbs", common), {
    strategy: "classes",
    classes: ["nouns", "verbs"],
    ...common,
  });
  deepEqual(strategyOptions("hybrid:nouns=.5,verbs=0", common), {
    strategy: "hybrid",
    ratios: { nouns: 0.5, verbs: 0 },
    seed: 7,
  });
  deepEqual(strategyOptions("spans:5", common), { strategy: "spans", meanLength: 5, ...common });
  equal(strategyOptions("spans", common).strategy, "spans");
  deepEqual(strategyOptions("near-entities:2", common), {
    strategy: "near-entities",
    distance: 2,
    ...common,
  });
});

Deno.test("strategyOptions() says what does not fit", () => {
  const read = (text: string, ratio = 0.5) => () => strategyOptions(text, { ratio, seed: 1 });
  throws(read("nouns", 1.1), /ratio 1\.1/);
  throws(read("nouns:3"), /nouns takes nothing behind a colon/);
  throws(read("hybrid"), /without ratios/);
  throws(read("hybrid:nouns"), /"" is no number/);
  throws(read("hybrid:nouns=.5,nouns=.2"), /nouns has two shares/);
  throws(read("hybrid:nouns=2"), /ratio 2 of nouns/);
  throws(read("spans:0"), /meanLength 0/);
  throws(read("near-entities"), /is no number/);
  throws(read("entropy"), /asks a model/);
  throws(read("nouns+verb"), /"verb"\. The nearest is verbs/);
});
