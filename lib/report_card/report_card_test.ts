import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { tinyModel } from "../checkpoint/tiny_model.ts";
import { project } from "../project.ts";
import { random } from "../random.ts";
import type { Letter } from "../corpus/letter.ts";
import type { ReportCard } from "./card.ts";
import { reportPage } from "./page.ts";
import { reportCard } from "./report_card.ts";
import { writeReport } from "./write_report.ts";

const NAMES = ["Ann Lee", "Bo Fry", "Cy Dunn", "Di Moss", "Ed Pell", "Flo Hart", "Gus Wade", "Ida Kerr"];
const PROBLEMS = ["gout", "asthma", "migraine", "eczema", "anaemia", "sciatica", "angina", "vertigo"];

/** A letter with a name, a problem and a dose. */
function letter(i: number, extra = ""): Letter {
  const [name = "", problem = ""] = [NAMES[i], PROBLEMS[(3 * i + 1) % 8]];
  const text = `Mrs ${name} has ${problem} of the left knee. No fever, no rash. She takes ${
    i + 2
  } mg of it daily.${extra}`;
  const span = (words: string, label: string) => {
    const start = text.indexOf(words);
    return { start, end: start + words.length, label };
  };
  return { id: `letter-${i}`, text, spans: [span(name, "PATIENT"), span(problem, "PROBLEM")], meta: {} };
}

const real = NAMES.map((_, i) => letter(i));
const quick = { embeddings: false, utility: false, causalLM: false } as const;
const changed = (from: string | RegExp, to: string) =>
  real.map((one) => ({ ...one, spans: [], text: one.text.replace(from, to) }));
const shuffled = real.map((one) => ({
  ...one,
  spans: [],
  text: random(one.id).shuffle(one.text.split(" ")).join(" "),
}));

const of = ({ sections }: ReportCard, name: string) => {
  const found = sections.flatMap(({ measures }) => measures).find((measure) => measure.name === name);
  return { real: found?.real.value, synthetic: found?.synthetic.map(({ value }) => value) ?? [] };
};

Deno.test("reportCard() gives the real letters themselves what the holdout gets, and all that can be copied", async () => {
  const card = await reportCard(real, [{ name: "itself", letters: real }], quick);
  for (const name of ["js-words", "js-2-grams", "distinct-1", "self-bleu", "words", "flesch-reading-ease"]) {
    const { real: holdout, synthetic } = of(card, name);
    equal(synthetic[0], holdout, name);
  }
  equal(of(card, "rougeL").synthetic[0], 1);
  equal(of(card, "phi-replay").synthetic[0], 1);
  equal(of(card, "phi-replay").real, 0);
  equal(of(card, "copied-10-grams").synthetic[0], 1);
  equal(of(card, "membership-auc").synthetic[0], 1);
  for (
    const name of [
      "entities-changed",
      "negations-flipped",
      "doses-changed",
      "sides-changed",
      "numbers-changed",
    ]
  ) {
    equal(of(card, name).synthetic[0], 0, name);
    ok((of(card, name).real ?? 0) >= 0, name);
  }
});

Deno.test("reportCard() sets corpora side by side, and each is told by what was done to it", async () => {
  const corpora = [
    { name: "itself", letters: real },
    { name: "flipped", letters: changed("No fever", "High fever") },
    { name: "overdosed", letters: changed(/(\d) mg/, "$10 mg") },
    { name: "mirrored", letters: changed("left knee", "right knee") },
    { name: "other unit", letters: changed("mg", "g") },
    { name: "shuffled", letters: shuffled },
  ];
  const card = await reportCard(real, corpora, quick);
  deepEqual(of(card, "negations-flipped").synthetic.slice(0, 5), [0, 0.5, 0, 0, 0]);
  deepEqual(of(card, "doses-changed").synthetic.slice(0, 5), [0, 0, 1, 0, 1]);
  deepEqual(of(card, "sides-changed").synthetic.slice(0, 5), [0, 0, 0, 1, 0]);
  deepEqual(of(card, "units-changed").synthetic.slice(0, 5), [0, 0, 0, 0, 1]);
  deepEqual(of(card, "numbers-changed").synthetic.slice(0, 5), [0, 0, 1, 0, 0]);
  const [itself = 0, , , , , mixed = 0] = of(card, "js-2-grams").synthetic;
  ok((mixed ?? 0) > (itself ?? 0));
  equal(of(card, "js-words").synthetic[5], of(card, "js-words").synthetic[0]); // the same words
});

