import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { z } from "zod";
import { sharedFolder } from "../corpus/shared_folder.ts";
import { hasRole } from "./special_tokens.ts";
import { Tokenizer } from "./tokenizer.ts";
import json from "./tokenizer_oracle.json" with { type: "json" };

/** Numbers in a string, with spaces between. */
const Ids = z.string().transform((line) => line === "" ? [] : line.split(" ").map(Number));
const Words = z.object({ ids: Ids, first: Ids });
const File = z.union([z.string(), z.looseObject({})]);
const Oracle = z.object({
  texts: z.array(z.string()),
  words: z.array(z.string()),
  families: z.record(
    z.string(),
    z.object({
      files: z.record(z.string(), File),
      cases: z.array(
        z.object({
          ids: Ids,
          starts: Ids.optional(),
          ends: Ids.optional(),
          decoded: z.string(),
          skipped: z.string().optional(),
        }),
      ),
      around: z.array(z.number()),
      size: z.number(),
      words: Words,
      spacedWords: Words.optional(),
      special: z.record(z.string(), z.number()),
    }),
  ),
  "all-MiniLM-L6-v2": z.array(Ids),
});
const oracle = Oracle.parse(json);
type Files = Readonly<Record<string, z.infer<typeof File>>>;

async function inFolder(files: Files, test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, value] of Object.entries(files)) {
      const content = typeof value === "string"
        ? new TextEncoder().encode(value)
        : typeof value["base64"] === "string"
        ? Uint8Array.fromBase64(value["base64"])
        : new TextEncoder().encode(JSON.stringify(value));
      await Deno.writeFile(`${folder}/${name}`, content);
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The tokenizer.json of a family; it may be that of another with some parts changed. */
function tokenizerOf(name: string): Record<string, unknown> {
  const file = oracle.families[name]?.files["tokenizer.json"] ?? {};
  if (typeof file === "string") return Object(JSON.parse(file));
  return typeof file["like"] === "string" ? { ...tokenizerOf(file["like"]), ...file } : file;
}

function filesOf(name: string): Files {
  const files = oracle.families[name]?.files ?? {};
  return "tokenizer.json" in files ? { ...files, "tokenizer.json": tokenizerOf(name) } : files;
}

async function opened(name: string, test: (tokenizer: Tokenizer) => void) {
  await inFolder(filesOf(name), async (folder) => test(await Tokenizer.open(folder)));
}

for (const [name, family] of Object.entries(oracle.families)) {
  Deno.test(`Tokenizer gives what Python gives: ${name}`, () =>
    opened(name, (tokenizer) => {
      for (const [i, text] of oracle.texts.entries()) {
        const { ids, starts, ends, decoded, skipped = decoded } = family.cases[i] ?? { ids: [], decoded: "" };
        const where = JSON.stringify(text);
        deepEqual(tokenizer.encode(text), ids, where);
        const encoding = tokenizer.encodeWithOffsets(text);
        deepEqual(encoding.ids, ids, where);
        if (starts && ends) deepEqual(encoding, { ids, starts, ends }, where);
        equal(tokenizer.decode(ids), decoded, where);
        equal(tokenizer.decode(ids, { skipSpecial: true }), skipped, where);
      }
      deepEqual(tokenizer.withSpecial(tokenizer.encode("x")), family.around);
      equal(tokenizer.vocabSize, family.size);
      deepEqual({ ...tokenizer.special }, family.special);
      const leadingSpace = name === "roberta-spaced";
      deepEqual(tokenizer.encodeWords(oracle.words, { leadingSpace }), family.words);
      if (family.spacedWords) deepEqual(tokenizer.encodeWords(oracle.words), family.spacedWords);
    }));
}

Deno.test("Tokenizer.encodeWithOffsets() gives the ranges of Moses's words, which Python does not", () =>
  opened("biogpt", (tokenizer) => {
    const text = "No  fever,\u0001 O'Connor's \u{1f600} non-drug... <b>";
    const { ids, starts, ends } = tokenizer.encodeWithOffsets(text);
    const words: [string, number, number][] = [];
    for (const [i, id] of ids.entries()) {
      const [start, end] = [starts[i] ?? 0, ends[i] ?? 0];
      ok(start < end && end <= text.length);
      const before = words.at(-1);
      const goesOn = before !== undefined && i > 0 && !tokenizer.piece(ids[i - 1] ?? 0).endsWith("</w>") &&
        start === before[2];
      if (goesOn) words[words.length - 1] = [text.slice(before[1], end), before[1], end];
      else words.push([text.slice(start, end), start, end]);
      ok(tokenizer.piece(id) !== "");
    }
    const found = words.map(([word]) => word);
    for (const word of ["No", "fever", ",", "non", "-", "...", "<", "\u{1f600}"]) {
      ok(found.includes(word), word);
    }
  }));

Deno.test("Tokenizer.encodeWords() takes a leading space for each word, or none", () =>
  opened("roberta", (tokenizer) => {
    const { ids, first } = tokenizer.encodeWords(["the", "the"], { leadingSpace: [false, true] });
    deepEqual(ids.slice(0, first[1]), tokenizer.encode("the"));
    deepEqual(ids.slice(first[1]), tokenizer.encode(" the"));
    deepEqual(tokenizer.pieces("the"), tokenizer.encode(" the"));
    throws(() => tokenizer.encodeWords(["a"], { leadingSpace: [] }), /leadingSpace: 0 values for 1 words/);
  }));

Deno.test("Tokenizer.wholeWords() flags words of letters in each family", async () => {
  const expected: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["bert-uncased", ["patient", "ñandu", "東", "a"], ["##ing", "10", ".", "[MASK]", "[unused1]", "°"]],
    ["roberta", ["Ġthe", "Ġof"], ["the", "Ġ", "Ġ1", "<s>", ".", "Ã©"]],
    ["t5-files", ["▁the"], ["s", "▁", "</s>", "<extra_id_0>", "."]],
    ["gpt-sw3", ["▁the"], ["the", "▁", "<s>", "<0x0A>", "___"]],
    ["biogpt", ["the</w>", "of</w>"], ["e", ",</w>", "@-@</w>", "<s>"]],
  ];
  for (const [name, words, others] of expected) {
    await opened(name, (tokenizer) => {
      const whole = tokenizer.wholeWords();
      equal(whole.length, tokenizer.vocabSize);
      const flags = new Map(Array.from(whole, (flag, id) => [tokenizer.piece(id), flag]));
      for (const piece of words) equal(flags.get(piece), 1, `${name}: ${piece}`);
      for (const piece of others) ok(flags.get(piece) !== 1, `${name}: ${piece}`);
    });
  }
});

