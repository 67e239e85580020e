import { deepEqual, equal, ok, throws } from "node:assert/strict";
import type { Span } from "../../corpus/letter.ts";
import { random } from "../../random.ts";
import { clinicalOverRedaction } from "./clinical_over_redaction.ts";
import type { DeidCounts } from "./deid_counts.ts";
import { deidentification, type DeidLetter, type DeidOptions } from "./deidentification.ts";
import { type CandidateLetter, precisionAtRecall } from "./precision_at_recall.ts";

/** The span of a part of a text, which must be there. */
function span(text: string, part: string, label: string): Span {
  const start = text.indexOf(part);
  ok(start >= 0, part);
  return { start, end: start + part.length, label };
}

const counts = (letter: Omit<DeidLetter, "id">, options?: DeidOptions) =>
  deidentification([{ id: "a", ...letter }], options).corpus;

Deno.test("deidentification() on a phone and a name that begin or end with signs, hidden inside a sentence", () => {
  const text = "Call her mother Mrs. O'Neil-Ås on +46 (0)70-12 34 56, please.";
  const gold = [span(text, "O'Neil-Ås", "NAME"), span(text, "+46 (0)70-12 34 56", "PHONE")];
  const perfect = counts({ text, gold, predicted: gold });
  deepEqual([perfect.recall, perfect.precision, perfect.f1, perfect.overRedaction], [1, 1, 1, 0]);
  const predicted = [span(text, "Neil-Ås on", "NAME"), span(text, "46 (0)70-12 34 56", "PHONE")];
  const near = counts({ text, gold, predicted });
  deepEqual([near.phi, near.found, near.boundaryExcess, near.falseSpan], [27, 24, 3, 0]);
  // The plus and the apostrophe tell nothing: of letters and digits only the O is left.
  const telling = deidentification([{ id: "a", text, gold, predicted }], { characters: "alphanumeric" });
  deepEqual([telling.corpus.phi, telling.corpus.found, telling.leaking.rate], [18, 17, 1]);
  deepEqual([...telling.perLabel], [["NAME", { phi: 7, found: 6 }], ["PHONE", { phi: 11, found: 11 }]]);
  const signsLeft = [
    span(text, "O", "NAME"),
    span(text, "Neil-Ås", "NAME"),
    span(text, "46 (0)70-12 34 56", "PHONE"),
  ];
  equal(
    deidentification([{ id: "a", text, gold, predicted: signsLeft }], { characters: "alphanumeric" }).leaking
      .rate,
    0,
  );
});

Deno.test("deidentification() tells what reaches too far from what is no PHI at all", () => {
  const text = "Mr. Ann Lee took aspirin";
  const gold = [span(text, "Ann Lee", "NAME")];
  const predicted = [span(text, "Mr. Ann", "NAME"), span(text, "aspirin", "NAME")];
  const found = counts({ text, gold, predicted });
  deepEqual([found.found, found.boundaryExcess, found.falseSpan, found.redacted], [3, 4, 7, 14]);
  deepEqual([found.recall, found.precision, found.overRedaction], [3 / 7, 3 / 14, 11 / 17]);
});

Deno.test("deidentification() with labels aware: another label finds nothing, and touches nothing", () => {
  const text = "Mr. Ann Lee took aspirin";
  const gold = [span(text, "Ann Lee", "NAME")];
  const predicted = [span(text, "Mr. Ann", "TOWN"), span(text, "Lee took", "NAME")];
  const aware = counts({ text, gold, predicted }, { labels: "aware" });
  deepEqual([aware.found, aware.mislabelled, aware.boundaryExcess, aware.falseSpan], [3, 3, 5, 4]);
  const blind = counts({ text, gold, predicted });
  deepEqual([blind.found, blind.mislabelled, blind.boundaryExcess, blind.falseSpan], [6, 0, 9, 0]);
});

Deno.test("deidentification() of adjacent, nested and overlapping spans counts each character once", () => {
  const text = "0123456789";
  const at = (start: number, end: number, label = "A") => ({ start, end, label });
  const adjacent = counts({ text, gold: [at(2, 4), at(4, 6)], predicted: [at(2, 6)] });
  deepEqual([adjacent.phi, adjacent.found, adjacent.boundaryExcess], [4, 4, 0]);
  const nested = counts({ text, gold: [at(2, 6)], predicted: [at(0, 8), at(3, 4), at(1, 7)] });
  deepEqual([nested.found, nested.redacted, nested.boundaryExcess], [4, 8, 4]);
  const beside = counts({ text, gold: [at(2, 6)], predicted: [at(4, 8), at(6, 9)] });
  deepEqual([beside.found, beside.boundaryExcess, beside.falseSpan], [2, 2, 1]); // 6 and 7 are in both
  const twoLabels = [at(2, 6, "A"), at(4, 8, "B")];
  equal(counts({ text, gold: twoLabels, predicted: [at(4, 6, "B")] }, { labels: "aware" }).found, 2);
});

