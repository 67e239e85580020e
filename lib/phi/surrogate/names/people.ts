/** Stand-ins for the people of a letter. @module */

import type { Language } from "../../../text/language.ts";
import type { Draw, SurrogateKey } from "../key.ts";
import { drawnUntil, lexicons } from "../lexicon.ts";
import { folded, like } from "../like.ts";
import type { SurrogatePolicy } from "../policy.ts";
import { type NamePart, nameParts, surnameTitles, withRoles } from "./name_parts.ts";
import {
  compoundSurname,
  cultureOf,
  type Gender,
  genderOf,
  givenLanguage,
  givenNamesOf,
  isCulture,
  isKnownGiven,
  surnamesOf,
} from "./origin.ts";

/** A mention of someone. */
export interface Mention {
  readonly start: number;
  readonly text: string;
  /** `PATIENT`, `CLINICIAN` or `PERSON`. */
  readonly kind: string;
  /** Up to 40 characters before it. */
  readonly before: string;
}

/** Someone with a surname, as the letter's fullest mention names them; words folded. */
interface Person {
  readonly kind: string;
  readonly givens: readonly string[];
  readonly surnames: readonly string[];
}

/**
 * The people of one letter. Each word of a name has its stand-in: a surname by itself, so that a family keeps one name; a
 * first name together with the surname of the fullest mention it belongs to. So "Mrs Ortega", "ORTEGA, Juan", "Ortega's" and "J.O."
 * follow "Juan Ortega" wherever they stand.
 */
export class People {
  readonly #key: SurrogateKey;
  readonly #scope: string;
  readonly #policy: SurrogatePolicy;
  readonly #language: Language;
  readonly #persons: Person[] = [];
  readonly #mentions = new Map<number, readonly NamePart[]>();
  readonly #originals = new Set<string>();
  /** Those of mentions of several words. */
  readonly #surnames = new Set<string>();
  readonly #used = new Set<string>();
  readonly #drawn = new Map<string, string>();
  readonly #genders = new Map<string, Gender>();