Deno.test("Tokenizer.surface() takes off a family's marks", async () => {
  const surfaces = async (name: string, text: string) => {
    const found: [string, boolean][] = [];
    await opened(name, (tokenizer) => {
      for (const id of tokenizer.encode(text)) {
        const { text, begins } = tokenizer.surface(id);
        found.push([text, begins]);
      }
    });
    return found;
  };
  deepEqual(await surfaces("bert-uncased", "fever [MASK]"), [["fev", true], ["er", false], ["[MASK]", true]]);
  deepEqual(await surfaces("roberta", "a the"), [["a", false], ["the", true]]);
  deepEqual(await surfaces("t5-files", "the."), [["the", true], [".", false]]);
});

Deno.test("Tokenizer.special names the roles that a family has, and says which it has not", () =>
  opened("t5-files", ({ special, sentinels }) => {
    equal(special.eos, 1);
    equal(hasRole(special, "mask"), false);
    throws(() => special.mask, /spiece\.model: no mask token\. Name a model that has one\./);
    deepEqual(sentinels, [304, 303, 302, 301, 300]);
  }));

Deno.test("Tokenizer.open() tells the type of a model that does not say it, as old files do not", async () => {
  for (const name of ["bert-uncased", "roberta", "t5-always"]) {
    const { model, ...file } = tokenizerOf(name);
    const { type: _, ...untyped } = Object(model);
    await inFolder({ "tokenizer.json": { ...file, model: untyped } }, async (folder) => {
      const tokenizer = await Tokenizer.open(folder);
      deepEqual(tokenizer.encode(oracle.texts[0] ?? ""), oracle.families[name]?.cases[0]?.ids);
    });
  }
});

Deno.test("Tokenizer.piece() refuses ids that no piece has", () =>
  opened("bert-vocab", (tokenizer) => {
    throws(() => tokenizer.piece(17), { message: "piece 17: the tokenizer has ids below 17." });
    equal(tokenizer.decode([5, 17, 99]), "the");
  }));

