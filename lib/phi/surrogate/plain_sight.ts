/** How often a reader tells a leaked original from the stand-ins around it. @module */

import { ratio, type ScoreInterval, SumBootstrap } from "../../metrics/spans/sum_bootstrap.ts";
import { random } from "../../random.ts";
import { LabelMap, type SurrogateSort } from "./label_sets.ts";
import { lexicons } from "./lexicon.ts";
import { folded } from "./like.ts";
import { nameParts } from "./names/name_parts.ts";
import { isCompound, surnamesOf } from "./names/origin.ts";
import { type ReplacedLetter, type ReplacedMention, replacedMentions, type Share, share } from "./scores.ts";

/** A reader's way of telling: see {@linkcode plainSight}. */
export const plainSightReaders = ["blind", "odd-one-out", "lists"] as const;

/** See {@linkcode plainSightReaders}. */
export type PlainSightReader = typeof plainSightReaders[number];

/** What a reader does at a miss rate, summed over the runs. */
export interface PlainSight {
  readonly reader: PlainSightReader;
  readonly missRate: number;
  /** Leaked originals the reader points at, of all leaked. */
  readonly found: Share;
  /** Of what the reader points at, what is leaked indeed: what a pointed finger is worth. */
  readonly right: Share;
  /** Stand-ins the reader takes for originals. */
  readonly false: Share;
  /** Share of found less that of false: 0 for a reader who guesses (Youden's J); null where there is nothing to tell apart. */
  readonly advantage: number | null;
  /** 95% bootstrap intervals (BCa) of the rates of `found` and `right`, letters resampled; `null` where there is no rate, or one letter. */
  readonly intervals: { readonly found: ScoreInterval | null; readonly right: ScoreInterval | null };
}

/** How often, and by whom. */
export interface PlainSightOptions {
  /** Shares of mentions the finder misses; left out, 0.01, 0.05, 0.1 and 0.2. */
  readonly missRates?: readonly number[];
  /** How often the misses are drawn; left out, 20. */
  readonly runs?: number;
  readonly seed?: number | string;
  readonly labels?: LabelMap;
  /**
   * Whether a finder missed a mention. Given, its own misses are what leaks, at its own rate, and `missRates` says nothing: what is missed is
   * seldom missed by chance, and an odd name is odd for a reader too.
   */
  readonly missed?: (mention: ReplacedMention) => boolean;
}

/**
 * Hiding in plain sight (Carrell et al., JAMIA 20, 2013), simulated: each mention is missed with the miss rate, by itself, and stands as it was;
 * all others are replaced. Readers see the released letters, know that some of it may be leaked, and point at mentions:
 *
 * - `blind` points at each mention with chance of the miss rate: whoever has nothing to go by;
 * - `odd-one-out` points at a name of the patient of which no word stands in another such name of the letter, where there are two more at least that share one:
 *   what a missed mention of a replaced person looks like;
 * - `lists` has the project's lists and the ranges kept for examples, which are public, and points at every name, place, telephone
 *   number, address and social security number that cannot have been drawn from them: the strongest reader without the key.
 *
 * Dates, ages and other codes look alike before and after; only `blind` ever points at them.
 *
 * @throws {Error} for a rate outside 0 to 1
 *
 * @example
 * ```ts
 * import { surrogateKey } from "./key.ts";
 * import { plainSight } from "./plain_sight.ts";
 * import { replacer } from "./replace.ts";
 * import { equal } from "node:assert/strict";
 * const before = { id: "a", text: "Call 617-253-1000.", spans: [{ start: 5, end: 17, label: "PHONE" }], meta: {} };
 * const after = replacer(surrogateKey("0123456789abcdef"))(before);
 * const [told] = plainSight([{ before, after }], { missRates: [0.5] }).filter(({ reader }) => reader === "lists");
 * equal(told?.advantage, 1); // 617-253-1000 is no number kept for examples
 * ```
 */
export function plainSight(
  letters: readonly ReplacedLetter[],
  options: PlainSightOptions = {},
): PlainSight[] {
  const { missRates = [0.01, 0.05, 0.1, 0.2], runs = 20, seed = 42, labels = new LabelMap(), missed } =
    options;
  const mentions = letters.map((letter) => replacedMentions(letter, labels));
  const bootstrap = letters.length > 1 ? new SumBootstrap(letters.length) : undefined;
  const all = mentions.flat();
  const own = missed && share(all.filter(missed).length, all.length).rate;
  return (missed ? [own ?? 0] : missRates).flatMap((missRate) => {
    if (!(missRate >= 0 && missRate <= 1)) {
      throw new Error(`miss rate ${missRate} is no share. Choose one from 0 to 1.`);
    }
    const tallies = plainSightReaders.map(() =>
      letters.map((): Tally => ({ hits: 0, wrong: 0, leaked: 0, hidden: 0 }))
    );
    for (let run = 0; run < runs; run++) {
      const chance = random(`${seed}/${missRate}/${run}`);
      for (const [letter, own] of mentions.entries()) {
        const seen = own.map((mention) => {
          const drawn = chance.next() < missRate;
          const leaks = missed ? missed(mention) : drawn;
          return { ...mention, leaks, shown: leaks ? mention.original : mention.standIn };
        });
        const calls: Readonly<Record<PlainSightReader, readonly boolean[]>> = {
          blind: seen.map(() => chance.next() < missRate),
          "odd-one-out": oddOnes(seen),
          lists: seen.map(({ shown, sort }) => !drawable(shown, sort)),
        };
        for (const [i, reader] of plainSightReaders.entries()) {
          const tally = tallies[i]?.[letter];
          if (tally) count(tally, seen, calls[reader]);
        }
      }
    }
    return plainSightReaders.map((reader, i) => sightOf(reader, missRate, tallies[i] ?? [], bootstrap));
  });
}

