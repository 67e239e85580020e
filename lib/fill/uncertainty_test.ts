import { equal, ok } from "node:assert/strict";
import { project } from "../project.ts";
import { words } from "../text/words.ts";
import { openMaskedLM } from "./encoder_model.ts";
import { openUncertainty } from "./uncertainty.ts";

const text = "She was seen in clinic with chest pain on exertion, and was sent home on aspirin the same day.";
const letter = { id: "a", text, spans: [], meta: {} };

Deno.test("entropies are those of the prediction in place of each word, every eighth hidden at once", async () => {
  const model = await openUncertainty("encoder-small", { threads: 1 });
  const found = await model.entropies(letter, words(text));
  await model.close();
  equal(found.length, words(text).length);
  ok(found.every((entropy) => entropy > 0 && entropy < Math.log(8192)));

  // The word "pain" by hand: it and its eighth neighbours are masked, all others are seen.
  const lm = await openMaskedLM(`${project.models}/encoder-small`, { threads: 1 });
  const all = words(text);
  const hidden = all.findIndex((word) => word.text === "pain");
  const pieces = all.map((word, i) => i % 8 === hidden % 8 ? [lm.maskId] : lm.pieces(word.text, " "));
  const ids = [lm.clsId, ...pieces.flat(), lm.sepId];
  const at = 1 + pieces.slice(0, hidden).flat().length;
  const masked = ids.flatMap((id, i) => id === lm.maskId ? [i] : []);
  const [rows] = await lm.scores([{ ids, masked }]);
  await lm.close();
  const scores = rows?.[masked.indexOf(at)];
  ok(scores);
  const powers = Array.from(scores, (score) => Math.exp(score - Math.max(...scores)));
  const sum = powers.reduce((a, b) => a + b);
  const entropy = -powers.reduce(
    (total, power) => total + (power > 0 ? power / sum * Math.log(power / sum) : 0),
    0,
  );
  ok(Math.abs((found[hidden] ?? NaN) - entropy) < 1e-3, `${found[hidden]} ${entropy}`);
});
