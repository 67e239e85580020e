import { equal } from "node:assert/strict";
import { resolveName } from "./resolve_name.ts";

const find = (wanted: string, stored: string[], prefix?: string) =>
  resolveName(wanted, new Set(stored), prefix === undefined ? {} : { prefix });

Deno.test("resolveName() prefers the name itself to every other spelling", () => {
  const name = "bert.embeddings.LayerNorm.weight";
  const others = ["embeddings.LayerNorm.weight", "bert.embeddings.LayerNorm.gamma", `module.${name}`];
  equal(find(name, [...others, name], "bert"), name);
  equal(find(name, others, "bert"), "bert.embeddings.LayerNorm.gamma");
});

Deno.test("resolveName() finds a bare encoder's parameters for a model with a head, and the reverse", () => {
  equal(
    find("roberta.encoder.layer.0.output.dense.bias", ["encoder.layer.0.output.dense.bias"], "roberta"),
    "encoder.layer.0.output.dense.bias",
  );
  equal(
    find("h.0.attn.c_attn.weight", ["transformer.h.0.attn.c_attn.weight"], "transformer"),
    "transformer.h.0.attn.c_attn.weight",
  );
  equal(find("h.0.attn.c_attn.weight", ["transformer.h.0.attn.c_attn.weight"]), undefined);
});

Deno.test("resolveName() finds what wrappers for training have renamed", () => {
  equal(find("cls.predictions.bias", ["module.cls.predictions.bias"], "bert"), "module.cls.predictions.bias");
  equal(find("bert.pooler.dense.weight", ["model.pooler.dense.weight"], "bert"), "model.pooler.dense.weight");
  equal(find("lm_head.weight", ["module.model.lm_head.weight"]), "module.model.lm_head.weight");
});

Deno.test("resolveName() takes gamma and beta for a weight and a bias, and nothing else for them", () => {
  equal(find("LayerNorm.bias", ["LayerNorm.beta"]), "LayerNorm.beta");
  equal(find("LayerNorm.bias", ["LayerNorm.gamma"]), undefined);
  equal(find("LayerNorm.eps", ["LayerNorm.beta", "LayerNorm.gamma"]), undefined);
  equal(find("constructor", ["toString"]), undefined);
});

Deno.test("resolveName() does not take one model's encoder for another's", () => {
  equal(find("roberta.encoder.x", ["bert.encoder.x"], "roberta"), undefined);
  equal(find("bertish.encoder.x", ["encoder.x", "ish.encoder.x"], "bert"), undefined);
});
