import { deepEqual, ok, rejects } from "node:assert/strict";
import { z } from "zod";
import { writeConfig } from "../../checkpoint/config.ts";
import { writeSafetensors } from "../../checkpoint/safetensors.ts";
import { pythonWith } from "../../python.ts";
import { readAdapter, saveAdapter } from "./adapter_folder.ts";
import { adaptedAs, close, inMemoryOf, kinds, oracle, packed, subject } from "./lora_fixture.ts";
import { mergeAdapter } from "./merge.ts";

const script = new URL("lora_oracle.py", import.meta.url).pathname;
const python = await pythonWith("torch", "transformers", "peft");

Deno.test("readAdapter() gives what saveAdapter() wrote, and refuses other kinds of adapters by key", async () => {
  const { model } = subject("bert");
  const adapted = await adaptedAs("bert");
  const folder = await Deno.makeTempDir();
  await saveAdapter(folder, adapted, model, "base");
  const { tensors, ...rest } = await readAdapter(folder);
  deepEqual(tensors, new Map([...adapted.parameters].sort(([a], [b]) => a < b ? -1 : 1)));
  deepEqual(rest, {
    rank: 2,
    alpha: 4,
    dropout: 0,
    targets: ["query", "value"],
    modulesToSave: ["classifier"],
  });
  const path = `${folder}/adapter_config.json`;
  const config = JSON.parse(await Deno.readTextFile(path));
  deepEqual([config.task_type, config.fan_in_fan_out, config.peft_type], ["TOKEN_CLS", false, "LORA"]);
  const refused = async (change: object, message: string) => {
    await Deno.writeTextFile(path, JSON.stringify({ ...config, ...change }));
    await rejects(readAdapter(folder), (error: Error) => error.message === `${path}: ${message}`);
  };
  await refused({ use_dora: true }, "use_dora is true: known is false.");
  await refused({ peft_type: "IA3" }, 'peft_type is "IA3": known is LORA.');
  await refused(
    { target_modules: "all-linear" },
    'target_modules is "all-linear": known is a list of names.',
  );
  await refused({ rank_pattern: { query: 4 } }, "rank_pattern.query is 4: known is none.");
});

Deno.test({
  name: "Python's peft opens saved adapters and gives the same logits; transformers, those of merged models",
  ignore: python === undefined,
  fn: async () => {
    const all = await Deno.makeTempDir();
    for (const kind of kinds) {
      const { record, model } = subject(kind);
      const adapted = await adaptedAs(kind);
      const folder = `${all}/${kind}`;
      const labels = kind === "bert" ? { id2label: { 0: "O", 1: "A", 2: "B" } } : {};
      for (const name of ["base", "merged"]) {
        await writeConfig(`${folder}/${name}`, { ...record.config, model_type: kind, ...labels });
      }
      await writeSafetensors(`${folder}/base/model.safetensors`, await inMemoryOf(model.weights));
      const merged = mergeAdapter(model, { ...adapted.options, tensors: adapted.parameters });
      await writeSafetensors(`${folder}/merged/model.safetensors`, await inMemoryOf(merged));
      await saveAdapter(`${folder}/adapter`, adapted, model, `${folder}/base`);
    }
    const args = [script, all, JSON.stringify(oracle.gpt2.ids)];
    const { success, stdout, stderr } = await new Deno.Command(python ?? "python3", { args }).output();
    ok(success, new TextDecoder().decode(stderr));
    const said = z.record(z.string(), z.object({ adapted: packed, merged: packed }))
      .parse(JSON.parse(new TextDecoder().decode(stdout)));
    for (const kind of kinds) {
      close(said[kind]?.adapted, oracle[kind].logits, 1e-5, "adapted");
      close(said[kind]?.merged, oracle[kind].logits, 1e-5, "merged");
    }
    await Deno.remove(all, { recursive: true });
  },
});