Deno.test("deidentification() of empty gold, empty prediction and no letter: nulls, not numbers", () => {
  const text = "No one here.";
  const predicted = [span(text, "here", "TOWN")];
  const [noGold, nothing] = [{ text, gold: [], predicted }, { text, gold: [], predicted: [] }];
  deepEqual([counts(noGold).recall, counts(noGold).precision, counts(noGold).falseSpan], [null, 0, 4]);
  deepEqual([counts(nothing).recall, counts(nothing).precision, counts(nothing).f1], [null, null, null]);
  const missed = deidentification([{ id: "a", text, gold: predicted, predicted: [] }]);
  deepEqual([missed.corpus.recall, missed.corpus.precision, missed.leaking.rate], [0, null, 1]);
  const none = deidentification([{ id: "a", ...nothing }, { id: "b", text, gold: predicted, predicted }]);
  deepEqual(none.leaking, { letters: 0, withPhi: 1, rate: 0 });
  deepEqual(deidentification([]).corpus.overRedaction, null);
});

Deno.test("deidentification() counts characters, not code units", () => {
  const text = "👩‍⚕️ 𝒜nn";
  const gold = [{ start: 0, end: text.length, label: "NAME" }];
  equal(counts({ text, gold, predicted: [] }).phi, [...text].length);
  equal(counts({ text, gold, predicted: [] }, { characters: "alphanumeric" }).phi, 3);
});

/** Random letters with overlapping spans of three labels. */
function randomLetters(seed: string, size = 4): DeidLetter[] {
  const rng = random(seed);
  const spans = () =>
    Array.from({ length: rng.below(5) }, () => {
      const start = rng.below(25);
      return { start, end: start + 1 + rng.below(7), label: ["A", "B", "C"][rng.below(3)] ?? "" };
    });
  const text = () => Array.from({ length: 40 }, () => ["a", "7", " ", ".", "é", "中"][rng.below(6)]).join("");
  return Array.from(
    { length: size },
    (_, i) => ({ id: `${i}`, text: text(), gold: spans(), predicted: spans() }),
  );
}

/** The definitions, one character at a time. */
function byHand({ text, gold, predicted }: DeidLetter, { labels, characters }: DeidOptions): DeidCounts {
  const total = {
    phi: 0,
    found: 0,
    mislabelled: 0,
    nonPhi: 0,
    boundaryExcess: 0,
    falseSpan: 0,
    redacted: 0,
  };
  const matches = (a: Span, b: Span) => labels === "blind" || a.label === b.label;
  const reaches = (p: Span) => gold.some((g) => g.start < p.end && p.start < g.end && matches(g, p));
  for (let at = 0; at < text.length; at++) {
    if (characters === "alphanumeric" && !/[\p{L}\p{N}]/u.test(text.charAt(at))) continue;
    const over = (spans: readonly Span[]) => spans.filter(({ start, end }) => start <= at && at < end);
    const [g, p] = [over(gold), over(predicted)];
    if (p.length > 0) total.redacted++;
    if (g.length > 0) {
      total.phi++;
      if (g.some((one) => p.some((other) => matches(one, other)))) total.found++;
      else if (p.length > 0) total.mislabelled++;
      continue;
    }
    total.nonPhi++;
    if (p.length === 0) continue;
    if (p.some(reaches)) total.boundaryExcess++;
    else total.falseSpan++;
  }
  return total;
}

const everyOption = (["blind", "aware"] as const).flatMap((labels) =>
  (["all", "alphanumeric"] as const).map((characters) => ({ labels, characters }))
);

Deno.test("deidentification() equals its definitions character by character, and its properties hold", () => {
  for (let seed = 0; seed < 80; seed++) {
    const letters = randomLetters(`deid/${seed}`);
    for (const options of everyOption) {
      const scores = deidentification(letters, options);
      deepEqual(scores.letters, letters.map((letter) => byHand(letter, options)), `${seed}`);
      const { corpus, leaking } = scores;
      equal(corpus.found + corpus.mislabelled + corpus.boundaryExcess + corpus.falseSpan, corpus.redacted);
      for (const rate of [corpus.recall, corpus.precision, corpus.f1, corpus.overRedaction, leaking.rate]) {
        ok(rate === null || (rate >= 0 && rate <= 1));
      }
      const rng = random(seed);
      const shuffled = letters.map((letter) => ({
        ...letter,
        gold: rng.shuffle([...letter.gold]),
        predicted: rng.shuffle([...letter.predicted]),
      }));
      deepEqual(deidentification(shuffled, options), scores);
      const same = deidentification(
        letters.map((letter) => ({ ...letter, predicted: letter.gold })),
        options,
      );
      ok(same.corpus.phi === 0 || (same.corpus.f1 === 1 && same.leaking.rate === 0));
      // Found PHI is symmetric where labels are blind: both covered.
      const exchanged = letters.map((letter) => ({
        ...letter,
        gold: letter.predicted,
        predicted: letter.gold,
      }));
      equal(deidentification(exchanged, options).corpus.found, corpus.found);
    }
    const [blind, aware] = (["blind", "aware"] as const).map((labels) =>
      deidentification(letters, { labels })
    );
    ok((aware?.corpus.found ?? 0) <= (blind?.corpus.found ?? 0));
    ok((aware?.leaking.letters ?? 0) >= (blind?.leaking.letters ?? 0));
  }
});

