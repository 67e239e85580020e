/** Files of tagged tokens: a token and its tag a line, a blank line between sentences (CoNLL, IOB). @module */

import { decode } from "../../decode.ts";
import { readFile } from "../../read_file.ts";
import { checkTags, type TagScheme } from "../../corpus/tag_scheme.ts";
import type { TagPair } from "./tag_source.ts";

/** A sentence as a file states it; token i stands at line `line + i`. */
export interface ColumnSentence {
  readonly line: number;
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
}

/** What a file of tagged tokens holds. */
export interface TagColumns {
  readonly file: string;
  /** Sentences of letters, where lines that begin with `-DOCSTART-` say where letters begin; else each sentence alone. */
  readonly letters: readonly (readonly ColumnSentence[])[];
  readonly unit: "letter" | "sentence";
}

/**
 * Reads a file of tagged tokens. Columns are separated by tabs, or, in a line without one, by blanks; the first is the
 * token, the last its tag.
 *
 * @throws {Error} naming the file and line when a line has one column, the file holds no sentence or can't be read
 *
 * @example
 * ```ts
 * import { readTagColumns } from "./tag_columns.ts";
 * import { deepEqual } from "node:assert/strict";
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, "On\tO\naspirin\tB-DRUG\n\nWell\tO\n");
 * const { letters } = await readTagColumns(file);
 * deepEqual(letters[0]?.[0], { line: 1, tokens: ["On", "aspirin"], tags: ["O", "B-DRUG"] });
 * await Deno.remove(file);
 * ```
 */
export async function readTagColumns(
  file: string,
  { encoding }: { readonly encoding?: string } = {},
): Promise<TagColumns> {
  const letters: ColumnSentence[][] = [];
  let sentence: { line: number; tokens: string[]; tags: string[] } | undefined;
  let unit: TagColumns["unit"] = "sentence";
  for (const [i, line] of decode(await readFile(file), file, encoding).split(/\r?\n/).entries()) {
    const opensLetter = line.startsWith("-DOCSTART-");
    if (opensLetter || line.trim() === "") sentence = undefined;
    if (opensLetter) {
      if (letters.length > 0 && unit === "sentence") {
        throw new Error(
          `${file}:${i + 1}: the first -DOCSTART-, after sentences. Put one before the first letter.`,
        );
      }
      unit = "letter";
      letters.push([]);
    }
    if (opensLetter || line.trim() === "") continue;
    const columns = line.includes("\t") ? line.split("\t") : line.trim().split(/ +/);
    const [token, tag] = [columns[0], columns.at(-1)?.trim()];
    if (token === undefined || tag === undefined || tag === "" || columns.length < 2) {
      throw new Error(
        `${file}:${i + 1}: a token without a tag. Write TOKEN<TAB>TAG, blank lines between sentences.`,
      );
    }
    if (sentence === undefined) {
      sentence = { line: i + 1, tokens: [], tags: [] };
      const last = letters.at(-1);
      if (unit === "letter" && last) last.push(sentence);
      else letters.push([sentence]);
    }
    sentence.tokens.push(token);
    sentence.tags.push(tag);
  }
  if (letters.every((one) => one.length === 0)) {
    throw new Error(`${file}: no sentence in it. Write TOKEN<TAB>TAG a line.`);
  }
  return { file, letters, unit };
}

/**
 * Throws at the first tag that the scheme forbids where it stands.
 *
 * @throws {Error} naming the file, the line and the tag
 *
 * @example
 * ```ts
 * import { checkColumns } from "./tag_columns.ts";
 * import { throws } from "node:assert/strict";
 * const letters = [[{ line: 1, tokens: ["Bo"], tags: ["I-NAME"] }]];
 * throws(() => checkColumns({ file: "a.tsv", letters, unit: "sentence" }, "iob2"), /^Error: a\.tsv:1: iob2 forbids I-NAME/);
 * ```
 */
export function checkColumns({ file, letters }: TagColumns, scheme: TagScheme): void {
  for (const { line, tags } of letters.flat()) {
    const forbidden = checkTags(tags, scheme);
    if (forbidden === undefined) continue;
    throw new Error(
      `${file}:${
        line + forbidden.index
      }: ${scheme} forbids ${forbidden.problem}. Mend the tag, name another scheme, or score leniently.`,
    );
  }
}

/**
 * Gold and predicted columns side by side; letters are called by their number, from 1.
 *
 * @throws {Error} naming file and line where the two do not hold the same tokens in the same sentences and letters
 *
 * @example
 * ```ts
 * import { pairColumns } from "./tag_columns.ts";
 * import { deepEqual } from "node:assert/strict";
 * const columns = (file: string, tag: string) => (
 *   { file, unit: "sentence", letters: [[{ line: 1, tokens: ["Bo"], tags: [tag] }]] } as const
 * );
 * const [letter] = pairColumns(columns("gold.tsv", "B-NAME"), columns("pred.tsv", "O"));
 * deepEqual(letter?.sentences, [{ tokens: ["Bo"], gold: ["B-NAME"], predicted: ["O"] }]);
 * ```
 */
export function pairColumns(gold: TagColumns, predicted: TagColumns): TagPair[] {
  return gold.letters.map((sentences, letter): TagPair => {
    const others = predicted.letters[letter] ?? [];
    const pairs = sentences.map((sentence, s) => {
      const there = `${gold.file}:${sentence.line}`;
      const other = others[s];
      if (other === undefined) {
        throw new Error(
          `${predicted.file}: no sentence for that of ${there}. Tag the same text on both sides.`,
        );
      }
      const { tokens, line } = other;
      const at = sentence.tokens.findIndex((token, i) => token !== tokens[i]);
      const place = at >= 0 ? at : sentence.tokens.length;
      if (at >= 0 || tokens.length > place) {
        throw new Error(
          `${predicted.file}:${line + place}: not the token of ${gold.file}:${sentence.line + place}. ` +
            "Tag the same text on both sides.",
        );
      }
      return { tokens, gold: sentence.tags, predicted: other.tags };
    });
    refuseMore(predicted, others[sentences.length], gold);
    return { id: `${letter + 1}`, sentences: pairs };
  }).concat(refuseMore(predicted, predicted.letters[gold.letters.length]?.[0], gold));
}

function refuseMore(columns: TagColumns, sentence: ColumnSentence | undefined, than: TagColumns): [] {
  if (sentence === undefined) return [];
  throw new Error(
    `${columns.file}:${sentence.line}: a sentence that ${than.file} has not, or has elsewhere. Tag the same text.`,
  );
}
