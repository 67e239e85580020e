/** How well a tagger finds identifying data in Spanish: the yardstick of MEDDOCAN, train to dev, letters as a user has them. @module */

import { letters } from "../corpus/letters.ts";
import { fingerprint } from "../checkpoint/fingerprint.ts";
import { keptModel } from "../checkpoint/kept_model.ts";
import type { Table } from "../report/table.ts";
import { scoreEntities } from "./score_entities.ts";
import { openTagger } from "./tagger.ts";
import { trainTagger } from "./train_tagger.ts";

/** What is trained and where. */
export interface MeddocanYardstick {
  /** The folder that holds `meddocan/train` and `meddocan/dev`. */
  readonly data: string;
  /** The encoder's folder. */
  readonly model: string;
  readonly seed: number;
  readonly steps: number;
  readonly threads: number;
  readonly crf: boolean;
  /** Where the tagger is kept: it is trained once. */
  readonly keep: string;
}

/** What it came to. */
export interface MeddocanScore {
  /** Micro F1 of the dev part's spans, start, end and label exact (seqeval). */
  readonly f1: number;
  /** F1 with its interval, of all labels and of each. */
  readonly table: Table;
  /** A step of training; NaN where the tagger was there. */
  readonly secondsAStep: number;
}

/** Windows a step. */
const BATCH = 16;

/**
 * Trains a tagger on MEDDOCAN's training part (Marimon et al., IberLEF 2019) for a fixed number of steps, and scores it on dev.
 *
 * @throws {Error} where corpus or model is not there
 *
 * @example
 * ```ts ignore
 * const { f1 } = await meddocanYardstick({ data, model: "data/models/encoder-spanish", seed: 1, steps: 2500, threads: 2, crf: true, keep });
 * ```
 */
export async function meddocanYardstick(
  { data, model, seed, steps, threads, crf, keep }: MeddocanYardstick,
): Promise<MeddocanScore> {
  const dev = await letters(`${data}/meddocan/dev`);
  const name = `meddocan-${(await fingerprint(model)).slice(0, 8)}-${seed}-${steps}${crf ? "-crf" : ""}`;
  let secondsAStep = NaN;
  const folder = await keptModel(`${keep}/${name}`, async (place) => {
    const train = await letters(`${data}/meddocan/train`);
    const start = performance.now();
    await using trained = await trainTagger(train, {
      ...{ model, steps, seed, batch: BATCH, threads, crf },
      learningRate: 5e-4,
    });
    secondsAStep = (performance.now() - start) / 1000 / steps;
    await trained.save(place);
  });
  await using tagger = await openTagger(folder, { threads });
  const { micro, table } = scoreEntities(dev, await tagger.tag(dev));
  return { f1: micro.f1, table, secondsAStep };
}
