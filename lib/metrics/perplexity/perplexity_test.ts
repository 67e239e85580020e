import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { tinyModel } from "../../checkpoint/tiny_model.ts";
import { project } from "../../project.ts";
import { letterScores, summaryOf } from "../summary.ts";
import { score } from "../score.ts";
import { openCausalLM } from "./causal_lm.ts";
import { openMaskedLM } from "./masked_lm.ts";
import oracle from "./perplexity_oracle.json" with { type: "json" };
import { perplexityOf } from "./perplexity.ts";

const DECODER = `${project.lib}/metrics/perplexity/fixtures/tiny-gpt2`;
const ENCODER = `${project.models}/encoder-small`;

function close(losses: Float64Array, expected: readonly number[], what: string) {
  equal(losses.length, expected.length, what);
  losses.forEach((loss, i) =>
    ok(Math.abs(loss - (expected[i] ?? NaN)) <= 2e-5, `${what}, piece ${i}: ${loss}`)
  );
  if (expected.length === 0) return;
  const ratio = perplexityOf(losses) / perplexityOf(expected);
  ok(Math.abs(ratio - 1) <= 1e-5, `${what}: perplexity off by a factor of ${ratio}`);
}

for (const { window, stride, losses } of oracle.causal) {
  Deno.test(`openCausalLM() equals transformers with windows of ${window} every ${stride} pieces`, async () => {
    const model = await openCausalLM(DECODER, { window, stride });
    for (const [i, text] of oracle.texts.entries()) {
      close(await model.losses(text), losses[i] ?? [], `text ${i}`);
    }
    equal(model.signature, `tiny-gpt2|window:${window}|stride:${stride}`);
    await model.close();
  });
}

Deno.test("openMaskedLM() equals transformers", async () => {
  const model = await openMaskedLM(ENCODER);
  for (const [i, text] of oracle.texts.entries()) {
    close(await model.losses(text), oracle.masked[i] ?? [], `text ${i}`);
  }
  await model.close();
});

Deno.test("a causal LM's windows judge every piece but the first, once", async () => {
  for (const [window, stride] of [[2, 1], [5, 2], [32, 16]] as const) {
    const model = await openCausalLM(DECODER, { window, stride });
    const long = "no fever, no cough. ".repeat(40);
    const pieces = (await model.losses(long)).length;
    equal(pieces, (await model.losses(`${long}!`)).length - 1);
    await model.close();
  }
});

Deno.test("openMaskedLM() judges every piece of a text longer than its input", async () => {
  const folder = await Deno.makeTempDir();
  await tinyModel(folder, { pieces: ["fever", "cough"], positions: 8 });
  const model = await openMaskedLM(folder);
  equal((await model.losses("fever cough ".repeat(50))).length, 100);
  deepEqual([...await model.losses("fever cough")], [...(await model.losses("fever cough"))]);
  equal(model.signature.split("|").slice(1).join("|"), "window:8|overlap:1");
  await model.close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("perplexity of letters: a value a letter, one of the corpus, a reason where there is none", async () => {
  const causalLM = await openCausalLM(DECODER);
  const pairs = ["no fever", "", "cough."].map((candidate, i) => ({ id: `${i}`, reference: "", candidate }));
  const [scores] = await score(pairs, ["perplexity"], { causalLM });
  ok(scores);
  deepEqual(letterScores([scores], 1), {
    scores: { perplexity: null },
    unscored: { perplexity: "fewer than two pieces" },
  });
  const { n, unscored, corpus, signature } = summaryOf(scores);
  deepEqual([n, unscored], [2, { "fewer than two pieces": 1 }]);
  match(signature, /^perplexity\|model:tiny-gpt2\|window:32\|stride:16\|v1$/);
  const all = [...await causalLM.losses("no fever"), ...await causalLM.losses("cough.")];
  ok(Math.abs((corpus?.value ?? NaN) - perplexityOf(all)) < 1e-9);
  await rejects(score(pairs, ["pseudo-perplexity"], { causalLM }), /needs a masked language model, got none/);
  await causalLM.close();
});

Deno.test("a window that the model does not have is refused", async () => {
  await rejects(openCausalLM(DECODER, { window: 64 }), /window 64: .* takes 2 to 32 pieces/);
  await rejects(openCausalLM(DECODER, { window: 8, stride: 8 }), /stride 8: give a whole number from 1 to 7/);
  await rejects(openCausalLM(ENCODER), /of the kind encoder, wanted is one of the kind decoder/);
});

Deno.test("pseudo-perplexity can be told in nats, of every n-th piece, and within a window", async () => {
  const folder = await Deno.makeTempDir();
  await tinyModel(folder, { pieces: ["fever", "cough"], positions: 16 });
  const candidate = "fever cough cough fever cough fever fever";
  const pairs = [{ id: "a", reference: "", candidate }];
  const maskedLM = await openMaskedLM(folder);
  const all = await maskedLM.losses(candidate);
  deepEqual([...await maskedLM.losses(candidate, 3)], [all[0], all[3], all[6]]);
  const [whole, nats, third] = await score(
    pairs,
    ["pseudo-perplexity", "pseudo-perplexity-nats", "pseudo-perplexity-every=3-nats"],
    { maskedLM },
  );
  ok(Math.abs(Math.log(whole?.values[0] ?? NaN) - (nats?.values[0] ?? NaN)) < 1e-12);
  equal(third?.values[0], ((all[0] ?? NaN) + (all[3] ?? NaN) + (all[6] ?? NaN)) / 3);
  match(third?.signature ?? "", /^pseudo-perplexity\|model:.*\|every:3\|nats\|v1$/);
  await rejects(score(pairs, ["pseudo-perplexity-every=0"], { maskedLM }), /every 0: choose a whole number/);
  await maskedLM.close();
  const narrow = await openMaskedLM(folder, { window: 5 });
  equal((await narrow.losses(candidate)).length, 7);
  await narrow.close();
  await rejects(openMaskedLM(folder, { window: 2 }), /window 2: .* takes up to 16 pieces/);
});
