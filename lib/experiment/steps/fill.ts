/** The step that fills masked letters. @module */

import { z } from "zod";
import { type FilledLetter, filledLetters, type FillOptions, openWriter } from "../../fill/fill.ts";
import type { Fill } from "../../fill/filler.ts";
import type { OpenFiller } from "../../fill/models.ts";
import type { MaskedLetter } from "../../mask/mask.ts";
import { sha256 } from "../../sha256.ts";
import { oneOpen } from "../one_open.ts";
import type { StepContext } from "./step_context.ts";

/** As `fill()`; seconds, which no two runs share, are not told. */
export type FillStep = (
  masked: readonly MaskedLetter[],
  options: Omit<FillOptions, "timed">,
) => Promise<FilledLetter[]>;

const fillsSchema: z.ZodType<Fill[][]> = z.array(z.array(
  z.object({
    word: z.number(),
    text: z.string(),
    raw: z.string(),
    valid: z.boolean(),
    left: z.literal(true).exactOptional(),
    refused: z.record(z.string(), z.number()).exactOptional(),
    changed: z.record(z.string(), z.string()).exactOptional(),
  }),
));

/** `fill()`, stored; the filler stays open until another is needed. */
export function fillStep(
  { store, options, adapted, hashOf, codeOf }: StepContext,
): { readonly fill: FillStep; close(): Promise<void> } {
  const filler = oneOpen<OpenFiller>();
  return {
    close: filler.close,
    async fill(masked, { model, leftModel, models: _, threads: __, candidates: ___, ...how }) {
      const letters = masked.map(({ letter }) => letter);
      const content = masked.map((one) => [one.letter, one.masked, one.masks ?? null]);
      const fills = await store.result({
        name: "fill",
        inputs: {
          letters: sha256(JSON.stringify(content)),
          model: await hashOf(model),
          leftModel: leftModel === undefined ? null : await hashOf(leftModel),
          how: JSON.stringify(how),
          code: await codeOf("fill"),
        },
        schema: fillsSchema,
        async compute() {
          for (const one of [model, leftModel]) if (one !== undefined) await adapted.ready(one);
          const asked = { ...options, ...how, model, ...leftModel !== undefined && { leftModel } };
          const key = JSON.stringify([asked, sha256(JSON.stringify(letters))]);
          return await (await filler.open(key, () => openWriter(letters, asked))).fill(masked);
        },
      });
      return filledLetters(masked, fills);
    },
  };
}
