import { deepEqual, equal, ok } from "node:assert/strict";
import { random } from "../../random.ts";
import { phiKinds } from "../labels.ts";
import { phiTexts } from "./documents.ts";
import { englishMaterial } from "./lists.ts";
import { isOf, namePools } from "./name_pools.ts";
import { noises } from "./noise.ts";
import type { Segment } from "./segments.ts";
import { slotsOf } from "./slots.ts";
import { filled } from "./template.ts";

const texts = await Array.fromAsync(phiTexts(600, { seed: 7 }));

Deno.test("phiTexts() marks what identifies, whole words without blanks around, in order and apart", () => {
  const seen = new Set<string>();
  for (const { id, text, spans } of texts) {
    let last = 0;
    for (const { start, end, label } of spans) {
      const covered = text.slice(start, end);
      ok(start >= last && end > start && covered.trim() === covered, `${id}: [${start}, ${end})`);
      seen.add(label);
      last = end;
    }
  }
  deepEqual([...seen].sort(), [...phiKinds].sort());
  ok(texts.filter(({ spans }) => spans.length === 0).length > 40); // nothing is in them to be found
});

Deno.test("phiTexts() writes the same by the same seed, part and number, and hardly anything twice", async () => {
  deepEqual(await Array.fromAsync(phiTexts(20, { seed: 7 })), texts.slice(0, 20));
  const covered = texts.flatMap(({ text, spans }) => spans.map(({ start, end }) => text.slice(start, end)));
  ok(new Set(covered).size > 0.7 * covered.length, `${new Set(covered).size} of ${covered.length}`);
});

Deno.test("every template can be filled, and no line of numbers keeps a slot", async () => {
  const { lists, templates } = englishMaterial();
  const pools = await namePools("train");
  const all = [...templates.values()].flat();
  ok(all.length >= 500, `${all.length} templates`);
  for (const template of all) {
    const chance = random(template);
    const { slots } = slotsOf(chance, lists, pools);
    const text = filled(
      chance,
      template.replaceAll("{pt.t}", "{pt.l}").replace(/\{(\w+)\.f\} \{\1\.l\}/g, "{$1.fl}"),
      slots,
    )
      .map((segment) => segment.text).join("");
    ok(!/[{}]|<\w+\|/.test(text), text);
  }
});

Deno.test("train and dev have no name in common", async () => {
  const [train, dev] = [await namePools("train"), await namePools("dev")];
  const chance = random(5);
  for (let i = 0; i < 300; i++) {
    const name = dev.surname(chance);
    if (!name.includes("-")) {
      ok(name.length > 0 && (isOf("dev", name) || !train.surname(random(i)).startsWith(name)));
    }
  }
});

Deno.test("noise leaves labels on what they were on", () => {
  const segments: Segment[] = [{ text: "Seen by Dr. " }, { text: "Ana Muñoz", label: "CLINICIAN" }, {
    text: ", 3 May, again.\nEnd",
  }];
  for (const [name, [, noise]] of noises) {
    const changed = noise(segments, random(name));
    deepEqual(changed.map(({ label }) => label), [undefined, "CLINICIAN", undefined], name);
    ok(/\S/.test(changed[1]?.text ?? ""), name);
  }
  const small = noises.get("names in small letters")?.[1](segments, random(1));
  equal(small?.map(({ text }) => text).join(""), "Seen by Dr. ana muñoz, 3 May, again.\nEnd");
});
