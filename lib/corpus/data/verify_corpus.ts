/** Whether the files of a corpus are those that are known. @module */
import { dirname } from "node:path";
import { sha256 } from "../../sha256.ts";
import type { CorpusFile, PublicCorpus } from "./catalogue.ts";

/** A checked part of a corpus: a file, or a folder of files. */
export interface Checksum {
  readonly name: string;
  readonly sha256: string;
}

/** What of a corpus is known by its bytes. */
export type KnownFiles = Pick<PublicCorpus, "name" | "files" | "folders">;

/**
 * The checksums of a corpus in a folder, which are those that are known.
 *
 * @throws Error naming the file, or the folder of files, that is not the known one; and when one can't be read
 *
 * @example
 * ```ts
 * import { verifyCorpus } from "./verify_corpus.ts";
 * import { rejects } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/a.csv`, "");
 * const files = [{ name: "a.csv", path: "a.csv", sha256: "0".repeat(64) }];
 * await rejects(verifyCorpus(folder, { name: "mine", files }), /a\.csv: sha256 e3b0c442\S+, known is 0+\./);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function verifyCorpus(folder: string, { files, folders = {} }: KnownFiles): Promise<Checksum[]> {
  const checked: Checksum[] = [];
  const lines = new Map<string, string[]>();
  for (const file of files.toSorted((a, b) => a.name < b.name ? -1 : 1)) {
    const path = `${folder}/${file.name}`;
    const actual = sha256(await Deno.readFile(path));
    if (file.sha256 !== undefined) {
      checkSame(path, actual, file.sha256);
      checked.push({ name: file.name, sha256: actual });
    }
    const part = dirname(file.name);
    lines.set(part, [...lines.get(part) ?? [], `${file.name.slice(part.length + 1)} ${actual}`]);
  }
  for (const [part, known] of Object.entries(folders)) {
    const actual = sha256(lines.get(part)?.join("\n") ?? "");
    checkSame(`${folder}/${part}`, actual, known);
    checked.push({ name: part, sha256: actual });
  }
  return checked;
}

/** Throws where a file's bytes are not those that are known; a file of which none are known passes. */
export function checkFile({ name, sha256: known }: CorpusFile, bytes: Uint8Array): void {
  if (known !== undefined) checkSame(name, sha256(bytes), known);
}

function checkSame(path: string, actual: string, known: string): void {
  if (actual === known) return;
  throw new Error(
    `${path}: sha256 ${actual}, known is ${known}. It is not the corpus that is known here; nothing of it is used.`,
  );
}
