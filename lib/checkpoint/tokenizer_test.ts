import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { Tokenizer as Pipeline } from "@huggingface/tokenizers";
import { sharedFolder } from "../corpus/shared_folder.ts";
import { random } from "../random.ts";
import { Tokenizer } from "./tokenizer.ts";
import oracle from "./tokenizer_oracle.json" with { type: "json" };

async function inFolder(files: Record<string, unknown>, test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, value] of Object.entries(files)) {
      await Deno.writeTextFile(
        `${folder}/${name}`,
        typeof value === "string" ? value : JSON.stringify(value),
      );
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
const small = oracle.small.tokenizer;

Deno.test("Tokenizer.encode() gives the ids of Python's tokenizers", async () => {
  await inFolder({ "tokenizer.json": small }, async (folder) => {
    const tokenizer = await Tokenizer.open(folder);
    for (const [i, text] of oracle.texts.entries()) {
      deepEqual(tokenizer.encode(text), oracle.small.ids[i], JSON.stringify(text));
    }
  });
});

Deno.test("Tokenizer.encode() by stretches is the pipeline on the whole text", async () => {
  const alphabet = [
    ..." \n\t\r\u00a0\u3000\u0085\u000b\u2028  Σσς'’.-,[]xXéÉIİ\u0301\u0323\u0000\u00ad\u200b東\ufffd",
    "[MASK]",
    "[UNK]",
    "the",
    "seen",
    "\u{1f600}",
    "\ud800",
  ];
  const pipeline = new Pipeline(small, {});
  await inFolder({ "tokenizer.json": small }, async (folder) => {
    const tokenizer = await Tokenizer.open(folder);
    const { below } = random("stretches");
    for (let n = 0; n < 3000; n++) {
      const text = Array.from({ length: below(12) }, () => alphabet[below(alphabet.length)]).join("");
      deepEqual(
        tokenizer.encode(text),
        pipeline.encode(text, { add_special_tokens: false }).ids,
        JSON.stringify(text),
      );
    }
  });
});

Deno.test("Tokenizer names its pieces, special tokens and whole words", async () => {
  await inFolder({ "tokenizer.json": small }, async (folder) => {
    const tokenizer = await Tokenizer.open(folder);
    deepEqual(tokenizer.special, { cls: 2, sep: 3, mask: 4, pad: 0, unk: 1 });
    equal(tokenizer.vocabSize, Object.keys(small.model.vocab).length);
    deepEqual(tokenizer.pieces("Fever").map((id) => tokenizer.piece(id)), ["fev", "##er"]);
    throws(() => tokenizer.piece(tokenizer.vocabSize), /the tokenizer has ids below/);

    const whole = tokenizer.wholeWords();
    const isWhole = (piece: string) => whole[new Map(Object.entries(small.model.vocab)).get(piece) ?? -1];
    equal(whole.length, tokenizer.vocabSize);
    for (const piece of ["patient", "ñandu", "東", "a"]) equal(isWhole(piece), 1, piece);
    for (const piece of ["##ing", "10", ".", "[MASK]", "[unused1]", "°"]) equal(isWhole(piece), 0, piece);
  });
});

Deno.test("Tokenizer.open() refuses folders that it cannot trust", async () => {
  const text = JSON.stringify(small);
  const size = Object.keys(small.model.vocab).length;
  const refuses = (files: Record<string, unknown>, message: RegExp) =>
    inFolder(files, (folder) => rejects(Tokenizer.open(folder), message));
  await refuses({}, /^Error: .*tokenizer\.json: missing\. Name a model folder/);
  await refuses(
    { "tokenizer.json": text.slice(0, 500) },
    /tokenizer\.json: not JSON, 500 characters: half-written/,
  );
  await refuses({ "tokenizer.json": { ...small, model: { type: "BPE" } } }, /model\.type is "BPE"/);
  await refuses(
    { "tokenizer.json": small, "config.json": { vocab_size: size - 1 } },
    new RegExp(`${size} pieces, but vocab_size of config\\.json is ${size - 1}`),
  );
  await inFolder({ "tokenizer.json": small, "config.json": { vocab_size: size } }, async (folder) => {
    await Tokenizer.open(folder);
  });
});

Deno.test("Tokenizer.open() encodes with all-MiniLM-L6-v2 as Python does, whatever its truncation says", async () => {
  const folder = sharedFolder("models/all-MiniLM-L6-v2");
  if (folder === undefined) return;
  const tokenizer = await Tokenizer.open(folder);
  for (const [i, text] of oracle.texts.entries()) {
    deepEqual(tokenizer.encode(text), oracle["all-MiniLM-L6-v2"][i], JSON.stringify(text));
  }
  equal(tokenizer.encode("seen ".repeat(1000)).length, 1000);
  ok(tokenizer.wholeWords().reduce((sum, x) => sum + x, 0) > 20_000);
});
