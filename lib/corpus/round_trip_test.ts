import { deepEqual, equal, ok } from "node:assert/strict";
import { random } from "../random.ts";
import { readBrat } from "./brat.ts";
import type { Letter, Span } from "./letter.ts";
import { letters } from "./letters.ts";
import { OFFSET_UNITS } from "./offsets.ts";
import { sharedFolder } from "./shared_folder.ts";
import { writeLetters, type WriteLettersOptions } from "./write_letters.ts";

const meddocan = sharedFolder("data/meddocan/dev");
const pieces = [
  ...[
    "a",
    "Bó",
    "niño",
    "1.5",
    "mg",
    "🙂",
    "𝒳y",
    "e\u0301",
    "中",
    ".",
    ",",
    '"',
    "''",
    "&",
    "<b>",
    "]]>",
    "#",
    "=",
    "-",
    "\\",
  ],
  ...[
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\u00a0",
    "\u2028",
    "\u0085",
    "\ufeff",
    "# id = ",
    "-DOCSTART-",
    "T1\t",
  ],
];

/** Letters of odd characters, with spans that do not overlap and do not cut a pair. */
function generated(seed: string, edit: { trimmed?: boolean; meta?: boolean; controls?: boolean }): Letter[] {
  const rng = random(seed);
  const ids = ["a", "b c", "ñ", "x.y", "z-1", "001", "q'\"", "=1"];
  return ids.map((id) => {
    const parts = Array.from({ length: 1 + rng.below(30) }, () => pieces[rng.below(pieces.length)] ?? "");
    if (edit.controls) parts.push("\u0001\u000c");
    parts.splice(rng.below(parts.length), 0, "w"); // a visible character at least
    const text = parts.join("");
    const spans: Span[] = [];
    let at = 0;
    for (const part of parts) {
      const start = at;
      at += part.length;
      const odd = edit.trimmed && /^\s|\s$/.test(part);
      if (rng.next() < 0.4 && !odd) {
        spans.push({ start, end: at, label: ["DRUG", "B_x", "ÑU-1"][rng.below(3)] ?? "" });
      }
    }
    const meta = edit.meta && rng.next() < 0.5
      ? { fold: `${rng.below(5)}`, "odd, name": "\n", text: "x", empty: "" }
      : {};
    return { id, text, spans, meta };
  }).sort((a, b) => a.id < b.id ? -1 : 1);
}

