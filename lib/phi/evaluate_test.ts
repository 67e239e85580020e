import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { letters } from "../corpus/letters.ts";
import type { Letter, Span } from "../corpus/letter.ts";
import { deidentification } from "../metrics/spans/deidentification.ts";
import { project } from "../project.ts";
import { random } from "../random.ts";
import { coverage } from "./coverage.ts";
import { foundBy, measuresOf, pooled, rateOf } from "./evaluate.ts";
import { type FoundLetter } from "./evaluate_letters.ts";
import { withConfidence } from "./evaluate_confidence.ts";
import { compareRates, rateIntervals } from "./evaluate_intervals.ts";
import { missCounts, missesOf } from "./evaluate_misses.ts";
import { precisionAtTarget, recallCurve } from "./evaluate_recall.ts";
import { phiKindOf } from "./labels.ts";
import { phiFinder } from "./rules.ts";
import { LabelMap } from "./surrogate/label_sets.ts";

const finder = phiFinder({ ages: "all" });
const corpus = (await letters(project.letters)).filter((_, i) => i % 6 === 0);
const found = await foundBy(corpus, finder);
const all = measuresOf(found);
const letter = (spans: readonly Span[], text = "Ann Lee took aspirin on 3 May."): Letter => ({
  id: "a",
  text,
  spans: [...spans],
  meta: {},
});

Deno.test("measuresOf() says what deidentification() says, of kinds for labels", () => {
  const direct = deidentification(found.map(({ letter, found }) => ({
    id: letter.id,
    text: letter.text,
    gold: letter.spans.filter(({ label }) => phiKindOf(label) !== undefined),
    predicted: found,
  })));
  deepEqual(
    ["found", "precision", "other redacted", "letters with a leak"].map((name) => rateOf(all.measures, name)),
    [direct.corpus.recall, direct.corpus.precision, direct.corpus.overRedaction, direct.leaking.rate],
  );
  for (const [kind, { phi, found }] of direct.perLabel) {
    equal(rateOf(all.measures, kind, "kind"), found / phi, kind);
  }
  const rate = (name: string) => rateOf(all.measures, name) ?? NaN;
  ok(Math.abs(rate("false spans") + rate("boundary excess") - rate("other redacted")) < 1e-12);
});

Deno.test("measuresOf() maps labels of other sets, and sets aside what no finder is measured on", () => {
  const text = "Varón de 45 años, Ana Ruiz, hermano sano.";
  const at = (part: string, label: string) => ({
    start: text.indexOf(part),
    end: text.indexOf(part) + part.length,
    label,
  });
  const spans = [
    at("Varón", "SEXO_SUJETO_ASISTENCIA"),
    at("45 años", "EDAD_SUJETO_ASISTENCIA"),
    at("Ana Ruiz", "NOMBRE_SUJETO_ASISTENCIA"),
    at("hermano", "FAMILIARES_SUJETO_ASISTENCIA"),
  ];
  const predicted = [at("Varón", "PERSON"), at("Ana Ruiz", "PATIENT")];
  const { measures } = measuresOf([{ letter: letter(spans, text), found: predicted }]);
  deepEqual([rateOf(measures, "found, label-aware"), rateOf(measures, "other redacted")], [8 / 15, 0]);
  const aside = measuresOf([{ letter: letter(spans, text), found: [...predicted, at("45", "AGE")] }], {
    aside: ["AGE"],
  });
  deepEqual([rateOf(aside.measures, "found"), rateOf(aside.measures, "other redacted")], [1, 0]);
});

Deno.test("measuresOf() names letter and place of gold spans that overlap, and of labels without mapping", () => {
  const overlapping = letter([{ start: 0, end: 7, label: "PATIENT" }, { start: 4, end: 9, label: "DATE" }]);
  throws(
    () => measuresOf([{ letter: overlapping, found: [] }]),
    /letter a: gold spans PATIENT \[0, 7\) and DATE \[4, 9\) overlap\. Keep one/,
  );
  const unknown = letter([{ start: 0, end: 7, label: "NAMED" }]);
  throws(
    () => measuresOf([{ letter: unknown, found: [] }]),
    /letter a: span \[0, 7\): label "NAMED" has no mapping/,
  );
  const labels = new LabelMap({ NAMED: { kind: "PATIENT", sort: "name" } });
  equal(rateOf(measuresOf([{ letter: unknown, found: [] }], { labels }).measures, "found"), 0);
  throws(
    () => measuresOf([{ letter: letter([]), found: [] }, { letter: letter([]), found: [] }]),
    /comes twice/,
  );
  throws(
    () => measuresOf([{ letter: letter([{ start: 0, end: 99, label: "PATIENT" }]), found: [] }]),
    /outside the letter/,
  );
});

