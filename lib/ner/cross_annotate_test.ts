import { deepEqual, ok, rejects } from "node:assert/strict";
import { tinyModel } from "../checkpoint/tiny_model.ts";
import { crossAnnotate } from "./cross_annotate.ts";

const pieces = ["on", "aspirin", "iron", "today", "no", "fever", "."];
const letterOf = (id: string, fold: string | undefined, word: string, label: string) => {
  const text = `On ${word} today.`;
  const spans = label === "" ? [] : [{ start: 3, end: 3 + word.length, label }];
  return { id, text, spans, meta: fold === undefined ? {} : { fold } };
};
const models = await Deno.makeTempDir();
await tinyModel(`${models}/tiny`, { pieces, positions: 16, layers: 1 });
const options = { model: "tiny", models, steps: 40, learningRate: 0.02, batch: 2, seeds: [1, 2] };

Deno.test("crossAnnotate() marks what the other folds teach, not what the letter's own says", async () => {
  // Fold 1 says that aspirin is a drug and iron is none, fold 2 the contrary; each is marked as the other has it.
  const one = [letterOf("a", "1", "aspirin", "DRUG"), letterOf("b", "1", "iron", "")];
  const two = [letterOf("c", "2", "aspirin", ""), letterOf("d", "2", "iron", "DRUG")];
  const annotated = await crossAnnotate([...one, ...two], { ...options, probabilities: true });
  deepEqual(annotated.map(({ id, spans }) => [id, spans.length]), [["a", 0], ["b", 1], ["c", 1], ["d", 0]]);
  ok(annotated[1]?.meta["probabilities"]?.startsWith("[0."));
});

Deno.test("crossAnnotate() names the letter, the fold, the label or the seed that cannot be", async () => {
  const a = letterOf("a", "1", "aspirin", "DRUG");
  await rejects(crossAnnotate([a, letterOf("b", undefined, "iron", "")], options), /letter b has no fold/);
  await rejects(
    crossAnnotate([a, letterOf("b", "2", "iron", "")], options),
    /fold 1: the 1 letters of the other/,
  );
  await rejects(crossAnnotate([a], options), /fold 1: the 0 letters of the other folds have no span/);
  const b = letterOf("b", "2", "iron", "METAL");
  await rejects(
    crossAnnotate([a, b], options),
    /letter a: the model does not know the label DRUG, but METAL/,
  );
  await rejects(crossAnnotate([a, b], { ...options, seeds: [1, 1] }), /seeds 1, 1: name each once/);
});
