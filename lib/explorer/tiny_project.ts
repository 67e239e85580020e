/** A small project to explore, for tests: results, stored cells and hostile letters. @module */

import type { Letter } from "../corpus/letter.ts";
import { writeLetters } from "../corpus/write_letters.ts";
import { random } from "../random.ts";
import { writeTable } from "../report/write_table.ts";

/** Where it lies. */
export interface TinyProject {
  readonly results: string;
  readonly letters: string;
  readonly synthetic: string;
  /** The letters with what a tagger found, wrong in the first four. */
  readonly predicted: string;
  readonly runs: string;
}

/** What letters and models may hold: it must stay text wherever it is shown. */
export const hostile =
  '<script>globalThis.hacked = 1</script><img src=x onerror="globalThis.hacked = 2">{{7*7}}';

/** The experiment's name is one of the project's, so that its letters can be asked for. */
const name = "model_comparison";

/**
 * Writes it into a folder: an experiment over models, ratios and seeds, its quick twin, one of a newer version, one whose runs are no
 * runs, and letters of which one is hostile, with a synthetic twin and what a tagger found.
 *
 * @example
 * ```ts
 * import { tinyProject } from "./tiny_project.ts";
 * const { results } = await tinyProject(await Deno.makeTempDir());
 * await Deno.stat(`${results}/newer/manifest.json`);
 * ```
 */
export async function tinyProject(folder: string): Promise<TinyProject> {
  const rng = random(42);
  const letters: Letter[] = Array.from({ length: 12 }, (_, i) => ({
    id: `letter-${String(i).padStart(2, "0")}`,
    text: i === 3
      ? `She said ${hostile} and took aspirin 75 mg.`
      : `He took aspirin ${75 + i} mg on day ${i} and slept well.`,
    spans: i === 3 ? [] : [{ start: 8, end: 15, label: "DRUG" }],
    meta: { specialty: i === 3 ? hostile : "medicine", fold: `${i % 2}` },
  }));
  const rows = ["encoder", hostile, "trigram"].flatMap((model, m) =>
    [0.1, 0.3, 0.5].flatMap((ratio) =>
      [42, 43].flatMap((seed) =>
        letters.map(({ id }) => ({
          ...{ model, ratio, seed, letter: id, specialty: "medicine" },
          rougeL: 1 - ratio / 2 - m / 50 + rng.next() / 50,
          "copy-rate": ratio / 5 + m / 30 + rng.next() / 50,
        }))
      )
    )
  );
  const columns = [
    { name: "model", kind: "text" },
    { name: "ratio", kind: "number" },
    { name: "seed", kind: "integer" },
    { name: "letter", kind: "text" },
    { name: "specialty", kind: "text" },
    { name: "rougeL", kind: "number" },
    { name: "copy-rate", kind: "number" },
  ] as const;
  const results = `${folder}/results`;
  const manifest = (version: string) =>
    JSON.stringify({ options: { question: `Is ${hostile} a question?` }, versions: { palimpsest: version } });
  for (const id of [name, `quick/${name}`, "newer"]) {
    await writeTable(`${results}/${id}`, "runs", { columns, rows });
    await Deno.writeTextFile(`${results}/${id}/manifest.json`, manifest(id === "newer" ? "99.0.0" : "0.1.0"));
  }
  await Deno.mkdir(`${results}/broken`);
  await Deno.writeTextFile(`${results}/broken/runs.parquet`, "no parquet");
  const paths = {
    letters: `${folder}/letters.jsonl`,
    synthetic: `${folder}/synthetic.jsonl`,
    predicted: `${folder}/predicted.jsonl`,
  };
  await writeLetters(paths.letters, letters);
  await writeLetters(
    paths.synthetic,
    letters.map((letter) => ({
      ...letter,
      text: letter.text.replace("aspirin", "heparin").replace("well", hostile),
    })),
  );
  const wrong = [[], [{ start: 8, end: 15, label: "TEST" }], [{ start: 8, end: 18, label: "DRUG" }], [
    { start: 0, end: 3, label: "NAME" },
  ]];
  await writeLetters(
    paths.predicted,
    letters.map((letter, i) => {
      const spans = wrong[i] ?? letter.spans;
      const probabilities = JSON.stringify(spans.map(() => 0.5 + i / 10 - (i > 3 ? 0.4 : 0)));
      return { ...letter, spans, meta: { ...letter.meta, probabilities } };
    }),
  );
  return { results, ...paths, runs: `${folder}/runs` };
}
