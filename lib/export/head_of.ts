/** Which head a checkpoint was trained with. @module */

import type { Architecture } from "../architectures/architecture.ts";
import type { Head } from "../architectures/heads.ts";
import type { Config } from "../checkpoint/config.ts";

/**
 * The head that `architectures` of a configuration names; the one for language modelling where it names none, or that of
 * pre-training, which has it beside another.
 *
 * @throws Error naming the class where no head here is called so
 *
 * @example
 * ```ts
 * import { bert } from "../architectures/bert.ts";
 * import { headOf } from "./head_of.ts";
 * import { deepEqual } from "node:assert/strict";
 * const config = {
 *   vocab_size: 32, hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 16,
 *   max_position_embeddings: 12, architectures: ["BertForTokenClassification"], id2label: { 0: "O", 1: "B", 2: "I" },
 * };
 * deepEqual(headOf(config, bert(config)), { kind: "token-classification", labels: 3 });
 * ```
 */
export function headOf(config: Config, architecture: Architecture): Head {
  const classes = config["architectures"];
  const [named] = Array.isArray(classes) ? classes : [];
  if (named === undefined) return { kind: "language-model" };
  const heads: Head[] = [
    { kind: "language-model" },
    { kind: "token-classification", labels: labelsOf(config) },
    { kind: "none" },
  ];
  const today = String(named).replace("ForPreTraining", "ForMaskedLM").replace(
    "T5WithLMHeadModel",
    "T5ForConditionalGeneration",
  );
  const head = heads.find((head) => architecture.className(head) === today);
  if (head) return head;
  const known = heads.map((head) => architecture.className(head)).join(", ");
  throw new Error(`config.json: architectures is ["${named}"]. Known are ${known}.`);
}

function labelsOf({ id2label }: Config): number {
  return typeof id2label === "object" && id2label !== null ? Object.keys(id2label).length : 2; // as Python's default
}
