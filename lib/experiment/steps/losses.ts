/** The step that asks a causal language model how unlikely texts are. @module */

import { z } from "zod";
import { findModel } from "../../checkpoint/find_model.ts";
import { openCausalLM } from "../../metrics/perplexity/causal_lm.ts";
import { sha256 } from "../../sha256.ts";
import type { StepContext } from "./step_context.ts";

/** −ln p of each text, as a causal language model sees it (the first piece has nothing before it, and does not count). */
export type LossesStep = (
  texts: readonly string[],
  options: { readonly model: string },
) => Promise<number[]>;

/** `openCausalLM().losses()` summed up by text, stored. */
export function lossesStep({ store, options, adapted, hashOf, codeOf }: StepContext): LossesStep {
  const { models, ...session } = options;
  return async (texts, { model }) =>
    await store.result({
      name: "losses",
      inputs: {
        texts: sha256(JSON.stringify(texts)),
        model: await hashOf(model),
        code: await codeOf("losses"),
      },
      schema: z.array(z.number()),
      async compute() {
        await adapted.ready(model);
        const lm = await openCausalLM(
          await findModel(model, models === undefined ? {} : { models }),
          session,
        );
        try {
          const losses: number[] = [];
          for (const text of texts) losses.push((await lm.losses(text)).reduce((sum, loss) => sum + loss, 0));
          return losses;
        } finally {
          await lm.close();
        }
      },
    });
}
