import { deepEqual, equal, ok } from "node:assert/strict";
import { curveGap, parity } from "./parity.ts";
import { decoderFixture } from "./decoder_fixture.ts";
import { decoderCurve, decoderStep, decoderText } from "./decoder_parity.ts";

Deno.test("parity() finds a family of each kind within the bounds that the architectures are held to", async () => {
  const found = await parity(["DistilBERT", "T5 v1.1, gated", "BLOOM"]);
  for (const one of found) {
    ok(one.logits < 1e-5 && (one.states ?? 0) < 1e-5, `${one.family}: ${one.logits}, ${one.states}`);
    ok(one.loss < 1e-6 && one.gradients < 2e-5, `${one.family}: ${one.loss}, ${one.gradients}`);
    equal(one.curve.length, 50);
    ok(curveGap(one.curve) < 1e-3, one.family);
    equal(one.text?.equal ?? true, true, one.family);
    ok(one.compared > 15, one.family);
  }
  deepEqual(found.map(({ text }) => text?.tokens), [undefined, 73, 128]);
});

Deno.test("a model that is not PyTorch's is found out", async () => {
  const fixture = await decoderFixture("gpt2");
  const parameters = new Map(fixture.parameters);
  const wte = parameters.get("transformer.wte.weight");
  ok(wte);
  parameters.set("transformer.wte.weight", { ...wte, data: wte.data.map((x, i) => i < 400 ? x * 1.5 : x) });
  const other = { ...fixture, parameters };
  const { loss, gradients } = await decoderStep(other);
  ok(loss > 1e-3 && gradients.some(({ apart }) => apart > 1e-2));
  ok(curveGap(await decoderCurve(other)) > 1e-3);
  equal((await decoderText(other)).equal, false);
});
