/** What the engine's page has found, in sentences. @module */

import type { EntityScores } from "../../ner/score_entities.ts";
import { curveGap, type FamilyParity } from "../../parity/parity.ts";
import type { Report } from "../../train/bench/report.ts";
import type { Form } from "../../train/bench/work.ts";
import { NO_SPEED } from "./speed.ts";

/** What single-precision sums in another order may differ by: arrays, and the losses of a curve. */
const BOUNDS = { arrays: 1e-4, curve: 1e-3 } as const;

/** What the page has measured. */
export interface EngineFindings {
  readonly parity: readonly FamilyParity[];
  /** Left out where nothing was measured. */
  readonly speed?: Report | undefined;
  readonly tagger: Pick<EntityScores, "micro" | "ids" | "signature">;
}

/**
 * The page's answer as Markdown. Every number in it is computed from the findings.
 *
 * @throws {Error} when no family was measured
 *
 * @example
 * ```ts
 * import { engineAnswer } from "./answer.ts";
 * import { match } from "node:assert/strict";
 * const measures = { configurations: 1, logits: 1e-7, states: 0, loss: 0, gradients: 3e-6, compared: 1 };
 * const curve = [{ step: 1, loss: 4, torchLoss: 4, norm: 1, torchNorm: 1 }];
 * const bert = { family: "BERT", madeWith: { torch: "2.13.0", transformers: "5.23.0" }, ...measures, curve };
 * const counts = { correct: 1, incorrect: 0, partial: 0, missed: 1, spurious: 0, possible: 2, actual: 1 };
 * const tagger = { micro: { precision: 1, recall: 0.5, f1: 2 / 3, counts }, ids: ["a"], signature: "seqeval" };
 * match(engineAnswer({ parity: [bert], tagger }), /\*\*Yes\.\*\* .* gradients within 3\.0e-6 \(BERT\)/);
 * ```
 */
export function engineAnswer({ parity, speed, tagger }: EngineFindings): string {
  return [sameSentence(parity), textSentence(parity), speedSentence(speed), taggerSentence(tagger)]
    .filter((sentence) => sentence !== undefined).map((sentence) => `- ${sentence}`).join("\n");
}

function sameSentence(parity: readonly FamilyParity[]): string {
  const worst = (of: (one: FamilyParity) => number) => {
    const found = parity.reduce((most, one) => of(one) > of(most) ? one : most);
    return { value: of(found), family: found.family };
  };
  if (parity.length === 0) throw new Error("no family was measured.");
  const logits = worst((one) => one.logits);
  const gradients = worst((one) => one.gradients);
  const curve = worst((one) => one.curve.length > 0 ? curveGap(one.curve) : 0);
  const families = parity.filter(({ curve }) => curve.length > 0).length;
  const graphs = families < parity.length ? ", and graphs that others exported," : "";
  const same = logits.value < BOUNDS.arrays && gradients.value < BOUNDS.arrays && curve.value < BOUNDS.curve;
  const at = ({ value, family }: typeof logits) => `within ${value.toExponential(1)} (${family})`;
  return `**${same ? "Yes" : "No"}.** ${
    families === 1 ? "One family" : `The ${families} families`
  } of models${graphs} compute here what PyTorch computes: logits ${at(logits)}, gradients ${
    at(gradients)
  }, ` +
    `and the losses of fifty steps ${at(curve)}; asked for were ${BOUNDS.arrays} and ${BOUNDS.curve}.`;
}

function textSentence(parity: readonly FamilyParity[]): string | undefined {
  const texts = parity.flatMap(({ text }) => text ?? []);
  if (texts.length === 0) return undefined;
  const sum = (of: "tokens" | "same") => texts.reduce((sum, text) => sum + text[of], 0);
  return `Of ${sum("tokens")} tokens that PyTorch writes greedily, ${sum("same")} are written here too.`;
}

function speedSentence(speed: Report | undefined): string {
  const said = [
    fasterBy(speed, "trainer", "beside PyTorch as Hugging Face's trainer runs it"),
    fasterBy(speed, "same", "with the same arithmetic on both sides"),
  ].filter((part) => part !== undefined);
  return said.length === 0 ? NO_SPEED : `PyTorch's seconds a training step over ours: ${said.join("; ")}.`;
}

function fasterBy(speed: Report | undefined, wanted: Form, says: string): string | undefined {
  const rows =
    speed?.results.flatMap(({ form, ratio, least }) =>
      form === wanted && ratio !== undefined ? [{ ratio, least }] : []
    ) ?? [];
  if (rows.length === 0) return undefined;
  const ratios = rows.map(({ ratio }) => ratio);
  const reached = rows.filter(({ ratio, least }) => ratio >= least).length;
  return `${says}, ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)} ` +
    `(${reached} of ${rows.length} steps reach the least that is asked for)`;
}

function taggerSentence({ micro: { f1, precision, recall, counts }, ids }: EngineFindings["tagger"]): string {
  return `From a checkpoint folder to a tagger takes the lines above. It finds entities of ${ids.length} letters ` +
    `that it has not seen with an F1 of ${f1.toFixed(3)} (precision ${precision.toFixed(3)}, recall ${
      recall.toFixed(3)
    }; ${counts.correct} of ${counts.possible}, start, end and label exact).`;
}