Deno.test("rateIntervals() hold the value, differ little between seeds, and are narrower for a kind that is always found", () => {
  const rates = rateIntervals(all);
  for (const { name, estimate } of rates) {
    if (estimate) ok(estimate.low <= estimate.value && estimate.value <= estimate.high, name);
  }
  const of = (name: string, group = "all") =>
    rates.find((one) => one.name === name && one.group === group)?.estimate;
  ok((of("found")?.wobble ?? 1) < 0.005);
  deepEqual([of("PHONE", "kind")?.low, of("PHONE", "kind")?.high], [1, 1]);
  const one = rateIntervals(all, { seeds: [7], resamples: 500 })[0]?.estimate;
  equal(one?.wobble, 0);
});

Deno.test("compareRates() tells a finder from a worse one and not from itself, and refuses other letters", () => {
  const chance = random("worse");
  const worse = measuresOf(
    found.map(({ letter, found }) => ({ letter, found: found.filter(() => chance.next() < 0.8) })),
  );
  const [recall] = compareRates(all, worse, { seeds: [1, 2] });
  ok(recall && recall.difference.low > 0.1 && recall.adjustedP < 0.01);
  for (const { difference, p } of compareRates(all, all, { seeds: [1] })) {
    deepEqual([difference.value, p], [0, 1]);
  }
  throws(() => compareRates(all, measuresOf(found.slice(1))), /other letters do not compare/);
  throws(() => compareRates(all, measuresOf(found, { aside: ["AGE"] })), /do not compare/);
});

Deno.test("pooled() runs give the mean rate, and keep a letter's runs together", () => {
  const none = measuresOf(corpus.map((letter) => ({ letter, found: [] })));
  const both = pooled([all, none]);
  equal(rateOf(both.measures, "found"), (rateOf(all.measures, "found") ?? 0) / 2);
  deepEqual(both.ids, all.ids);
});

Deno.test("recallCurve() rises in both directions and ends at all that was found; each point is that threshold's evaluation", () => {
  const sure = withConfidence(found);
  const curve = recallCurve(sure);
  for (const [i, point] of curve.entries()) {
    const before = curve[i - 1];
    ok(
      !before ||
        (point.found >= before.found && point.otherRedacted >= before.otherRedacted &&
          point.threshold < before.threshold),
    );
  }
  equal(curve.at(-1)?.found, rateOf(all.measures, "found"));
  equal(curve.at(-1)?.otherRedacted, rateOf(all.measures, "other redacted"));
  const middle = curve[Math.floor(curve.length / 2)];
  ok(middle);
  const kept: FoundLetter[] = sure.map(({ letter, found }) => ({
    letter,
    found: found.filter(({ probability = 1 }) => probability >= middle.threshold),
  }));
  equal(rateOf(measuresOf(kept).measures, "found"), middle.found);
});

Deno.test("withConfidence() asks no letter of the same fold", () => {
  const before = withConfidence(found);
  const target = found.findIndex(({ letter, found }) => letter.meta.fold === "0" && found.length > 0);
  const changed = found.map((one, i) =>
    i === target ? { ...one, letter: { ...one.letter, spans: [] } } : one
  );
  deepEqual(withConfidence(changed)[target]?.found, before[target]?.found);
});

Deno.test("precisionAtTarget() says why there is none, and gives one where a finder reaches it", () => {
  const [blind] = precisionAtTarget(withConfidence(found));
  deepEqual([blind?.precision, blind?.recall], [null, rateOf(all.measures, "found")]);
  ok(blind?.reason?.startsWith("all candidates together reach"));
  const perfect = corpus.map((letter) => ({
    letter,
    found: letter.spans.filter(({ label }) => phiKindOf(label)).map((span) => ({
      ...span,
      probability: 0.9,
    })),
  }));
  deepEqual(precisionAtTarget(perfect).map(({ precision }) => precision?.value), [1, 1]);
});

Deno.test("missesOf() are the spans that coverage() does not find whole, each with one cause", () => {
  const misses = missesOf(found);
  const { kinds } = coverage(corpus, finder);
  const whole = kinds.reduce((sum, { spans, covered }) => sum + spans - covered, 0);
  equal(misses.length, whole);
  equal(missCounts(misses).reduce((sum, { spans }) => sum + spans, 0), whole);
  ok(
    misses.every(({ cause, missed, characters }) =>
      cause !== "not known" && missed > 0 && missed <= characters
    ),
  );
});
