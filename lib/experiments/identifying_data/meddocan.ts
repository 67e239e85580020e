/** MEDDOCAN beside the embedded letters, where it is there. @module */

import type { Letter } from "../../corpus/letter.ts";
import { letters } from "../../corpus/letters.ts";
import { sharedFolder } from "../../corpus/shared_folder.ts";
import type { Profile } from "../../experiment/experiment.ts";

/** Letters of a quick look. */
const QUICK = 40;

/**
 * The development part of MEDDOCAN (Marimon et al., IberLEF 2019, CC BY 4.0), of which a quick profile takes every sixth letter; none, with
 * a line on stderr, where the folder of open corpora is not there.
 *
 * @example
 * ```ts
 * import { meddocanDev } from "./meddocan.ts";
 * import { ok } from "node:assert/strict";
 * const letters = await meddocanDev("quick");
 * ok(letters === undefined || letters.length <= 40);
 * ```
 */
export async function meddocanDev(profile: Profile): Promise<Letter[] | undefined> {
  const folder = sharedFolder("data/meddocan/dev");
  if (folder === undefined) return undefined;
  const all = await letters(folder);
  if (profile === "full") return all;
  const step = Math.max(1, Math.floor(all.length / QUICK));
  return all.filter((_, i) => i % step === 0).slice(0, QUICK);
}
