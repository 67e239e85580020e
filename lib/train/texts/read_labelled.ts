/** The words with labels that a token classifier is trained on. @module */

import { decode } from "../../decode.ts";
import type { LabelledWords } from "../labelled_pieces.ts";
import { readVerified } from "../read_verified.ts";
import { readVerifiedLetters } from "./brat_folder.ts";
import { labelledLetter } from "./labelled_letter.ts";
import { labelledLines } from "./labelled_lines.ts";
import type { LabelledSource } from "./source.ts";

/**
 * Reads the sentences of a source, in its order.
 *
 * @param corpora the folder that `source.file` is relative to
 * @throws Error in one line, with the file and where the corpus is publicly had, where it is missing or is not the one that
 * `source.sha256` names; with file and line where it is malformed; naming the letter that is not there
 *
 * @example
 * ```ts
 * import { folderHash } from "./brat_folder.ts";
 * import { readLabelled } from "./read_labelled.ts";
 * import { deepEqual } from "node:assert/strict";
 * const corpora = await Deno.makeTempDir();
 * await Deno.mkdir(`${corpora}/letters`);
 * await Deno.writeTextFile(`${corpora}/letters/a.txt`, "On aspirin");
 * await Deno.writeTextFile(`${corpora}/letters/a.ann`, "T1\tDRUG 3 10\taspirin\n");
 * const sha256 = await folderHash(`${corpora}/letters`);
 * const what = { corpus: "none", licence: "none", from: "https://example.org" };
 * const [sentence] = await readLabelled({ kind: "brat", file: "letters", sha256, ...what }, corpora);
 * deepEqual(sentence?.labels, ["O", "B-DRUG"]);
 * ```
 */
export async function readLabelled(source: LabelledSource, corpora: string): Promise<LabelledWords[]> {
  const path = `${corpora}/${source.file}`;
  if (source.kind === "iob") return labelledLines(decode(await readVerified(path, source), path), path);
  const letters = new Map((await readVerifiedLetters(path, source)).map((letter) => [letter.id, letter]));
  return (source.letters ?? [...letters.keys()]).flatMap((id) => {
    const letter = letters.get(id);
    if (!letter) throw new Error(`${path}: no letter ${id}, which the recipe names. Correct the recipe.`);
    return labelledLetter(letter, `${path}/${id}.txt`);
  });
}
