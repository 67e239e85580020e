/** A tagger that is trained once. @module */

import { basename } from "node:path";
import { findModel } from "../checkpoint/find_model.ts";
import { fingerprint } from "../checkpoint/fingerprint.ts";
import { keptModel } from "../checkpoint/kept_model.ts";
import type { Letter } from "../corpus/letter.ts";
import { codeVersion } from "../experiment/code_version.ts";
import { canonical } from "../experiment/hash.ts";
import { openTagger, type Tagger } from "../ner/tagger.ts";
import { type TaggerTraining, trainTagger as train } from "../ner/train_tagger.ts";
import { project } from "../project.ts";
import { sha256 } from "../sha256.ts";

/** How a tagger is trained, and where it is kept. */
export interface KeptTagger extends TaggerTraining {
  /** Folder in which trained taggers are kept; left out: the project's `.cache/taggers`. */
  readonly taggers?: string;
}

/**
 * As `trainTagger` of `lib/ner`, with a memory: the weights are kept under the hash of all that they depend on (letters,
 * options, the model's files, the code, the number of threads), and a second call with the same opens them.
 *
 * @throws {Error} what training throws, or one line when the folder can't be written
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { trainTagger } from "./train_tagger.ts";
 * import { deepEqual } from "node:assert/strict";
 * const models = await Deno.makeTempDir();
 * await tinyModel(`${models}/tiny`, { pieces: ["on", "aspirin", "today", "."], positions: 16, layers: 1 });
 * const letter = { id: "a", text: "On aspirin today.", spans: [{ start: 3, end: 10, label: "DRUG" }], meta: {} };
 * const options = { model: "tiny", models, taggers: `${models}/kept`, steps: 40, learningRate: 0.02, batch: 1, seed: 42 };
 * for (const _ of ["trained", "opened"]) {
 *   await using tagger = await trainTagger([letter], options);
 *   deepEqual((await tagger.tag([letter]))[0]?.spans, letter.spans);
 * }
 * deepEqual(Array.from(Deno.readDirSync(options.taggers)).length, 1); // trained once
 * ```
 */
export async function trainTagger(letters: readonly Letter[], options: KeptTagger): Promise<Tagger> {
  const { taggers = project.taggers, models: _, model, dev, ...settings } = options;
  const key = sha256(canonical({
    letters: hashOf(letters),
    ...dev && { dev: hashOf(dev) },
    model: await fingerprint(await findModel(model, options)),
    settings: { threads: navigator.hardwareConcurrency, ...settings },
    code: await codeVersion([`${project.lib}/ner/train_tagger.ts`], project.root),
  }));
  const folder = `${taggers}/${key}/${basename(model)}`; // which progress shows
  await keptModel(folder, async (place) => {
    await using tagger = await train(letters, options);
    await tagger.save(place);
  });
  return await openTagger(folder, options.threads === undefined ? {} : { threads: options.threads });
}

function hashOf(letters: readonly Letter[]): string {
  return sha256(JSON.stringify(letters.map(({ id, text, spans }) => [id, text, spans])));
}
