import { deepEqual, equal } from "node:assert/strict";
import { GraphBuilder } from "../onnx/builder.ts";
import { differentiate } from "../onnx/differentiate.ts";
import type { Value } from "../onnx/graph.ts";
import { Session } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { random } from "../random.ts";
import { attention } from "./attention.ts";
import { inputParameters, plainNet } from "./net.ts";

const [TEXTS, PLACES, COLUMNS] = [3, 700, 4]; // a text has 490,000 scores: one text a group

/** The output of attention to three texts and its gradients, with all texts in one call or one by one. */
async function attended(apart: boolean): Promise<Record<string, Tensor>> {
  const b = new GraphBuilder("attention");
  const net = plainNet(b, inputParameters(b));
  const shape = [TEXTS * PLACES, COLUMNS];
  const inputs = ["query", "key", "value"].map((name) => b.input(name, "float32", shape));
  const bias = b.input("bias", "float32", [TEXTS, 1, 1, PLACES]);
  const of = (texts: number, [q, k, v]: readonly Value[], bias?: Value) => {
    if (!q || !k || !v) throw new Error("three arrays");
    return attention(
      net,
      q,
      k,
      v,
      { batch: texts, sequence: PLACES, heads: 1, size: COLUMNS, dropout: 0 },
      bias,
    );
  };
  const sizes = Array.from({ length: TEXTS }, () => PLACES);
  const rows = inputs.map((input) => b.parts(input, 0, sizes));
  const biases = b.parts(bias, 0, sizes.map(() => 1));
  const one = (i: number) => of(1, rows.flatMap((parts) => parts[i] ?? []), biases[i]);
  const y = apart
    ? b.one("Concat", sizes.map((_, i) => one(i)), { axis: { int: 0 } })
    : of(TEXTS, inputs, bias);
  const loss = b.reduceSum(b.mul(y, y), [0, 1], false);
  const gradients = differentiate(b, loss, inputs).map((value, i) => b.named(`d ${inputs[i]?.name}`, value));
  const session = await Session.open(b.graph([b.named("y", y), ...gradients]), { threads: 1 });
  const filled = (shape: readonly number[], seed: string) => {
    const stream = random(seed);
    const data = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => stream.normal());
    return { dtype: "float32", shape, data } as const;
  };
  const feeds = Object.fromEntries(inputs.map(({ name }) => [name, filled(shape, name)]));
  const results = await session.run({ ...feeds, bias: filled([TEXTS, 1, 1, PLACES], "bias") });
  await session.close();
  return results;
}

Deno.test("attention to many places takes texts in groups, and every bit of it and its gradients stays", async () => {
  const [together, apart] = [await attended(false), await attended(true)];
  deepEqual(Object.keys(together), ["y", "d query", "d key", "d value"]);
  for (const [name, { data }] of Object.entries(together)) {
    equal(data.every((x, i) => x === apart[name]?.data[i]), true, name);
  }
});
