/** Files of tagged tokens (CoNLL, IOB): a token and its tag a line, a blank line after each sentence. @module */
import type { Format } from "./format.ts";
import { readIob } from "./iob_read.ts";
import { IobEncoder } from "./iob_write.ts";

/**
 * Letters in lines of tokens.
 *
 * A sentence is a letter, its id the file's name and a number; or letters begin where `-DOCSTART-` or `# id = …` stands. The text of a
 * sentence is its tokens with a blank between them, unless `# text = "…"` (a JSON string) says how it was written.
 */
export const iob: Format = {
  name: "iob",
  what: "a .tsv, .iob, .bio or .conll file with TOKEN<TAB>TAG a line",
  endings: [".tsv", ".iob", ".bio", ".conll"],
  folder: false,
  read: readIob,
  encoder: (options, stem) => new IobEncoder(options, stem),
};
