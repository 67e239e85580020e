import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { letters as readLetters } from "../../corpus/letters.ts";
import { krippendorffAlpha } from "../../metrics/stats/krippendorff_alpha.ts";
import { serveExplorer } from "../serve.ts";
import { asked, folder, options, served } from "../tiny_server.ts";
import { agreementTable, alphaOf } from "./agreement.ts";
import { annotated } from "./brat_export.ts";
import { type Entry, entrySchema } from "./entry.ts";
import { ReviewHistory } from "./history.ts";
import { ReviewedLetter } from "./reviewed_letter.ts";

const span = { start: 8, end: 15, label: "DRUG" };
const corpus = "letters";

async function told(address: string, path: string, query: unknown) {
  const headers = { "content-type": "application/json", origin: new URL(address).origin };
  const response = await fetch(`${address}${path}`, { method: "POST", headers, body: JSON.stringify(query) });
  return { status: response.status, body: await response.json() };
}

/** A server with a review in a fresh folder. */
async function reviewing(test: (address: string, folder: string) => Promise<void>): Promise<void> {
  const review = await Deno.makeTempDir({ dir: folder });
  const explorer = await serveExplorer({ ...options, review });
  try {
    await test(explorer.address, review);
  } finally {
    await explorer.close();
  }
}

