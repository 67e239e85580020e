/** Text that is neither English nor Spanish. @module */

import type { Letter } from "../../corpus/letter.ts";

/** Common words by language; those of English and Spanish speak for a letter, the others against it. */
const common = {
  en:
    "the of and to was with is for she had her his were has been at which this from he in on no a an not are by",
  es: "el la de los las en que del por una con se su al un para y como más fue sin es lo años no a",
  de: "der die das und ist mit von den wurde nicht eine ein auf für im bei zu sich dem nach patientin",
  fr: "le les des est et une dans pour avec sur qui pas au du par il elle été patiente nous un aux",
  it: "il che di della con per è una nel sono non alla del gli dei ha stato paziente si da e",
  pt: "o os um uma com não para dos das foi no na ao paciente é do da em por mais",
  nl: "het een van en is met op voor niet aan werd bij zijn te dat door de patiënt",
  ca: "el els les amb per una que dels del al és van va pacient i a la seva",
  sv: "och är med på som till för inte av ett har den det vid",
  pl: "i w z na do się nie jest pacjent oraz od po przez u",
} as const;
const languages = Object.keys(common);

/** By word, the places in `languages` of those that have it. */
const marks = new Map<string, number[]>();
for (const [index, words] of Object.values(common).entries()) {
  for (const word of words.split(" ")) marks.set(word, [...marks.get(word) ?? [], index]);
}

/** Greek, Cyrillic, Hebrew, Arabic, Indic, Chinese, Japanese, Korean. */
const foreign = /[\u0370-\u1dff\u2c00-\u2dff\u3040-\ud7ff]/g;

/**
 * Refuses a letter in another language, for its names and dates would not be read: one of other letters than Latin ones, or of which
 * more common words are those of another language.
 *
 * @throws {Error} naming the letter
 */
export function checkLanguage({ id, text }: Pick<Letter, "id" | "text">, told?: "en" | "es"): void {
  if (told !== undefined) return;
  const counts = languages.map(() => 0);
  let letters = 0;
  const head = text.slice(0, 4000).toLowerCase();
  for (const [word] of head.matchAll(/[a-zß-ÿą-ž\u0370-\ud7ff]+/g)) {
    letters += word.length;
    for (const index of marks.get(word) ?? []) counts[index] = (counts[index] ?? 0) + 1;
  }
  const [english = 0, spanish = 0, ...others] = counts;
  const own = Math.max(english, spanish);
  const count = Math.max(...others);
  const other = languages[others.indexOf(count) + 2];
  const script = letters > 20 && (head.match(foreign)?.length ?? 0) > letters * 0.3;
  if (!script && !(count >= 4 && count > own * 1.5)) return;
  throw new Error(
    `letter ${id}: its text is neither English nor Spanish${
      script ? "" : ` (nearest: ${other})`
    }. Leave it out, or name the language.`,
  );
}
