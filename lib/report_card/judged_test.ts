import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { project } from "../project.ts";
import { judgeStandIn } from "../judge/stand_in.ts";
import { judgedSection } from "./judged.ts";
import { materialOf } from "./material.ts";

const letters = [...Array(8).keys()].map((i) => ({
  id: `${i}`,
  text: `Letter ${i} is plain.`,
  spans: [],
  meta: {},
}));
const odd = letters.map((letter) => ({ ...letter, text: letter.text.replace("plain", "purple") }));
const material = materialOf(letters, [{ name: "odd", letters: odd }], { seed: 42 });
const at = async (url: string) => ({
  ...{ url, model: "m", waits: [], timeout: 500, letters: 4 },
  answers: await Deno.makeTempDir(),
});

Deno.test("judgedSection() grades letters, sets them beside real ones and says how far answers agree", async () => {
  await using server = judgeStandIn(({ body }, n) => {
    const shown = body.messages[1]?.content ?? "";
    const choose = (text: string) => ({
      says: shown.match(new RegExp(`^([A-Z])\\. ${text}`, "m"))?.[1] ?? "",
    });
    const places = [shown.indexOf("plain"), shown.indexOf("purple")] as const;
    if (!shown.includes("The second:")) {
      return choose(places[1] < 0 ? "Consistent" : n % 2 ? "Several" : "Not");
    }
    if (places[1] < 0) return choose("There is no");
    return choose(places[0] < places[1] ? "The first" : "The second");
  });
  const { measures, leftOut, notes, texts } = await judgedSection(material, {
    llmJudge: await at(server.url),
  });
  const of = (name: string) => measures.find((measure) => measure.name === name);
  equal(of("judge-grade")?.real.value, 5);
  ok((of("judge-grade")?.synthetic[0]?.value ?? 5) <= 3);
  equal(of("judge-prefers-real")?.real.value, 0.5);
  equal(of("judge-prefers-real")?.synthetic[0]?.value, 1);
  equal(of("judge-unanswered")?.synthetic[0]?.value, 0);
  equal(of("judge-grade")?.synthetic[0]?.n, 4);
  ok(leftOut.every(({ what }) => what.includes("agreement"))); // where all answers are equal
  equal(texts?.length, 2);
  ok(notes?.[0]?.startsWith("48 questions, 48 answered"));
  for (const { signature } of measures) ok(/v1$/.test(signature) && signature.includes("model:m|question:"));
});

Deno.test("judgedSection() is left out, with the reason, where the endpoint does not let us in or is not there", async () => {
  await using server = judgeStandIn(() => ({ status: 403 }));
  const { measures, leftOut } = await judgedSection(material, { llmJudge: await at(server.url) });
  deepEqual([measures.length, leftOut.length], [0, 1]);
  ok(leftOut[0]?.why.includes("answers 403: it does not let us in"));
  const gone = await judgedSection(material, { llmJudge: await at("http://127.0.0.1:9/v1") });
  ok(gone.notes?.some((note) => note.includes("no connection")));
  const grade = `${project.lib}/judge/prompts/preference.md`;
  await rejects(
    judgedSection(material, { llmJudge: { ...await at(server.url), questions: { grade } } }),
    /preference\.md: a question of 2 letters\. Here one of 1 is asked\.$/,
  );
});
