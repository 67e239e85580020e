import { deepEqual, equal, notDeepEqual, ok, throws } from "node:assert/strict";
import { letters } from "../../corpus/letters.ts";
import type { Letter, Span } from "../../corpus/letter.ts";
import { project } from "../../project.ts";
import { random } from "../../random.ts";
import { LabelMap } from "../surrogate/label_sets.ts";
import { changeNamed, changes } from "./changes.ts";
import { type Edit, edited } from "./edit.ts";

const corpus = (await letters(project.letters)).filter((_, i) => i % 12 === 0);
const labels = new LabelMap();
const covered = ({ text, spans }: Letter, isMeant: (span: Span) => boolean) =>
  spans.filter(isMeant).map(({ start, end }) => text.slice(start, end));
const isClinical = ({ label }: Span) => labels.meaning(label) === undefined;
/** What stands outside the identifying spans, piece by piece. */
const between = ({ text, spans }: Letter) => {
  const own = spans.filter((span) => !isClinical(span)).toSorted((a, b) => a.start - b.start);
  return [...own, undefined].map((span, i) => text.slice(own[i - 1]?.end ?? 0, span?.start ?? text.length));
};

Deno.test("edited() moves spans as characters move that carry their spans along", () => {
  for (let seed = 0; seed < 200; seed++) {
    const chance = random(`edited/${seed}`);
    const text = Array.from({ length: 40 }, (_, i) => String.fromCharCode(97 + i % 26)).join("");
    const spans: Span[] = [];
    for (let at = chance.below(5); at < 36; at += 4 + chance.below(8)) {
      spans.push({ start: at, end: at + 2 + chance.below(2), label: `L${at}` });
    }
    const borders = [0, 40, ...spans.flatMap(({ start, end }) => [start, end])].sort((a, b) => a - b);
    const edits: Edit[] = borders.flatMap((start, i): Edit[] => {
      const end = borders[i + 1] ?? start;
      if (end - start < 2 || chance.below(2) === 0) return [];
      const from = start + chance.below(2);
      return [{ start: from, end: from + chance.below(end - from), text: "#".repeat(chance.below(4)) }];
    });
    // The oracle: every old character knows its spans; what is put in has those that hold both borders of the edit.
    const holders = (at: number) =>
      spans.filter(({ start, end }) => start <= at && at < end).map(({ label }) => label);
    const pieces = [...text].map((character, i) => ({ character, in: holders(i) }));
    for (const { start, end, text: put } of edits.toReversed()) {
      const inside = spans.filter((span) =>
        start < end ? span.start <= start && end <= span.end : span.start < start && start < span.end
      ).map(({ label }) => label);
      pieces.splice(start, end - start, ...[...put].map((character) => ({ character, in: inside })));
    }
    const wanted = spans.map(({ label }) =>
      pieces.filter((piece) => piece.in.includes(label)).map((one) => one.character).join("")
    );
    if (wanted.includes("")) continue;
    const result = edited({ id: "a", text, spans, meta: {} }, edits);
    equal(result.text, pieces.map(({ character }) => character).join(""), `seed ${seed}`);
    deepEqual(covered(result, () => true), wanted, `seed ${seed}`);
  }
});

Deno.test("edited() refuses edits that overlap, cross a span's border, or leave nothing of a span", () => {
  const letter = {
    id: "a",
    text: "Mrs Ortega came.",
    spans: [{ start: 4, end: 10, label: "PATIENT" }],
    meta: {},
  };
  const edit = (start: number, end: number, text = "") => ({ start, end, text });
  throws(() => edited(letter, [edit(0, 3), edit(2, 4)]), /letter a: edit \[2, 4\) overlaps another/);
  throws(() => edited(letter, [edit(2, 6)]), /letter a: edit \[2, 6\) goes over a span's border at 4/);
  throws(() => edited(letter, [edit(4, 10)]), /nothing is left of span \[4, 10\)/);
  throws(() => edited(letter, [edit(12, 99)]), /lies outside/);
});

for (const change of changes) {
  Deno.test(`${change.factor}: ${change.name}: spans stay on what they mark, and nothing out of reach differs`, () => {
    for (const letter of corpus) {
      const changed = change.apply(letter, 42);
      deepEqual(changed, change.apply(letter, 42), "the seed decides");
      deepEqual(changed.spans.map(({ label }) => label), letter.spans.map(({ label }) => label));
      for (const { start, end } of changed.spans) {
        ok(0 <= start && start < end && end <= changed.text.length);
        ok(/[\p{L}\p{N}]/u.test(changed.text.slice(start, end)));
      }
      if (change.reach === "note") continue;
      deepEqual(covered(changed, isClinical), covered(letter, isClinical));
      if (change.reach === "spans") deepEqual(between(changed), between(letter));
      else {
        const identifying = (span: Span) => !isClinical(span);
        if (change.name !== "ages in words") {
          deepEqual(covered(changed, identifying), covered(letter, identifying));
        }
      }
    }
    const all = corpus.map((letter) => change.apply(letter, 42).text);
    const other = corpus.map((letter) => change.apply(letter, 43).text);
    if (change.drawn) notDeepEqual(all, other, "another seed draws otherwise");
    else deepEqual(all, other, "no seed decides anything");
    if (change.name !== "diacritics missing") {
      notDeepEqual(
        all,
        corpus.map(({ text }) => text),
        "something is changed",
      );
    }
  });
}

/** A letter from a text in which spans are written `[LABEL what it covers]`, changed and written so again. */
function changed(name: string, source: string): string {
  const spans: Span[] = [];
  let text = "";
  let at = 0;
  for (
    const { 0: whole, 1: label = "", 2: inner = "", index } of source.matchAll(/\[([A-Z_]+) ([^\]]*)\]/g)
  ) {
    text += source.slice(at, index);
    spans.push({ start: text.length, end: text.length + inner.length, label });
    text += inner;
    at = index + whole.length;
  }
  const result = changeNamed(name).apply({ id: "a", text: text + source.slice(at), spans, meta: {} }, 42);
  return result.spans.toReversed().reduce(
    (whole, { start, end, label }) =>
      `${whole.slice(0, start)}[${label} ${whole.slice(start, end)}]${whole.slice(end)}`,
    result.text,
  );
}

