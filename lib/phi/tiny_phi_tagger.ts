/** A tagger of identifying data for tests. @module */

import { tinyModel } from "../checkpoint/tiny_model.ts";
import type { Letter } from "../corpus/letter.ts";
import { trainTagger } from "../ner/train_tagger.ts";

/** What the tagger learns by heart: its rules would find Osei, and not Ana. */
export const learntText = "Seen ana on monday by Dr Osei.";

/**
 * A tagger that knows of one text that "ana" is a patient, and nothing else.
 *
 * @param label what else it shall call her
 * @return its folder
 */
export async function tinyPhiTagger(label = "PATIENT"): Promise<string> {
  const models = await Deno.makeTempDir();
  const pieces = ["seen", "ana", "on", "monday", "by", "dr", "osei", "."];
  await tinyModel(`${models}/tiny`, { pieces, positions: 16, layers: 1 });
  const learnt: Letter = { id: "a", text: learntText, spans: [{ start: 5, end: 8, label }], meta: {} };
  const how = { model: "tiny", models, steps: 60, learningRate: 0.02, batch: 1, seed: 1 };
  await using tagger = await trainTagger([learnt], how);
  await tagger.save(`${models}/phi`);
  return `${models}/phi`;
}