  constructor(
    key: SurrogateKey,
    scope: string,
    policy: SurrogatePolicy,
    language: Language,
    mentions: readonly Mention[],
    patient: Gender,
  ) {
    [this.#key, this.#scope, this.#policy, this.#language] = [key, scope, policy, language];
    const cut = mentions.map((mention) => ({ ...mention, parts: nameParts(mention.text) }));
    const seen = { given: new Set<string>(), surname: new Set<string>() };
    const words = ({ parts }: { parts: readonly NamePart[] }) =>
      parts.filter(({ role }) => role === "word").length;
    for (const mention of cut.toSorted((a, b) => words(b) - words(a) || a.start - b.start)) { // the fullest first
      const parts = withRoles(mention.text, mention.parts, {
        before: mention.before,
        language,
        alone: mention.kind === "CLINICIAN" ? "surname" : "given",
        isGiven: (word) => seen.given.has(word) || (!seen.surname.has(word) && isKnownGiven(word, language)),
        isSeenGiven: (word) => seen.given.has(word),
        isSurname: (word) => seen.surname.has(word),
      });
      this.#mentions.set(mention.start, parts);
      for (const { role, text } of parts) {
        if (role === "given" || role === "surname") seen[role].add(folded(text));
        if (role === "surname" && words(mention) > 1) this.#surnames.add(folded(text));
        if (role === "given" || role === "surname") this.#originals.add(folded(text));
      }
    }
    for (const { start, kind, before } of cut) {
      const parts = this.#mentions.get(start) ?? [];
      const of = (role: string) => parts.filter((part) => part.role === role).map(({ text }) => folded(text));
      const [givens, surnames] = [of("given"), of("surname")];
      if (surnames.length > 0 && givens.length > 0) this.#persons.push({ kind, givens, surnames });
      const gender = kind === "PATIENT" ? patient : titleGender(before);
      if (gender !== "either") { for (const given of givens) this.#genders.set(given, gender); }
    }
    const fields = cut.filter(({ kind }) => kind === "PATIENT").map(({ start }) =>
      this.#mentions.get(start) ?? []
    );
    const alone = (role: string) =>
      fields.find((parts) =>
        parts.length > 0 && parts.every((part) => part.role === role || part.role === "fixed")
      );
    const [givens, surnames] = [alone("given"), alone("surname")].map((parts) =>
      (parts ?? []).filter(({ role }) => role !== "fixed").map(({ text }) => folded(text))
    );
    const known = this.#persons.some(({ kind }) => kind === "PATIENT");
    if (!known && givens?.length && surnames?.length) {
      this.#persons.unshift({ kind: "PATIENT", givens, surnames }); // "Nombre: …", "Apellidos: …"
    }
  }

  /** What a patient is known by across letters: the words of the fullest mention; nothing where none has a surname. */
  get patient(): string | undefined {
    const patient = this.#persons.find(({ kind }) => kind === "PATIENT");
    return patient && `${patient.givens[0]} ${patient.surnames[0]}`;
  }

  /** The stand-in for a mention that the letter was opened with. */
  standIn({ start, text, kind }: Mention): string {
    const parts = this.#mentions.get(start) ?? [];
    const person = this.#personOf(parts, kind);
    let result = text;
    let initial = parts.filter(({ role }) => role === "initial").length;
    for (const part of parts.toReversed()) {
      let word = part.text;
      if (part.role === "surname") word = like(part.text, this.#surname(folded(part.text)));
      else if (part.role === "given") word = like(part.text, this.#given(folded(part.text), person));
      else if (part.role === "initial") word = this.#initial(part, parts, --initial, person);
      else if (part.role === "initials") word = this.#initials(part.text);
      result = result.slice(0, part.start) + word + result.slice(part.end);
    }
    return result;
  }

  /** The stand-in of a word that is part of somebody's name (folded), for addresses made of names. */
  word(word: string): string | undefined {
    for (const parts of this.#mentions.values()) {
      const part = parts.find(({ text }) => folded(text) === word);
      if (part?.role === "surname") return this.#surname(word);
      if (part?.role === "given") return this.#given(word, this.#personOf([part], ""));
    }
  }

  /** The first letters of names of the letter with those of their stand-ins. */
  *initialled(): Generator<
    readonly [original: string, surname: string, standIn: string, standInSurname: string]
  > {
    for (const person of this.#persons) {
      const [given = "", surname = ""] = [person.givens[0], person.surnames[0]];
      yield [given, surname, folded(this.#given(given, person)), folded(this.#surname(surname))];
    }
  }

  #personOf(parts: readonly NamePart[], kind: string): Person | undefined {
    const of = (role: string) => parts.filter((part) => part.role === role).map(({ text }) => folded(text));
    const [givens, surnames] = [of("given"), of("surname")];
    const initials = of("initial").map((letter) => letter.charAt(0));
    const fits = (person: Person) =>
      surnames.every((word) => person.surnames.includes(word)) && givens.every((word) =>
        person.givens.includes(word)
      ) &&
      (givens.length > 0 || initials.every((letter, i) => person.givens[i]?.startsWith(letter) ?? true));
    const fitting = this.#persons.filter(fits);
    const found = fitting.find((person) => person.kind === kind) ?? fitting[0];
    if (found || surnames.length === 0) return found;
    return { kind, givens, surnames };
  }

  #surname(word: string): string {
    const singular = word.replace(/s$/, ""); // "the Ortegas"
    if (singular !== word && !this.#surnames.has(word) && this.#surnames.has(singular)) {
      return `${this.#surname(singular)}s`;
    }
    return this.#word(["surname", word], (draw) => {
      const { culture = "keep" } = this.#policy;
      if (culture === "mixed") return draw.pick(draw.pick([...surnamesOf.values()]));
      const kept = isCulture(culture)
        ? culture
        : culture === "letter"
        ? (this.#language === "es" ? "hispanic" : "english")
        : cultureOf(word, this.#language);
      if (kept === "english" && draw.below(2) === 1) return compoundSurname(draw);
      return draw.pick(surnamesOf.get(kept) ?? []);
    });
  }

  #given(word: string, person: Person | undefined): string {
    const surname = person?.surnames[0] ?? "";
    return this.#word(["given", word, surname], (draw) => {
      const { culture = "keep", gender = "keep", scope = "letter" } = this.#policy;
      const own = genderOf(word, this.#language);
      const told = own !== "either" || scope === "corpus" ? own : this.#genders.get(word) ?? own;
      if (isCulture(culture)) {
        const wanted = gender === "neutral" ? "either" : told;
        return draw.pick(givenNamesOf(culture, wanted) ?? lexicons[givenLanguage(culture)].given[wanted]);
      }
      const language = culture === "letter"
        ? this.#language
        : culture === "mixed"
        ? draw.pick(["en", "es"] as const)
        : givenLanguage(
          surname === ""
            ? (this.#language === "es" ? "hispanic" : "english")
            : cultureOf(surname, this.#language),
        );
      return draw.pick(lexicons[language].given[gender === "neutral" ? "either" : told]);
    });
  }

  /** One word's stand-in: no word of the original's, in a letter none of the letter's names, and nobody else's. */
  #word(parts: readonly string[], draw: (draw: Draw) => string): string {
    const id = JSON.stringify(parts);
    const known = this.#drawn.get(id);
    if (known !== undefined) return known;
    const stream = this.#key.draw("name", this.#scope, ...parts);
    const letter = this.#policy.scope !== "corpus";
    const own = parts.slice(1);
    let tries = 0;
    const found = drawnUntil(() => draw(stream), (name) => {
      const word = folded(name);
      tries++;
      if (own.includes(word) || (letter && this.#originals.has(word))) return false;
      if (this.#policy.initials === "keep" && tries <= 600 && word.charAt(0) !== own[0]?.charAt(0)) {
        return false;
      }
      return !letter || tries > 700 || !this.#used.has(word);
    });
    this.#used.add(folded(found));
    this.#drawn.set(id, found);
    return found;
  }

  /** An initial beside a name, the index-th of its mention. */
  #initial(part: NamePart, parts: readonly NamePart[], index: number, person: Person | undefined): string {
    const letter = folded(part.text).charAt(0);
    const before = parts.filter(({ role, start }) => role === "given" && start < part.start).length;
    const given = person?.givens[before + index] ?? person?.givens.find((word) => word.startsWith(letter));
    return part.text.replace(/\p{L}/u, this.#letter(letter, given, person).toUpperCase());
  }

  #letter(letter: string, given: string | undefined, person: Person | undefined): string {
    if (given?.startsWith(letter)) return folded(this.#given(given, person)).charAt(0);
    return this.#loose(letter, person?.surnames[0] ?? "");
  }

  /** A letter for one that belongs to no name of the letter. */
  #loose(letter: string, beside: string): string {
    if (this.#policy.initials === "keep") return letter;
    const draw = this.#key.draw("initial", this.#scope, letter, beside);
    return drawnUntil(() => draw.pick([..."abcdefghijklmnoprstvw"]), (one) => one !== letter);
  }

  /** "J.O.", "JAO" */
  #initials(text: string): string {
    const letters = folded(text).match(/\p{L}/gu) ?? [];
    const [first = "", ...rest] = letters;
    const fits = (words: readonly string[]) => letters.every((letter, i) => words[i]?.startsWith(letter));
    const ways = ({ givens, surnames }: Person) => [[givens[0] ?? "", ...surnames], [...givens, ...surnames]];
    const ends = ({ givens, surnames }: Person) =>
      letters.length === 3 && givens[0]?.startsWith(first) && surnames[0]?.startsWith(rest.at(-1) ?? " ");
    const person = this.#persons.find((person) => ways(person).some(fits)) ?? this.#persons.find(ends);
    const words = person && (ways(person).find(fits) ?? [person.givens[0], undefined, person.surnames[0]]);
    let index = -1;
    return text.replace(/\p{L}/gu, () => {
      index++;
      const [letter = "", word] = [letters[index], words?.[index]];
      if (word === undefined) {
        return this.#loose(letter, person?.surnames[0] ?? letters.join("")).toUpperCase();
      }
      const standIn = person?.givens.includes(word) ? this.#given(word, person) : this.#surname(word);
      return folded(standIn).charAt(0).toUpperCase();
    });
  }
}

function titleGender(before: string): Gender {
  if (!surnameTitles.test(before) && !/\b(?:D|Dª|Dña|Don|Doña)\.?\s+$/.test(before)) return "either";
  if (/\b(?:Mrs|Ms|Miss|Sister|Sra|Srta|Dra|Dª|Dña|Doña)\.?\s+$/iu.test(before)) return "female";
  return /\b(?:Mr|Sr|D|Don)\.?\s+$/iu.test(before) ? "male" : "either";
}
