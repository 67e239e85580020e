/** Which parts of speech a Spanish word of the open classes may have. @module */

import { verbForm } from "./verb_forms.ts";

/** What an inflected word may be. */
export interface Readings {
  readonly noun: boolean;
  readonly adjective: boolean;
  /** `"participle"` may be an adjective too; `"other"` is conjugated, an infinitive or a gerund. */
  readonly verb: false | "participle" | "other";
}

interface Lemmas {
  readonly noun: ReadonlySet<string>;
  readonly adjective: ReadonlySet<string>;
  readonly verb: ReadonlySet<string>;
}

let lemmas: Lemmas | undefined;

function read(): Lemmas {
  if (lemmas !== undefined) return lemmas;
  const file = new URL("../../../data/lexicons/es-lemmas.tsv", import.meta.url);
  const lists = new Map(
    Deno.readTextFileSync(file).split("\n").map((line) => {
      const [kind = "", words = ""] = line.split("\t");
      return [kind, new Set(words.split(" "))];
    }),
  );
  const list = (kind: string) => lists.get(kind) ?? new Set<string>();
  return lemmas = { noun: list("noun"), adjective: list("adjective"), verb: list("verb") };
}

/** What a word in lower case may be by its form; nothing where the lexicon knows none of its base forms. */
export function readings(word: string): Readings {
  const { noun, adjective, verb } = read();
  return {
    noun: singulars(word).some((one) => noun.has(one)),
    adjective: masculines(word).some((one) => adjective.has(one)),
    verb: verbForm(word, verb),
  };
}

const bare: Readonly<Record<string, string>> = { ó: "o", á: "a", é: "e", í: "i", ú: "u" };
const stressed: Readonly<Record<string, string>> = { o: "ó", a: "á", e: "é", i: "í", u: "ú" };

/** The word, and what it may be the plural of: "lesiones" of "lesión". */
function singulars(word: string): string[] {
  const found = [word];
  if (word.endsWith("s")) found.push(word.slice(0, -1));
  if (word.endsWith("ces")) found.push(`${word.slice(0, -3)}z`);
  const stem = word.slice(0, -2);
  if (word.endsWith("es")) {
    found.push(stem, stem.replace(/[oaeiu](?=[ns]$)/, (vowel) => stressed[vowel] ?? vowel));
  }
  return found;
}

/** The word, and the masculine singulars that it may belong to: "renales" to "renal", "leves" to "leve", "crónicas" to "crónico". */
function masculines(word: string): string[] {
  const all = singulars(word);
  return [
    ...all,
    ...all.filter((one) => one.endsWith("a")).flatMap((one) => [`${one.slice(0, -1)}o`, one.slice(0, -1)]),
  ];
}

/** A word without its stress marks. */
export function unstressed(word: string): string {
  return word.replace(/[óáéíú]/g, (vowel) => bare[vowel] ?? vowel);
}
