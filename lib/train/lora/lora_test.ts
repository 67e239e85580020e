import { deepEqual, ok, rejects, throws } from "node:assert/strict";
import { Forward } from "../forward.ts";
import { openGraph } from "../open_graph.ts";
import { given, gradientOf, stepGraph } from "../step_graph.ts";
import { type Batch, inputFor, type Task } from "../task.ts";
import { train } from "../trainer.ts";
import { type Adapted, lora } from "./lora.ts";
import { adaptedAs, close, inMemoryOf, kinds, of, subject } from "./lora_fixture.ts";
import { mergeAdapter } from "./merge.ts";

async function logitsOf(
  kind: typeof kinds[number],
  parameters: Adapted["parameters"],
  base?: Adapted["base"],
) {
  const { logits, task } = subject(kind);
  const forward = new Forward(
    parameters,
    (net, batch) => ({ logits: logits(net, inputFor(net.b, batch, "ids")) }),
    base ? { base } : {},
  );
  const { ids } = task.batch(0);
  ok(ids);
  const { logits: result } = await forward.run({ ids });
  await forward.close();
  return result;
}

async function gradientsOf({ parameters, base }: Adapted, task: Task): Promise<Batch> {
  const batch = task.batch(0);
  const { graph } = stepGraph(parameters, task, batch, { base });
  const session = await openGraph(graph, { base, threads: 1 });
  const results = await session.run({ ...given(parameters, base), ...batch });
  await session.close();
  return results;
}

for (const kind of kinds) {
  Deno.test(`an adapted ${kind} gives PEFT's logits, loss and gradients`, async () => {
    const { record, task } = subject(kind);
    const adapted = await adaptedAs(kind);
    close(await logitsOf(kind, adapted.parameters, adapted.base), record.logits, 1e-5, "logits");
    const results = await gradientsOf(adapted, task);
    ok(Math.abs(Number(results["loss"]?.data[0]) - record.loss) < 1e-5 * record.loss);
    for (const [name, gradient] of Object.entries(record.gradients)) {
      close(results[gradientOf(name)], gradient, 2e-5, name);
    }
  });

  Deno.test(`a ${kind} with its adapter merged gives the same logits`, async () => {
    const { record, model } = subject(kind);
    const { parameters, layers, options } = await adaptedAs(kind);
    const merged = mergeAdapter(model, { ...options, tensors: parameters });
    const weights = await inMemoryOf(merged);
    close(await logitsOf(kind, weights), record.logits, 1e-5, "logits");
    const name = `${layers[0]?.name}.weight`;
    throws(
      () => mergeAdapter(model, { ...options, rank: 3, tensors: parameters }),
      /lora_A\.weight is \[\d,16\], the model asks for \[3,16\]/,
    );
    const stranger = new Map(parameters).set("other.weight", of(record.parameters, name));
    throws(
      () => mergeAdapter(model, { ...options, tensors: stranger }),
      /the adapter has other\.weight, the model has not/,
    );
  });
}

Deno.test("lora() begins as PEFT does: nothing is changed, and A is uniform within ±1/√from", async () => {
  const { record, model, options } = subject("gpt2");
  const { parameters, base, layers } = await lora(model, options);
  const plain = await inMemoryOf(model.weights);
  const before = await logitsOf("gpt2", plain);
  deepEqual((await logitsOf("gpt2", parameters, base))?.data, before?.data);
  ok(record.logits.data.some((x, i) => x !== before?.data[i]));
  deepEqual(layers.map(({ name, transposed }) => [name.replace("transformer.h.", ""), transposed]), [
    ["0.attn.c_attn", true],
    ["0.mlp.c_proj", true],
    ["1.attn.c_attn", true],
    ["1.mlp.c_proj", true],
  ]);
  const a = parameters.get("transformer.h.0.mlp.c_proj.lora_A.weight")?.data ?? [];
  ok(a.every((x) => Math.abs(x) <= 1 / 8) && a.some((x) => Math.abs(x) > 0.9 / 8)); // from 64 columns
  deepEqual((await lora(model, options)).parameters, parameters);
  await rejects(
    lora(model, { ...options, targets: ["c_atn"] }),
    /^Error: no dense layer is called c_atn\. There are c_attn, c_proj, c_fc\.$/,
  );
  await rejects(lora(model, { ...options, modulesToSave: ["score"] }), /no layer is called score/);
});

Deno.test("training an adapter, dropout and all, lowers the loss and touches nothing but the adapter", async () => {
  for (const kind of kinds) {
    const { model, options, task } = subject(kind);
    const adapted = await lora(model, { ...options, dropout: 0.1 });
    const before = await inMemoryOf(model.weights).then((weights) => structuredClone(weights));
    const settings = { steps: 60, learningRate: 0.02, base: adapted.base, dropout: 3, threads: 1 };
    const losses = (await Array.fromAsync(train(adapted.parameters, task, settings))).map(({ loss }) => loss);
    ok((losses.at(-1) ?? 9) < 0.8 * (losses[0] ?? 0), `${kind}: ${losses[0]} → ${losses.at(-1)}`);
    deepEqual(await inMemoryOf(model.weights), before);
  }
});
