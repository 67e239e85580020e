/** Questions to a language model about letters: a readable file, and what is made of it for one letter. @module */

import { readFile } from "../read_file.ts";
import { random } from "../random.ts";
import { sha256 } from "../sha256.ts";

/** A question as its file says it. */
export interface Question {
  readonly title: string;
  readonly system: string;
  /** With the places `{options}` and either `{letter}`, or `{first}` and `{second}`. */
  readonly text: string;
  /** Of how many letters it is. */
  readonly letters: 1 | 2;
  readonly options: readonly QuestionOption[];
  /** The whole file, as it is shown. */
  readonly source: string;
}

/** One of the answers there are. */
export interface QuestionOption {
  /** What it counts as: a grade; of two letters `first`, `second` or `neither`. */
  readonly value: string;
  readonly text: string;
}

/** What a language model is told. */
export interface Message {
  readonly role: "system" | "user";
  readonly content: string;
}

/** A question as it is asked. */
export interface Asked {
  readonly messages: readonly Message[];
  /** The options in the order in which they are shown: A, B, C and so on. */
  readonly options: readonly QuestionOption[];
  /** Whether the second letter is shown first. */
  readonly swapped: boolean;
}

const SECTIONS = ["System", "Question", "Options"] as const;
const MOST_OPTIONS = 26;

/**
 * Reads a question's file: Markdown with a title, and the sections System, Question and Options, of which the last is a list
 * `- VALUE: TEXT`.
 *
 * @throws {Error} in one line with file and remedy, when it can't be read or something of it is missing
 *
 * @example
 * ```ts
 * import { project } from "../project.ts";
 * import { readQuestion } from "./question.ts";
 * import { deepEqual } from "node:assert/strict";
 * const { letters, options } = await readQuestion(`${project.lib}/judge/prompts/preference.md`);
 * deepEqual([letters, options.map(({ value }) => value)], [2, ["first", "second", "neither"]]);
 * ```
 */
export async function readQuestion(path: string): Promise<Question> {
  return questionOf(new TextDecoder().decode(await readFile(path)), path);
}

/**
 * The question that a text says.
 *
 * @param path names it in errors
 * @throws {Error} in one line with file and remedy, when something of it is missing
 *
 * @example
 * ```ts
 * import { questionOf } from "./question.ts";
 * import { equal, throws } from "node:assert/strict";
 * const file = "# Q\n\n## System\n\nBe brief.\n\n## Question\n\n{letter}\n\n{options}\n\n## Options\n\n- 1: yes\n- 0: no\n";
 * equal(questionOf(file, "q.md").letters, 1);
 * throws(() => questionOf(file.replace("{letter}", ""), "q.md"), /^Error: q\.md: its question has no place for a letter/);
 * ```
 */
export function questionOf(source: string, path: string): Question {
  const text = source.replaceAll("\r\n", "\n");
  const title = /^# (.+)$/m.exec(text)?.[1]?.trim();
  if (title === undefined) throw new Error(`${path}: no title. Begin it with a line "# TITLE".`);
  const [system = "", asked = "", list = ""] = SECTIONS.map((name) => sectionNamed(text, name, path));
  const has = (place: string) => asked.includes(`{${place}}`);
  if (!has("options")) {
    throw new Error(`${path}: its question has no place {options}. Write it where they go.`);
  }
  const letters = has("letter") ? 1 : 2;
  if (letters === 1 ? has("first") || has("second") : !has("first") || !has("second")) {
    throw new Error(
      `${path}: its question has no place for a letter. Write {letter}, or {first} and {second}, where they go.`,
    );
  }
  return { title, system, text: asked, letters, options: optionsOf(list, letters, path), source: text };
}

function sectionNamed(text: string, name: string, path: string): string {
  const found = new RegExp(`^## ${name}[ \\t]*\\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, "m").exec(text)?.[1]
    ?.trim();
  if (found !== undefined && found !== "") return found;
  throw new Error(`${path}: nothing under "## ${name}". Its parts are ${SECTIONS.join(", ")}.`);
}

function optionsOf(list: string, letters: 1 | 2, path: string): QuestionOption[] {
  const options = Array.from(list.matchAll(/^- ([^:\n]+): (.+)$/gm), ([, value = "", text = ""]) => ({
    value: value.trim(),
    text: text.trim(),
  }));
  const values = options.map(({ value }) => value);
  if (options.length < 2 || options.length > MOST_OPTIONS || new Set(values).size < values.length) {
    throw new Error(
      `${path}: ${options.length} options. Write 2 to ${MOST_OPTIONS} lines "- VALUE: TEXT", each of another value.`,
    );
  }
  const known = ["first", "second", "neither"];
  const odd = values.find((value) => letters === 1 ? !/^-?\d+(\.\d+)?$/.test(value) : !known.includes(value));
  if (odd !== undefined) {
    throw new Error(
      `${path}: option "${odd}". Its value is ${letters === 1 ? "a number, the grade" : known.join(", ")}.`,
    );
  }
  return options;
}

/**
 * What a question is asked with: the options in an order that the key draws, and of two letters which is shown first, so that
 * over repeats either is as often. Around each letter stand marks that no letter can hold.
 *
 * @param texts of one letter, or of two
 * @param key of all that is drawn but which letter is first, which repeats take turns in
 *
 * @example
 * ```ts
 * import { project } from "../project.ts";
 * import { askedOf, readQuestion } from "./question.ts";
 * import { match, notEqual } from "node:assert/strict";
 * const question = await readQuestion(`${project.lib}/judge/prompts/preference.md`);
 * const [one, other] = [0, 1].map((repeat) => askedOf(question, ["A", "B"], "42/letter", repeat));
 * notEqual(one?.swapped, other?.swapped);
 * match(one?.messages[1]?.content ?? "", /A\. There is|A\. The/);
 * ```
 */
export function askedOf(question: Question, texts: readonly string[], key: string, repeat: number): Asked {
  if (texts.length !== question.letters) {
    throw new Error(`${question.title}: a question of ${question.letters} letters, got ${texts.length}.`);
  }
  const swapped = question.letters === 2 && (random(`${key}/letters`).below(2) + repeat) % 2 === 1;
  const options = random(`${key}/${repeat}/options`).shuffle([...question.options]);
  const [first = "", second = ""] = (swapped ? texts.toReversed() : texts).map(marked);
  const places: Readonly<Record<string, string>> = {
    letter: first,
    first,
    second,
    options: options.map(({ text }, i) => `${optionName(i)}. ${text}`).join("\n"),
  };
  return {
    messages: [
      { role: "system", content: question.system },
      // In one go: what a letter holds in braces stays as it is.
      {
        role: "user",
        content: question.text.replaceAll(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole),
      },
    ],
    options,
    swapped,
  };
}

/** The name of the i-th option: A, B, C. */
export function optionName(i: number): string {
  return String.fromCharCode(65 + i);
}

function marked(text: string): string {
  const mark = `letter-${sha256(text).slice(0, 12)}`;
  return `<${mark}>\n${text}\n</${mark}>`;
}
