/** Report cards of corpora of which one knows how good they are: do they come out in that order? @module */

import type { ModelOptions } from "../checkpoint/find_model.ts";
import type { Letter } from "../corpus/letter.ts";
import { openSteps } from "../experiment/steps.ts";
import { openStore } from "../experiment/store.ts";
import { project } from "../project.ts";
import { random } from "../random.ts";
import type { ReportCard } from "../report_card/card.ts";
import { causalModel } from "../report_card/causal_model.ts";
import type { Corpus } from "../report_card/material.ts";
import type { ReportCardOptions } from "../report_card/options.ts";
import { orderTable } from "../report_card/order.ts";
import { reportCard } from "../report_card/report_card.ts";
import { writeReport } from "../report_card/write_report.ts";
import { manifest } from "../report/manifest.ts";
import { tableFiles } from "../report/write_table.ts";
import { sha256 } from "../sha256.ts";
import { firstWords } from "../synth/prompts.ts";
import { writeFiles } from "../write_file.ts";

/** What is made and judged. */
export interface ReportCardsOptions extends ModelOptions {
  /** Of the encoder; default `encoder-clinical`. */
  readonly model?: string;
  /** Default 30%, 50% and 70%. */
  readonly ratios?: readonly number[];
  readonly seed?: number;
  /** Folder where fills are kept; left out: the project's `.cache/runs`. */
  readonly runs?: string;
  /** Of the card. */
  readonly card?: Omit<ReportCardOptions, "models" | "threads" | "seed" | "holdout">;
}

/** The corpora with what was left out, and the card. */
export interface ReportCards {
  readonly corpora: readonly Corpus[];
  readonly leftOut: readonly { readonly what: string; readonly why: string }[];
  readonly card: ReportCard;
}

/**
 * Makes corpora of letters and judges all of them in one card: the letters themselves, fills in one pass and word by word at each
 * ratio, samples of a causal model where there is one, and the letters with their words shuffled.
 *
 * @throws {Error} as filling, sampling and `reportCard()` do
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { reportCards } from "./report_cards.ts";
 * import { deepEqual } from "node:assert/strict";
 * const models = await Deno.makeTempDir();
 * await tinyModel(`${models}/tiny`, { pieces: ["well", "she", "was", "."], positions: 16 });
 * const letters = ["a", "b", "c", "d"].map((id) => ({ id, text: "She was well then.", spans: [], meta: {} }));
 * const options = { model: "tiny", models, runs: models, ratios: [1], card: { embeddings: false, utility: false } } as const;
 * const { corpora, leftOut } = await reportCards(letters, options);
 * deepEqual(corpora.map(({ name }) => name), ["the letters", "one pass 100%", "word by word 100%", "shuffled words"]);
 * deepEqual(leftOut.map(({ what }) => what), ["samples of a causal model"]);
 * ```
 */
export async function reportCards(
  letters: readonly Letter[],
  options: ReportCardsOptions = {},
): Promise<ReportCards> {
  const { model = "encoder-clinical", ratios = [0.3, 0.5, 0.7], seed = 42, runs = project.runs, card = {} } =
    options;
  const { models, threads } = options;
  const engine = { ...models !== undefined && { models }, ...threads !== undefined && { threads } };
  const steps = openSteps(openStore(runs), engine);
  const filled: Corpus[] = [];
  const sampled: Corpus[] = [];
  const leftOut: { what: string; why: string }[] = [];
  try {
    for (const [name, mode] of [["one pass", "one-pass"], ["word by word", "left-to-right"]] as const) {
      for (const ratio of ratios) {
        const masked = steps.mask(letters, { strategy: "random", ratio, seed });
        filled.push({
          name: `${name} ${Math.round(100 * ratio)}%`,
          letters: await steps.fill(masked, { model, mode }),
        });
      }
    }
    const causal = await causalModel(card.causalLM, engine);
    if ("model" in causal) {
      const prompts = letters.map(({ id, text }) => ({ id, text: firstWords(text, 3, id) }));
      const { letters: samples } = await steps.synthesize(prompts, { model: causal.model, samples: 1, seed });
      if (samples.length > 1) sampled.push({ name: "causal samples", letters: samples });
      else {leftOut.push({
          what: "samples of a causal model",
          why: "its filters left out all but one or none",
        });}
    } else leftOut.push({ what: "samples of a causal model", why: causal.why });
  } finally {
    await steps.close();
  }
  const corpora = [
    { name: "the letters", letters },
    ...filled,
    ...sampled,
    { name: "shuffled words", letters: letters.map((letter) => shuffled(letter, seed)) },
  ];
  return { corpora, leftOut, card: await reportCard(letters, corpora, { ...card, ...engine, seed }) };
}

/** The same words in another order, their spans gone. */
function shuffled({ id, text, meta }: Letter, seed: number): Letter {
  return { id, text: random(`${seed}/${id}`).shuffle(text.split(/\s+/)).join(" "), spans: [], meta };
}

/**
 * Writes the card as `writeReport()` does, `order.{csv,md,tex,parquet}` with the places of the corpora by each measure, and
 * `manifest.json`, which says what was left out.
 *
 * @throws {Error} one line, when a file can't be written
 *
 * @example
 * ```ts ignore
 * await saveReportCards("results/report_cards", letters, await reportCards(letters), { command, started });
 * ```
 */
export async function saveReportCards(
  folder: string,
  letters: readonly Letter[],
  { card, corpora, leftOut }: ReportCards,
  { command, started }: { readonly command: string; readonly started: Date },
): Promise<void> {
  await writeReport(folder, card, { real: letters, synthetic: corpora });
  const told = manifest({
    command,
    options: { letters: letters.length, corpora: corpora.map(({ name }) => name), leftOut },
    seed: card.seed,
    inputs: { letters: sha256(JSON.stringify(letters)) },
    started,
    finished: new Date(),
  });
  await writeFiles({
    ...tableFiles(folder, "order", orderTable(card)),
    [`${folder}/manifest.json`]: `${JSON.stringify(told, null, 2)}\n`,
  });
}
