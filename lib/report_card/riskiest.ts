/** The synthetic letters that give most away, and what it is. @module */

import type { Letter } from "../corpus/letter.ts";
import { CopiedText } from "../metrics/privacy/copied_text.ts";
import { longestCopiedRuns } from "../metrics/privacy/longest_copied_run.ts";
import { nearDuplicates } from "../metrics/privacy/near_duplicates.ts";
import { phiReplay } from "../metrics/privacy/phi_replay.ts";
import { PhraseFinder, searchable } from "../metrics/privacy/phrase_finder.ts";
import type { Finding, Listing } from "./card.ts";
import type { Candidate, Material } from "./material.ts";
import type { SpanKinds } from "./phi_spans.ts";

/** Shorter runs stand in letters by chance. */
const LEAST_RUN = 8;

/** Of one letter, so many are shown. */
const FINDINGS = 12;

/**
 * Lists the letters of each corpus by what they give away of any real letter: first by planted canaries, then by how much PHI they replay that the
 * holdout does not have too, then by their longest copied run. Letters with none of these are not listed.
 *
 * @example
 * ```ts
 * import { materialOf } from "./material.ts";
 * import { spanKinds } from "./phi_spans.ts";
 * import { riskiest } from "./riskiest.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letters = ["Ann", "Bob", "Cyd", "Dee"].map((name) => ({ id: name, text: `Mrs ${name} rang.`, spans: [], meta: {} }));
 * const made = [{ ...letters[0]!, id: "s1", text: "He met Ann." }, { ...letters[1]!, id: "s2", text: "All was well." }];
 * const material = materialOf(letters, [{ name: "made", letters: made }], { seed: 42 });
 * const [listing] = riskiest(material, spanKinds(letters), 10);
 * deepEqual(listing?.letters.map(({ id }) => id), ["s1"]);
 * ```
 */
export function riskiest(
  material: Material,
  kinds: SpanKinds,
  most: number,
  canaries: readonly string[] = [],
): Listing[] {
  const { real, holdout, from, synthetic } = material;
  const phi = real.map(kinds.phi);
  // What other people's letters have too tells of nobody; of halves either may be where a letter comes from.
  const planted = new PhraseFinder(canaries);
  const common = from === "given" ? commonPhrases(phi, holdout.letters) : inSeveral(phi);
  return synthetic.map((candidate) => ({
    title: "Riskiest letters",
    corpus: candidate.name,
    letters: ranked(candidate, { real, phi, common, planted }).slice(0, most).map(({ id, findings }) => ({
      id,
      findings: findings.slice(0, FINDINGS),
      of: findings.length,
    })),
  }));
}

function ranked({ letters }: Candidate, { real, phi, common, planted }: {
  readonly real: readonly Letter[];
  readonly phi: readonly Letter[];
  readonly common: ReadonlySet<string>;
  readonly planted: PhraseFinder;
}) {
  const textOf = new Map(real.map(({ id, text }) => [id, text]));
  const replays = new Map<string, Map<string, Finding>>();
  for (const { id, start, end, label, in: holders } of phiReplay(phi, letters).train.found) {
    const phrase = searchable(textOf.get(id)?.slice(start, end) ?? "");
    if (common.has(phrase)) continue;
    for (const holder of holders) {
      const found = replays.get(holder) ?? new Map<string, Finding>();
      if (!found.has(phrase)) {
        found.set(phrase, { what: `${label} replayed`, quotes: [{ id, side: "real", start, end }] });
      }
      replays.set(holder, found);
    }
  }
  const copied = new CopiedText(real.map(({ text }) => text), letters.map(({ text }) => text));
  const runs = new Map(longestCopiedRuns(copied, real, letters).map((run) => [run.id, run]));
  const twins = new Map<string, { id: string; jaccard: number }>();
  for (const { a, b, jaccard } of nearDuplicates(real, letters).pairs) {
    if (!twins.has(b)) twins.set(b, { id: a, jaccard });
  }
  return letters.map(({ id, text }) => {
    // By their place in the list: what a canary says is nobody's to read.
    const found = [...planted.in(text)].sort((a, b) => a - b).map((i): Finding => ({
      what: `canary ${i + 1} replayed`,
      quotes: [],
    }));
    const [run, twin, replayed] = [runs.get(id), twins.get(id), [...replays.get(id)?.values() ?? []]];
    const copy: Finding[] = run?.place && run.source && run.words >= LEAST_RUN
      ? [{
        what: `${run.words} words copied from ${run.source.id}`,
        quotes: [{ id, side: "synthetic", start: run.place[0], end: run.place[1] }],
      }]
      : [];
    const near: Finding[] = twin
      ? [{ what: `nearly the letter ${twin.id} (Jaccard similarity ${twin.jaccard.toFixed(2)})`, quotes: [] }]
      : [];
    return {
      id,
      canaries: found.length,
      replayed: replayed.length,
      words: run?.words ?? 0,
      findings: [...found, ...near, ...copy, ...replayed],
    };
  }).filter(({ findings }) => findings.length > 0)
    .sort((a, b) =>
      b.canaries - a.canaries || b.replayed - a.replayed || b.words - a.words || (a.id < b.id ? -1 : 1)
    );
}

/** PHI that stands in letters of a holdout too. */
function commonPhrases(phi: readonly Letter[], holdout: readonly Letter[]): Set<string> {
  const phrases = [...new Set(phrasesOf(phi).flat())];
  const finder = new PhraseFinder(phrases);
  const common = new Set<string>();
  for (const { text } of holdout) for (const at of finder.in(text)) common.add(phrases[at]!); // indices of phrases
  return common;
}

/** PHI that stands in several real letters. */
function inSeveral(phi: readonly Letter[]): Set<string> {
  const phrases = [...new Set(phrasesOf(phi).flat())];
  const finder = new PhraseFinder(phrases);
  const times = new Uint32Array(phrases.length);
  for (const { text } of phi) for (const at of finder.in(text)) times[at]!++; // indices of phrases
  return new Set(phrases.filter((_, at) => times[at]! > 1)); // one a phrase
}

function phrasesOf(phi: readonly Letter[]): string[][] {
  return phi.map(({ text, spans }) => spans.map(({ start, end }) => searchable(text.slice(start, end))));
}
