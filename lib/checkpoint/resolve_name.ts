/** Finding a parameter under the names that checkpoints have used for it. @module */

/** What is known of a model's names. */
export interface NameOptions {
  /**
   * The name of the encoder or decoder within the model with a head, which its parameters' names begin with: "bert",
   * "roberta", "distilbert", "transformer", … Left out, there is none.
   */
  readonly prefix?: string;
}

/** What training wrappers put before every name. */
const WRAPPERS = ["", "module.", "model.", "module.model."] as const;

/** What the weight and the bias of a layer norm were called in TensorFlow's BERT, and in checkpoints converted from it. */
const OLD: Readonly<Record<string, string>> = { weight: "gamma", bias: "beta" };

/**
 * The name under which a checkpoint holds a parameter. In this order, each as it is and then with `gamma` for `weight` and
 * `beta` for `bias`:
 *
 * 1. the name itself;
 * 2. where it begins with the prefix, the name without it (a checkpoint of the bare encoder, loaded with a head); where it does
 *    not, the name with it (a checkpoint with a head, loaded as the bare encoder);
 * 3. both with `module.`, `model.` or `module.model.` before them (wrappers for training).
 *
 * @param stored the names in the checkpoint
 * @returns undefined where it holds the parameter under none of these
 *
 * @example
 * ```ts
 * import { resolveName } from "./resolve_name.ts";
 * import { equal } from "node:assert/strict";
 * const stored = new Set(["embeddings.LayerNorm.gamma", "module.classifier.bias"]);
 * equal(resolveName("bert.embeddings.LayerNorm.weight", stored, { prefix: "bert" }), "embeddings.LayerNorm.gamma");
 * equal(resolveName("classifier.bias", stored, { prefix: "bert" }), "module.classifier.bias");
 * equal(resolveName("classifier.weight", stored, { prefix: "bert" }), undefined);
 * ```
 */
export function resolveName(
  wanted: string,
  stored: ReadonlySet<string>,
  { prefix = "" }: NameOptions = {},
): string | undefined {
  const dotted = `${prefix}.`;
  const other = prefix === ""
    ? []
    : [wanted.startsWith(dotted) ? wanted.slice(dotted.length) : `${dotted}${wanted}`];
  for (const wrapper of WRAPPERS) {
    for (const name of [wanted, ...other]) {
      for (const spelling of [name, oldSpelling(name)]) {
        const candidate = spelling === undefined ? undefined : `${wrapper}${spelling}`;
        if (candidate !== undefined && stored.has(candidate)) return candidate;
      }
    }
  }
}

function oldSpelling(name: string): string | undefined {
  const dot = name.lastIndexOf(".");
  const old = OLD[name.slice(dot + 1)];
  return old === undefined ? undefined : `${name.slice(0, dot + 1)}${old}`;
}
