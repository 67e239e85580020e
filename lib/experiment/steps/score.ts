/** The step that scores letters. @module */

import { findModel } from "../../checkpoint/find_model.ts";
import type { Letter } from "../../corpus/letter.ts";
import type { FilledLetter } from "../../fill/fill.ts";
import type { OpenTokenEncoder } from "../../metrics/encoder_embeddings.ts";
import { defaultJudge, type Judge, needsJudge, openRemembering } from "../../metrics/judge.ts";
import type { Scores } from "../../metrics/metric.ts";
import type { OpenLanguageModel } from "../../metrics/perplexity/language_model.ts";
import { openMaskedLM } from "../../metrics/perplexity/masked_lm.ts";
import { metricNamed } from "../../metrics/registry.ts";
import { score } from "../../metrics/score.ts";
import { pairsOf } from "../../metrics/score_letters.ts";
import { sha256 } from "../../sha256.ts";
import { oneOpen } from "../one_open.ts";
import { loadedScores, scoresSchema, storedScores } from "../stored_scores.ts";
import type { StepContext } from "./step_context.ts";

/** The model behind pseudo-perplexity, and how many pieces it sees at once. */
export interface Reader {
  readonly model: string;
  readonly window?: number;
}

/** The chosen metrics of each candidate against the letter of the corpus with its id; the reader left out is the judge's. */
export type ScoreStep = (
  corpus: readonly Letter[],
  candidates: readonly (Letter | FilledLetter)[],
  metrics: readonly string[],
  judge?: Judge,
  reader?: Reader,
) => Promise<Scores[]>;

/** `score()`, stored; its models stay open until others are needed, and what the judge read of the corpus is kept in `encodings`. */
export function scoreStep(
  { store, options, hashOf, codeOf }: StepContext,
  encodings: string,
): { readonly score: ScoreStep; close(): Promise<void> } {
  const judge = oneOpen<OpenTokenEncoder>();
  const reader = oneOpen<OpenLanguageModel>();
  const openReader = async ({ model, ...how }: Reader) =>
    await openMaskedLM(await findModel(model, options), {
      ...options.threads !== undefined && { threads: options.threads },
      ...how,
    });
  return {
    async close() {
      await judge.close();
      await reader.close();
    },
    async score(corpus, candidates, metrics, judgedBy = defaultJudge, read = { model: judgedBy.encoder }) {
      const pairs = pairsOf(corpus, candidates);
      const judged = needsJudge(metrics); // an unknown metric fails here, before any work
      const reads = metrics.some((name) => metricNamed(name).needsLanguageModel === "masked");
      const stored = await store.result({
        name: "score",
        inputs: {
          pairs: sha256(JSON.stringify(pairs)),
          metrics,
          judge: judged
            ? { name: judgedBy.encoder, model: await hashOf(judgedBy.encoder), layer: judgedBy.layer }
            : null,
          ...reads && { reader: { ...read, model: await hashOf(read.model) } },
          code: await codeOf("score"),
        },
        schema: scoresSchema,
        async compute() {
          const originals = corpus.map(({ text }) => text);
          const key = `${judgedBy.encoder} ${judgedBy.layer} ${sha256(JSON.stringify(originals))}`;
          const open = () => openRemembering(judgedBy, options, originals, encodings);
          const scores = await score(pairs, metrics, {
            ...judged && { encoder: await judge.open(key, open) },
            ...reads && { maskedLM: await reader.open(JSON.stringify(read), () => openReader(read)) },
          });
          return storedScores(scores);
        },
      });
      return loadedScores(stored);
    },
  };
}