/** What a reader did in a letter, over all runs. */
interface Tally {
  hits: number;
  wrong: number;
  leaked: number;
  hidden: number;
}

function count(tally: Tally, seen: readonly { readonly leaks: boolean }[], calls: readonly boolean[]): void {
  for (const [index, { leaks }] of seen.entries()) {
    if (leaks) tally.leaked++;
    else tally.hidden++;
    if (!calls[index]) continue;
    if (leaks) tally.hits++;
    else tally.wrong++;
  }
}

function sightOf(
  reader: PlainSightReader,
  missRate: number,
  tallies: readonly Tally[],
  bootstrap: SumBootstrap | undefined,
): PlainSight {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const hits = ({ hits }: Tally) => hits;
  const leaked = ({ leaked }: Tally) => leaked;
  const pointed = ({ hits, wrong }: Tally) => hits + wrong;
  const found = share(sum(hits), sum(leaked));
  const right = share(sum(hits), sum(pointed));
  const taken = share(sum(({ wrong }) => wrong), sum(({ hidden }) => hidden));
  const interval = ({ rate }: Share, below: (tally: Tally) => number) =>
    bootstrap === undefined || rate === null ? null : bootstrap.interval(
      rate,
      ratio(bootstrap.sums(tallies.map(hits)), bootstrap.sums(tallies.map(below))),
    );
  return {
    ...{ reader, missRate, found, right, false: taken },
    advantage: found.rate === null || taken.rate === null ? null : found.rate - taken.rate,
    intervals: { found: interval(found, leaked), right: interval(right, pointed) },
  };
}

/** Of names of the patient those alone among others that share a word. */
function oddOnes(seen: readonly (ReplacedMention & { readonly shown: string })[]): boolean[] {
  const isPatient = ({ label }: ReplacedMention) =>
    label === "PATIENT" || label === "NOMBRE_SUJETO_ASISTENCIA";
  const words = seen.map((mention) => isPatient(mention) ? nameWords(mention.shown) : []);
  const counts = new Map<string, number>();
  for (const own of words) for (const word of new Set(own)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const shared = Math.max(0, ...counts.values()) >= 2;
  return words.map((own) => shared && own.length > 0 && own.every((word) => counts.get(word) === 1));
}

function nameWords(name: string): string[] {
  return nameParts(name).filter(({ role }) => role === "word").map(({ text }) => folded(text));
}

const names = new Set(
  [
    ...Object.values(lexicons).flatMap(({ given }) => Object.values(given).flat()),
    ...[...surnamesOf.values()].flat(),
  ].map(folded),
);
const places = Object.values(lexicons).map(({ places: { first, last } }) =>
  new RegExp(`(?<!\\p{L})(?:${first.map(folded).join("|")})(?:${last.map(folded).join("|")})(?!\\p{L})`, "u")
);
const streets = Object.values(lexicons).flatMap(({ streets }) => streets.map(folded));
const countries = new Set(Object.values(lexicons).flatMap(({ countries }) => countries.map(folded)));

/** Whether a stand-in can look like this. */
function drawable(text: string, sort: SurrogateSort): boolean {
  const plain = folded(text);
  switch (sort) {
    case "name":
      return nameWords(text).every((word) => names.has(word) || isCompound(word));
    case "phone": {
      const digits = text.replace(/\D/g, "");
      if (digits.length < 7) return true;
      return /55501\d\d$|07700900|01632960|20?7946|4960|4980|8081570|3069990|^(?:34)?[97]9|^0|\d0/.test(
        digits,
      ) && !/^[2-9]\d{2}(?!555)\d{7}$/.test(digits);
    }
    case "email":
    case "url":
      return /example\.(?:org|com|net)/.test(plain);
    case "ip":
      return /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|2001:db8|^00[:-]00[:-]5e/i.test(text);
    case "country":
      return countries.has(plain);
    case "place":
    case "organisation":
    case "street":
      if (!/\p{Ll}{3}/u.test(text)) return true; // postcodes and letters
      return places.some((pattern) => pattern.test(plain)) ||
        streets.some((street) => plain.includes(street));
    default:
      return true;
  }
}
