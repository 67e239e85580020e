import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { READABILITY_FORMULAS } from "./formulas.ts";
import { openHyphenation, openReadabilityLexicons } from "./lexicons.ts";
import { readability, readabilityMetric, TEXTSTAT_VERSIONS } from "./readability.ts";
import oracle from "./readability_oracle.json" with { type: "json" };

const lexicons = await openReadabilityLexicons();

Deno.test("readability() equals textstat 0.7.4 to the digit, and 0.7.13 within 1e-12", () => {
  for (const textstat of TEXTSTAT_VERSIONS) {
    for (const formula of READABILITY_FORMULAS) {
      oracle.texts.forEach((text, i) => {
        const expected = oracle.versions[textstat][formula][i] ?? NaN;
        const found = readability(formula, text, lexicons, { textstat });
        const where = `${formula}, textstat ${textstat}, text ${i}`;
        if ("value" in found) {
          const gap = Math.abs(found.value - expected);
          ok(gap <= (textstat === "0.7.4" ? 0 : 1e-12 * Math.max(1, Math.abs(expected))), `${where}: ${gap}`);
        } else if (found.unscored !== "no word") equal(expected, 0, where); // what textstat says instead
        else ok(!/[\p{L}\p{N}]/u.test(text), where);
      });
    }
  }
});

Deno.test("readability() of a letter of a million characters, in words and in one word", () => {
  const long = "The patient was admitted with community-acquired pneumonia. ".repeat(17_000);
  for (const textstat of TEXTSTAT_VERSIONS) {
    for (const formula of ["gunning-fog", "linsear"] as const) {
      const all = readability(formula, long, lexicons, { textstat });
      ok("value" in all && Number.isFinite(all.value));
      const huge = readability(formula, "a".repeat(1_000_000), lexicons, { textstat });
      ok("value" in huge && Number.isFinite(huge.value));
    }
  }
});

Deno.test("readabilityMetric() counts the letters without words, and says which file is missing or damaged", async () => {
  const pairs = ["No pain at all today.", "", "?!"].map((candidate, i) => ({
    id: `${i}`,
    reference: "",
    candidate,
  }));
  const { values, unscored } = await readabilityMetric("ari").score(pairs, {});
  ok(!Number.isNaN(values[0]));
  deepEqual([...unscored ?? []], [[1, "no word"], [2, "no word"]]);
  const missing = readabilityMetric("ari", {}, () => openReadabilityLexicons("nowhere"));
  await rejects(
    async () => await missing.score(pairs, {}),
    /nowhere\/\S+: missing\. It is part of the project/,
  );
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/hyphen-es.dic.gz`, "no gzip");
  await rejects(openHyphenation("es", folder), /hyphen-es\.dic\.gz: .*Fetch it again/);
  await Deno.remove(folder, { recursive: true });
});
