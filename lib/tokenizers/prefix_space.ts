/** Words as after a space. @module */

/**
 * A pre-tokenizer's configuration with byte-level steps that do or do not put a space before a text; the same object where nothing changes.
 *
 * @example
 * ```ts
 * import { withPrefixSpace } from "./prefix_space.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(withPrefixSpace({ type: "ByteLevel", add_prefix_space: false }, true), { type: "ByteLevel", add_prefix_space: true });
 * ```
 */
export function withPrefixSpace(config: unknown, space: boolean): unknown {
  if (typeof config !== "object" || config === null || !("type" in config)) return config;
  if (config.type === "ByteLevel") {
    const given = "add_prefix_space" in config ? config.add_prefix_space : true;
    return given === space ? config : { ...config, add_prefix_space: space };
  }
  if (config.type !== "Sequence" || !("pretokenizers" in config) || !Array.isArray(config.pretokenizers)) {
    return config;
  }
  const steps: readonly unknown[] = config.pretokenizers;
  const changed = steps.map((step) => withPrefixSpace(step, space));
  return changed.every((step, i) => step === steps[i]) ? config : { ...config, pretokenizers: changed };
}
