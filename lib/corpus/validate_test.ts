import { deepEqual, throws } from "node:assert/strict";
import { type Annotation, type Draft, validate } from "./validate.ts";

const text = "Takes metoprolol 25 mg for palpitations.";
const span = (start: number, end: number, more: Partial<Annotation> = {}): Annotation => ({
  start,
  end,
  label: "DRUG",
  at: "a.ann:12",
  name: "T9",
  ...more,
});
const draft = (...annotations: Annotation[]): Draft => ({
  id: "a",
  text,
  meta: {},
  annotations,
  at: "a.txt",
});

Deno.test("validate() sorts letters by id and spans by place, and keeps nothing of the file", () => {
  const [first, second] = validate([
    { ...draft(span(27, 39, { label: "PROBLEM" }), span(6, 16)), id: "b" },
    { ...draft(), id: "B" },
  ]);
  deepEqual([first?.id, second?.id], ["B", "b"]);
  deepEqual(second?.spans, [{ start: 6, end: 16, label: "DRUG" }, { start: 27, end: 39, label: "PROBLEM" }]);
});

Deno.test("validate() accepts spans that touch, and covered text with its line break written as a blank", () => {
  validate([draft(span(6, 16), span(16, 19))]);
  validate([{ ...draft(span(0, 3, { text: "a b" })), text: "a\nb" }]);
});

Deno.test("validate() says in one line what is wrong with a span, where, and what to do", () => {
  const cases: [Annotation[], string][] = [
    [
      [span(6, 18, { text: "metoprolol" })],
      'span T9 [6, 18) reads "metoprolol 2", annotation says "metoprolol". Fix the offsets.',
    ],
    [[span(6, 6)], "span T9 [6, 6) is empty. Fix the offsets, or remove it."],
    [[span(9, 6)], "span T9 [9, 6) is backward. Fix the offsets, or remove it."],
    [[span(30, 41)], "span T9 [30, 41) lies outside the letter [0, 40). Fix the offsets."],
    [[span(-1, 4)], "span T9 [-1, 4) lies outside the letter [0, 40). Fix the offsets."],
    [[span(0.5, 4)], "span T9 [0.5, 4) has offsets that are no whole numbers. Fix them."],
    [[span(0, 5, { label: " " })], "span T9 [0, 5) has no label. Give it one."],
    [
      [span(6, 16, { name: "T2", at: "a.ann:3" }), span(15, 19)],
      "span T9 [15, 19) overlaps span T2 [6, 16) of a.ann:3. Keep one of them: gold spans must not overlap.",
    ],
  ];
  for (const [annotations, message] of cases) {
    throws(() => validate([draft(...annotations)]), { message: `a.ann:12: ${message}` });
  }
});

Deno.test("validate() rejects empty letters, empty ids and ids used twice", () => {
  throws(() => validate([{ ...draft(), text: " \n\u00a0" }]), { message: /^a\.txt: the letter is empty/ });
  throws(() => validate([{ ...draft(), id: "" }]), { message: /^a\.txt: a letter's id is empty/ });
  throws(() => validate([draft(), { ...draft(), at: "c.jsonl:2" }]), {
    message: /^c\.jsonl:2: id "a" is already that of a\.txt/,
  });
});

Deno.test("validate() quotes only the start of a long span", () => {
  const long = "word ".repeat(50);
  throws(
    () => validate([{ ...draft(span(0, 200, { text: "x" })), text: long }]),
    ({ message }: Error) => message.length < 120 && message.includes("…"),
  );
});