Deno.test("Tokenizer.open() refuses folders that it cannot trust", async () => {
  const refuses = (files: Files, message: RegExp) =>
    inFolder(files, (folder) =>
      rejects(Tokenizer.open(folder), (error: Error) => {
        ok(message.test(error.message) && !error.message.includes("\n"), error.message);
        return true;
      }));
  const [bert, roberta] = [tokenizerOf("bert-uncased"), tokenizerOf("roberta")];
  const text = JSON.stringify(bert);
  const { size = 0 } = oracle.families["bert-uncased"] ?? {};

  await refuses({}, /tokenizer\.json: missing\. Name a model folder that has it, or vocab\.txt/);
  await refuses(
    { "tokenizer.json": text.slice(0, 500) },
    /tokenizer\.json: not JSON, 500 characters: half-written\?/,
  );
  await refuses(
    { "tokenizer.json": { ...bert, model: { type: "Bigram" } } },
    /model is of type "Bigram"\. Known are WordPiece, BPE,/,
  );
  await refuses(
    { "tokenizer.json": { ...bert, normalizer: { type: "BertNormalizer", lowercase: 1 } } },
    /normalizer\.lowercase is 1: /,
  );
  await refuses(
    { "tokenizer.json": bert, "config.json": { vocab_size: size - 1 } },
    new RegExp(`${size} pieces, but vocab_size of config\\.json is ${size - 1}`),
  );
  await refuses(
    { "tokenizer.json": bert, "config.json": { vocab_size: size + 256 } },
    /Put the files of one model together/,
  );
  await inFolder({ "tokenizer.json": bert, "config.json": { vocab_size: size + 255 } }, async (folder) => {
    await Tokenizer.open(folder);
  });
  const added = (id: number, content: string) => ({ ...bert, added_tokens: [{ id, content }] });
  await refuses({ "tokenizer.json": added(6, "[NEW]") }, /added token "\[NEW\]" has id 6, which is "the"/);
  await refuses(
    { "tokenizer.json": added(500, "the") },
    /added token "the" has id 500, the vocabulary gives it 6/,
  );

  const model = (changes: object) => ({
    ...roberta,
    model: { ...typeof roberta["model"] === "object" ? roberta["model"] : {}, ...changes },
  });
  await refuses(
    { "tokenizer.json": model({ merges: [["Ġ", "zzz"]] }) },
    /model\.merges\.0: "zzz" is no piece/,
  );
  await refuses(
    { "tokenizer.json": model({ merges: ["a b c"] }) },
    /model\.merges\.0 is "a b c": two pieces expected/,
  );
  await refuses(
    { "tokenizer.json": model({ vocab: { a: 0, b: 0 } }) },
    /model\.vocab is .*"a" and "b" both have id 0/,
  );
  await refuses({ "tokenizer.json": model({ dropout: 0.1 }) }, /model\.dropout is 0\.1: chance has no place/);

  const gpt2 = filesOf("gpt2-files");
  const { "vocab.json": vocabulary = "", "merges.txt": merges = "" } = gpt2;
  await refuses(
    { "vocab.json": vocabulary, "tokenizer_config.json": { tokenizer_class: "GPT2Tokenizer" } },
    /merges\.txt: missing\. Fetch it/,
  );
  await refuses(
    { ...gpt2, "merges.txt": "Ġ t\nĠ\n" },
    /merges\.txt:2: "Ġ" is no pair of pieces: half-written\?/,
  );
  await refuses(
    { "vocab.json": vocabulary, "merges.txt": merges },
    /vocab\.json: tokenizer_class is none; .* Name GPT2Tokenizer, RobertaTokenizer or BioGptTokenizer/,
  );
  await refuses({ "vocab.txt": "the\nfever\n" }, /vocab\.txt: 2 lines, none of them \[UNK\]: half-written\?/);

  const t5 = { "tokenizer_config.json": { tokenizer_class: "T5Tokenizer" } };
  const { "spiece.model": spiece = "" } = filesOf("t5-files");
  const bytes = typeof spiece === "object" ? String(spiece["base64"]) : "";
  await refuses(
    { ...t5, "spiece.model": "PK\u0003\u0004 no model at all" },
    /spiece\.model: no SentencePiece model, 20 bytes: /,
  );
  await refuses(
    { ...t5, "spiece.model": { base64: bytes.slice(0, 2000) } },
    /spiece\.model: no SentencePiece model, 1500 bytes: cut off at byte/,
  );
  await refuses(
    { ...t5, "spiece.model": "version https://git-lfs.github.com/spec/v1\noid sha256:0" },
    /a Git LFS pointer\. Fetch the file again/,
  );
  await refuses(
    { ...t5, "spiece.model": filesOf("gpt-sw3")["spiece.model"] ?? "" },
    /spiece\.model: a model of BPE kind, T5 has unigram/,
  );
  await refuses(
    { "spiece.model": spiece },
    /spiece\.model: tokenizer_class is none; SentencePiece models can be/,
  );
});

Deno.test("Tokenizer encodes with all-MiniLM-L6-v2 as Python does, whatever its truncation says", async () => {
  const folder = sharedFolder("models/all-MiniLM-L6-v2");
  if (folder === undefined) return;
  const tokenizer = await Tokenizer.open(folder);
  for (const [i, text] of oracle.texts.entries()) {
    deepEqual(tokenizer.encode(text), oracle["all-MiniLM-L6-v2"][i], JSON.stringify(text));
  }
  equal(tokenizer.encode("seen ".repeat(1000)).length, 1000);
  ok(tokenizer.wholeWords().reduce((sum, x) => sum + x, 0) > 20_000);
});
