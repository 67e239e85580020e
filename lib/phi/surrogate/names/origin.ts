/** What a name tells of gender and culture. @module */

import type { Language } from "../../../text/language.ts";
import type { Draw } from "../key.ts";
import { givenByCulture, lexicons } from "../lexicon.ts";
import { folded } from "../like.ts";

/** Of a first name; `either` where it is not known. */
export type Gender = "female" | "male" | "either";

const genders = new Map<string, Gender>();
for (const { given, known } of Object.values(lexicons)) {
  for (
    const [gender, names] of [["female", [...given.female, ...known.female]], ["male", [
      ...given.male,
      ...known.male,
    ]]] as const
  ) {
    for (const name of names) {
      genders.set(
        folded(name),
        genders.get(folded(name)) === undefined
          ? gender
          : genders.get(folded(name)) === gender
          ? gender
          : "either",
      );
    }
  }
  for (const name of given.either) genders.set(folded(name), "either");
}

/** The gender that a first name is given to, by the project's lists, and by its ending in Spanish. */
export function genderOf(name: string, language: Language): Gender {
  const known = genders.get(folded(name));
  if (known !== undefined || language === "en") return known ?? "either";
  return /a$/i.test(folded(name)) ? "female" : /(?:o|os|el|án|in|ón)$/i.test(name) ? "male" : "either";
}

const givens = new Map(
  Object.entries(lexicons).map(([language, { given, known }]) => [
    language,
    new Set([...Object.values(given).flat(), ...Object.values(known).flat()].map(folded)),
  ]),
);

/** Whether a word is in the language's lists of first names. */
export function isKnownGiven(name: string, language: Language): boolean {
  return givens.get(language)?.has(folded(name)) ?? false;
}

const cultureOfSurname = new Map(
  Object.values(lexicons).flatMap(({ surnames }) =>
    Object.entries(surnames).flatMap(([culture, names]) =>
      names.map((name) => [folded(name), culture] as const)
    )
  ),
);
const hints: readonly (readonly [culture: string, pattern: RegExp])[] = [
  ["celtic", /^(?:mc|mac[^h]|o['’])/],
  ["arabic", /^(?:al-?|el-|abd)[a-z]{3}/],
  ["slavic", /(?:ski|ska|cki|sky|ov|ova|ev|eva|enko|czyk|wicz|vich|vic)$/],
  ["nordic", /(?:sson|dottir|gren|qvist|quist|strom|strand)$|[^s]sen$/],
  ["hispanic", /(?:[aeiou]z|illa|illo|eira|uela|ero|edo|ado)$/],
  ["south_asian", /(?:swamy|nathan|wala|reddy|singh|kumar|gupta|jee|krishnan)$/],
  [
    "east_asian",
    /(?:moto|mura|yama|saki|guchi|naka|hara)$|^(?:li|ng|wu|lin|kim|le|vo|ho|ma|lee|choi|chan|wong|tran|pham)$/,
  ],
  ["african", /^(?:ok[ao]|nw|mb|nk|ngo|olu|ade|chuk|ogu|owu|ama)|(?:nkwo|aku|uku|ele)$/],
];

/** The culture that a surname sounds of; that of the letter's language where nothing says. */
export function cultureOf(surname: string, language: Language): string {
  const word = folded(surname);
  const known = cultureOfSurname.get(word) ?? hints.find(([, pattern]) => pattern.test(word))?.[0];
  return known ?? (language === "es" ? "hispanic" : "english");
}

/** The cultures there are lists of, with the lists of all languages together. */
export const surnamesOf: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set(Object.values(lexicons).flatMap(({ surnames }) => Object.keys(surnames)))].map((culture) => [
    culture,
    Object.values(lexicons).flatMap(({ surnames }) => surnames[culture] ?? []),
  ]),
);

/** The cultures that surnames are drawn of. */
export const cultures = [
  ...["english", "celtic", "nordic", "slavic", "arabic", "south_asian", "east_asian", "african"] as const,
  ...["hispanic", "catalan", "basque"] as const,
] as const;

/** See {@linkcode cultures}. */
export type Culture = typeof cultures[number];

/** Whether a word names a culture. */
export function isCulture(name: string): name is Culture {
  return cultures.some((one) => one === name);
}

/** First names of a culture that has a list of its own; none for one whose are those of a language. */
export function givenNamesOf(culture: string, gender: Gender): readonly string[] | undefined {
  const names = givenByCulture[culture];
  return names && (gender === "either" ? [...names.female, ...names.male] : names[gender]);
}

/** Whose first names go with surnames of a culture. */
export function givenLanguage(culture: string): Language {
  return ["hispanic", "catalan", "basque"].includes(culture) ? "es" : "en";
}

const endings = "ley worth well wood by ridge field stone more land wick combe thorpe shaw den".split(" ");
const { first } = lexicons.en.places;
const compounds = new Set(first.flatMap((place) => endings.map((ending) => folded(place + ending))));

/** An English surname after a place: more of them than any list has. */
export function compoundSurname(draw: Draw): string {
  return draw.pick(first) + draw.pick(endings);
}

/** Whether {@linkcode compoundSurname} can draw a word (folded). */
export function isCompound(word: string): boolean {
  return compounds.has(word);
}