Deno.test("precisionAtRecall() is the best of all thresholds by deidentification()", () => {
  let reached = 0;
  for (let seed = 0; seed < 60; seed++) {
    const rng = random(`candidates/${seed}`);
    const letters: CandidateLetter[] = randomLetters(`candidates/${seed}`).map((letter) => ({
      ...letter,
      candidates: [...letter.gold, ...letter.predicted].map((one) => ({ ...one, score: rng.below(6) / 5 })),
    }));
    for (const options of everyOption) {
      const recall = 0.7 + 0.3 * rng.next();
      const found = precisionAtRecall(letters, { ...options, recall });
      let best = -1;
      for (const threshold of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
        const cut = letters.map(({ candidates, ...letter }) => ({
          ...letter,
          predicted: candidates.filter(({ score }) => score >= threshold),
        }));
        const { corpus } = deidentification(cut, options);
        if ((corpus.recall ?? 0) >= recall) best = Math.max(best, corpus.precision ?? -1);
      }
      equal(found.precision ?? -1, best, `${seed}`);
      if (best >= 0) reached++;
      const shuffled = letters.map((letter) => ({
        ...letter,
        candidates: rng.shuffle([...letter.candidates]),
      }));
      deepEqual(precisionAtRecall(shuffled, { ...options, recall }), found);
    }
  }
  ok(reached > 50, `${reached}`);
});

Deno.test("precisionAtRecall() says why there is none", () => {
  const text = "Ann Lee";
  const letter = { id: "a", text, gold: [span(text, text, "NAME")], candidates: [] };
  deepEqual(precisionAtRecall([letter]), {
    signature: "deid-precision|recall:0.99|labels:blind|characters:all|v1",
    precision: null,
    recall: 0,
    threshold: null,
    reason: "all candidates together reach a recall of 0",
  });
  equal(precisionAtRecall([{ ...letter, gold: [] }]).reason, "no letter has PHI");
  throws(() => precisionAtRecall([letter], { recall: 99 }), /recall is 99/);
  const unsure = { ...span(text, "Ann", "NAME"), score: NaN };
  throws(
    () => precisionAtRecall([{ ...letter, candidates: [unsure] }]),
    /candidate \[0, 3\) has the score NaN/,
  );
});

Deno.test("clinicalOverRedaction() counts clinical words by hand", () => {
  const text = "Hodgkin's lymphoma; Dr. Hodgkin gave 5 mg prednisolone on Monday.";
  const gold = [{ start: 24, end: 31, label: "NAME" }, span(text, "Monday", "DATE")];
  const clinical = [
    span(text, "Hodgkin's lymphoma", "PROBLEM"),
    span(text, "5 mg prednisolone on Monday", "DRUG"),
  ];
  const predicted = [span(text, "Hodgkin", "NAME"), span(text, "5 m", "AGE"), span(text, "Monday", "DATE")];
  const { corpus, perLabel, takenFor, letters } = clinicalOverRedaction([
    { id: "a", text, gold, clinical, predicted },
    { id: "b", text, gold, clinical: [], predicted },
  ]);
  // Hodgkin, s, lymphoma; 5, mg, prednisolone, on. Monday is PHI, the apostrophe no word.
  deepEqual(corpus, { words: 7, redacted: 3, rate: 3 / 7 });
  deepEqual([...perLabel], [["DRUG", { words: 4, redacted: 2 }], ["PROBLEM", { words: 3, redacted: 1 }]]);
  deepEqual([...takenFor], [["AGE", 2], ["NAME", 1]]);
  deepEqual(letters[1], { words: 0, redacted: 0 });
  equal(clinicalOverRedaction([]).corpus.rate, null);
});

Deno.test("spans that are none are refused, with the letter and the side", () => {
  const text = "Ann";
  const letter = { id: "a", text, gold: [], predicted: [{ start: 1, end: 9, label: "NAME" }] };
  throws(() => deidentification([letter]), /letter a: predicted span \[1, 9\) "NAME"/);
  throws(
    () => deidentification([{ ...letter, predicted: [] }, { ...letter, predicted: [] }]),
    /a comes twice/,
  );
});
