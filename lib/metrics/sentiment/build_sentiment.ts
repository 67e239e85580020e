/**
 * Makes data/lexicons/en-sentiment.tsv, the words that subjectivity and polarity come from, out of TextBlob's lexicon:
 *
 *     pip download --no-deps textblob==0.20.1 && unzip textblob-0.20.1-py3-none-any.whl
 *     deno run -A lib/metrics/sentiment/build_sentiment.ts textblob/en/en-sentiment.xml
 *
 * A word's senses are averaged by part of speech, and these averages by word, as TextBlob does when it loads the lexicon;
 * and as there, an adjective lends its values to its adverb.
 *
 * @module
 */

import { project } from "../../project.ts";
import { readFile } from "../../read_file.ts";
import { sha256 } from "../../sha256.ts";
import { writeFiles } from "../../write_file.ts";

/** SHA-256 of the lexicon. */
const SOURCE = "0ca603db55570bab9b2865716a3696ede01e3da02b570c47628a9dbcc3b37d1e";

/** Polarity, subjectivity, intensity. */
type Values = readonly [polarity: number, subjectivity: number, intensity: number];

function average(all: readonly Values[]): Values {
  const mean = (i: 0 | 1 | 2) => all.reduce((sum, values) => sum + values[i], 0) / all.length;
  return [mean(0), mean(1), mean(2)];
}

const [path] = Deno.args;
if (path === undefined) throw new Error("no lexicon named. See the top of this script for how to get it.");
const xml = await readFile(path);
if (sha256(xml) !== SOURCE) {
  throw new Error(`${path}: not the lexicon that the table is made of (${SOURCE}).`);
}

const senses = new Map<string, Map<string, Values[]>>(); // word → part of speech → senses
for (const [line] of new TextDecoder().decode(xml).matchAll(/<word [^>]*>/g)) {
  const attribute = (name: string) => line.match(` ${name}="([^"]*)"`)?.[1];
  const [word, part] = [attribute("form") ?? "", attribute("pos") ?? ""];
  const number = (name: string, otherwise: number) => Number(attribute(name) ?? otherwise);
  const parts = senses.get(word) ?? new Map<string, Values[]>();
  senses.set(word, parts);
  const values: Values = [number("polarity", 0), number("subjectivity", 0), number("intensity", 1)];
  parts.set(part, [...parts.get(part) ?? [], values]);
}

const words = new Map<string, { values: Values; modifies: boolean }>();
const adjectives = new Map<string, Values>();
for (const [word, parts] of senses) {
  const means = new Map([...parts].map(([part, all]) => [part, average(all)]));
  words.set(word, { values: average([...means.values()]), modifies: parts.has("RB") });
  const adjective = means.get("JJ");
  if (adjective) adjectives.set(word, adjective);
}
for (const [word, values] of adjectives) {
  const stem = word.replace(/y$/, "i").replace(/le$/, "");
  words.set(`${stem}ly`, { values, modifies: true });
}

const lines = [...words].sort(([a], [b]) => a < b ? -1 : 1).map(([word, { values, modifies }]) =>
  [word, ...values, modifies ? 1 : 0].join("\t")
);
const header = ["word", "polarity", "subjectivity", "intensity", "modifies"].join("\t");
await writeFiles({
  [`${project.root}/data/lexicons/en-sentiment.tsv`]: `${[header, ...lines].join("\n")}\n`,
});
console.error(`${words.size} words.`);
