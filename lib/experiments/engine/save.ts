/** The engine page's results as files. @module */

import { fingerprint } from "../../checkpoint/fingerprint.ts";
import { findModel } from "../../checkpoint/find_model.ts";
import type { Letter } from "../../corpus/letter.ts";
import type { EntityScores } from "../../ner/score_entities.ts";
import { parityFamilies } from "../../parity/parity.ts";
import { manifest } from "../../report/manifest.ts";
import { figureFiles } from "../../report/write_figure.ts";
import { tableFiles } from "../../report/write_table.ts";
import { sha256 } from "../../sha256.ts";
import { writeFiles } from "../../write_file.ts";
import type { Figure } from "../results.ts";
import type { EngineFindings } from "./answer.ts";
import { parityTable, versionsOf } from "./parity_table.ts";
import { speedTable } from "./speed.ts";

/** What is written down. */
export interface EngineResults extends EngineFindings {
  readonly tagger: EntityScores;
  readonly curve: Figure;
  /** What the tagger was made with. */
  readonly training: {
    readonly model: string;
    readonly models: string;
    readonly steps: number;
    readonly seed: number;
    readonly train: readonly Letter[];
    readonly test: readonly Letter[];
  };
  readonly profile: string;
}

/**
 * Writes `parity`, `tagger` and, where it was measured, `speed` as CSV, Markdown, LaTeX and Parquet, `figure-curve` as SVG,
 * PDF, PNG and CSV, and `manifest.json`: all of it or nothing. But for the times in the manifest the same results give the
 * same files.
 *
 * @param folder the results' own folder
 * @throws {Error} one line, when a file can't be written
 *
 * @example
 * ```ts ignore
 * await saveEngine({ profile, parity: found, curve, speed, tagger: scores, training }, "results/engine");
 * ```
 */
export async function saveEngine(results: EngineResults, folder: string): Promise<void> {
  const { parity, speed, tagger, curve, training, profile } = results;
  const { model, models, steps, seed, train, test } = training;
  const made = manifest({
    command: `deno task repro engine --profile ${profile}`,
    options: {
      ...{ profile, families: parityFamilies, fixtures: versionsOf(parity) },
      tagger: { model, steps, trained: train.length, tested: test.length, signature: tagger.signature },
      intervals: "95% bootstrap over letters, BCa",
    },
    seed,
    inputs: {
      letters: sha256(JSON.stringify([train, test])),
      [`model ${model}`]: await fingerprint(await findModel(model, { models })),
    },
    started: new Date(performance.timeOrigin),
    finished: new Date(),
  });
  await writeFiles({
    ...tableFiles(folder, "parity", parityTable(parity)),
    ...tableFiles(folder, "tagger", tagger.table),
    ...(speed && tableFiles(folder, "speed", speedTable(speed))),
    ...await figureFiles(folder, "curve", curve.spec, curve.data),
    [`${folder}/manifest.json`]: `${JSON.stringify(made, null, 2)}\n`,
  });
}
