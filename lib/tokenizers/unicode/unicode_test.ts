import { deepEqual, equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import { Aligned, matchesOf } from "../aligned.ts";
import {
  IDEOGRAPH,
  isCombining,
  isNonspacing,
  isOther,
  NUMERIC,
  PUNCTUATION,
  WHITE_SPACE,
} from "./characters.ts";
import { type Form, normalized } from "./forms.ts";
import oracle from "./unicode_oracle.json" with { type: "json" };

const later = new Set(oracle.later);
const characters = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => (code < 0xd800 || code > 0xdfff) && !later.has(code))
  .map((code) => String.fromCodePoint(code));

function digest(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex");
}
const flags = (test: (character: string) => boolean) => digest(characters.map((c) => test(c) ? "1" : "0"));
const matches = (pattern: RegExp) => (c: string) => matchesOf(pattern, c).some(({ matched }) => matched);

Deno.test("every character is of the kind that Hugging Face's tokenizers take it for", () => {
  const { kinds } = oracle;
  equal(flags((c) => c === "\ufffd" || (isOther(c) && !"\t\n\r".includes(c))), kinds.removed);
  equal(flags(matches(WHITE_SPACE)), kinds.white);
  equal(flags(matches(PUNCTUATION)), kinds.punctuation);
  equal(flags(matches(NUMERIC)), kinds.numeric);
  equal(flags(isNonspacing), kinds.nonspacing);
  equal(flags(isCombining), kinds.combining);
  equal(flags((c) => IDEOGRAPH.test(c)), kinds.ideograph);
});

Deno.test("normalized() gives every character the form that Hugging Face's tokenizers give it", () => {
  for (const form of ["NFC", "NFD", "NFKC", "NFKD"] as const) {
    equal(digest(characters.map((c) => normalized(Aligned.of(c), form).text)), oracle.forms[form], form);
  }
  equal(digest(characters.map((c) => c.toLowerCase())), oracle.forms.Lowercase);
});

Deno.test("normalized() gives Python's offsets where characters are taken apart, put together and reordered", () => {
  const forms: readonly Form[] = ["NFC", "NFD", "NFKC", "NFKD"];
  for (const [name, source, expected, offsets] of oracle.aligned) {
    const form = forms.find((one) => one === name) ?? "NFC";
    const text = normalized(Aligned.of(String(source)), form);
    equal(text.text, expected);
    // All characters of these texts are of one unit.
    deepEqual(Array.from(text.text, (_, i) => text.range(i, i + 1)), offsets, JSON.stringify([form, source]));
  }
});
