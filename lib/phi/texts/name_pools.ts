/** Names of people, many more than any text will use. @module */

import { openWordNet } from "../../metrics/meteor/wordnet.ts";
import { type Random, random } from "../../random.ts";
import { stopwords } from "../../text/stopwords.ts";
import { lexicons } from "../surrogate/lexicon.ts";
import { pick, weighted } from "./choice.ts";
import { englishMaterial, listOf } from "./lists.ts";

/** Texts to learn from, or to choose an operating point on: they share no name and no template. */
export type Part = "train" | "dev";

/** Names to draw from. */
export interface NamePools {
  given(chance: Random, gender: "female" | "male"): string;
  surname(chance: Random): string;
}

const LEXICON = new URL("../../../data/lexicons/", import.meta.url);
const NAMES = 10; // of so many one is held back for dev
const TEMPLATES = 6;

/**
 * The pools of a part: the lists of the surrogates and of the texts, words of the CMU Pronouncing Dictionary that WordNet does not have (most are
 * surnames of the United States), and names that are put together from syllables of others, which no list has. A tenth of the names is for `dev` alone.
 *
 * @example
 * ```ts
 * import { random } from "../../random.ts";
 * import { namePools } from "./name_pools.ts";
 * import { match } from "node:assert/strict";
 * const pools = await namePools("dev");
 * match(pools.surname(random(1)), /^\p{L}[\p{L}\p{M}'. -]+$/u);
 * ```
 */
export async function namePools(part: Part): Promise<NamePools> {
  const { lists } = englishMaterial();
  const own = (names: readonly string[]) => names.filter((name) => isOf(part, name));
  const given = (gender: "female" | "male") =>
    own([
      ...Object.values(lexicons).flatMap((one) => [...one.given[gender], ...one.known[gender]]),
      ...listOf(lists, `given_${gender}`),
    ]);
  const givens = { female: given("female"), male: given("male"), either: own(lexicons.en.given.either) };
  const common = own(listOf(lists, "surnames"));
  const cultures = Object.values(lexicons).flatMap(({ surnames }) => Object.values(surnames)).map(own)
    .filter((names) => names.length > 0);
  const rare = own(await rareNames());
  const words = own(listOf(lists, "word_names"));
  const cut = syllables([...common, ...cultures.flat(), ...givens.female, ...givens.male]);
  return {
    given: (chance, gender) =>
      weighted(chance, [
        [80, () => pick(chance, givens[gender])],
        [6, () => pick(chance, givens.either)],
        [4, () => pick(chance, words)],
        [10, () => invented(chance, cut)],
      ])(),
    surname(chance) {
      const one = weighted(chance, [
        [40, () => pick(chance, common)],
        [22, () => pick(chance, pick(chance, cultures))],
        [20, () => pick(chance, rare)],
        [4, () => pick(chance, words)],
        [14, () => invented(chance, cut)],
      ])();
      return chance.next() < 0.03 ? `${one}-${pick(chance, common)}` : one;
    },
  };
}

/** Whether a name belongs to a part. */
export function isOf(part: Part, name: string): boolean {
  return (random(`held back/${name}`).below(NAMES) === 0) === (part === "dev");
}

/** Whether a template does. */
export function isTemplateOf(part: Part, template: string): boolean {
  return (random(`template/${template}`).below(TEMPLATES) === 0) === (part === "dev");
}

let rare: Promise<string[]> | undefined;

function rareNames(): Promise<string[]> {
  return rare ??= readRareNames();
}

async function readRareNames(): Promise<string[]> {
  const wordnet = await openWordNet();
  const packed = new Response(await Deno.readFile(new URL("cmudict-syllables.gz", LEXICON))).body;
  const text = await new Response(packed?.pipeThrough(new DecompressionStream("gzip"))).text();
  const easy = new Set((await Deno.readTextFile(new URL("easy-words-en.txt", LEXICON))).split(/\s+/));
  return text.split(/\s+/).filter((word) =>
    /^[a-z]{5,10}$/.test(word) && !/(?:s|ed|ing|ly|ness|able|tion)$/.test(word) && !easy.has(word) &&
    !stopwords("en").has(word) && [...wordnet.synonyms(word)].length === 0
  ).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
}

/** Beginnings, middles and ends of names. */
function syllables(names: readonly string[]): { first: string[]; last: string[] } {
  const parts = names.filter((name) => /^\p{L}{5,}$/u.test(name)).map((name) => {
    const at = /^\p{L}{2,}?[aeiouy](?=[^aeiouy])/iu.exec(name)?.[0].length ?? 3;
    return { first: name.slice(0, at), last: name.slice(at).toLowerCase() };
  });
  return { first: parts.map(({ first }) => first), last: parts.map(({ last }) => last) };
}

function invented(
  chance: Random,
  { first, last }: { first: readonly string[]; last: readonly string[] },
): string {
  return pick(chance, first) + pick(chance, last);
}