Deno.test("changes write what their names say", () => {
  const cases: [name: string, before: string, after: string][] = [
    ["names in small letters", "Dr [CLINICIAN Osei] saw Ann", "Dr [CLINICIAN osei] saw Ann"],
    ["all in capitals", "Dr [CLINICIAN Osei] came", "DR [CLINICIAN OSEI] CAME"],
    ["first names as initials", "[PATIENT Ana Maria Ortega]", "[PATIENT A. M. Ortega]"],
    ["first names as initials", "[PATIENT ORTEGA, Ana]", "[PATIENT ORTEGA, A.]"],
    ["names as initials", "Mr [PATIENT Juan Ortega]", "Mr [PATIENT J.O.]"],
    ["titles taken away", "Seen by Dr. [CLINICIAN Osei] today", "Seen by [CLINICIAN Osei] today"],
    [
      "titles before all names",
      "[PATIENT Ana Ortega] and Dr [CLINICIAN Osei]",
      "Mx [PATIENT Ana Ortega] and Dr [CLINICIAN Osei]",
    ],
    ["dates as 2021-05-03", "on [DATE 3 May 2021] and [DATE May]", "on [DATE 2021-05-03] and [DATE May]"],
    ["dates as 3.5.21", "was seen on the [DATE 13/05/2021]", "was seen on the [DATE 13.5.21]"],
    ["dates as 03MAY2021", "on [DATE May 3, 2021]", "on [DATE 03MAY2021]"],
    ["dates in words", "on [DATE 2021-05-22]", "on [DATE the 22nd of May 2021]"],
    ["ages in words", "a [AGE 72]-year-old", "a [AGE seventy-two]-year-old"],
    [
      "ages in words",
      "Paciente de [EDAD_SUJETO_ASISTENCIA 45 años] que acude por dolor",
      "Paciente de [EDAD_SUJETO_ASISTENCIA cuarenta y cinco años] que acude por dolor",
    ],
    [
      "ages without a unit",
      "Paciente de [EDAD_SUJETO_ASISTENCIA 45 años] que acude por dolor",
      "Paciente de [EDAD_SUJETO_ASISTENCIA 45] que acude por dolor",
    ],
    ["ages as 72yo", "a [AGE 72]-year-old man", "a [AGE 72]yo man"],
    ["ages without a unit", "a [AGE 72] year old man", "a [AGE 72] man"],
    ["ids without separators", "MRN [MRN AB-12/34]", "MRN [MRN AB1234]"],
    ["ids in groups of three", "MRN [MRN 12345678]", "MRN [MRN 123 456 78]"],
    ["ids without their word", "Hb 9. MRN: [MRN 12345678]", "Hb 9. [MRN 12345678]"],
    ["phones with dots", "call [PHONE (617) 253-1000]", "call [PHONE 617.253.1000]"],
    ["phones with a country code", "call [PHONE 01632 960001]", "call [PHONE +44 1632 960001]"],
    ["phones without their word", "well. Tel: [PHONE 01632 960001]", "well. [PHONE 01632 960001]"],
    ["street words in short", "[LOCATION 4 Mill Lane, Osmerby]", "[LOCATION 4 Mill Ln, Osmerby]"],
    ["streets without their word", "[LOCATION 4 Mill Lane, Osmerby]", "[LOCATION 4 Mill, Osmerby]"],
    ["addresses without numbers", "[LOCATION 4 Mill Lane, Osmerby 10115]", "[LOCATION Mill Lane, Osmerby]"],
    ["organisations by their initials", "at [ORGANISATION Royal Osmerby Infirmary]", "at [ORGANISATION ROI]"],
    [
      "organisations without their word",
      "at [ORGANISATION Osmerby General Hospital]",
      "at [ORGANISATION Osmerby]",
    ],
    ["blanks doubled", "Dr [CLINICIAN Ann Osei] came", "Dr  [CLINICIAN Ann  Osei]  came"],
    ["all on one line", "Dr\n[CLINICIAN Osei]\n\ncame", "Dr [CLINICIAN Osei] came"],
    ["no blank behind commas and colons", "Re: [PATIENT Ortega, Ana] is", "Re:[PATIENT Ortega,Ana] is"],
    ["a line break in identifying data", "Dr [CLINICIAN Ann Osei] came", "Dr [CLINICIAN Ann\nOsei] came"],
    ["diacritics missing", "[PATIENT Íñigo Núñez] está", "[PATIENT Inigo Nunez] esta"],
  ];
  for (const [name, before, after] of cases) equal(changed(name, before), after, name);
});

Deno.test("name cultures give first and last names of their lists, the same in all of a letter", () => {
  const [full = "", again] = [
    ...changed("arabic names", "[PATIENT Ana Ortega] rang. [PATIENT Ortega] is well.")
      .matchAll(/\[PATIENT ([^\]]*)\]/g),
  ].map(([, name]) => name);
  ok(!/Ana|Ortega/.test(full));
  equal(full.split(" ")[1], again);
});
