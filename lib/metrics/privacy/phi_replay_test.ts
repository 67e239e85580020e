import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { random } from "../../random.ts";
import { phiReplay } from "./phi_replay.ts";
import { PhraseFinder } from "./phrase_finder.ts";

const finds = (phrase: string, text: string) => new PhraseFinder([phrase]).in(text).size === 1;

Deno.test("PhraseFinder finds PHI that begins or ends with punctuation, and PHI hidden inside a sentence", () => {
  const cases: [phrase: string, text: string, found: boolean][] = [
    ["(555) 010-2030", "Call her (daughter) on (555) 010-2030, not later.", true],
    ["(555) 010-2030", "x(555) 010-2030x", false], // the last digit is none of a longer word
    ["(555) 010-2030", "tel(555) 010-2030.", true],
    ["+44 20 7946 0000", "tel:+44 20 7946 0000", true],
    ["Smith Jr.", "Smith Jr.was seen", true],
    ["J.R.", "by J.R., and", true],
    ["#4711", "bed#4711", true],
    ["Ann", "Joanna and Annie said nothing", false],
    ["Ann", "as his wife Ann's letter says", true],
    ["Ann", "ANN", true],
    ["Ann", "_Ann_", true],
    ["Ann Lee", "seen with Ann\r\n\tLee there", true],
    ["12", "120 mg, 512", false],
    ["12", "at 12.", true],
    ["Bo", "", false],
    ["O'Shea", "Mrs O’Shea’s", true],
    ["555-0100", "555‑0100 (non-breaking), 555–0100", true],
    ["a.b@c.org", "write to a.b@c.org.", true],
  ];
  for (const [phrase, text, found] of cases) equal(finds(phrase, text), found, `${phrase} in ${text}`);
});

Deno.test("PhraseFinder keeps word borders in any script and any encoding", () => {
  const cases: [phrase: string, text: string, found: boolean][] = [
    ["Åsa", "Hos Åsa i dag", true],
    ["sa", "Hos Åsa i dag", false], // an ASCII \b sees a border behind Å
    ["Pe", "Peña", false],
    ["Peña", "Sra. PEN\u0303A llegó", true],
    ["Pen", "Pen\u0303a", false],
    ["Иван", "Петр Иванов", false],
    ["Иван", "к Ивану; Иван.", true],
    ["علي", "قال علي، نعم", true],
    ["علي", "العليا", false],
    ["王伟", "患者王伟入院", true],
    ["สมชาย", "นายสมชายมา", true],
    ["김철수", "김철수는 왔다", true],
    ["철수", "김철수는 왔다", false],
    ["Gauß", "GAUSS was", true],
    ["IŞIK", "Işık", true],
    ["12345", "电话12345转", true],
    ["Ann", "Ann\u200Da", false],
  ];
  for (const [phrase, text, found] of cases) equal(finds(phrase, text), found, `${phrase} in ${text}`);
});

Deno.test("PhraseFinder equals looking for each phrase alone", () => {
  const rng = random("phrases");
  const piece = () => Array.from({ length: 1 + rng.below(5) }, () => "ab .é"[rng.below(5)]).join("");
  for (let round = 0; round < 200; round++) {
    const phrases = Array.from({ length: 8 }, piece);
    const text = Array.from({ length: 12 }, piece).join("");
    const alone = [...phrases.keys()].filter((i) => finds(phrases[i] ?? "", text));
    deepEqual([...new PhraseFinder(phrases).in(text)].sort((a, b) => a - b), alone);
  }
});

const phi = (id: string, text: string, ...names: string[]) => ({
  id,
  text,
  spans: names.map((name) => ({
    start: text.indexOf(name),
    end: text.indexOf(name) + name.length,
    label: /\d/.test(name) ? "PHONE" : "NAME",
  })),
});

Deno.test("phiReplay() counts by span, by letter and by label, against the chance level of a holdout", () => {
  const train = [
    phi("t1", "Ann Lee, (555) 0100, and Bo.", "Ann Lee", "(555) 0100", "Bo"),
    phi("t2", "Cy had no pain. --", "Cy", "--"),
    phi("t3", "No one."),
  ];
  const synthetic = [
    { id: "s1", text: "The daughter, ann lee, rang from (555) 0100x. Call Bob." },
    { id: "s2", text: "Di came. Ann Lee too." },
  ];
  const holdout = [phi("h1", "Di and Ed.", "Di", "Ed"), phi("h2", "Flo.", "Flo")];
  const result = phiReplay(train, synthetic, { holdout });
  const { spans, letters, perLabel, blank, found } = result.train;
  deepEqual([spans.replayed, spans.of, spans.rate], [1, 4, 0.25]);
  deepEqual([letters.replayed, letters.of, letters.rate], [1, 2, 0.5]);
  deepEqual([...perLabel], [["NAME", { replayed: 1, of: 3 }], ["PHONE", { replayed: 0, of: 1 }]]);
  equal(blank, 1);
  deepEqual(found, [{ id: "t1", start: 0, end: 7, label: "NAME", in: ["s1", "s2"] }]);
  deepEqual(result.synthetic, { letters: 2, of: 2 });
  equal(result.holdout?.spans.rate, 1 / 3);
  ok(Math.abs((result.excess?.spans?.difference ?? NaN) - (0.25 - 1 / 3)) < 1e-15);
  ok((result.excess?.spans?.low ?? NaN) < 0 && 0 < (result.excess?.spans?.high ?? NaN));
  deepEqual(phiReplay(train, synthetic, { holdout }), result);
  equal(phiReplay(train, synthetic, { labels: ["PHONE"] }).train.spans.of, 1);
});

Deno.test("phiReplay() within letters of the same id, and what it refuses", () => {
  const train = [phi("a", "Ann.", "Ann"), phi("b", "Bo.", "Bo")];
  const synthetic = [{ id: "a", text: "Bo" }, { id: "b", text: "Bo" }];
  equal(phiReplay(train, synthetic).train.spans.rate, 0.5);
  deepEqual(phiReplay(train, synthetic, { within: "same-id" }).train.found.map(({ in: ids }) => ids), [[
    "b",
  ]]);
  equal(phiReplay([phi("a", "No one.")], synthetic).train.spans.rate, null);
  throws(
    () => phiReplay(train, synthetic.slice(0, 1), { within: "same-id" }),
    /no synthetic letter has the id b/,
  );
  throws(() => phiReplay(train, synthetic, { within: "same-id", holdout: train }), /a holdout has no/);
  throws(() => phiReplay([...train, ...train], synthetic), /letter id a comes twice/);
  const outside = [{ id: "a", text: "Ann", spans: [{ start: 0, end: 9, label: "NAME" }] }];
  throws(() => phiReplay(outside, synthetic), /letter a: gold span \[0, 9\)/);
});