Deno.test("every reading of a report card has an interval around it, a number of letters and a signature", async () => {
  const card = await reportCard(real, [{ name: "itself", letters: real }, {
    name: "shuffled",
    letters: shuffled,
  }], quick);
  for (const { measures } of card.sections) {
    for (const { name, real, synthetic, signature } of measures) {
      ok(signature.includes("v1"), name);
      for (const { value, low, high, n, reason } of [real, ...synthetic]) {
        if (value === null) ok(reason, name);
        else ok((low ?? NaN) <= value && value <= (high ?? NaN) && n >= 2, name);
      }
    }
  }
  deepEqual(
    await reportCard(
      real,
      [{ name: "itself", letters: real }, { name: "shuffled", letters: shuffled }],
      quick,
    ),
    card,
  );
});

Deno.test("reportCard() lists the riskiest letters by PHI that no other real letter has", async () => {
  const synthetic = [
    { id: "s1", text: "All is well.", spans: [], meta: {} },
    { id: "s2", text: "He met Cy Dunn and Di Moss.", spans: [], meta: {} },
    { id: "s3", text: "No word of ED PELL.", spans: [], meta: {} },
  ];
  const card = await reportCard(real, [{ name: "made", letters: synthetic }], quick);
  const { listings, measures } = card.sections.find(({ name }) => name === "privacy")!; // there always is
  deepEqual(listings[0]?.letters.map(({ id, of }) => [id, of]), [["s2", 2], ["s3", 1]]);
  equal(measures.length > 0, true);
});

Deno.test("reportCard() leaves out what it can't measure, and says why", async () => {
  const plain = real.map((one) => ({ ...one, spans: [] }));
  const spanish = ["Ana", "Luis", "Eva", "Juan"].map((name, i) => ({
    id: `es-${i}`,
    text:
      `La paciente ${name} acude con dolor en la rodilla y en el pie, sin fiebre. Se le da el alta con una dosis de 5 mg.`,
    spans: [],
    meta: {},
  }));
  const card = await reportCard(plain, [{ name: "spanish", letters: spanish }], { embeddings: false });
  const why = (name: string) =>
    card.sections.find((section) => section.name === name)?.leftOut.map(({ why }) => why);
  deepEqual(why("utility"), ["the real letters have no spans to learn and to test with"]);
  deepEqual(why("pairs"), ["fewer than two of its 4 letters have the id of a real one"]);
  ok(why("corpora")?.includes("its letters are es, the real ones en"));
  ok(why("validity")?.includes("fewer than two of its 4 letters have the id of a real one"));
  match(of(card, "phi-replay").real === undefined ? "" : "phi", /phi/); // found by rules
});

Deno.test("reportCard() refuses corpora that can't be compared, in one line", async () => {
  const one = [{ name: "a", letters: real }];
  await rejects(reportCard([], one, quick), {
    message: /^report: 0 letters in the real corpus.*at least 4\.$/,
  });
  await rejects(reportCard(real, [{ name: "a", letters: [] }], quick), {
    message: /^report: 0 letters in a\./,
  });
  await rejects(reportCard(real, [], quick), { message: /no synthetic corpus/ });
  await rejects(reportCard(real, [...one, ...one], quick), { message: /two corpora are named "a"/ });
  await rejects(reportCard(real, one, { ...quick, holdout: real.slice(0, 2) }), {
    message: /letter-0 of the holdout is/,
  });
  await rejects(reportCard(real, one, { ...quick, labels: ["PATIENTS"] }), {
    message: /The nearest is PATIENT\.$/,
  });
});

Deno.test("reportCard() trains taggers on the corpus and on mixtures, and tests them on the real holdout", async () => {
  const models = await Deno.makeTempDir();
  const pieces = real.flatMap(({ text }) => text.toLowerCase().match(/\w+|[.,]/g) ?? []);
  await tinyModel(`${models}/tiny`, { pieces: [...new Set(pieces)], positions: 48, layers: 1 });
  const corpora = [{ name: "itself", letters: real }, { name: "bare", letters: shuffled }];
  const utility = { model: "tiny", steps: 3, seeds: [1, 2], shares: [0.5], taggers: `${models}/kept` };
  const card = await reportCard(real, corpora, { embeddings: false, utility, models });
  const { measures, leftOut } = card.sections.find(({ name }) => name === "utility")!; // there always is
  deepEqual(measures.map(({ name }) => name), [
    "f1-alone",
    "f1-with-half",
    "f1-with-real",
    "f1-of-50",
  ]);
  equal(measures[3]?.synthetic[0]?.runs?.length, 2);
  equal(measures[0]?.synthetic[0]?.n, 4);
  deepEqual(leftOut.map(({ why }) => why), ["its letters have no spans to learn from"]);
});

