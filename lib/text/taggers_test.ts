import { deepEqual, equal } from "node:assert/strict";
import { letters } from "../corpus/letters.ts";
import { sharedFolder } from "../corpus/shared_folder.ts";
import { project } from "../project.ts";
import { languageOf } from "./language.ts";
import { taggerOf } from "./taggers.ts";
import { words } from "./words.ts";

const tagged = (text: string, language: "en" | "es") => {
  const tags = taggerOf(language).tag(text, words(text));
  return words(text).map((word, index) => `${word.text}/${tags[index]}`).join(" ");
};

Deno.test("taggerOf() gives a word the tag of the token in which it begins, whatever blanks stand between", () => {
  equal(
    tagged("She can't  walk\n\nto the\tdoor\u00A0now.", "en"),
    "She/PRON can/AUX '/PART t/PART walk/VERB to/ADP the/DET door/NOUN now/ADV ./PUNCT",
  );
  deepEqual(taggerOf("en").tag("", []), []);
});

Deno.test("taggerOf() keeps its place behind characters outside the BMP, combining marks and blanks", () => {
  equal(tagged("🙂🙂 naïve cafe\u0301 ___ She sleeps.", "en").endsWith("She/PRON sleeps/VERB ./PUNCT"), true);
});

Deno.test("taggerOf() tells Spanish nouns, adjectives and verbs apart by form and neighbour", () => {
  equal(
    tagged("El paciente fue ingresado por dolor abdominal intenso.", "es"),
    "El/DET paciente/NOUN fue/AUX ingresado/VERB por/ADP dolor/NOUN abdominal/ADJ intenso/ADJ ./PUNCT",
  );
  equal(
    tagged("Se realizó una ecografía y la exploró el Dr. Álvarez.", "es"),
    "Se/PRON realizó/VERB una/DET ecografía/NOUN y/CCONJ la/PRON exploró/VERB el/DET Dr/PROPN ./PUNCT Álvarez/PROPN ./PUNCT",
  );
  equal(
    tagged("Evoluciona favorablemente tratándose con 2 comprimidos", "es").split(" ")[1],
    "favorablemente/ADV",
  );
});

Deno.test("taggerOf() tags every word of the embedded letters", async () => {
  for (const { text } of (await letters(project.letters)).slice(0, 20)) {
    const of = words(text);
    const tags = taggerOf("en").tag(text, of);
    equal(tags.length, of.length);
    const untagged = of.filter(({ text: word }, index) => tags[index] === "X" && /^\p{L}+$/u.test(word));
    equal(untagged.length < of.length / 50, true);
  }
});

Deno.test("languageOf() tells the embedded letters from MEDDOCAN's", async () => {
  for (const { text } of await letters(project.letters)) equal(languageOf(text), "en");
  const folder = sharedFolder("data/meddocan/dev");
  if (folder === undefined) return;
  for (const { text } of await letters(folder)) equal(languageOf(text), "es");
});
