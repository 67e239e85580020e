/** Does it serve better to preserve entities and structure, or to fine-tune a model that reconstructs? @module */

import type { Letter } from "../corpus/letter.ts";
import { experiment } from "../experiment/experiment.ts";
import type { Steps } from "../experiment/steps.ts";
import { crossFit } from "../fill/cross_fit.ts";
import type { FilledLetter } from "../fill/fill.ts";
import type { MaskedLetter, MaskOptions } from "../mask/mask.ts";
import { random } from "../random.ts";

/** The ways that are compared. */
const approaches = [
  "preserve",
  "preserve, identifying data masked",
  "preserve, fine-tuned",
  "reconstruct",
  "reconstruct, identifying data masked",
] as const;

type Approach = typeof approaches[number];

const [preserve, preserveMasked, preserveTuned, reconstruct, reconstructMasked] = approaches;

/** Without protection any word may go; what is no word, a number or a comma, stays, since models write words. */
const unprotected = ["not alphabetic"] as const;

/** What an approach protects, and what it masks whatever the share. */
function protection(approach: Approach): Pick<MaskOptions, "protect" | "phi"> {
  return {
    ...(approach === reconstruct || approach === reconstructMasked) && { protect: unprotected },
    ...(approach === preserveMasked || approach === reconstructMasked) && { phi: "gold" },
  };
}

/** Steps of fine-tuning, of 8 windows of 128 pieces each. */
const steps = { "encoder-general": 80, "encoder-small": 40 } as const;

/** Against the original: how near, what was kept of its entities, what was left of its identifying data; and of the fills. */
const metrics = ["rougeL", "bertscore", "entities-kept", "phi-left", "copy-rate", "masked-share"];

/**
 * Synthetic4Health's third claim (arXiv 2409.09501). To preserve is to mask no word of an entity, title, number or capitals, and to
 * fill with an encoder as it is; to reconstruct is to mask any word, and to fill with the encoder fine-tuned to restore hidden words
 * of letters. Fine-tuning sees the letters of all other folds than that of the letter it fills. All approaches mask the same number
 * of words of a letter: the given share of all its words, or as many as protection leaves free, and at least those that identify.
 */
export const preservation = experiment({
  name: "preservation",
  module: import.meta.url,
  question:
    "Does it serve the aim better to preserve entities and structure, or to fine-tune a model that reconstructs?",
  factors: {
    approach: approaches,
    model: ["encoder-general", "encoder-small"],
    share: [0.15, 0.25],
    seed: [42, 43],
  },
  quick: { letters: 24, factors: { model: ["encoder-small"], seed: [42] } },
  compare: "approach",
  run: async ({ corpus, approach, model, share, seed }, all) => {
    const masked = maskEqually(corpus, approach, { share, seed }, all);
    const tuned = approach !== preserve && approach !== preserveMasked;
    const filled = tuned
      ? await fillTuned(corpus, masked, { model, order: `${approach}/${share}/${seed}` }, all)
      : await all.fill(masked, { model });
    return await all.score(corpus, filled, metrics);
  },
  // Margins: 5 of 100 entities, 2 of 100 identifying data, and 0.01 of BERTScore, as between general and clinical models.
  claims: [
    {
      says: "With identifying data masked, preserving keeps more of the entities than reconstructing.",
      source: "Synthetic4Health 3",
      figure: "approaches",
      metric: "entities-kept",
      of: { approach: preserveMasked },
      over: { approach: reconstructMasked },
      atLeast: 0.05,
    },
    {
      says: "With identifying data masked, preserving is no worse than reconstructing in meaning.",
      source: "Synthetic4Health 3",
      figure: "approaches",
      metric: "bertscore",
      of: { approach: preserveMasked },
      over: { approach: reconstructMasked },
      atLeast: -0.01,
    },
    {
      says: "With identifying data masked, preserving leaves no more of them than reconstructing.",
      source: "Synthetic4Health 3",
      figure: "leak",
      metric: "phi-left",
      of: { approach: reconstructMasked },
      over: { approach: preserveMasked },
      atLeast: -0.02,
    },
    {
      says: "Where they are not masked, preserving leaves more identifying data than reconstructing.",
      figure: "leak",
      metric: "phi-left",
      of: { approach: preserve },
      over: { approach: reconstruct },
      atLeast: 0.02,
    },
    {
      says: "Masking identifying data costs preserving no more than a little of the meaning.",
      figure: "leak",
      metric: "bertscore",
      of: { approach: preserveMasked },
      over: { approach: preserve },
      atLeast: -0.01,
    },
    {
      says: "Where entities are preserved, fine-tuning brings the letter nearer to the original in meaning.",
      figure: "approaches",
      metric: "bertscore",
      of: { approach: preserveTuned },
      over: { approach: preserve },
      atLeast: 0,
    },
    {
      says: "Where entities are preserved, fine-tuning brings more of the masked words back.",
      figure: "approaches",
      metric: "copy-rate",
      of: { approach: preserveTuned },
      over: { approach: preserve },
      atLeast: 0,
    },
  ],
});

/** Masks of each letter as many words as every other approach does. */
function maskEqually(
  corpus: readonly Letter[],
  approach: Approach,
  { share, seed }: { readonly share: number; readonly seed: number },
  { mask }: Pick<Steps, "mask">,
): MaskedLetter[] {
  const masked = (ratio: number, how: Pick<MaskOptions, "protect" | "phi">) =>
    mask(corpus, { strategy: "random", ratio, seed, ...how });
  const free = masked(1, protection(preserve));
  const identifying = masked(0, protection(preserveMasked));
  const [least, most] = [masked(0, protection(approach)), masked(1, protection(approach))];
  return corpus.flatMap((letter, i) => {
    const count = (of: readonly MaskedLetter[]) => of[i]?.masked.length ?? 0;
    const asked = Math.floor(share * (free[i]?.words.length ?? 0));
    const wanted = Math.max(count(identifying), Math.min(asked, count(free)));
    const drawn = wanted - count(least);
    // In the middle between two numbers of words, so that rounding cannot lose one.
    const ratio = Math.min(1, (drawn + 0.5) / Math.max(1, count(most) - count(least)));
    return mask([letter], { strategy: "random", ratio, seed, ...protection(approach) });
  });
}

/**
 * Fills each letter with the encoder fine-tuned on the other folds. In which order the folds are filled changes nothing but which of
 * them is trained first: cells that run side by side should not all begin with the same one.
 */
async function fillTuned(
  corpus: readonly Letter[],
  masked: readonly MaskedLetter[],
  { model, order }: { readonly model: keyof typeof steps; readonly order: string },
  { adapt, fill }: Pick<Steps, "adapt" | "fill">,
): Promise<FilledLetter[]> {
  const modelFor = crossFit(corpus, (others) => adapt(others, { model, steps: steps[model], seed: 42 }));
  const filled = new Map<string, FilledLetter>();
  const folds = [...Map.groupBy(masked, ({ letter }) => letter.meta.fold).values()];
  for (const [first, ...rest] of random(order).shuffle(folds)) {
    if (first === undefined) continue; // groups have members
    const letters = await fill([first, ...rest], { model: await modelFor(first.letter) });
    for (const letter of letters) filled.set(letter.id, letter);
  }
  return corpus.flatMap(({ id }) => filled.get(id) ?? []);
}