Deno.test("the page of a report card keeps hostile letters text, and quotes none where told so", async () => {
  const hostile = real.map((one) => ({
    ...one,
    text: `${one.text} </mark><script>alert(1)</script><img src=x onerror=alert(1)>`,
  }));
  const synthetic = [{
    name: '<b onclick="x">',
    letters: hostile.map((one) => ({ ...one, text: one.text.replace("No", "<i>") })),
  }];
  const card = await reportCard(hostile, synthetic, quick);
  const page = await reportPage(card, { real: hostile, synthetic });
  ok(!/<script|<img|<b onclick|<i>/.test(page));
  match(page, /&lt;script&gt;/);
  match(page, /Content-Security-Policy" content="default-src 'none'/);
  ok(!(await reportPage(card)).includes("script&gt;"));
  ok(!JSON.stringify(card).includes("script"));
});

Deno.test("writeReport() writes the page, the numbers, tables and figures", async () => {
  const folder = await Deno.makeTempDir();
  const synthetic = [{ name: "itself", letters: real }];
  const card = await reportCard(real, synthetic, quick);
  const [pairs] = card.sections;
  await writeReport(`${folder}/out`, { ...card, sections: pairs ? [pairs] : [] }, { real, synthetic });
  const names = [...Deno.readDirSync(`${folder}/out`)].map(({ name }) => name).sort();
  deepEqual(names, [
    ...["csv", "pdf", "png", "svg"].map((form) => `figure-rougeL.${form}`),
    "index.html",
    ...["csv", "md", "parquet", "tex"].map((form) => `pairs.${form}`),
    ...["csv", "json", "md", "parquet", "tex"].map((form) => `report.${form}`),
  ]);
  const json: unknown = JSON.parse(await Deno.readTextFile(`${folder}/out/report.json`));
  deepEqual(json, { ...card, sections: [pairs] });
});

Deno.test("reportCard() measures perplexity with a causal model, and says why not where there is none", async () => {
  const causalLM = `${project.lib}/metrics/perplexity/fixtures/tiny-gpt2`;
  const corpora = [{ name: "itself", letters: real }, { name: "shuffled", letters: shuffled }];
  const card = await reportCard(real, corpora, { ...quick, causalLM });
  equal(of(card, "perplexity-excess").synthetic[0], 0);
  ok(Number.isFinite(of(card, "perplexity-excess").real));
  equal(of(card, "perplexity").synthetic[0], of(card, "perplexity").real);
  const models = await Deno.makeTempDir();
  const { sections } = await reportCard(real, corpora, { embeddings: false, utility: false, models });
  const why = sections.flatMap(({ leftOut }) => leftOut).filter(({ what }) => /^perplexity/.test(what));
  equal(why.length, 2);
  match(why[0]?.why ?? "", /has neither biogpt nor decoder-small$/);
});

Deno.test("reportCard() judges letters without a word in them like any others", async () => {
  for (const text of ["", " \n", "…"]) {
    const empty = real.map((one) => ({ ...one, text, spans: [] }));
    const card = await reportCard(real, [{ name: "empty", letters: empty }], quick);
    ok((of(card, "words").synthetic[0] ?? 9) <= 1);
    equal(of(card, "phi-replay").synthetic[0], 0);
    ok(!JSON.stringify(card).includes("NaN"));
    ok(
      (await reportPage(card, { real, synthetic: [{ name: "empty", letters: empty }] })).includes("Left out"),
    );
  }
});

Deno.test("reportCard() lists letters with canaries first, and tells of each by its place in the list", async () => {
  const synthetic = real.map((one, i) => ({
    ...one,
    id: `s${i}`,
    text: i === 5 ? "The word is Swordfish 7." : "All is well.",
    spans: [],
  }));
  const canaries = ["never planted here", "swordfish 7"];
  const card = await reportCard(real, [{ name: "made", letters: synthetic }], { ...quick, canaries });
  equal(of(card, "canaries").synthetic[0], 1 / 8);
  const { listings } = card.sections.find(({ name }) => name === "privacy")!; // there always is
  deepEqual(listings[0]?.letters.map(({ id, findings }) => [id, findings[0]?.what]), [[
    "s5",
    "canary 2 replayed",
  ]]);
  ok(!JSON.stringify(card).toLowerCase().includes("swordfish"));
});
