import { doesNotMatch, equal, match, throws } from "node:assert/strict";
import type { Letter } from "../corpus/letter.ts";
import { jupyterDisplay } from "./display.ts";
import { showLetters } from "./show.ts";

const letter = (text: string, ...spans: [number, number, string][]): Letter => ({
  id: "a",
  text,
  spans: spans.map(([start, end, label]) => ({ start, end, label })),
  meta: {},
});
const html = (letter: Letter) =>
  String(showLetters([{ title: "original", letter }])[jupyterDisplay]()["text/html"]);
const marks = (html: string) =>
  [...html.matchAll(/<mark title="([^"]*)"[^>]*>([^<]*)<\/mark>/g)].map(([, label, text]) =>
    `${label}: ${text}`
  );

Deno.test("showLetters() cuts overlapping spans into pieces with all their labels", () => {
  const shown = marks(html(letter("abcdef", [0, 4, "A"], [2, 6, "B"])));
  equal(shown.join("; "), "A: A; B: B; A: ab; A, B: cd; B: ef");
});

Deno.test("showLetters() escapes the letter and its labels, and marks blanks", () => {
  const shown = html(letter("<b> [MASK] ___ &", [0, 3, '"x"']));
  match(shown, /&lt;b&gt;/);
  doesNotMatch(shown, /<b>|title=""x""/);
  equal(marks(shown).slice(2).join("; "), "&quot;x&quot;: &lt;b&gt;; masked: [MASK]; masked: ___");
});

Deno.test("showLetters() quotes no letter in its plain text, and refuses a span outside", () => {
  const plain = showLetters([{ title: "masked", letter: letter("secret", [0, 6, "NAME"]) }])
    [jupyterDisplay]()["text/plain"];
  equal(plain, "masked: a, 1 spans");
  throws(
    () => html(letter("abc", [1, 4, "A"])),
    /letter a: span A \[1, 4\) lies outside of its 3 characters/,
  );
});
