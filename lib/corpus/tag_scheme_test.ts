import { deepEqual, equal, throws } from "node:assert/strict";
import { lenientSpans, strictSpans } from "../metrics/spans/seqeval_reading.ts";
import { random } from "../random.ts";
import type { Span } from "./letter.ts";
import { checkTags, decodeTags, encodeTags, TAG_SCHEMES } from "./tag_scheme.ts";

/** Random spans side by side over 12 tokens, many of them touching, in random order. */
function randomSpans(seed: number): Span[] {
  const rng = random(`tags/${seed}`);
  const spans: Span[] = [];
  for (let at = rng.below(3); at < 11;) {
    const end = Math.min(at + 1 + rng.below(3), 12);
    spans.push({ start: at, end, label: ["A", "B-C"][rng.below(2)] ?? "" });
    at = end + (rng.next() < 0.6 ? 0 : rng.below(3));
  }
  return rng.shuffle(spans);
}

const byStart = (spans: readonly Span[]) => spans.toSorted((a, b) => a.start - b.start);

Deno.test("encodeTags() and decodeTags() are each other's inverse in every scheme", () => {
  for (const scheme of TAG_SCHEMES) {
    for (let seed = 0; seed < 100; seed++) {
      const spans = randomSpans(seed);
      const tags = encodeTags(spans, 12, scheme);
      equal(checkTags(tags, scheme), undefined, `${scheme}: ${tags}`);
      deepEqual(decodeTags(tags, scheme), byStart(spans), `${scheme}: ${tags}`);
      deepEqual(encodeTags(decodeTags(tags, scheme), 12, scheme), tags);
    }
  }
});

Deno.test("seqeval's readings of sound tags find every span but a lone E of IOE1 and the letters U and L by default", () => {
  for (let seed = 0; seed < 100; seed++) {
    const spans = randomSpans(seed);
    for (const scheme of TAG_SCHEMES) {
      const tags = encodeTags(spans, 12, scheme);
      if (scheme !== "ioe1") deepEqual(strictSpans(tags, scheme), byStart(spans), `${scheme}: ${tags}`);
      if (scheme !== "bilou") deepEqual(lenientSpans(tags), byStart(spans), `${scheme}: ${tags}`);
    }
  }
  const touching = [{ start: 0, end: 1, label: "A" }, { start: 1, end: 2, label: "A" }];
  deepEqual(encodeTags(touching, 2, "ioe1"), ["E-A", "I-A"]);
  deepEqual(strictSpans(["E-A", "I-A"], "ioe1"), touching.slice(1));
  deepEqual(lenientSpans(["U-A", "U-A"]), [{ start: 0, end: 2, label: "A" }]);
});

Deno.test("encodeTags() writes what each scheme is known for", () => {
  const spans = [[1, 3], [3, 4], [5, 6]].map(([start = 0, end = 0]) => ({ start, end, label: "A" }));
  const letters = (scheme: typeof TAG_SCHEMES[number]) =>
    encodeTags(spans, 7, scheme).map((tag) => tag.charAt(0)).join("");
  deepEqual(TAG_SCHEMES.map(letters), ["OIIBOIO", "OBIBOBO", "OIEIOIO", "OIEEOEO", "OBESOSO", "OBLUOUO"]);
});

Deno.test("checkTags() names the first tag that the scheme forbids", () => {
  const cases = [
    ["iob2", "O I-A", 1, "I-A after O"],
    ["iob2", "I-A", 0, "I-A at the start of a sentence"],
    ["iob2", "B-A I-B", 1, "I-B after B-A"],
    ["iob1", "O B-A", 1, "B-A after O"],
    ["iob1", "I-A B-B", 1, "B-B after I-A"],
    ["ioe1", "I-A E-A", 1, "E-A at the end of a sentence"],
    ["ioe1", "E-A O", 1, "O after E-A"],
    ["ioe2", "I-A O", 1, "O after I-A"],
    ["ioe2", "O I-A", 1, "I-A at the end of a sentence"],
    ["iobes", "B-A", 0, "B-A at the end of a sentence"],
    ["iobes", "S-A I-A", 1, "I-A after S-A"],
    ["bilou", "B-A U-A", 1, "U-A after B-A"],
    ["bilou", "E-A", 0, "the letter of E-A (it has O, B, I, L, U)"],
    ["iob2", "O ORG", 1, "the letter of ORG (it has O, B, I)"],
    ["iob2", "BROWN", 0, "the letter of BROWN (it has O, B, I)"],
  ] as const;
  for (const [scheme, tags, index, problem] of cases) {
    deepEqual(checkTags(tags.split(" "), scheme), { index, problem });
  }
  equal(checkTags([], "iobes"), undefined);
  equal(checkTags(["B", "I", "O"], "iob2"), undefined);
});

Deno.test("checkTags() finds sound just what encodeTags() can write: all sequences of three tokens", () => {
  const some = (
    letters: string,
  ) => ["O", ...[...letters].flatMap((letter) => [`${letter}-A`, `${letter}-B`])];
  const spansOfThree = (from: number): Span[][] => {
    if (from >= 3) return [[]];
    const rest = [1, 2, 3].filter((end) => end > from).flatMap((end) =>
      ["A", "B"].flatMap((label) => spansOfThree(end).map((later) => [{ start: from, end, label }, ...later]))
    );
    return [...rest, ...spansOfThree(from + 1)];
  };
  const letters = { iob1: "BI", iob2: "BI", ioe1: "IE", ioe2: "IE", iobes: "BIES", bilou: "BILU" };
  for (const scheme of TAG_SCHEMES) {
    const writable = new Set(spansOfThree(0).map((spans) => encodeTags(spans, 3, scheme).join(" ")));
    const tags = some(letters[scheme]);
    for (const a of tags) {
      for (const b of tags) {
        for (const c of tags) {
          const sound = checkTags([a, b, c], scheme) === undefined;
          equal(sound, writable.has(`${a} ${b} ${c}`), `${scheme}: ${a} ${b} ${c}`);
        }
      }
    }
  }
});

Deno.test("decodeTags() and encodeTags() refuse what can't be", () => {
  throws(() => decodeTags(["O", "I-A"], "iob2"), /^Error: tag 1: iob2 forbids I-A after O\./);
  const span = (start: number, end: number) => ({ start, end, label: "A" });
  throws(() => encodeTags([span(0, 2), span(1, 3)], 3, "iob2"), /span \[1, 3\) is empty, overlaps/);
  throws(() => encodeTags([span(0, 4)], 3, "iob2"), /outside 3 tokens/);
  throws(() => encodeTags([span(1, 1)], 3, "iob2"), /span \[1, 1\)/);
});
