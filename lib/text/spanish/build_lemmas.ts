/**
 * Makes data/lexicons/es-lemmas.tsv out of `spacy_lookups_data/data/es_lemma_index.json.gz` of the PyPI package spacy-lookups-data 1.0.5:
 *
 *     deno run --allow-read --allow-write lib/text/spanish/build_lemmas.ts es_lemma_index.json.gz
 *
 * @module
 */

import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { project } from "../../project.ts";
import { sha256 } from "../../sha256.ts";

const SHA256 = "eb9e11656437b6156ac6bc93307e25fb3f95086306bc2da6ced3c825c86da854";
const lists = z.object({ noun: z.array(z.string()), adj: z.array(z.string()), verb: z.array(z.string()) });

/** The table: a line for each kind of word, its base forms of two letters or more in the order of their code units. */
export function lemmaTable(json: string): string {
  const { noun, adj, verb } = lists.parse(JSON.parse(json));
  const line = (kind: string, words: readonly string[]) =>
    `${kind}\t${[...new Set(words.filter((word) => /^[a-záéíóúüñ]{2,}$/.test(word)))].sort().join(" ")}`;
  return ["kind\tlemmas", line("noun", noun), line("adjective", adj), line("verb", verb), ""].join("\n");
}

if (import.meta.main) {
  const [path = "es_lemma_index.json.gz"] = Deno.args;
  const bytes = await Deno.readFile(path);
  const found = sha256(bytes);
  if (found !== SHA256) {
    throw new Error(`${path}: SHA-256 ${found}, expected ${SHA256}. Take it from spacy-lookups-data 1.0.5.`);
  }
  await Deno.writeTextFile(
    `${project.root}/data/lexicons/es-lemmas.tsv`,
    lemmaTable(new TextDecoder().decode(gunzipSync(bytes))),
  );
}
