/** Plain text files: a letter each, without spans. @module */
import { readBytes } from "./byte_stream.ts";
import { fileName, type Format, type ReadOptions, stateless, stemOf } from "./format.ts";
import { listFiles } from "./list_files.ts";
import { decoded } from "./text_stream.ts";
import { attempt, type Draft } from "./validate.ts";

/** Letters in text files. */
export const plainText: Format = {
  name: "text",
  what: "a folder of .txt, or a .txt file",
  endings: [".txt"],
  folder: true,
  read: readDrafts,
  encoder: ({ dropSpans }) =>
    stateless((letter) => {
      if (letter.spans.length > 0 && !dropSpans) {
        throw new Error(
          `letter ${letter.id}: a text file has no place for its ${letter.spans.length} spans. ` +
            "Choose another format, or drop the spans (option dropSpans, --drop-spans).",
        );
      }
      return [{ file: `${fileName(letter)}.txt`, text: fileText(letter.text), whole: true }];
    }),
};

/** A letter that begins with U+FEFF itself needs a byte-order mark before it, or its own would be taken for one. */
function fileText(text: string): string {
  return text.startsWith("\ufeff") ? `\ufeff${text}` : text;
}

async function* readDrafts(path: string, options: ReadOptions): AsyncGenerator<Draft> {
  const { isDirectory } = await Deno.stat(path);
  const names = isDirectory ? await listFiles(path, [".txt", ".txt.gz"]) : [];
  const files = isDirectory ? names.map((file) => `${path}/${file}`) : [path];
  if (files.length === 0) {
    throw new Error(`${path}: no .txt file in it. Name a folder of letters, or one letter's file.`);
  }
  for (const at of files) {
    const id = stemOf(at);
    yield await attempt(id, at, async () => {
      return { id, text: decoded(await readBytes(at), at, options), meta: {}, annotations: [], at };
    });
  }
}