async function roundTrip(corpus: readonly Letter[], out: string, options: WriteLettersOptions, reading = {}) {
  const folder = await Deno.makeTempDir();
  try {
    await writeLetters(`${folder}/${out}`, corpus, options);
    const { format } = options;
    return await letters(`${folder}/${out}`, { ...format !== undefined && { format }, ...reading });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const cases: [
  name: string,
  out: string,
  options: WriteLettersOptions,
  edit: Parameters<typeof generated>[1],
][] = [
  ["JSON Lines", "l.jsonl", {}, { meta: true, controls: true }],
  ["JSON Lines, packed", "l.jsonl.gz", {}, { meta: true, controls: true }],
  ["JSON Lines with begin and end", "l.begin.jsonl", {}, { meta: true, controls: true }],
  ["JSON Lines with begin and end, packed", "l.begin.jsonl.gz", {}, { meta: true, controls: true }],
  ["presidio's results", "l", { format: "presidio" }, { controls: true }],
  ["presidio's results, packed", "l", { format: "presidio", gzip: true }, { controls: true }],
  ["presidio-evaluator's samples", "l.presidio.json", {}, { meta: true, controls: true }],
  ["presidio-evaluator's samples, packed", "l.presidio.json.gz", {}, { controls: true }],
  ["CSV", "l.csv", {}, { meta: true, controls: true }],
  ["CSV, packed", "l.csv.gz", {}, { meta: true, controls: true }],
  ["BRAT", "l", {}, { controls: true }],
  ["BRAT, packed", "l", { gzip: true }, {}],
  ["MEDDOCAN", "l", { format: "meddocan" }, {}],
  ["MEDDOCAN XML", "l", { format: "meddocan-xml" }, {}],
  ["i2b2 XML", "l", { format: "i2b2" }, {}],
  ["i2b2 XML, packed", "l", { format: "i2b2", gzip: true }, {}],
  ["SNOMED pairs", "l", { format: "snomed" }, { controls: true }],
  ["SNOMED pairs, packed", "l", { format: "snomed", gzip: true }, {}],
  ["IOB", "l.tsv", {}, { meta: true, trimmed: true, controls: true }],
  ["IOB, packed", "l.conll.gz", {}, { meta: true, trimmed: true }],
  ["IOB between blanks", "l.tsv", { tokens: "blanks" }, { meta: true, trimmed: true }],
  ...(["iob1", "ioe1", "ioe2", "iobes", "bilou"] as const).map((
    tags,
  ): typeof cases[number] => [`IOB in ${tags}`, "l.tsv", { tags }, { trimmed: true }]),
];

for (const [name, out, options, edit] of cases) {
  Deno.test(`letters of odd characters keep every character and span in ${name}`, async () => {
    for (let seed = 0; seed < 6; seed++) {
      const corpus = generated(`${name}/${seed}`, edit);
      const reading = { ...options.tags && { tags: options.tags } };
      deepEqual(await roundTrip(corpus, out, options, reading), corpus, `seed ${seed}`);
    }
  });
}

Deno.test("letters of odd characters keep every character in text files", async () => {
  const corpus = generated("text", { controls: true }).map((letter) => ({ ...letter, spans: [] }));
  deepEqual(await roundTrip(corpus, "l", { format: "text" }), corpus);
  deepEqual(await roundTrip(corpus, "l", { format: "text", gzip: true }), corpus);
});

Deno.test("offsets of every unit are written and read back in every format that has some", async () => {
  for (const offsets of OFFSET_UNITS) {
    for (
      const [out, format] of [
        ["l.jsonl", "jsonl"],
        ["l.begin.jsonl", "begin-end"],
        ["l", "presidio"],
        ["l.presidio.json", "presidio-evaluator"],
        ["l.csv", "csv"],
        ["l", "brat"],
        ["l", "snomed"],
        [
          "l",
          "i2b2",
        ],
      ] as const
    ) {
      const corpus = generated(`${offsets}/${format}`, {});
      deepEqual(
        await roundTrip(corpus, out, { format, offsets }, { offsets }),
        corpus,
        `${format} ${offsets}`,
      );
    }
  }
});

Deno.test("writeLetters() leaves nothing where a letter can't be held", async () => {
  const folder = await Deno.makeTempDir();
  const letter = { id: "a", text: "x y", spans: [{ start: 0, end: 2, label: "A" }], meta: {} };
  const fails = async (format: string, one: Letter) =>
    await writeLetters(`${folder}/out`, [one], { format }).then(() => "", (error: Error) => error.message);
  equal(
    await fails("iob", letter),
    "letter a: span [0, 2) begins or ends with a blank, which tags can't write. Trim it, or choose brat or jsonl.",
  );
  equal(
    await fails("text", letter),
    "letter a: a text file has no place for its 1 spans. Choose another format, or drop the spans (option dropSpans, --drop-spans).",
  );
  equal(
    await fails("i2b2", { ...letter, text: "x\u000cy" }),
    "letter a: character 1 is U+000C, which XML forbids. Choose another format, or replace it.",
  );
  equal(
    (await fails("brat", { ...letter, text: "x \ud83d" })).replace(folder, ""),
    "/out/a.txt: half of a surrogate pair, which UTF-8 can't hold. Mend the letter, or write .jsonl.",
  );
  const parts = [{ start: 0, end: 1 }, { start: 2, end: 3 }];
  equal(
    await fails("snomed", { ...letter, spans: [{ start: 0, end: 3, label: "A", fragments: parts }] }),
    "letter a: span [0, 3) has several parts, which these columns can't hold. Split it (option discontinuous), or choose brat or jsonl.",
  );
  deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
  await Deno.remove(folder, { recursive: true });
});

Deno.test({
  name: "BRAT and JSON Lines give every MEDDOCAN letter back as it was read",
  ignore: meddocan === undefined,
  async fn() {
    const corpus = await readBrat(meddocan ?? "");
    equal(corpus.length, 250);
    ok(corpus.every(({ spans }) => spans.length > 0));
    const folder = await Deno.makeTempDir();
    try {
      await writeLetters(`${folder}/brat`, corpus);
      deepEqual(await letters(`${folder}/brat`), corpus);
      await writeLetters(`${folder}/letters.jsonl`, corpus);
      deepEqual(await letters(`${folder}/letters.jsonl`), corpus);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("letters() says what it knows when it is given something else", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/a.csv`, "");
    for (
      const [path, message] of [["a.csv", /no corpus by its name/], ["none", /nothing there/], [
        ".",
        /no \.txt file in it/,
      ]] as const
    ) {
      const error = await letters(`${folder}/${path}`).then(() => undefined, (error: Error) => error);
      ok(error && message.test(error.message), String(error));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
