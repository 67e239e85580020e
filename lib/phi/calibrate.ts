/** Calibrating a tagger of identifying data: `deno run -A lib/phi/calibrate.ts MODEL [LETTERS]`. @module */

import type { Letter } from "../corpus/letter.ts";
import { letters as readLetters } from "../corpus/letters.ts";
import { findModel } from "../checkpoint/find_model.ts";
import { wordTags } from "../ner/word_tags.ts";
import { writeFile } from "../write_file.ts";
import { expectedCalibrationError, temperatureOf, tempered } from "./calibration.ts";
import { phiKindOf } from "./labels.ts";
import { operatingCurve, type WeighedWord } from "./operating_point.ts";
import { phiFinder } from "./rules.ts";
import { type Calibration, PhiTagger } from "./tagger.ts";
import { phiTexts } from "./texts/documents.ts";
import { identifying, type TagKinds, withRules, type WordProbabilities } from "./word_probabilities.ts";

const TEXTS = 3_000; // that the project writes
const BATCH = 64;

/**
 * Measures a tagger on letters with gold spans that it did not learn from: the temperature that makes its probabilities true, how often each rule is
 * right, and how much is found and taken away at each probability, by rules, tagger and both.
 *
 * @param what the letters are, for the record
 * @throws {Error} where the letters hold nothing that identifies
 */
export async function calibrate(
  tagger: PhiTagger,
  letters: readonly Letter[],
  what: string,
): Promise<Calibration> {
  const { kinds } = tagger;
  const read: WordProbabilities[] = [];
  for (let i = 0; i < letters.length; i += BATCH) {
    read.push(...await tagger.scores(letters.slice(i, i + BATCH).map(({ text }) => text)));
  }
  const golds = letters.map((letter, i) => {
    const spans = letter.spans.filter(({ label }) => kinds.tags.includes(`B-${label}`));
    return wordTags({ ...letter, spans }, read[i]?.words ?? []);
  });
  const count = kinds.tags.length;
  const scores = joined(read.map(({ rows }) => rows));
  const wanted = Int32Array.from(golds.flat(), (tag) => kinds.tags.indexOf(tag));
  const temperature = temperatureOf({ scores, wanted, count });
  const so = Uint8Array.from(
    golds.flat(),
    (tag) => kinds.kinds[kinds.tags.indexOf(tag)] === undefined ? 0 : 1,
  );
  const error = (rows: WordProbabilities[]) =>
    expectedCalibrationError(joined(rows.map((one) => identifying(one, kinds))), so);
  const before = read.map(({ words, rows }) => ({ words, rows: tempered(rows, count, 1) }));
  const after = read.map(({ words, rows }) => ({ words, rows: tempered(rows, count, temperature) }));
  const rules = trustIn(letters);
  const trust = new Map(Object.entries(rules));
  const finder = phiFinder({ ages: "all" });
  const nothing = ({ words }: WordProbabilities) => {
    const rows = new Float32Array(words.length * count);
    for (let word = 0; word < words.length; word++) rows[word * count + kinds.tags.indexOf("O")] = 1;
    return { words, rows };
  };
  const mixed = (rows: WordProbabilities[]) =>
    rows.map((one, i) => withRules(one, finder.find(letters[i] ?? NONE), trust, kinds));
  const curve = (rows: WordProbabilities[]) => operatingCurve(weighed(rows, letters, kinds));
  return {
    letters: { what, count: letters.length, identifying: so.reduce((sum, one) => sum + one, 0) },
    temperature,
    error: { before: error(before), after: error(after) },
    rules,
    curves: { rules: curve(mixed(after.map(nothing))), tagger: curve(after), both: curve(mixed(after)) },
  };
}

const NONE: Letter = { id: "", text: "", spans: [], meta: {} };

/** Of what each rule finds the share that identifies, in letters and digits; one more right and one more wrong, so that none is certain. */
function trustIn(letters: readonly Letter[]): Record<string, number> {
  const counts = new Map<string, { right: number; all: number }>();
  const finder = phiFinder({ ages: "all" });
  for (const letter of letters) {
    const gold = goldOf(letter);
    for (const { start, end, by } of finder.find(letter)) {
      const own = counts.get(by) ?? { right: 1, all: 2 };
      counts.set(by, own);
      for (const { index } of letter.text.slice(start, end).matchAll(/[\p{L}\p{N}]/gu)) {
        own.all++;
        own.right += gold[start + index] ?? 0;
      }
    }
  }
  return Object.fromEntries(
    [...counts].sort(([a], [b]) => a < b ? -1 : 1).map(([by, { right, all }]) => [by, right / all]),
  );
}

/** Which characters identify. */
function goldOf({ text, spans }: Letter): Uint8Array {
  const gold = new Uint8Array(text.length);
  for (const { start, end, label } of spans) if (phiKindOf(label) !== undefined) gold.fill(1, start, end);
  return gold;
}

/** Words in parts that identify and parts that do not, with their letters and digits. Those of labels without a kind are left out. */
function weighed(
  rows: readonly WordProbabilities[],
  letters: readonly Letter[],
  kinds: TagKinds,
): WeighedWord[] {
  return rows.flatMap((one, i) => {
    const letter = letters[i] ?? NONE;
    const gold = goldOf(letter);
    const aside = new Uint8Array(letter.text.length);
    for (const { start, end } of letter.spans) aside.fill(1, start, end);
    const sure = identifying(one, kinds);
    return one.words.flatMap(({ start, text }, word) => {
      const parts = { identifies: 0, others: 0 };
      for (const { index } of text.matchAll(/[\p{L}\p{N}]/gu)) {
        if (gold[start + index]) parts.identifies++;
        else if (!aside[start + index]) parts.others++;
      }
      const probability = sure[word] ?? 0;
      return [
        { characters: parts.identifies, probability, identifies: true },
        { characters: parts.others, probability, identifies: false },
      ].filter(({ characters }) => characters > 0);
    });
  });
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

if (import.meta.main) {
  const [model, path] = Deno.args;
  if (model === undefined) {
    console.error("usage: deno run -A lib/phi/calibrate.ts MODEL [LETTERS]");
    Deno.exit(2);
  }
  const some = path === undefined
    ? await Array.fromAsync(phiTexts(TEXTS, { seed: 2, part: "dev" }))
    : await readLetters(path);
  await using tagger = await PhiTagger.open(model);
  const result = await calibrate(
    tagger,
    some,
    path === undefined ? `${TEXTS} texts that the project writes, part dev, seed 2` : path,
  );
  await writeFile(`${await findModel(model)}/calibration.json`, `${JSON.stringify(result, undefined, 1)}\n`);
  const { temperature, error, curves } = result;
  const at = (recall: number) => curves.both.find((point) => point.recall >= recall);
  console.log(JSON.stringify({ temperature, error, both: { 0.99: at(0.99), 0.995: at(0.995) } }));
}