Deno.test("reviewers see their own decisions alone until both are done; then what is decided adjudicates", () =>
  reviewing(async (address, review) => {
    const of = (reviewer: string, id = "letter-01") => ({ corpus, reviewer, id });
    const decide = (reviewer: string, decision: string, comment = "") =>
      told(address, "api/review/decide", { ...of(reviewer), span, decision, comment });
    equal((await decide("Ann", "accept", "clear")).status, 200);
    equal((await decide("Bo", "reject", "no drug")).body.units[1].own.decision, "reject");
    const unit = async (reviewer: string) =>
      (await asked(address, "api/review/letter", of(reviewer))).body.units[1];
    const blind = async (reviewer: string, other: RegExp) => {
      for (const path of ["letter", "letters", "agreement"]) {
        const { body } = await asked(address, `api/review/${path}`, of(reviewer));
        ok(!other.test(JSON.stringify(body)), `${path} tells ${reviewer} of the other`);
      }
    };
    await blind("Ann", /no drug|reject/);
    await blind("Bo", /clear|accept/);
    await blind("Cy", /clear|no drug|accept|reject/);
    const own = await told(address, "api/review/export", { corpus, reviewer: "Bo", rejected: "kept" });
    const notes = await Deno.readTextFile(`${own.body.path}/letter-01.ann`);
    match(notes, /reject \(Bo: no drug\)\n$/);
    ok(!/clear|accept/.test(notes), "an export is as blind");
    await told(address, "api/review/done", { ...of("Ann"), done: true });
    await blind("Ann", /no drug|reject/);
    await blind("Bo", /clear|"accept/);
    match((await decide("Ann", "reject")).body.error, /you are done/);
    await told(address, "api/review/done", { ...of("Bo"), done: true });
    deepEqual((await unit("Ann")).both, [
      { reviewer: "Ann", decision: "accept", comment: "clear" },
      { reviewer: "Bo", decision: "reject", comment: "no drug" },
    ]);
    const disputed = { corpus, reviewer: "Cy", show: "to adjudicate" };
    deepEqual((await asked(address, "api/review/letters", disputed)).body.letters, [
      { id: "letter-01", progress: "disputed" },
    ]);
    match((await told(address, "api/review/done", { ...of("Bo"), done: false })).body.error, /two reviewers/);
    const { outcome, both, adjudicated } = (await decide("Cy", "accept", "a drug")).body.units[1];
    deepEqual([outcome, adjudicated.reviewer, both[1].decision], ["accept", "Cy", "reject"]);
    equal((await asked(address, "api/review/letters", disputed)).body.total, 0);

    const lines = (await Deno.readTextFile(`${review}/history.jsonl`)).trimEnd().split("\n");
    deepEqual(
      lines.map((line) => entrySchema.parse(JSON.parse(line))).map(({ reviewer, ...rest }) => [
        reviewer,
        "done" in rest ? "done" : rest.decision,
      ]),
      [["Ann", "accept"], ["Bo", "reject"], ["Ann", "done"], ["Bo", "done"], ["Cy", "accept"]],
    );
    const { body } = await told(address, "api/review/export", {
      corpus,
      reviewer: "Cy",
      rejected: "left out",
    });
    equal(body.path, `${review}/brat/letters-Cy`);
    deepEqual((await readLetters(body.path)).map(({ id, spans }) => [id, spans]), [["letter-01", [span]]]);
    match(
      await Deno.readTextFile(`${body.path}/letter-01.ann`),
      /^T1\tDRUG 8 15\taspirin\n#1\tAnnotatorNotes T1\taccept \(Ann accept: clear; Bo reject: no drug; adjudicated by Cy accept: a drug\)\n$/,
    );
  }));

Deno.test("what can't be reviewed is named, and nothing is written for it", () =>
  reviewing(async (address, review) => {
    const query = { corpus, reviewer: "Ann", id: "letter-01", span, decision: "accept", comment: "" };
    for (
      const [change, error] of [
        [{ reviewer: "../x" }, /reviewer's name/],
        [{ reviewer: "" }, /reviewer's name/],
        [{ reviewer: "a\nb" }, /reviewer's name/],
        [{ corpus: "../../etc" }, /no corpus/],
        [{ id: "../letter-01" }, /no letter/],
        [{ span: { ...span, end: 16 } }, /no such span/],
        [{ decision: "maybe" }, /decision/],
        [{ comment: "x".repeat(2001) }, /comment/],
      ] as const
    ) {
      const { status, body } = await told(address, "api/review/decide", { ...query, ...change });
      equal(status, 422, JSON.stringify(change));
      match(body.error, error);
    }
    equal(await Deno.readTextFile(`${review}/history.jsonl`), "");
    const nothing = { corpus, reviewer: "Ann", rejected: "kept" };
    match((await told(address, "api/review/export", nothing)).body.error, /nothing is decided/);
    const get = await fetch(`${address}api/review/decide?q=${encodeURIComponent(JSON.stringify(query))}`);
    await get.body?.cancel();
    equal(get.status, 405, "what writes takes POST alone");
    const bare = await fetch(`${address}api/review/decide`, { method: "POST", body: JSON.stringify(query) });
    await bare.body?.cancel();
    equal(bare.status, 403, "and from the page's own origin alone");
  }));

Deno.test("without a folder there is no review; a folder that can't be is named", async () => {
  await served(async ({ address }) => {
    equal((await asked(address, "api/start")).body.review, false);
    match((await asked(address, "api/review/agreement", { corpus })).body.error, /--review FOLDER/);
  });
  const file = await Deno.makeTempFile({ dir: folder });
  await rejects(ReviewHistory.open(`${file}/review`), /review\/history\.jsonl: /);
  await Deno.mkdir(`${folder}/blocked/history.jsonl`, { recursive: true });
  await rejects(
    ReviewHistory.open(`${folder}/blocked`),
    /history\.jsonl: a folder of that name is in the way/,
  );
});

Deno.test({
  name: "a folder that the command may not write to is named, with the command that may",
  permissions: { read: true, write: false },
  fn: () =>
    rejects(ReviewHistory.open("elsewhere"), /^Error: elsewhere: .*palimpsest explore --review elsewhere/),
});

Deno.test("a history is added to alone; a line that was cut off is told and stays", async () => {
  const review = await Deno.makeTempDir({ dir: folder });
  const path = `${review}/history.jsonl`;
  const line = { at: "2026-01-01T00:00:00Z", reviewer: "Ann", corpus, letter: "a", done: true };
  const before = `${JSON.stringify(line)}\n{"at":"2026-01-01T0`;
  await Deno.writeTextFile(path, before);
  const history = await ReviewHistory.open(review);
  equal((await history.letter(corpus, "a")).isDone("Ann"), true);
  match(history.notes.join(), /the last line was cut off/);
  await history.add(corpus, "b", () => ({ reviewer: "Ann", done: true }));
  ok((await Deno.readTextFile(path)).startsWith(`${before}\n{"at":`));
  match(history.notes.join(), /history\.jsonl:2: this line is damaged/);
  const other = await ReviewHistory.open(review); // of another server
  await Promise.all(
    [other, history].map((one, i) => one.add(corpus, `c${i}`, () => ({ reviewer: "Bo", done: true }))),
  );
  equal((await history.letter(corpus, "c0")).isDone("Bo"), true);
  equal((await other.letter(corpus, "c1")).isDone("Bo"), true);
  equal((await Deno.readTextFile(path)).trimEnd().split("\n").length, 5);
});

Deno.test("what another server adds after both are done changes no decision", () => {
  const letter = new ReviewedLetter();
  const by = (reviewer: string) => ({ at: "2026-01-01T00:00:00Z", reviewer, corpus, letter: "a" });
  const said = (reviewer: string, decision: "accept" | "reject"): Entry => ({
    ...{ ...by(reviewer), span, decision, comment: "" },
  });
  letter.add(said("Ann", "accept"));
  for (const reviewer of ["Ann", "Bo", "Cy"]) letter.add({ ...by(reviewer), done: true });
  letter.add(said("Ann", "reject"));
  letter.add({ ...by("Bo"), done: false });
  equal(letter.open, true);
  deepEqual(letter.seen(span, "Cy").both?.map(({ reviewer, decision }) => [reviewer, decision]), [
    ["Ann", "accept"],
    ["Bo", "none"],
  ]);
});

Deno.test("agreement is Krippendorff's alpha over what both decided, with an interval over letters", () => {
  for (const counts of [[3, 1, 4], [0, 2, 0], [5, 0, 1], [1, 7, 2]] as const) {
    const [rejected, apart, accepted] = counts;
    const times = (n: number, unit: readonly number[]) => Array.from({ length: n }, () => unit);
    const units = [...times(rejected, [0, 0]), ...times(apart, [0, 1]), ...times(accepted, [1, 1])];
    ok(Math.abs(alphaOf(counts) - krippendorffAlpha(units, "nominal")) < 1e-12, `${counts}`);
  }
  const letters = Array.from({ length: 8 }, (_, i) => ({
    ...{ id: `${i}`, text: "He took aspirin.", spans: [span], meta: {} },
  }));
  const reviewed = new Map(letters.map(({ id }, i) => {
    const letter = new ReviewedLetter();
    const by = (reviewer: string) => ({ at: "2026-01-01T00:00:00Z", reviewer, corpus, letter: id });
    const first = i % 2 === 0 ? "accept" : "reject";
    letter.add({ ...by("Ann"), span, decision: first, comment: "" });
    letter.add({ ...by("Bo"), span, decision: i === 0 ? "reject" : first, comment: "" });
    for (const reviewer of ["Ann", "Bo"]) {
      if (i < 7 || reviewer === "Ann") letter.add({ ...by(reviewer), done: true });
    }
    return [id, letter];
  }));
  const { rows } = agreementTable(letters, reviewed);
  deepEqual(rows.map(({ of, units }) => [of, units]), [["spans", 7], ["DRUG", 7], ["letters", 0]]);
  const alpha = rows[0]?.["alpha"];
  ok(typeof alpha === "object" && alpha !== null && "low" in alpha);
  const expected = krippendorffAlpha([[1, 0], [0, 0], [1, 1], [0, 0], [1, 1], [0, 0], [1, 1]], "nominal");
  equal(alpha.value, expected);
  ok(alpha.low < expected && expected < alpha.high);
});

Deno.test("annotated() leaves out rejected spans with all that names them, and numbers its notes after those there", () => {
  const letter = {
    ...{ id: "a", text: "On aspirin for pain.", meta: {} },
    spans: [{ start: 3, end: 10, label: "DRUG" }, { start: 15, end: 19, label: "PROBLEM" }],
    standoff: {
      names: ["T4", "T7"],
      lines: ["T4", "T7", "R1\tTreats Arg1:T4 Arg2:T7", "A1\tSure R1", "#3\tAnnotatorNotes T4\tsee T7"],
    },
  };
  const review = new ReviewedLetter();
  const head = { at: "2026-01-01T00:00:00Z", reviewer: "Ann", corpus, letter: "a" };
  review.add({ ...head, span: letter.spans[1]!, decision: "reject", comment: "a\tb\nc" }); // two spans
  review.add({ ...head, span: null, decision: "accept", comment: "" });
  const left = annotated(letter, review, "Ann", "left out");
  deepEqual(left.spans.map(({ label }) => label), ["DRUG"]);
  deepEqual(left.standoff?.lines, [
    "T4",
    "#3\tAnnotatorNotes T4\tsee T7",
    "#4\tAnnotatorNotes T4\tletter: accept (Ann)",
  ]);
  const kept = annotated(letter, review, "Ann", "kept");
  equal(kept.standoff?.lines.at(-1), "#5\tAnnotatorNotes T7\treject (Ann: a b c)");
  equal(kept.standoff?.lines.length, 7);
});
