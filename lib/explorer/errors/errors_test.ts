import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Letter, Span } from "../../corpus/letter.ts";
import { scoreSpans } from "../../metrics/spans/score_spans.ts";
import { random } from "../../random.ts";
import { serveExplorer } from "../serve.ts";
import { asked, folder, options } from "../tiny_server.ts";
import { taggerErrors } from "./tagger_errors.ts";

const predicted = { name: "predicted", path: `${folder}/predicted.jsonl` };
const sides = { gold: "letters", predicted: "predicted" };

async function comparing(test: (address: string) => Promise<void>): Promise<void> {
  const explorer = await serveExplorer({ ...options, letters: [...options.letters, predicted] });
  try {
    await test(explorer.address);
  } finally {
    await explorer.close();
  }
}

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly probability?: number;
}

Deno.test("errors are missed, spurious, of a wrong type or boundary; sorted, filtered and counted by label", () =>
  comparing(async (address) => {
    const { body } = await asked(address, "api/errors", sides);
    deepEqual(body.errors.map(({ id, kind }: Told) => [id, kind]), [
      ["letter-00", "missed"],
      ["letter-01", "wrong type"],
      ["letter-02", "wrong boundary"],
      ["letter-03", "spurious"],
    ]);
    const sort = "most confident";
    const sorted = (await asked(address, "api/errors", { ...sides, sort })).body.errors;
    deepEqual(sorted.map(({ probability }: Told) => probability), [0.8, 0.7, 0.6, undefined]);
    const some = (await asked(address, "api/errors", { ...sides, label: "TEST" })).body;
    deepEqual([some.total, some.errors[0].gold.label, some.errors[0].predicted.label], [1, "DRUG", "TEST"]);
    equal((await asked(address, "api/errors", { ...sides, kind: "missed", label: "DRUG" })).body.total, 1);
    deepEqual(body.confusion.columns.map(({ title }: { title: string }) => title), [
      ...["gold", "DRUG", "NAME", "TEST", "missed", "wrong boundary"],
    ]);
    deepEqual(
      body.confusion.rows.map((row: { value: string }[]) => row.map(({ value }) => value).slice(0, 5)),
      [
        ["DRUG", "9", "0", "1", "1"],
        ["NAME", "0", "0", "0", "0"],
        ["TEST", "0", "0", "0", "0"],
        ["(none: spurious)", "0", "1", "0", ""],
      ],
    );
    const file = async (of: string, as: string) => {
      const query = JSON.stringify({ query: sides, of, as });
      return await (await fetch(`${address}export/errors?q=${encodeURIComponent(query)}`)).text();
    };
    match(await file("errors", "csv"), /letter-02,wrong boundary,DRUG,8,15,DRUG,8,18,0\.7,aspirin/);
    match(await file("confusion", "tex"), /\\begin\{tabular\}/);
    match(await file("confusion", "md"), /\| gold \| DRUG \| NAME/);
  }));

Deno.test("letters that can't be compared are told, or named where none can", () =>
  comparing(async (address) => {
    const { status, body } = await asked(address, "api/errors", { gold: "letters", predicted: "synthetic" });
    equal(status, 422);
    match(body.error, /no letter of one.*12 have another text/);
    match((await asked(address, "api/errors", { ...sides, gold: "none" })).body.error, /no corpus "none"/);
    match((await asked(address, "api/errors", { ...sides, kind: "odd" })).body.error, /^query\.kind/);
    const letter = { id: "a", text: "On aspirin.", spans: [], meta: {} };
    const { notes, letters } = taggerErrors(
      [letter, { ...letter, id: "b" }, { ...letter, id: "c" }],
      [letter, { ...letter, id: "b", text: "Off." }, { ...letter, id: "d" }],
    );
    equal(letters, 1);
    deepEqual(notes, [
      "1 of the gold letters have no prediction, and are left aside.",
      "1 of the predicted letters have no gold, and are left aside.",
      "1 have another text in gold than in prediction, and are left aside.",
    ]);
  }));

Deno.test("taggerErrors() counts what the scheme nervaluate-type counts, and gives each span its own probability", () => {
  const rng = random(42);
  const spansOf = (): Span[] =>
    Array.from({ length: 6 }, () => {
      const start = rng.below(40);
      return { start, end: start + 1 + rng.below(6), label: ["A", "B", "C"][rng.below(3)] ?? "A" };
    }).sort((a, b) => a.start - b.start || a.end - b.end);
  const letters = (): Letter[] =>
    Array.from({ length: 50 }, (_, i) => {
      const spans = spansOf();
      const probabilities = JSON.stringify(spans.map(({ start, end }) => start / 100 + end / 10_000));
      return { id: `${i}`, text: "x".repeat(50), spans, meta: { probabilities } };
    });
  const [gold, found] = [letters(), letters()];
  const { pairs } = taggerErrors(gold, found);
  const count = (...kinds: (string | undefined)[]) => pairs.filter(({ kind }) => kinds.includes(kind)).length;
  const [score] = scoreSpans(
    gold.map(({ id, spans }, i) => ({ id, gold: spans, predicted: found[i]?.spans ?? [] })),
    ["nervaluate-type"],
  );
  const { correct, incorrect, missed, spurious } = score!.micro.counts; // one scheme
  deepEqual([count(undefined, "wrong boundary"), count("wrong type"), count("missed"), count("spurious")], [
    ...[correct, incorrect, missed, spurious],
  ]);
  ok(missed > 0 && spurious > 0 && incorrect > 0 && count("wrong boundary") > 0);
  for (const { predicted, probability } of pairs) {
    equal(probability, predicted && predicted.start / 100 + predicted.end / 10_000);
  }
});
