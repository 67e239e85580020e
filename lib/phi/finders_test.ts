import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { calibrate } from "./calibrate.ts";
import { openPhiFinder } from "./finders.ts";
import { PhiTagger } from "./tagger.ts";
import { learntText as text, tinyPhiTagger } from "./tiny_phi_tagger.ts";

const letter = (
  id: string,
  spans = [{ start: 5, end: 8, label: "PATIENT" }, { start: 25, end: 29, label: "CLINICIAN" }],
) => (
  { id, text, spans, meta: {} }
);

Deno.test("openPhiFinder(): rules, tagger and both find each their own, and more at a higher recall", async () => {
  const model = await tinyPhiTagger();
  {
    await using tagger = await PhiTagger.open(model);
    const calibration = await calibrate(tagger, [letter("a"), letter("b")], "two letters");
    ok(calibration.temperature > 0 && calibration.error.after <= 1);
    deepEqual(Object.keys(calibration.rules), ["name"]);
    await Deno.writeTextFile(`${model}/calibration.json`, JSON.stringify(calibration));
  }
  const found = async (options: Parameters<typeof openPhiFinder>[0]) => {
    await using finder = await openPhiFinder({ model, ...options });
    const [first, second] = await finder.findAll([letter("a"), { ...letter("b"), text: "" }]);
    deepEqual(second, []);
    return first?.map(({ start, end }) => text.slice(start, end));
  };
  deepEqual(await found({ finder: "rules" }), ["Osei"]);
  deepEqual(await found({ finder: "tagger" }), ["ana"]);
  deepEqual(await found({ finder: "both" }), ["ana", "Osei"]);
  deepEqual(await found({ finder: "both", recall: 1 }), ["ana", "Osei"]);
  const loose = await found({ finder: "tagger", recall: 1 }); // the rest is needed for "Osei"
  ok(loose?.some((one) => one.includes("Osei")), `${loose}`);
  {
    await using finder = await openPhiFinder({ finder: "both", model });
    const [words] = await finder.candidates([letter("a")]);
    const sure = words?.filter(({ probability = 0 }) => probability > 0.5).map(({ start, end }) =>
      text.slice(start, end)
    );
    deepEqual(sure, ["ana", "Osei"]);
    ok((words?.length ?? 0) >= 2 && words?.every(({ probability }) => probability !== undefined));
  }
  await rejects(openPhiFinder({ finder: "rules", model, recall: 1 }), /recall 1: at most 0\.5714 was found/);
  await rejects(openPhiFinder({ model, recall: 2 }), /recall 2/);
});

Deno.test("openPhiFinder() refuses a recall without calibration, labels without mapping, and a missing model", async () => {
  const model = await tinyPhiTagger();
  await rejects(openPhiFinder({ model, recall: 0.99 }), /phi: has no calibration\.json/);
  await rejects(openPhiFinder({ model: await tinyPhiTagger("STRANGE") }), /label "STRANGE" has no mapping/);
  await rejects(openPhiFinder({ model: "no-such" }));
});

Deno.test("over() gives a finder of one letter at a time, for letters that were read", async () => {
  await using finder = await openPhiFinder({ finder: "rules" });
  const known = await finder.over([letter("a")]);
  equal(known.find(letter("b"))[0]?.label, "CLINICIAN");
  throws(() => known.find({ ...letter("c"), text: "Other." }), /letter c: it is not among those/);
});

Deno.test("a blank that an earlier de-identification left is read as dashes of its length", async () => {
  await using tagger = await PhiTagger.open(await tinyPhiTagger());
  const [blank, dashes] = await tagger.read(["Seen ana ___ by __ Osei.", "Seen ana --- by -- Osei."]);
  deepEqual(blank?.rows, dashes?.rows);
  deepEqual(blank?.words.map(({ text }) => text).join(" "), "Seen ana _ _ _ by _ _ Osei .");
});
